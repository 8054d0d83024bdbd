"""Fields that the forms of selling share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.quantities import parse_quantity
from canting.members.rules import CounterpartyClass

LIST_BUYERS, LIST_PRODUCTS = "buyers", "products"


def classes() -> list[tuple[str, Any]]:
    """Member or other buyer, as a person reads them."""
    return [
        (CounterpartyClass.NONMEMBER, _("Other buyer")),
        (CounterpartyClass.MEMBER, _("Member")),
    ]


class ReadField(forms.CharField):
    """A text read by one of the kernel's readers; its refusal becomes the field's error."""

    def __init__(self, *, reader: Any, example: str, **options: Any) -> None:
        super().__init__(**options)
        self.reader, self.example = reader, example

    def clean(self, value: Any) -> Any:
        """What the reader makes of it; empty stays empty."""
        typed = super().clean(value)
        if typed in ("", None):
            return None
        try:
            return self.reader(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def quantity_field(label: Any, *, required: bool = True) -> ReadField:
    """A quantity as people write it: 12 or 2,5."""
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return ReadField(
        reader=parse_quantity, example="12", label=label, required=required, widget=widget
    )


def percent_field(label: Any) -> ReadField:
    """A part of a price in percent; empty is none."""
    return ReadField(
        reader=parse_quantity,
        example="30",
        label=label,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
