"""Rows that become members and open orders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.kernel.phones import parse_phone
from canting.portal.forms.grid import RowForm
from canting.portal.services import Taken
from canting.sales.rules import OrderItem


class MemberRow(RowForm):
    """Somebody who is a member already."""

    content = ("full_name", "number", "phone")
    number = forms.CharField(
        label=gettext_lazy("Old number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"size": "10"}),
    )
    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    called_name = forms.CharField(label=gettext_lazy("Called"), required=False, max_length=60)
    dusun = forms.CharField(label=gettext_lazy("Dusun"), required=False, max_length=60)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False)
    joined_on = DayField(label=gettext_lazy("Member since"), required=False, widget=forms.TextInput)

    def prepare(self) -> None:
        """Short days are read by the first day of the books."""
        self.fields["joined_on"].today = self.known.cooperative.cutover_date  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """The phone as it is stored."""
        typed = self.cleaned_data["phone"]
        try:
            return parse_phone(typed) if typed else ""
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_number(self) -> str:
        """A number that nobody has yet."""
        number: str = self.cleaned_data["number"]
        if number and (taken := self.known.members.by_number(number)):
            text = _("%(number)s already belongs to %(name)s.")
            raise forms.ValidationError(text % {"number": number, "name": taken.full_name})
        return number

    def key(self) -> str:
        """Each number once."""
        return str(self.cleaned_data.get("number", "")).casefold()

    def facts(self) -> dict[str, Any]:
        """What admission needs."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "row"}


class OrderRow(RowForm):
    """One product of an order that was taken before the books began."""

    content = ("buyer", "product", "quantity")
    buyer = forms.CharField(
        label=gettext_lazy("Buyer"), widget=forms.TextInput(attrs={"list": "who"})
    )
    product = forms.CharField(
        label=gettext_lazy("Product"), widget=forms.TextInput(attrs={"list": "items"})
    )
    quantity = QuantityField(
        label=gettext_lazy("Pieces still to send"), widget=forms.TextInput(attrs={"size": "5"})
    )
    price = RupiahField(label=gettext_lazy("Price of one"))
    promised_date = DayField(label=gettext_lazy("Promised for"), widget=forms.TextInput)
    reference = forms.CharField(label=gettext_lazy("PO number"), required=False, max_length=60)
    advance = RupiahField(label=gettext_lazy("Down payment received"), required=False)

    def prepare(self) -> None:
        """Short days are read by the first day of the books."""
        self.fields["promised_date"].today = self.known.cooperative.cutover_date  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find buyer and product."""
        self.cleaned_data["customer"] = self.found("buyer", self.known.buyers.find)
        self.cleaned_data["thing"] = self.found("product", self.known.products.find)
        return self.cleaned_data

    def taken(self) -> Taken:
        """The line of an order that this row is."""
        typed = self.cleaned_data
        return Taken(
            buyer=typed["customer"],
            promised_date=typed["promised_date"],
            reference=typed["reference"],
            item=OrderItem(typed["thing"], typed["quantity"], typed["price"]),
            advance=typed.get("advance") or 0,
        )
