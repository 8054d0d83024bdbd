"""Reads of buyers and orders: who, what, how far, what it is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet, Sum

from canting.cooperatives.selectors import live_token
from canting.kernel.sealed import unseal
from canting.sales import rules
from canting.sales.models import (
    Buyer,
    Delivery,
    DeliveryLine,
    Invoice,
    Order,
    OrderLine,
    Payment,
)
from canting.sales.rules import OrderStatus, PaperState, PaymentKind
from canting.sales.selectors.claims import invoices_with_open
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ZERO = Decimal(0)


class Moved(NamedTuple):
    """What left for one line of an order, in pieces; what is billed was accepted."""

    waiting: Decimal
    accepted: Decimal
    billed: Decimal

    @property
    def sent(self) -> Decimal:
        """Pieces that need not be sent any more."""
        return self.waiting + self.accepted


NOTHING = Moved(ZERO, ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class LineProgress:
    """How far one line of an order is, in pieces."""

    line: OrderLine
    reserved: Decimal
    sent: Decimal
    waiting: Decimal
    accepted: Decimal

    @property
    def left(self) -> Decimal:
        """Pieces still to be sent."""
        return max(self.line.quantity - self.sent, ZERO)


@dataclass(frozen=True, slots=True)
class OrderProgress:
    """How far an order is, in pieces: sent counts what waits and what was accepted."""

    lines: tuple[LineProgress, ...]
    invoiced: Decimal

    def _sum(self, name: str) -> Decimal:
        return sum((getattr(line, name) for line in self.lines), ZERO)

    @property
    def ordered(self) -> Decimal:
        """Pieces ordered."""
        return sum((line.line.quantity for line in self.lines), ZERO)

    @property
    def reserved(self) -> Decimal:
        """Pieces in the store that this order may count on."""
        return self._sum("reserved")

    @property
    def sent(self) -> Decimal:
        """Pieces on their way or accepted."""
        return self._sum("sent")

    @property
    def waiting(self) -> Decimal:
        """Pieces on their way, not confirmed yet."""
        return self._sum("waiting")

    @property
    def accepted(self) -> Decimal:
        """Pieces the buyer accepted."""
        return self._sum("accepted")

    @property
    def left(self) -> Decimal:
        """Pieces still to be sent."""
        return self._sum("left")


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """The money of one order in whole rupiah."""

    total: int
    advance_received: int
    advance_used: int
    accepted: int
    invoiced: int
    open: int
    retention_open: int

    @property
    def advance_left(self) -> int:
        """Paid in advance and not used by an invoice yet."""
        return self.advance_received - self.advance_used

    @property
    def not_invoiced(self) -> int:
        """Accepted, but on no invoice yet."""
        return self.accepted - self.invoiced


def buyers(*, cooperative: Cooperative, words: str = "") -> QuerySet[Buyer]:
    """The buyers by name, all or those whose name, number, contact or phone holds the words."""
    found = Buyer.objects.filter(cooperative=cooperative).select_related("party")
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(contact__icontains=word)
            | Q(phone__icontains=word)
            | Q(party__number__iexact=word)
        )
    return found.order_by("name", "id")


def buyer_by_number(*, cooperative: Cooperative, number: str) -> Buyer | None:
    """The buyer with this number (B-0001), or nothing."""
    return buyers(cooperative=cooperative).filter(party__number=number).first()


def buyer_named(*, cooperative: Cooperative, typed: str) -> Buyer | None:
    """The buyer whose number or whole name was typed; nothing when none or several fit."""
    number = typed.split(" ", 1)[0]
    found = list(
        buyers(cooperative=cooperative).filter(Q(party__number=number) | Q(name__iexact=typed))[:2]
    )
    return found[0] if len(found) == 1 else None


def tax_number_of(buyer: Buyer) -> str:
    """The buyer's tax number as stored, opened; empty when there is none."""
    return unseal(buyer.tax_number) if buyer.tax_number else ""


def orders(*, cooperative: Cooperative, status: str = "") -> QuerySet[Order]:
    """Orders with their buyer, all or of one status; the caller pages them by promised date."""
    found = Order.objects.filter(cooperative=cooperative).select_related("buyer__party")
    return found.filter(status=status) if status else found


def open_orders(*, cooperative: Cooperative) -> QuerySet[Order]:
    """Orders that still wait for something, earliest promise first."""
    return orders(cooperative=cooperative, status=OrderStatus.OPEN).order_by("promised_date", "id")


def order_by_number(*, cooperative: Cooperative, number: str) -> Order | None:
    """The order with this number, or nothing."""
    return orders(cooperative=cooperative).filter(number=number).first()


def order_lines(order: Order) -> QuerySet[OrderLine]:
    """The lines of an order with their product, in the order they were typed."""
    return order.lines.select_related("product").order_by("position", "id")


def order_lines_open(*, cooperative: Cooperative) -> QuerySet[OrderLine]:
    """Every line of every open order, earliest promise first."""
    return (
        OrderLine.objects.filter(order__cooperative=cooperative, order__status=OrderStatus.OPEN)
        .select_related("order__buyer", "product")
        .order_by("order__promised_date", "order_id", "position", "id")
    )


def order_total(order: Order) -> int:
    """What the whole order is worth, in whole rupiah."""
    return sum(rules.amount_of(line.quantity, line.price) for line in order_lines(order))


def order_progress(order: Order) -> OrderProgress:
    """How far an order is, line by line: reserved, sent, waiting, accepted, invoiced."""
    return progress_of(cooperative=order.cooperative, orders=[order])[order.pk]


def progress_of(*, cooperative: Cooperative, orders: Sequence[Order]) -> dict[int, OrderProgress]:
    """How far several orders are; a fixed number of queries, however many orders."""
    lines = list(order_lines_open(cooperative=cooperative))
    closed = {order.pk for order in orders} - {line.order_id for line in lines}
    others = OrderLine.objects.filter(order__in=closed).select_related("product")
    wanted = [*lines, *others] if closed else lines
    moved = _moved_by_line(Q(order_line__order__in={line.order_id for line in wanted}))
    reserved = _reserved(cooperative, lines, moved)
    found: dict[int, list[LineProgress]] = {order.pk: [] for order in orders}
    invoiced = dict.fromkeys(found, ZERO)
    for line in sorted(wanted, key=lambda line: (line.position, line.pk)):
        if line.order_id in found:
            waiting, accepted, billed = moved.get(line.pk, NOTHING)
            invoiced[line.order_id] += billed
            found[line.order_id].append(
                LineProgress(
                    line, reserved.get(line.pk, ZERO), waiting + accepted, waiting, accepted
                )
            )
    return {order.pk: OrderProgress(tuple(found[order.pk]), invoiced[order.pk]) for order in orders}


def _moved_by_line(lines: Q) -> dict[int, Moved]:
    """Pieces waiting for confirmation, accepted, and accepted on an invoice, by order line."""
    sent, undone = Q(delivery__state=PaperState.SENT), Q(delivery__state=PaperState.REVERSED)
    rows = (
        DeliveryLine.objects.filter(lines)
        .values_list("order_line_id")
        .annotate(
            waiting=Sum("quantity", filter=sent),
            taken=Sum("accepted", filter=~sent & ~undone),
            billed=Sum("accepted", filter=Q(delivery__invoice__isnull=False)),
        )
    )
    return {
        line: Moved(waiting or ZERO, taken or ZERO, billed or ZERO)
        for line, waiting, taken, billed in rows
    }


def _reserved(
    cooperative: Cooperative,
    lines: Sequence[OrderLine],
    moved: Mapping[int, Moved],
) -> dict[int, Decimal]:
    """What is kept back for the lines of open orders, earliest promise first."""
    wanted = [
        (
            line.pk,
            (line.product_id, line.grade),
            max(line.quantity - moved.get(line.pk, NOTHING).sent, ZERO),
        )
        for line in lines
    ]
    return rules.reserve(wanted, _sellable(cooperative))


def order_money(order: Order) -> OrderMoney:
    """The money of an order: worth, paid in advance, accepted, invoiced, still open."""
    paid = dict(
        Payment.objects.filter(order=order, state=PaperState.POSTED)
        .values_list("kind")
        .annotate(Sum("amount"))
    )
    sums = Invoice.objects.filter(order=order, state=PaperState.POSTED).aggregate(
        total=Sum("total"), used=Sum("down_payment_used")
    )
    accepted = Delivery.objects.filter(order=order, state=PaperState.POSTED).aggregate(
        value=Sum("accepted_value")
    )
    found = invoices_with_open(cooperative=order.cooperative).filter(order=order)
    opened = found.aggregate(now=Sum("open"), held=Sum("retention_open"))
    received = paid.get(PaymentKind.DOWN_PAYMENT, 0) - paid.get(PaymentKind.REFUND, 0)
    return OrderMoney(
        total=order_total(order),
        advance_received=received,
        advance_used=sums["used"] or 0,
        accepted=accepted["value"] or 0,
        invoiced=sums["total"] or 0,
        open=opened["now"] or 0,
        retention_open=opened["held"] or 0,
    )


def lock_order(order: Order) -> Order:
    """The order again, held until the end of the transaction."""
    return (
        Order.objects.select_for_update(of=("self",))
        .select_related("buyer__party", "cooperative")
        .get(pk=order.pk)
    )


def has_deliveries(line: OrderLine) -> bool:
    """Whether a delivery note ever named this line."""
    return line.delivered.exists()


def order_worth(orders: Sequence[Order]) -> dict[int, int]:
    """What each of several orders is worth, in whole rupiah; one query."""
    worth = {order.pk: 0 for order in orders}
    for line in OrderLine.objects.filter(order__in=list(worth)):
        worth[line.order_id] += rules.amount_of(line.quantity, line.price)
    return worth


def invoice_parts_of(order: Order, *, total: int, vat: int = 0) -> rules.InvoiceParts:
    """What an invoice of this value would ask for: shown before, and booked the same."""
    money = order_money(order)
    return rules.invoice_parts(
        total=total,
        invoiced_before=money.invoiced,
        order_total=money.total,
        received=money.advance_received,
        used_before=money.advance_used,
        retention_percent=order.retention_percent,
        vat=vat,
    )


def _sellable(cooperative: Cooperative) -> dict[tuple[int, str], Decimal]:
    """Pieces of ours in the store that may be sold, by product and grade."""
    counts: dict[tuple[int, str], Decimal] = {}
    for balance in stock.sellable_lots(cooperative):
        if balance.place.kind == PlaceKind.STORE:
            key = (balance.lot.item_id, balance.lot.grade)
            counts[key] = counts.get(key, ZERO) + balance.quantity
    return counts


def order_token(order: Order) -> str:
    """The secret part of the order's live link; empty when it was closed."""
    token = live_token(
        cooperative=order.cooperative, purpose=rules.TOKEN_PURPOSE, subject=order.number
    )
    return token.token if token else ""


def buyer_choices(*, cooperative: Cooperative) -> list[tuple[str, str]]:
    """Number and name of every active buyer, for lists that help typing."""
    found = buyers(cooperative=cooperative).filter(active=True)
    return [(buyer.party.number, buyer.name) for buyer in found]


def search(*, cooperative: Cooperative, words: str) -> QuerySet[Order]:
    """Orders whose number, PO number or buyer holds the words, newest first."""
    found = (
        Q(number__icontains=words)
        | Q(buyer_reference__icontains=words)
        | Q(buyer__name__icontains=words)
    )
    return orders(cooperative=cooperative).filter(found).order_by("-id")
