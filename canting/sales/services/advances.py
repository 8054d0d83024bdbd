"""Writes of money paid in advance: the down payment, and its rest going back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import place_name, require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, Line, credit, debit
from canting.ledger.services import post_entries, reverse_source
from canting.sales import selectors
from canting.sales.errors import (
    DependsOnIt,
    DownPaymentTooMuch,
    NothingPaid,
    NotPaidInAdvance,
    OpeningStands,
    OrderClosed,
)
from canting.sales.models import Order, Payment
from canting.sales.rules import OrderStatus, PaymentKind
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
    reopened,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import User


@transaction.atomic
def receive_down_payment(
    *,
    order: Order,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    note: str = "",
    own_date: date | None = None,
) -> Payment:
    """Take money in advance for an order: a debt to the buyer, never revenue nor taxed turnover."""
    order = selectors.lock_order(order)
    _check_advance(order, amount)
    refuse_before(on=own_date or on, before=order.ordered_on, paper=order.number)
    place_name(cooperative=order.cooperative, place=cash_place)
    lines = [debit(cash_place, amount), credit("down_payment", amount, order.buyer.party)]
    memo = _("Down payment for %(order)s, %(buyer)s")
    return _write(
        order, PaymentKind.DOWN_PAYMENT, amount, cash_place, on, actor, note, own_date, lines, memo
    )


@transaction.atomic
def bring_down_payment(*, order: Order, amount: int, actor: User) -> Payment:
    """Bring over what a buyer had paid for an open order before the books began, whole rupiah.

    No money moves: it is an opening balance of the first day, against what still differs there,
    and the first invoices use it. Raises NothingPaid, DownPaymentTooMuch, OrderClosed.
    """
    order = selectors.lock_order(order)
    _check_advance(order, amount)
    party = order.buyer.party
    lines = [debit("suspense", amount), credit("down_payment", amount, party)]
    return _write(
        order,
        PaymentKind.DOWN_PAYMENT,
        amount,
        "",
        order.cooperative.cutover_date,
        actor,
        _("From the old book"),
        None,
        lines,
        _("Opening balance: down payment for %(order)s, %(buyer)s"),
    )


def _check_advance(order: Order, amount: int) -> None:
    if order.status != OrderStatus.OPEN:
        raise OrderClosed(order=order.number)
    if amount <= 0:
        raise NothingPaid()
    money = selectors.order_money(order)
    if money.advance_received + amount > money.total:
        raise DownPaymentTooMuch(
            order=order.number,
            total=format_rupiah(money.total),
            received=format_rupiah(money.advance_received),
            amount=format_rupiah(amount),
        )


@transaction.atomic
def refund_down_payment(
    *,
    order: Order,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    note: str = "",
    own_date: date | None = None,
) -> Payment:
    """Pay the rest of a down payment back; it becomes income only where a contract forfeits it."""
    order = selectors.lock_order(order)
    if amount <= 0:
        raise NothingPaid()
    left = selectors.order_money(order).advance_left
    if amount > left:
        raise NotPaidInAdvance(
            order=order.number, left=format_rupiah(left), amount=format_rupiah(amount)
        )
    require_cash(cooperative=order.cooperative, place=cash_place, amount=amount, on=on)
    lines = [debit("down_payment", amount, order.buyer.party), credit(cash_place, amount)]
    memo = _("Rest of the down payment for %(order)s back to %(buyer)s")
    return _write(
        order, PaymentKind.REFUND, amount, cash_place, on, actor, note, own_date, lines, memo
    )


def _write(
    order: Order,
    kind: PaymentKind,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    note: str,
    own_date: date | None,
    lines: list[Line],
    memo: str,
) -> Payment:
    back = kind == PaymentKind.REFUND
    series = "BK" if back else "KW"
    payment = Payment.objects.create(
        cooperative=order.cooperative,
        number=next_number(cooperative=order.cooperative, series=series, on=on),
        kind=kind,
        buyer=order.buyer,
        order=order,
        paid_on=on,
        cash_place=cash_place,
        amount=amount,
        cash=amount,
        note=note,
        made_by=actor,
    )
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="sales.down_payment_refunded" if back else "sales.down_payment_received",
        subject=payment.number,
        facts={"order": order.number, "amount": amount},
        for_party=order.buyer.party,
    )
    draft = Draft(
        source=f"sales.payment:{payment.number}",
        entry_date=on,
        own_date=own_date,
        kind=_event_kind(kind, cash_place),
        memo=memo % {"order": order.number, "buyer": order.buyer.name},
        lines=lines,
        paper=payment.number,
    )
    post_entries(cooperative=order.cooperative, drafts=[draft], actor=actor)
    return payment


def _event_kind(kind: PaymentKind, cash_place: str) -> str:
    if kind == PaymentKind.REFUND:
        return "down_payment_refund"
    return "down_payment" if cash_place else "opening"


@transaction.atomic
def correct_down_payment(
    *,
    payment: Payment,
    reason: str,
    on: date,
    actor: User,
    amount: int | None = None,
    cash_place: str = "",
) -> Payment | None:
    """Reverse a down payment or its refund and, with an amount, write it anew; else only cancel.

    Refused when an invoice or a refund has already used what would go. One from the old book is
    put right on its own day, until the opening is signed.
    """
    check_reason(reason)
    payment = selectors.lock_payment(payment)
    refuse_reversed(payment)
    if selectors.is_brought(payment):
        _refuse_when_signed(payment)
        on = payment.paid_on
    refuse_before(on=on, before=payment.paid_on, paper=payment.number)
    order = payment.order
    if order is None:
        raise NothingPaid()
    order = reopened(selectors.lock_order(order))
    came_in = payment.kind == PaymentKind.DOWN_PAYMENT
    if came_in:
        left = selectors.order_money(order).advance_left
        if left + (amount or 0) < payment.amount:
            what = _("%(amount)s of it is used or paid back by %(paper)s; put that right first.")
            used = format_rupiah(payment.amount - left)
            by = {"amount": used, "paper": selectors.last_use_of_advance(order)}
            raise DependsOnIt(paper=payment.number, what=what % by)
        if payment.cash_place:
            _require_back(payment, on)
    mark_reversed(payment, None)
    reverse_source(
        cooperative=payment.cooperative,
        source=f"sales.payment:{payment.number}",
        on=on,
        reason=reason,
        actor=actor,
    )
    if not amount:
        return None
    if selectors.is_brought(payment):
        made = bring_down_payment(order=order, amount=amount, actor=actor)
        mark_reversed(payment, made)
        return made
    write = receive_down_payment if came_in else refund_down_payment
    place = cash_place or payment.cash_place
    made = write(order=order, amount=amount, cash_place=place, on=on, actor=actor)
    mark_reversed(payment, made)
    return made


def _require_back(payment: Payment, on: date) -> None:
    require_cash(
        cooperative=payment.cooperative, place=payment.cash_place, amount=payment.cash, on=on
    )


def _refuse_when_signed(payment: Payment) -> None:
    payment.cooperative.refresh_from_db(fields=["signed_at"])
    if payment.cooperative.signed_at:
        raise OpeningStands(paper=payment.number)
