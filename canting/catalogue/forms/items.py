"""What is typed for items, their units, norms and prices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors
from canting.catalogue.rules import (
    GRADES,
    MATERIAL_LISTS,
    PRODUCT_LISTS,
    UNITS,
    ItemKind,
    PriceList,
    Technique,
)
from canting.kernel.inputs import DayField, QuantityField, RupiahField, propose
from canting.kernel.tables_in import Row, Table

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

KINDS = [
    (ItemKind.CLOTH, _("Cloth (mori)")),
    (ItemKind.WAX, _("Wax")),
    (ItemKind.DYE, _("Dye and chemicals")),
    (ItemKind.TOOL, _("Tools and packing")),
    (ItemKind.PRODUCT, _("Product")),
    (ItemKind.BYPRODUCT, _("By-product")),
]
TECHNIQUES = [
    ("", "–"),
    (Technique.TULIS, _("hand-drawn")),
    (Technique.CAP, _("stamped")),
    (Technique.COMBINED, _("combined")),
]
GRADE_CHOICES = [("", _("every grade")), *((g, g) for g in GRADES)]
GRID_ROWS = 8
MOST_ROWS = 500


def list_choices(kind: str = "") -> list[tuple[str, str]]:
    """The price lists that fit a kind of item ("" for all), by name."""
    fitting: Sequence[str] = tuple(PriceList)
    if kind:
        fitting = PRODUCT_LISTS if kind == ItemKind.PRODUCT else MATERIAL_LISTS
    return [(name, selectors.list_name(name)) for name in fitting]


class ItemForm(forms.Form):
    """An item's facts; code, kind and unit are given once."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    unit = forms.ChoiceField(label=_("Kept in"), choices=[(u, u) for u in UNITS], initial="m")
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        required=False,
        help_text=_("Empty: the next free one."),
    )
    technique = forms.ChoiceField(label=_("Technique"), choices=TECHNIQUES, required=False)
    motif = forms.CharField(label=_("Motif"), max_length=80, required=False)
    size = forms.CharField(label=_("Size"), max_length=40, required=False)
    lead_days = forms.IntegerField(
        label=_("Days from order to arrival"), min_value=0, max_value=365, initial=14
    )
    safety_note = forms.CharField(
        label=_("Handle it safely"),
        max_length=300,
        required=False,
        help_text=_("Gloves, mask, where its waste goes; shown at every hand-out."),
    )
    reorder_point = QuantityField(
        label=_("Order again at"),
        required=False,
        help_text=_("Of a material; empty: what is used while an order is on its way."),
    )

    def clean_reorder_point(self) -> Decimal:
        """Nothing typed means that the use decides."""
        return self.cleaned_data["reorder_point"] or Decimal(0)


class ItemChangeForm(ItemForm):
    """What may change of an item."""

    kind = None  # type: ignore[assignment]
    unit = None  # type: ignore[assignment]
    code = None  # type: ignore[assignment]
    active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class PriceForm(forms.Form):
    """A price from a day on."""

    price_list = forms.ChoiceField(label=_("Price list"))
    grade = forms.ChoiceField(label=_("Grade"), choices=GRADE_CHOICES, required=False)
    amount = RupiahField(label=_("Price of one"))
    valid_from = DayField(label=_("Holds from"))
    source = forms.CharField(label=_("Decided or seen by"), max_length=200, required=False)
    place = forms.CharField(label=_("Place (market price)"), max_length=80, required=False)

    def __init__(self, *args: Any, item: Item, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_list"].choices = list_choices(item.kind)  # type: ignore[attr-defined]
        propose(self, "valid_from", today)


class UnitForm(forms.Form):
    """How much one bought unit holds."""

    unit = forms.ChoiceField(label=_("One"), choices=[(u, u) for u in UNITS], initial="pis")
    factor = QuantityField(label=_("holds"))


class NormForm(forms.Form):
    """How much of a material one piece uses; 0 takes it out of the norm."""

    material = forms.ChoiceField(label=_("Material"))
    quantity = forms.CharField(label=_("For one piece"), max_length=20)

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = selectors.materials(cooperative=cooperative)
        self.fields["material"].choices = [(i.code, f"{i.name} ({i.unit})") for i in found]  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """A sheet of items and prices: pasted or as a file, and what holds for all its rows."""

    text = forms.CharField(
        label=_("Paste here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "code", "wrap": "off"}),
    )
    file = forms.FileField(label=_("Or a file"), required=False)
    price_list = forms.ChoiceField(label=_("Price list"), initial=PriceList.MARKET)
    which = forms.ChoiceField(
        label=_("Where two prices differ"),
        choices=[("high", _("take the upper")), ("low", _("take the lower"))],
        widget=forms.RadioSelect,
        initial="high",
    )
    valid_from = DayField(label=_("Rows without a date hold from"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_list"].choices = list_choices()  # type: ignore[attr-defined]
        propose(self, "valid_from", today)

    def clean(self) -> dict[str, Any]:
        """Something must be brought."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("text", "").strip() and not data.get("file"):
            self.add_error("text", _("Paste a block from your sheet, or choose a file."))
        return data


class GridRow(forms.Form):
    """One row typed by hand; it is judged exactly as a pasted one."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("guess")), *KINDS], required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), choices=[("", "–"), *((u, u) for u in UNITS)], required=False
    )
    grade = forms.ChoiceField(label=_("Grade"), choices=GRADE_CHOICES, required=False)
    price = forms.CharField(label=_("Price"), max_length=24, required=False)
    valid_from = forms.CharField(label=_("Holds from"), max_length=24, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class GridOptions(forms.Form):
    """What holds for all rows of the grid."""

    price_list = forms.ChoiceField(label=_("Price list"), initial=PriceList.MEMBER)
    valid_from = DayField(label=_("Rows without a date hold from"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price_list"].choices = list_choices()  # type: ignore[attr-defined]
        propose(self, "valid_from", today)


def item_grid(data: Any = None) -> Any:
    """A grid of items and prices, prefix "g"."""
    formset = forms.formset_factory(
        GridRow, extra=GRID_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return formset(data, prefix="g")


def grid_table(grid: Any) -> tuple[Table, dict[int, Any]]:
    """The filled rows of the grid as a table, and the form behind each row's number."""
    names = ("name", "kind", "unit", "grade", "price", "valid_from", "source")
    rows: list[Row] = []
    behind: dict[int, Any] = {}
    for number, form in enumerate(grid.forms, 1):
        cells = tuple(str(form.cleaned_data.get(name, "") or "") for name in names)
        if any(cells):
            rows.append(Row(number, cells))
            behind[number] = form
    return Table(names, tuple(rows), "paste", 1), behind
