"""Shapes of what is typed about the bank's lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.cash.rules import PURPOSES
from canting.kernel.inputs import DayField
from canting.kernel.texts import gettext_noop
from canting.treasury.forms.table import TableForm
from canting.treasury.rules import COLUMNS, STYLES


class ReadForm(TableForm):
    """A list of the bank: a file or a pasted block, of which account, until which day."""

    missing = gettext_noop("Choose the bank's file, or paste its rows.")
    field_order = ("account", "file", "pasted")

    account = forms.ChoiceField(label=_("Bank account"))
    file = forms.FileField(label=_("File of the bank (CSV, Excel)"), required=False)
    until = DayField(
        label=_("Until which day"),
        required=False,
        help_text=_("Empty: the day of its last line."),
    )
    style = forms.ChoiceField(label=_("How figures are written"), required=False)

    def __init__(
        self, *args: Any, accounts: Sequence[tuple[str, str]], today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["until"] = DayField(
            label=self.fields["until"].label,
            required=False,
            help_text=self.fields["until"].help_text,
            today=today,
        )
        self.fields["until"].initial = None
        self.fields["account"].choices = list(accounts)  # type: ignore[attr-defined]
        styles = [(key, _now(word)) for key, word in STYLES.items()]
        self.fields["style"].choices = [("", _now("find out")), *styles]  # type: ignore[attr-defined]
        for name, word in COLUMNS.items():
            self.fields[f"c_{name}"] = forms.CharField(
                label=_now(word).capitalize(), required=False, widget=forms.Select()
            )

    def columns(self) -> dict[str, int]:
        """The columns that a person chose; empty when none was."""
        wide = len(self.table.header) if self.table else 0
        typed = {name: self.cleaned_data.get(f"c_{name}") or "" for name in COLUMNS}
        return {
            name: int(place)
            for name, place in typed.items()
            if place.isascii() and place.isdecimal() and int(place) < wide
        }

    def ask_columns(self, guess: Mapping[str, int]) -> None:
        """Show the columns of what was read, so that a person can choose; the rows stay."""
        if self.table is None:
            return
        choices = [("", "–"), *((str(i), name) for i, name in enumerate(self.table.header))]
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name in COLUMNS:
            self.fields[f"c_{name}"].widget.choices = choices
            if not data.get(f"c_{name}") and not self.columns() and name in guess:
                data[f"c_{name}"] = str(guess[name])
        rows = [self.table.header, *(row.cells for row in self.table.rows)]
        data["pasted"] = "\n".join("\t".join(_flat(cell) for cell in row) for row in rows)
        self.data = data

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The choices of columns, once there is something to choose from."""
        return [self[f"c_{name}"] for name in COLUMNS] if self.table is not None else []


def _flat(cell: object) -> str:
    return " ".join(str(cell).split())


class BookForm(forms.Form):
    """What the bank moved and nobody wrote down: what for."""

    purpose = forms.ChoiceField(label=_("What is it?"))
    memo = forms.CharField(label=_("What for"), max_length=160)
    counterparty = forms.CharField(label=_("From or to whom"), max_length=120, required=False)
    on = DayField(label=_("Booked on"))

    def __init__(
        self, *args: Any, comes_in: bool, text: str, day: date, is_later: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["on"].initial = day
        if is_later:
            self.fields["on"].help_text = _now(
                "The month of the bank's day is closed; it is booked on this day."
            )
        kinds = [(p.key, _now(p.label)) for p in PURPOSES.values() if p.comes_in == comes_in]
        self.fields["purpose"].choices = [("", _now("choose")), *kinds]  # type: ignore[attr-defined]
        self.fields["memo"].initial = text[:160]
