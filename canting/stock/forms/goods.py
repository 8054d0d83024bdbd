"""Goods to move: the day of a paper, rows of goods, from where to where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import MATERIALS, POOLED, UNITS
from canting.kernel.errors import DomainError
from canting.kernel.inputs import DayField, QuantityField, propose
from canting.members import selectors as members
from canting.stock import selectors, services
from canting.stock.rules import GoodsLine, PlaceKind

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Place

BLANK_ROWS = 4
MOST_ROWS = 100


class PaperForm(forms.Form):
    """The day of a paper and a note."""

    on = DayField(label=_("Booked on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        propose(self, "on", today)


class CorrectionForm(PaperForm):
    """Why a paper is put right, and whether only to cancel it."""

    note = None  # type: ignore[assignment]
    reason = forms.CharField(label=_("Why"), max_length=200)
    only_cancel = forms.BooleanField(label=_("Cancel only, make no new one"), required=False)


class GoodsForm(forms.Form):
    """One row of goods: a material, how much in which unit, which batch; or one piece of cloth."""

    item = forms.ChoiceField(label=_("Material"), required=False)
    quantity = QuantityField(label=_("How much"), required=False)
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", "–"), *((u, u) for u in UNITS)]
    )
    batch = forms.CharField(label=_("Batch"), required=False, max_length=40)

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.code: item for item in items}
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            ("", "–"),
            *((item.code, f"{item.name} ({item.unit})") for item in items),
        ]
        self.fields["batch"].widget.attrs["list"] = "batches"
        if not any(item.tracked for item in items):
            del self.fields["batch"]

    def clean(self) -> dict[str, Any]:
        """A row with a material needs a quantity that its unit and batch allow."""
        data: dict[str, Any] = super().clean() or {}
        if not self.is_line:
            if data.get("quantity"):
                self.add_error("item", _("Choose the material of this row."))
            return data
        if not data.get("quantity") and "quantity" not in self.errors:
            self.add_error("quantity", _("Write how much, for example 2,5."))
        item = self.items[data["item"]]
        for field, check in (
            ("unit", lambda: catalogue.factor_of(item, data.get("unit") or item.unit)),
            ("batch", lambda: item.tracked and services.chosen_batch(item, data.get("batch", ""))),
        ):
            try:
                check()
            except DomainError as refusal:
                self.add_error(field if field in self.fields else None, str(refusal))
        return data

    @property
    def is_line(self) -> bool:
        """True when a material was chosen."""
        return bool(self.cleaned_data.get("item"))

    def goods(self) -> GoodsLine:
        """The row as goods in the base unit."""
        data = self.cleaned_data
        item = self.items[data["item"]]
        quantity = catalogue.to_base(item, data["quantity"], data["unit"])
        batch = data.get("batch", "") if item.tracked else ""
        return GoodsLine(services.pool_lot(item), quantity, batch)


class _Goods(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of goods, some of which are lines."""

    @property
    def lines(self) -> list[GoodsLine]:
        """The rows that are lines, as goods."""
        return [form.goods() for form in self.forms if form.is_line]


def goods_grid(
    cooperative: Cooperative,
    data: Any = None,
    initial: Sequence[dict[str, Any]] = (),
    kinds: Iterable[str] = POOLED,
) -> Any:
    """A grid of goods with empty rows at its end, prefix "b"."""
    formset = forms.formset_factory(
        GoodsForm, formset=_Goods, extra=BLANK_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    items = list(catalogue.items(cooperative=cooperative, kinds=kinds))
    return formset(data, prefix="b", initial=list(initial) or None, form_kwargs={"items": items})


class PlacesField(forms.ChoiceField):
    """One of these places; the cleaned value is the place."""

    def offer(self, places: Sequence[Place]) -> None:
        """Set the places to choose from."""
        self.places = {str(place.pk): place for place in places}
        named = [(key, selectors.place_name(place)) for key, place in self.places.items()]
        self.choices = named if self.required else [("", "–"), *named]

    def clean(self, value: Any) -> Any:
        """The place."""
        return self.places.get(super().clean(value))


class TransferForm(PaperForm):
    """From where to where; cloth by its codes."""

    from_place = PlacesField(label=_("From"))
    to_place = PlacesField(label=_("To"), required=False)
    to_maker = forms.CharField(
        label=_("Or: to the maker"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "members"}),
    )
    pieces = forms.CharField(
        label=_("Codes of cloth"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-scan": "1"}),
        help_text=_("Scan them one after another; only from store to store."),
    )
    field_order = ("from_place", "to_place", "to_maker", "pieces", "on", "note")

    def __init__(self, *args: Any, cooperative: Cooperative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cooperative = cooperative
        places = selectors.places_to_move(cooperative)
        for name in ("from_place", "to_place"):
            field = self.fields.get(name)
            if isinstance(field, PlacesField):
                field.offer(places)

    def clean(self) -> dict[str, Any]:
        """A transfer ends at a store or at a maker, who may hold nothing of ours yet."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("to_maker"):
            member = members.find_member(cooperative=self.cooperative, typed=data["to_maker"])
            if member is None:
                self.add_error(
                    "to_maker",
                    _("No single member is called that. Write the number, or more of the name."),
                )
            else:
                data["to_place"] = selectors.custody_of(self.cooperative, member.party)
        elif data.get("to_place") is None and "to_place" not in self.errors:
            self.add_error("to_place", _("Say where it goes: a store, or a maker."))
        return data

    def clean_pieces(self) -> list[GoodsLine]:
        """The pieces of cloth, each whole: as much of it as lies at the place it leaves."""
        start = self.cleaned_data.get("from_place")
        found: list[GoodsLine] = []
        for word in self.cleaned_data["pieces"].replace(",", " ").split():
            lot = selectors.lot_by_code(self.cooperative, word)
            if lot is None:
                raise forms.ValidationError(
                    _now("No cloth has the code “%(code)s”. Scan its label again.") % {"code": word}
                )
            here = selectors.balance_of(start, lot).quantity if start else Decimal(0)
            if lot.pk not in {one.lot.pk for one in found}:
                found.append(GoodsLine(lot, here or Decimal(1)))
        return found


class TransferCorrection(CorrectionForm, TransferForm):
    """A transfer put right: what moved, and to where."""

    from_place = None  # type: ignore[assignment]
    note = None  # type: ignore[assignment]
    field_order = ("to_place", "to_maker", "pieces", "on", "reason", "only_cancel")

    def __init__(self, *args: Any, start: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start = start
        places = [p for p in selectors.places_to_move(self.cooperative) if p.kind == start.kind]
        field = self.fields["to_place"]
        if isinstance(field, PlacesField):
            field.offer([place for place in places if place.pk != start.pk])

    def clean_pieces(self) -> list[GoodsLine]:
        """The pieces as they left the same place."""
        self.cleaned_data["from_place"] = self.start
        return super().clean_pieces()


class StoreForm(forms.Form):
    """A further store."""

    name = forms.CharField(label=_("Name of the store"), max_length=120)


def is_ready(form: Any, grid: Any = None) -> bool:
    """Valid as a whole, or only the day and the reason when the paper is just cancelled."""
    if not form.is_bound:
        return False
    form.is_valid()
    if form.cleaned_data.get("only_cancel"):
        needed = {"on", "reason"} & set(form.errors)
        for name in [name for name in form.errors if name not in needed]:
            del form.errors[name]
        return not needed
    return form.is_valid() and (grid is None or grid.is_valid())


def is_at_maker(place: Place) -> bool:
    """True for material of ours in a maker's hands."""
    return place.kind == PlaceKind.CUSTODY


def may_track(item: Item) -> bool:
    """True for a material that can be kept by batch."""
    return item.kind in MATERIALS
