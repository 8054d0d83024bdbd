"""What the lists of buying and handing out give as a file: columns and where a row keeps each."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from canting.kernel.tables_out import Column, column
from canting.purchasing import selectors


def _aged(row: Any, at: int) -> int:
    return int(row.amounts[at])


def _state(paper: Any) -> str:
    return selectors.state_name(paper.state)


ORDERS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("supplier.name", _("Supplier")),
    column("promised_on", _("Promised for"), "date"),
    column("goods", _("Total"), "money"),
    column(lambda one: selectors.order_state_name(one.state), _("State")),
)
PURCHASES = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("seller_name", _("Seller")),
    column("nota", _("Nota"), "identity"),
    column("total", _("Total"), "money"),
    column(_state, _("State")),
)
HAND_OUTS = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("receiver", _("To whom")),
    column(lambda one: selectors.mode_name(one.mode), _("How"), width=36),
    column("work_order", _("Work order"), "identity"),
    column("total", _("Total"), "money"),
    column("due_on", _("Due on"), "date"),
    column(_state, _("State")),
)
QUOTES = (
    column("number", _("Number"), "identity"),
    column("on", _("Date"), "date"),
    column("answer_by", _("Answer by"), "date"),
    column("asked", _("Asked"), "number"),
    column("answered", _("Answers"), "number"),
    column(_state, _("State")),
)
OFFERED = (
    column(lambda row: row[0].code, _("Code"), "identity"),
    column(lambda row: row[0].name, _("Item"), width=40),
    column(lambda row: row[1], _("Suppliers"), "number"),
)
TURNOVER = (
    column("code", _("Code"), "identity"),
    column("name", _("Material"), width=40),
    column("quantity", _("How much"), "quantity"),
    column("unit", _("Unit"), width=8),
    column("members", _("Members"), "money"),
    column("others", _("Others"), "money"),
    column("total", _("Total"), "money"),
)


def suppliers(owed: Mapping[int, int]) -> Sequence[Column]:
    """Suppliers; `owed` says what we owe each party."""
    return (
        column("number", _("Number"), "identity"),
        column("name", _("Supplier")),
        column("town", _("Town")),
        column("phone", _("Phone"), "identity"),
        column(lambda one: owed.get(one.party_id, 0), _("We owe"), "money"),
    )


def credit_ages(buckets: Sequence[str]) -> Sequence[Column]:
    """What members owe for material by age; `buckets` are the names of the ages."""
    return (
        column("member.number", _("Number"), "identity"),
        column("member.full_name", _("Member")),
        *(column(partial(_aged, at=at), name, "money") for at, name in enumerate(buckets)),
        column("total", _("Total"), "money"),
        column("oldest_due", _("Oldest due"), "date"),
    )


def sold(found: selectors.Turnover) -> Iterable[selectors.ItemTurnover]:
    """The items of a month and what was put right in it: together what the books say."""
    yield from found.items
    members, others = found.apart
    if members or others:
        told = str(_("Put right in another month"))
        yield selectors.ItemTurnover("", told, "", Decimal(0), members, others)
