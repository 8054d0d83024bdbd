"""Rows of a paper: materials to hand out, what was bought, cloth from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import GRADES, POOLED, UNITS, ItemKind
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, RupiahField
from canting.purchasing.selectors import BuyLine, OutLine
from canting.stock import services as stock
from canting.stock.rules import BatchIn, Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

BLANK_ROWS = 4
MOST_ROWS = 200
BATCH_FIELDS = ("batch", "expires_on")


class LineForm(forms.Form):
    """One row of a grid: a row without any typed cell is no line."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    quantity = QuantityField(label=_("How much"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "–"), *((u, u) for u in UNITS)]
    )
    batch = forms.CharField(label=_("Batch"), required=False, max_length=40)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "batch" in self.fields:
            self.fields["batch"].widget.attrs["list"] = "batches"
        if not any(item.tracked for item in items):
            for name in BATCH_FIELDS:
                self.fields.pop(name, None)
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
        if self.is_line and data.get("batch"):
            self.check_batch(self.items[data["item"]], data["batch"])
        return data

    def check_batch(self, item: Item, code: str) -> None:
        """A batch that goes out is one that came in before."""
        try:
            if item.tracked:
                stock.chosen_batch(item, code)
        except DomainError as refusal:
            self.add_error("batch", str(refusal))

    @property
    def is_line(self) -> bool:
        """True when a material was chosen."""
        return bool(self.cleaned_data.get("item"))

    def out_line(self) -> OutLine:
        """The row as a line to hand out."""
        data = self.cleaned_data
        item = self.items[data["item"]]
        batch = data.get("batch", "") if item.tracked else ""
        return OutLine(item, data["quantity"], data["unit"], batch=batch)


class BuyLineForm(LineForm):
    """One bought material: its price is for one bought unit."""

    price = RupiahField(label=_("Price of one"), required=False)
    market = RupiahField(label=_("Market price"), required=False)
    market_place = forms.CharField(label=_("Seen at"), required=False, max_length=80)
    expires_on = DayField(label=_("Expires"), required=False)

    def clean(self) -> dict[str, Any]:
        """A bought row needs its price, and its batch when the material is kept by batch."""
        data = super().clean()
        if self.is_line and not data.get("price") and "price" not in self.errors:
            self.add_error("price", _("Write the price of one unit, for example 19.000."))
        if self.is_line and self.items[data["item"]].tracked and not data.get("batch"):
            self.add_error("batch", _("Write the lot code that the supplier printed on it."))
        return data

    def check_batch(self, item: Item, code: str) -> None:
        """A batch that comes in may be new."""

    def buy_line(self, on: date) -> BuyLine:
        """The row as a bought line; a market price typed here is of this day."""
        data = self.cleaned_data
        item = self.items[data["item"]]
        seen = None
        if data.get("market"):
            seen = Reference(data["market"], data["market_place"], on.isoformat())
        batch = None
        if item.tracked:
            batch = BatchIn(data["batch"], data["expires_on"])
        unit = data["unit"] or item.unit
        return BuyLine(item, data["quantity"], unit, data["price"], seen, batch=batch)


class ClothLineForm(LineForm):
    """One kind of cloth bought outside, of one grade: pieces and the price of one."""

    unit = None  # type: ignore[assignment]
    batch = None  # type: ignore[assignment]
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
    kinds = [ItemKind.PRODUCT] if issubclass(form_class, ClothLineForm) else POOLED
    return line_grid_of(form_class, cooperative, data, initial, kinds)


def line_grid_of(
    form_class: type[LineForm],
    cooperative: Cooperative,
    data: Any = None,
    initial: Sequence[dict[str, Any]] = (),
    kinds: Sequence[str] = POOLED,
) -> Any:
    """The same for rows of items of some kinds."""
    formset = forms.formset_factory(
        form_class, formset=_Lines, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    items = list(catalogue.items(cooperative=cooperative, kinds=kinds))
    return formset(data, prefix="b", initial=list(initial) or None, form_kwargs={"items": items})


def initial_of(
    lines: Sequence[Any], batches: Mapping[int, Sequence[str]] | None = None
) -> list[dict[str, Any]]:
    """Stored or bundled lines as the first rows of a grid; `batches` by item, of a stored paper."""
    codes = _codes_by_line(lines, batches or {})
    found = []
    for line in lines:
        row = {"item": line.item.code, "quantity": line.quantity, "unit": line.unit}
        if hasattr(line, "price"):
            row["price"] = line.price
        if getattr(line, "grade", ""):
            row["grade"] = line.grade
        if codes.get(line.item.pk):
            row["batch"] = codes[line.item.pk].pop(0)
        if getattr(line, "reference_price", 0):
            row |= {"market": line.reference_price, "market_place": line.reference_place}
        found.append(row)
    return found


def _codes_by_line(
    lines: Sequence[Any], batches: Mapping[int, Sequence[str]]
) -> dict[int, list[str]]:
    """A code for each line of an item where that is certain: as many codes as lines."""
    counts: dict[int, int] = {}
    for line in lines:
        counts[line.item.pk] = counts.get(line.item.pk, 0) + 1
    return {
        item_id: list(codes)
        for item_id, codes in batches.items()
        if len(codes) == counts.get(item_id)
    }
