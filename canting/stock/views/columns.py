"""What the lists of stock give as a file: the columns and where a row keeps each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column, in_pieces
from canting.stock import selectors
from canting.stock.forms import KINDS

if TYPE_CHECKING:
    from canting.stock.models import Lot


def kind_name(kind: str) -> str:
    """Which goods a count is of, in words."""
    return str(dict(KINDS)[kind])


def _place(row: Any) -> str:
    return selectors.place_name(row.place)


def _state(paper: Any) -> str:
    return selectors.state_name(paper.state)


COUNTS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column(_place, _("Where")),
    column(lambda one: kind_name(one.kind), _("What is counted")),
    column("first_by", _("Counted by")),
    column("second_by", _("Counted again by")),
    column("booked_by", _("Booked by")),
    column(_state, _("State")),
)
TRANSFERS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column(lambda one: selectors.place_name(one.from_place), _("From")),
    column(lambda one: selectors.place_name(one.to_place), _("To")),
    column("made_by", _("Written by")),
    column(_state, _("State")),
)
BLENDS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("item.name", _("Material")),
    column("quantity", _("How much"), "quantity"),
    column("item.unit", _("Unit"), width=8),
    column("value", _("Value"), "money"),
    column(_state, _("State")),
)
MOVES = (
    column("on", _("Date"), "date"),
    column("paper", _("Paper"), "identity"),
    column(_place, _("Where")),
    column("lot.code", _("Code"), "identity"),
    column("quantity", _("How much"), "quantity"),
    column("value", _("Value"), "money"),
    column("actor", _("Written by")),
)
BATCH_MOVES = tuple(one for one in MOVES if one.of != "lot.code")
HELD = (
    column(_place, _("Where")),
    column("lot.item.code", _("Item code"), "identity"),
    column("lot.item.name", _("Goods"), width=40),
    column("lot.label", _("Code"), "identity"),
    column("quantity", _("How much"), "quantity"),
    column("lot.item.unit", _("Unit"), width=8),
    column("value", _("Value"), "money"),
)
CUSTODY = (
    column("place.party.number", _("Number"), "identity"),
    column("place.party.name", _("Maker")),
    column("lot.item.code", _("Item code"), "identity"),
    column("lot.item.name", _("Material"), width=40),
    column("quantity", _("How much"), "quantity"),
    column("lot.item.unit", _("Unit"), width=8),
    column("value", _("Value"), "money"),
)
LOTS = (
    column("lot.label", _("Code"), "identity"),
    column("lot.item.name", _("Product"), width=40),
    column(lambda row: row.lot.maker.name if row.lot.maker else _("from outside"), _("Maker")),
    column("lot.grade", _("Grade"), width=8),
    column("lot.made_on", _("Made on"), "date"),
    column("where", _("Where")),
    column("quantity", _("How much"), "quantity"),
    column("value", _("Value"), "money"),
    column(
        lambda row: _("may be sold") if row.lot.released_at else _("waits for inspection"),
        _("State"),
    ),
)
GOODS = (
    column("code", _("Item code"), "identity"),
    column("name", _("Goods"), width=40),
    column("quantity", _("How much"), "quantity"),
    column("unit", _("Unit"), width=8),
    column("sellable", _("May be sold"), "quantity"),
    column("weeks", _("Lasts (weeks)"), "quantity"),
    column("value", _("Value"), "money"),
)


class LotRow(NamedTuple):
    """A piece of cloth with where it lies now, how much of it and what it is worth."""

    lot: Lot
    where: str
    quantity: Any
    value: int


class Good(NamedTuple):
    """A material or a product on the page of stock, with its cover or what may be sold of it."""

    code: str
    name: str
    quantity: Any
    unit: str
    sellable: Any
    weeks: Any
    value: int


def lot_rows(found: Any) -> Iterable[LotRow]:
    """The lots of a query, read in pieces, each with its place."""
    for lots in in_pieces(found):
        places = selectors.places_of_lots([lot.pk for lot in lots])
        for lot in lots:
            here = places.get(lot.pk, [])
            where = "; ".join(selectors.place_name(one.place) for one in here)
            yield LotRow(
                lot,
                where or str(_("gone")),
                sum(one.quantity for one in here),
                sum(one.value for one in here),
            )


def goods(
    materials: Iterable[selectors.CoverRow], cloth: Iterable[selectors.ClothRow]
) -> Iterable[Good]:
    """Materials with their cover, then cloth by product."""
    for row in materials:
        item = row.item
        yield Good(item.code, item.name, row.quantity, item.unit, None, row.weeks, row.value)
    for one in cloth:
        yield Good(one.code, one.name, one.quantity, one.unit, one.sellable, None, one.value)


WRITE_DOWNS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("lot.item.code", _("Code"), "identity"),
    column("lot.item.name", _("Goods")),
    column("lot.label", _("Cloth")),
    column(lambda one: selectors.write_down_kind(one.kind), _("What happened")),
    column("cost", _("What it cost"), "money"),
    column("worth", _("What all of it would bring"), "money"),
    column("amount", _("Change of the write-down"), "money"),
    column("evidence", _("Where the price comes from")),
    column(lambda one: selectors.state_name(one.state), _("State")),
)
