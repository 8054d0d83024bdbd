"""What the lists of sales give as a file: the columns and where a row keeps each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from canting.kernel.quantities import format_quantity
from canting.kernel.tables_out import column, in_pieces
from canting.sales import papers, selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ORDER_STATES = {"open": _("Running"), "closed": _("Closed"), "cancelled": _("Cancelled")}
ORDERS = (
    column("order.number", _("Order"), "identity"),
    column("order.buyer.name", _("Buyer")),
    column("order.buyer_reference", _("Buyer's PO number"), "identity"),
    column("order.ordered_on", _("Ordered on"), "date"),
    column("order.promised_date", _("Promised for"), "date"),
    column("products", _("Product"), width=48),
    column("far.ordered", _("Pieces"), "quantity"),
    column("far.accepted", _("Accepted"), "quantity"),
    column("worth", _("Worth"), "money"),
    column(lambda row: ORDER_STATES[row.order.status], _("State")),
)
BUYERS = (
    column("party.number", _("Number"), "identity"),
    column("name", _("Buyer")),
    column("contact", _("Whom we speak to")),
    column("phone", _("Phone"), "identity"),
    column("address", _("Address"), width=40),
    column(
        lambda one: _("Member") if one.counterparty_class == "member" else _("Other buyer"),
        _("Buys as"),
    ),
)
SALES = (
    column("number", _("Nota"), "identity"),
    column("sold_on", _("Date"), "date"),
    column(lambda one: one.buyer.name if one.buyer else one.guest, _("Buyer")),
    column(lambda one: papers.paid_by_name(one.paid_by), _("Paid by")),
    column("received", _("Amount"), "money"),
    column(lambda one: _("Put right") if one.state == "reversed" else _("Sold"), _("State")),
)
DELIVERIES = (
    column("number", _("Delivery note"), "identity"),
    column("order.number", _("Order"), "identity"),
    column("order.buyer.name", _("Buyer")),
    column("sent_on", _("Date"), "date"),
    column("confirmed_on", _("Confirmed on"), "date"),
    column("confirmed_by", _("Confirmed by")),
    column("accepted_value", _("Accepted"), "money"),
    column(lambda one: delivery_state(one.state), _("State")),
)
QRIS = (
    column("number", _("Number"), "identity"),
    column("settled_on", _("Date"), "date"),
    column("gross", _("Paid out"), "money"),
    column("fee", _("Fee"), "money"),
    column("reference", _("Acquirer's report"), "identity"),
    column(lambda one: _("Put right") if one.state == "reversed" else "", _("State")),
)
INVOICES = (
    column("number", _("Sales invoice"), "identity"),
    column("buyer.name", _("Buyer")),
    column("issued_on", _("Invoice date"), "date"),
    column("due_on", _("Due on"), "date"),
    column("total", _("Value"), "money"),
    column("down_payment_used", _("Down payment used"), "money"),
    column("retention", _("Held back"), "money"),
    column("receivable", _("To pay"), "money"),
    column("open", _("Left to pay"), "money"),
    column("retention_open", _("Still held back"), "money"),
)
# A VAT payer's invoices tell their VAT too.
INVOICES_WITH_VAT = (
    *INVOICES[:5],
    column("vat", _("VAT"), "money"),
    *INVOICES[5:],
)


def delivery_state(state: str) -> str:
    """Where a delivery stands, in a word."""
    words = {"sent": _("Waiting for confirmation"), "reversed": _("Put right")}
    return str(words.get(state, _("Confirmed")))


class OrderRow(NamedTuple):
    """An order with its products in words, how far it is and what it is worth."""

    order: Any
    products: str
    far: selectors.OrderProgress
    worth: int


def order_rows(cooperative: Cooperative, found: Any) -> Iterable[OrderRow]:
    """The orders of a query, read in pieces, each with its progress."""
    for orders in in_pieces(found):
        progress = selectors.progress_of(cooperative=cooperative, orders=orders)
        worth = selectors.order_worth(orders)
        for order in orders:
            far = progress[order.pk]
            names = [
                f"{one.line.product.name} {one.line.grade} "
                f"{format_quantity(one.line.quantity)}".replace("  ", " ")
                for one in far.lines
            ]
            yield OrderRow(order, "; ".join(names), far, worth[order.pk])


JUDGED = (
    column("buyer.party.number", _("Number"), "identity"),
    column("buyer.name", _("Buyer")),
    column(lambda row: row.ages[0], _("Not yet due"), "money"),
    column(lambda row: row.ages[1], _("1 to 90 days late"), "money"),
    column(lambda row: row.ages[91], _("91 to 180 days late"), "money"),
    column(lambda row: row.ages[181], _("More than 180 days late"), "money"),
    column("open", _("Open"), "money"),
    column("suggested", _("Suggested"), "money"),
    column("allowance", _("Stands aside"), "money"),
)
