"""What the lists of making give as a file: the columns and where a row keeps each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import column
from canting.production.forms import KIND_WORDS
from canting.production.rules import FactKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.production.models import ClothReturn, MaterialFact

BASES = {
    "commission": _("commission"),
    "purchase": _("purchase"),
    "consignment": _("consignment"),
    "none": "",
}
ORDER_STATES = {"open": _("Open"), "done": _("Done")}


def _state(paper: Any) -> Any:
    return _("put right") if paper.state == "reversed" else ""


ORDERS = (
    column("number", _("Work order"), "identity"),
    column("product.name", _("Product"), width=40),
    column(lambda one: BASES[one.basis], _("Basis")),
    column("opened_on", _("Opened on"), "date"),
    column("due_date", _("Due"), "date"),
    column("quantity", _("Pieces"), "number"),
    column(lambda one: one.reported or 0, _("Reported"), "number"),
    column(lambda one: one.accepted or 0, _("Ready"), "number"),
    column(lambda one: one.rejected or 0, _("Rejected"), "number"),
    column(lambda one: ORDER_STATES.get(one.status, _("Ended early")), _("State")),
    column("closed_on", _("Closed on"), "date"),
)
ADVANCES = (
    column("number", _("Contract"), "identity"),
    column("given_on", _("Date"), "date"),
    column("member.number", _("Member number"), "identity"),
    column("member.full_name", _("Maker")),
    column("product.name", _("Product"), width=40),
    column("pieces", _("Pieces"), "number"),
    column("brought", _("Brought"), "number"),
    column("amount", _("Advance"), "money"),
    column("agreed_price", _("Agreed price"), "money"),
    column("due_date", _("Due"), "date"),
    column(_state, _("State")),
)
FACTS = (
    column("number", _("Paper"), "identity"),
    column("on", _("Date"), "date"),
    column("maker", _("Maker")),
    column("what", _("What happened")),
    column("item.name", _("Material"), width=40),
    column("quantity", _("Quantity"), "quantity"),
    column("item.unit", _("Unit"), width=8),
    column("value", _("Value"), "money"),
    column("reason", _("Reason"), width=40),
    column("state", _("State")),
)


class FactRow(NamedTuple):
    """Material that was lost or found, or cloth that went back, as the file tells it."""

    number: str
    on: date
    maker: str
    what: str
    item: Any
    quantity: Any
    value: int
    reason: str
    state: Any


def kind_words() -> dict[str, str]:
    """What happened to material, in words."""
    words = {kind.value: str(text) for kind, text in KIND_WORDS.items()}
    return {**words, FactKind.BYPRODUCT.value: _now("Recovered wax")}


def fact_rows(facts: QuerySet[MaterialFact], returns: QuerySet[ClothReturn]) -> Iterable[FactRow]:
    """What left the makers' hands without cloth, then the cloth that went back to them."""
    words = kind_words()
    lost = (
        FactRow(
            one.number, one.happened_on,
            one.member.full_name if one.member else one.work_order.number if one.work_order else "",
            words[one.kind], one.item, one.quantity, one.value, one.reason, _state(one),
        )
        for one in facts.iterator(500)
    )  # fmt: skip
    back = (
        FactRow(
            one.number, one.returned_on, one.member.full_name, _now("Cloth sent back"),
            one.lot.item, one.quantity, one.value, one.reason, _state(one),
        )
        for one in returns.iterator(500)
    )  # fmt: skip
    return chain(lost, back)
