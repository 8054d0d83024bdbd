"""Rows that become opening stock: materials and cloth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import GRADES
from canting.cooperatives.rules import PartyKind
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.kernel.money import format_rupiah, half_up
from canting.portal.forms.grid import PickField, RowForm
from canting.portal.services import Goods
from canting.stock.rules import Basis, BatchIn, Origin

CONTRACTS: Mapping[str, tuple[str, str]] = {
    "putus": (Basis.PURCHASE, Origin.MEMBER),
    "makloon": (Basis.COMMISSION, Origin.MEMBER),
    "titip": (Basis.CONSIGNMENT, Origin.MEMBER),
    "luar": (Basis.NONE, Origin.OUTSIDE),
}


class GoodsRow(RowForm):
    """What rows of materials and of cloth have in common: an item, how much, at what value."""

    content = ("item", "quantity", "value", "price")

    def clean_value_of(self, quantity: Any) -> None:
        """Take the value, or work it out from the price of one unit; both must agree."""
        price, value = self.cleaned_data.get("price"), self.cleaned_data.get("value")
        if self.errors:
            return
        if price is None and value is None:
            self.add_error("value", _("Type the price of one unit or the value of all."))
            return
        reckoned = half_up(price * quantity) if price is not None else value
        if value is not None and reckoned != value:
            text = _("%(quantity)s × %(price)s is %(reckoned)s. Put one right, or leave one empty.")
            facts = {
                "quantity": self.typed("quantity"),
                "price": format_rupiah(price or 0),
                "reckoned": format_rupiah(reckoned or 0),
            }
            self.add_error("value", text % facts)
        self.cleaned_data["worth"] = reckoned


class StockRow(GoodsRow):
    """Material in the store, or ours in the hands of a maker."""

    item = forms.CharField(
        label=gettext_lazy("Material"), widget=forms.TextInput(attrs={"list": "items"})
    )
    quantity = QuantityField(label=gettext_lazy("Quantity"), widget=forms.TextInput)
    unit = forms.CharField(
        label=gettext_lazy("Unit"), required=False, widget=forms.TextInput(attrs={"size": "5"})
    )
    price = RupiahField(label=gettext_lazy("Price of one"), required=False, least=0)
    value = RupiahField(label=gettext_lazy("Value"), required=False, least=0)
    holder = forms.CharField(
        label=gettext_lazy("In the hands of"),
        required=False,
        widget=forms.TextInput(attrs={"list": "who"}),
    )
    batch = forms.CharField(
        label=gettext_lazy("Batch"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"size": "8"}),
    )
    expires_on = DayField(
        label=gettext_lazy("Expires"), required=False, widget=forms.TextInput(attrs={"size": "10"})
    )

    def clean(self) -> dict[str, Any]:
        """Find item and holder, turn the quantity into the item's own unit."""
        item = self.found("item", self.known.materials.find)
        quantity = self.cleaned_data.get("quantity")
        if item and quantity is not None:
            try:
                unit = self.cleaned_data.get("unit") or item.unit
                self.cleaned_data["base"] = catalogue.to_base(item, quantity, unit)
            except DomainError as refusal:
                self.add_error("unit", str(refusal))
        self.cleaned_data["thing"] = item
        self.cleaned_data["person"] = self.found(
            "holder", self.known.parties(PartyKind.MEMBER).find
        )
        self._clean_batch(item)
        self.clean_value_of(quantity)
        return self.cleaned_data

    def _clean_batch(self, item: Any) -> None:
        """A material kept by batch names it; a batch of any other is asked about, not dropped."""
        batch = self.cleaned_data.get("batch")
        if item and item.tracked and not batch:
            self.add_error("batch", _("Write the lot code that the supplier printed on it."))
        elif item and batch and not item.tracked:
            said = _("%(item)s is not kept by batch. Begin that on its card, or leave this empty.")
            self.add_error("batch", said % {"item": item.name})

    def goods(self) -> Goods:
        """What this row brings into stock; a batch only of a material that is kept by batch."""
        typed = self.cleaned_data
        batch = None
        if typed["thing"].tracked:
            batch = BatchIn(typed["batch"], typed.get("expires_on"))
        return Goods(
            item=typed["thing"],
            quantity=typed["base"],
            value=typed["worth"],
            holder=typed["person"],
            batch=batch,
        )


class ClothRow(GoodsRow):
    """Finished cloth in the store, one lot a row."""

    item = forms.CharField(
        label=gettext_lazy("Product"), widget=forms.TextInput(attrs={"list": "items"})
    )
    quantity = QuantityField(
        label=gettext_lazy("Pieces"), widget=forms.TextInput(attrs={"size": "5"})
    )
    price = RupiahField(label=gettext_lazy("Cost of one"), required=False, least=0)
    value = RupiahField(label=gettext_lazy("Value"), required=False, least=0)
    grade = PickField(label=gettext_lazy("Grade"))
    contract = PickField(label=gettext_lazy("How we got it"))
    maker = forms.CharField(
        label=gettext_lazy("Maker"),
        required=False,
        widget=forms.TextInput(attrs={"list": "who"}),
    )
    label = forms.CharField(
        label=gettext_lazy("Cloth code"),
        required=False,
        widget=forms.TextInput(attrs={"size": "8"}),
    )

    def prepare(self) -> None:
        """Offer grades and contracts."""
        self.fields["grade"].offer([(grade, grade) for grade in GRADES])  # type: ignore[attr-defined]
        self.fields["contract"].offer(  # type: ignore[attr-defined]
            [
                ("putus", _("bought from a member")),
                ("makloon", _("made for a piece wage")),
                ("titip", _("left for sale by a member")),
                ("luar", _("bought outside")),
            ],
            {"titipan": "titip", "upah": "makloon", "beli": "putus"},
        )

    def clean(self) -> dict[str, Any]:
        """Find product and maker; cloth left for sale has an owner and no value of ours."""
        self.cleaned_data["thing"] = self.found("item", self.known.products.find)
        maker = self.found("maker", self.known.parties(PartyKind.MEMBER).find)
        self.cleaned_data["person"] = maker
        if self.cleaned_data.get("contract") != "titip":
            self.clean_value_of(self.cleaned_data.get("quantity"))
            return self.cleaned_data
        self.cleaned_data["worth"] = 0
        if not maker and "maker" not in self.errors:
            self.add_error("maker", _("Whose cloth is it? Type the owner's number or name."))
        if self.cleaned_data.get("value") or self.cleaned_data.get("price"):
            text = _("Cloth left for sale is its owner's and has no value in our books.")
            self.add_error("value", text)
        return self.cleaned_data

    def key(self) -> str:
        """Each label once."""
        return str(self.cleaned_data.get("label", "")).upper()

    def goods(self) -> Goods:
        """What this row brings into stock."""
        typed = self.cleaned_data
        basis, origin = CONTRACTS[typed["contract"]]
        return Goods(
            item=typed["thing"],
            quantity=typed["quantity"],
            value=typed["worth"],
            maker=typed["person"],
            basis=basis,
            origin=origin,
            grade=typed["grade"],
            label=typed["label"],
        )
