"""A table that comes as a file or as pasted rows."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.tables_in import Table, paste_to_table, read_table


class TableForm(forms.Form):
    """A file, or rows pasted with their heading; `table` is what was read."""

    missing: ClassVar[str] = ""

    file = forms.FileField(label=_("Sheet (Excel or CSV)"), required=False)
    pasted = forms.CharField(
        label=_("Or paste the rows with their heading"),
        required=False,
        widget=forms.Textarea,
        max_length=2_000_000,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.table: Table | None = None

    def clean(self) -> dict[str, Any]:
        """Read the table; what is none is refused beside its field."""
        typed = super().clean() or {}
        upload, pasted = typed.get("file"), typed.get("pasted") or ""
        if not upload and not pasted.strip():
            self.add_error("file", _now(self.missing))
            return typed
        try:
            self.table = (
                read_table(upload.read(), filename=str(upload.name or ""))
                if upload
                else paste_to_table(pasted)
            )
        except DomainError as refusal:
            self.add_error("file" if upload else "pasted", str(refusal))
        return typed
