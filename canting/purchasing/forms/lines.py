"""Rows of a paper: materials to hand out, what was bought, cloth from outside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import GRADES, POOLED, UNITS, ItemKind
from canting.kernel.errors import DomainError
from canting.kernel.inputs import QuantityField, RupiahField
from canting.purchasing.selectors import BuyLine, OutLine
from canting.stock.rules import Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

BLANK_ROWS = 4
MOST_ROWS = 200


class LineForm(forms.Form):
    """One row of a grid: a row without any typed cell is no line."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    quantity = QuantityField(label=_("How much"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "–"), *((u, u) for u in UNITS)]
    )

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]

    def clean(self) -> dict[str, Any]:
        """A row with a material needs a quantity, and a quantity needs a material."""
        data: dict[str, Any] = super().clean() or {}
        if not self.is_line and (data.get("quantity") or data.get("price")):
            self.add_error("item", _("Choose the material of this row."))
        if self.is_line and not data.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", _("Write how much, for example 2,5."))
        if self.is_line and data.get("unit"):
            try:
                catalogue.factor_of(self.items[data["item"]], data["unit"])
            except DomainError as refusal:
                self.add_error("unit", str(refusal))
        return data

    @property
    def is_line(self) -> bool:
        """True when a material was chosen."""
        return bool(self.cleaned_data.get("item"))

    def out_line(self) -> OutLine:
        """The row as a line to hand out."""
        data = self.cleaned_data
        return OutLine(self.items[data["item"]], data["quantity"], data["unit"])


class BuyLineForm(LineForm):
    """One bought material: its price is for one bought unit."""

    price = RupiahField(label=_("Price of one"), required=False)
    market = RupiahField(label=_("Market price"), required=False)
    market_place = forms.CharField(label=_("Seen at"), required=False, max_length=80)

    def clean(self) -> dict[str, Any]:
        """A bought row needs its price."""
        data = super().clean()
        if self.is_line and not data.get("price") and "price" not in self.errors:
            self.add_error("price", _("Write the price of one unit, for example 19.000."))
        return data

    def buy_line(self, on: date) -> BuyLine:
        """The row as a bought line; a market price typed here is of this day."""
        data = self.cleaned_data
        item = self.items[data["item"]]
        seen = None
        if data.get("market"):
            seen = Reference(data["market"], data["market_place"], on.isoformat())
        return BuyLine(item, data["quantity"], data["unit"] or item.unit, data["price"], seen)


class ClothLineForm(LineForm):
    """One kind of cloth bought outside, of one grade: pieces and the price of one."""

    unit = None  # type: ignore[assignment]
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[(grade, grade) for grade in GRADES]
    )
    price = RupiahField(label=_("Price of one"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].label = _("Product")
        self.fields["quantity"].label = _("Pieces")

    def clean(self) -> dict[str, Any]:
        """A bought row needs its price."""
        data = super().clean()
        if self.is_line and not data.get("price") and "price" not in self.errors:
            self.add_error("price", _("Write the price of one piece, for example 150.000."))
        return data

    def buy_line(self, on: date) -> BuyLine:
        """The row as a bought line."""
        data = self.cleaned_data
        item = self.items[data["item"]]
        return BuyLine(item, data["quantity"], item.unit, data["price"], grade=data["grade"])


class _Lines(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of which at least one is a line."""

    def clean(self) -> None:
        """Refuse a grid without any line."""
        if not any(self.errors) and not self.lines:
            raise forms.ValidationError(_("Choose at least one material and write its quantity."))

    @property
    def lines(self) -> list[Any]:
        """The rows that are lines."""
        return [form for form in self.forms if form.is_line]


def line_grid(
    form_class: type[LineForm],
    cooperative: Cooperative,
    data: Any = None,
    initial: Sequence[dict[str, Any]] = (),
) -> Any:
    """A grid of lines with empty rows at its end, prefix "b"."""
    formset = forms.formset_factory(
        form_class, formset=_Lines, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    kinds = [ItemKind.PRODUCT] if issubclass(form_class, ClothLineForm) else POOLED
    items = list(catalogue.items(cooperative=cooperative, kinds=kinds))
    return formset(data, prefix="b", initial=list(initial) or None, form_kwargs={"items": items})


def initial_of(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """Stored or bundled lines as the first rows of a grid."""
    found = []
    for line in lines:
        row = {"item": line.item.code, "quantity": line.quantity, "unit": line.unit}
        if hasattr(line, "price"):
            row["price"] = line.price
        if getattr(line, "grade", ""):
            row["grade"] = line.grade
        if getattr(line, "reference_price", 0):
            row |= {"market": line.reference_price, "market_place": line.reference_place}
        found.append(row)
    return found
