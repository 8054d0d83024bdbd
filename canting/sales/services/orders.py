"""Writes of orders: taken, changed, closed, opened again. An order posts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.catalogue.selectors import price_of
from canting.cooperatives.services import issue_token, next_number, record
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.ledger.errors import ReasonNeeded
from canting.sales import selectors
from canting.sales.errors import (
    BadPercent,
    BadPrice,
    BadQuantityHere,
    BelowDelivered,
    NoLines,
    OrderClosed,
    StillOpen,
)
from canting.sales.models import Buyer, Order, OrderLine
from canting.sales.rules import OWN_FUNDS, TOKEN_PURPOSE, OrderItem, OrderStatus
from canting.sales.selectors import LineProgress

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

HUNDRED = Decimal(100)


@transaction.atomic
def take_order(
    *,
    cooperative: Cooperative,
    buyer: Buyer,
    promised_date: date,
    lines: Sequence[OrderItem],
    on: date,
    actor: User,
    buyer_reference: str = "",
    down_payment_percent: Decimal = Decimal(0),
    retention_percent: Decimal = Decimal(0),
    note: str = "",
    source_of_funds: str = OWN_FUNDS,
) -> Order:
    """Write down what a buyer ordered. A line without a price takes the one of the sale list."""
    _check(lines, down_payment_percent, retention_percent)
    order = Order.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="PS", on=on),
        buyer=buyer,
        buyer_reference=buyer_reference,
        ordered_on=on,
        promised_date=promised_date,
        down_payment_percent=down_payment_percent,
        retention_percent=retention_percent,
        note=note,
        source_of_funds=source_of_funds,
        made_by=actor,
    )
    _write_lines(order, lines, on)
    issue_token(cooperative=cooperative, purpose=TOKEN_PURPOSE, subject=order.number)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.order_taken",
        subject=order.number,
        facts={"lines": len(lines), "promised": promised_date},
        for_party=buyer.party,
    )
    return order


def _check(lines: Sequence[OrderItem], *percents: Decimal) -> None:
    if not lines:
        raise NoLines()
    for percent in percents:
        if not 0 <= percent <= HUNDRED:
            raise BadPercent(percent=percent)
    for line in lines:
        what = str(line.product.name)
        if line.quantity <= 0:
            raise BadQuantityHere(what=what, quantity=format_quantity(line.quantity))
        if line.price is not None and line.price <= 0:
            raise BadPrice(what=what, price=format_rupiah(line.price))


def _write_lines(order: Order, lines: Sequence[OrderItem], on: date) -> None:
    for position, line in enumerate(lines, 1):
        price = line.price
        if price is None:
            price = price_of(
                cooperative=order.cooperative,
                item=line.product,
                price_list="sale",
                on=on,
                grade=line.grade,
            )
        OrderLine.objects.create(
            order=order,
            position=position,
            product=line.product,
            grade=line.grade,
            quantity=line.quantity,
            price=price,
            reference_price=line.reference_price,
            reference_place=line.reference_place,
            reference_date=line.reference_date,
        )


@transaction.atomic
def change_order(
    *,
    order: Order,
    promised_date: date,
    lines: Sequence[OrderItem],
    on: date,
    actor: User,
    buyer_reference: str = "",
    down_payment_percent: Decimal = Decimal(0),
    retention_percent: Decimal = Decimal(0),
    note: str = "",
) -> Order:
    """Change an open order; lines of which pieces are sent keep product, grade and price."""
    order = selectors.lock_order(order)
    if order.status != OrderStatus.OPEN:
        raise OrderClosed(order=order.number)
    _check(lines, down_payment_percent, retention_percent)
    before = selectors.order_progress(order)
    kept = _kept_lines(before.lines, lines)
    OrderLine.objects.filter(order=order).exclude(pk__in=list(kept.values())).delete()
    for place, pk in kept.items():
        OrderLine.objects.filter(pk=pk).update(position=place + 1, quantity=lines[place].quantity)
    fresh = [line for place, line in enumerate(lines) if place not in kept]
    _write_lines(order, fresh, on)
    order.promised_date, order.note = promised_date, note
    order.buyer_reference = buyer_reference
    order.down_payment_percent = down_payment_percent
    order.retention_percent = retention_percent
    order.save()
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="sales.order_changed",
        subject=order.number,
        facts={
            "before": [[str(p.line.product.code), p.line.quantity] for p in before.lines],
            "after": [[str(line.product.code), line.quantity] for line in lines],
        },
        for_party=order.buyer.party,
    )
    return order


def _kept_lines(before: Sequence[LineProgress], lines: Sequence[OrderItem]) -> dict[int, int]:
    """Place in the new lines -> key of the old line it continues; all lines with deliveries must."""
    kept: dict[int, int] = {}
    for old in before:
        place = _continued(old, lines, kept)
        if place is not None:
            kept[place] = old.line.pk
        elif selectors.has_deliveries(old.line):
            raise BelowDelivered(
                what=str(old.line.product.name), delivered=format_quantity(old.sent)
            )
    return kept


def _continued(old: LineProgress, lines: Sequence[OrderItem], taken: dict[int, int]) -> int | None:
    """The place of the new line that goes on with an old one: same product, grade and price."""
    same = (old.line.product_id, old.line.grade, old.line.price)
    for place, line in enumerate(lines):
        price = old.line.price if line.price is None else line.price
        goes_on = (line.product.pk, line.grade, price) == same and line.quantity >= old.sent
        if place not in taken and goes_on:
            return place
    return None


@transaction.atomic
def close_order(*, order: Order, reason: str, on: date, actor: User) -> Order:
    """Close an order: delivered as agreed, or nothing more will come, with the reason."""
    order = selectors.lock_order(order)
    if order.status != OrderStatus.OPEN:
        return order
    if not reason.strip():
        raise ReasonNeeded()
    progress, money = selectors.order_progress(order), selectors.order_money(order)
    if progress.waiting:
        what = _("%(count)s pieces wait for the buyer's confirmation.")
        raise StillOpen(
            order=order.number, what=what % {"count": format_quantity(progress.waiting)}
        )
    if money.not_invoiced:
        what = _("%(amount)s is accepted and not invoiced.")
        raise StillOpen(
            order=order.number, what=what % {"amount": format_rupiah(money.not_invoiced)}
        )
    if money.advance_left:
        what = _("%(amount)s of the down payment is left; pay it back first.")
        raise StillOpen(
            order=order.number, what=what % {"amount": format_rupiah(money.advance_left)}
        )
    order.status = OrderStatus.CLOSED if progress.accepted else OrderStatus.CANCELLED
    order.save(update_fields=["status"])
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="sales.order_closed",
        subject=order.number,
        facts={"reason": reason.strip(), "left": progress.left},
        for_party=order.buyer.party,
    )
    return order


@transaction.atomic
def reopen_order(*, order: Order, actor: User) -> Order:
    """Open a closed order again; asked twice it changes nothing."""
    order = selectors.lock_order(order)
    if order.status == OrderStatus.OPEN:
        return order
    order.status = OrderStatus.OPEN
    order.save(update_fields=["status"])
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="sales.order_reopened",
        subject=order.number,
        for_party=order.buyer.party,
    )
    return order
