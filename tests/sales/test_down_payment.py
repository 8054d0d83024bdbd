"""Money in advance: a debt to the buyer, used in proportion, its rest paid back, put right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.ledger.errors import PeriodClosed, ReasonNeeded
from canting.ledger.services import close_month
from canting.sales import selectors, services
from canting.sales.errors import (
    AlreadyReversed,
    DateBefore,
    DependsOnIt,
    DownPaymentTooMuch,
    NothingPaid,
    NotPaidInAdvance,
    OpeningStands,
)
from canting.sales.models import Payment
from canting.sales.rules import PaperState, Piece
from tests.sales.conftest import START, holds, refused

DAY = date(2026, 11, 20)


def pay(shop, order, amount=3_000_000, **facts):
    given: dict[str, Any] = {"cash_place": "bank", "on": DAY} | facts
    return services.receive_down_payment(order=order, amount=amount, actor=shop.actor, **given)


def back(shop, order, amount, **facts):
    given: dict[str, Any] = {"cash_place": "bank", "on": DAY} | facts
    return services.refund_down_payment(order=order, amount=amount, actor=shop.actor, **given)


def test_a_down_payment_is_a_debt_to_the_buyer(shop):
    order = shop.order()
    payment = pay(shop, order)
    number = order.buyer.party.number
    assert shop.lines(f"sales.payment:{payment.number}") == [
        ("bank", "D", 3_000_000, ""),
        ("down_payment", "K", 3_000_000, number),
    ]
    assert payment.number == "KW/2026/11/0001"
    holds(shop)


def test_what_cannot_be_a_down_payment_is_refused(shop):
    order = shop.order(quantity=4)
    for amount, error, facts in (
        (0, NothingPaid, {}),
        (-5, NothingPaid, {}),
        (1_000_001, DownPaymentTooMuch, {}),
        (5, UnknownPlace, {"cash_place": "fg"}),
        (5, DateBefore, {"on": date(2026, 1, 1)}),
    ):
        with refused(shop, error):
            pay(shop, order, amount, **facts)


def test_a_closed_month_takes_no_down_payment_but_its_own_date_is_kept(shop):
    order = shop.order()
    close_month(
        cooperative=shop.cooperative, month=date(2026, 1, 1), on=date(2026, 2, 1), actor=shop.actor
    )
    with refused(shop, PeriodClosed):
        pay(shop, order, on=START)
    payment = pay(shop, order, on=date(2026, 2, 1), own_date=START)
    assert payment.paid_on == date(2026, 2, 1)


def test_only_what_is_left_goes_back(shop):
    order = shop.order()
    pay(shop, order, 500_000)
    with refused(shop, NotPaidInAdvance):
        back(shop, order, 500_001)
    with refused(shop, NothingPaid):
        back(shop, order, 0)
    with refused(shop, NotEnoughCash):
        back(shop, order, 100, cash_place="cash_main")
    assert back(shop, order, 200_000).number == "BK/2026/11/0001"
    assert selectors.order_money(order).advance_left == 300_000
    holds(shop)


def test_a_wrong_down_payment_is_reversed_and_written_anew(shop):
    order = shop.order()
    payment = pay(shop, order, 300_000)
    with refused(shop, ReasonNeeded):
        services.correct_down_payment(payment=payment, reason="", on=DAY, actor=shop.actor)
    made = services.correct_down_payment(
        payment=payment, reason="Salah ketik", on=DAY, actor=shop.actor, amount=3_000_000
    )
    payment = Payment.objects.get(pk=payment.pk)
    assert (payment.state, payment.successor) == (PaperState.REVERSED, made)
    assert shop.balance("down_payment") == 3_000_000
    with refused(shop, AlreadyReversed):
        services.correct_down_payment(payment=payment, reason="Lagi", on=DAY, actor=shop.actor)
    holds(shop)


def test_a_down_payment_can_be_only_cancelled(shop):
    order = shop.order()
    payment = pay(shop, order)
    made = services.correct_down_payment(payment=payment, reason="Batal", on=DAY, actor=shop.actor)
    assert made is None
    assert shop.balance("down_payment") == shop.balance("bank") == 0
    holds(shop)


def test_a_used_down_payment_stays(shop):
    order = shop.order(quantity=4, down_payment_percent=Decimal(30))
    lot = shop.lot(quantity=4, value=400_000)
    payment = pay(shop, order, 300_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    with refused(shop, DependsOnIt):
        services.correct_down_payment(payment=payment, reason="Batal", on=DAY, actor=shop.actor)
    with pytest.raises(DependsOnIt, match=invoice.number):
        services.correct_down_payment(payment=payment, reason="Batal", on=DAY, actor=shop.actor)
    made = services.correct_down_payment(
        payment=payment, reason="Lebih", on=DAY, actor=shop.actor, amount=400_000
    )
    assert made is not None
    assert selectors.order_money(order).advance_left == 100_000
    holds(shop)


def test_a_refund_is_put_right_too(shop):
    order = shop.order()
    pay(shop, order, 500_000)
    wrong = back(shop, order, 400_000)
    services.correct_down_payment(
        payment=wrong, reason="Salah", on=DAY, actor=shop.actor, amount=100_000
    )
    assert selectors.order_money(order).advance_left == 400_000
    holds(shop)


def brought(shop, order, amount=3_000_000):
    return services.bring_down_payment(order=order, amount=amount, actor=shop.actor)


def test_one_of_the_old_book_moves_no_money_and_is_used_by_the_first_invoices(shop):
    order = shop.order(on=shop.cooperative.cutover_date)
    payment = brought(shop, order)
    assert sorted(shop.lines(f"sales.payment:{payment.number}")) == [
        ("down_payment", "K", 3_000_000, order.buyer.party.number),
        ("suspense", "D", 3_000_000, ""),
    ]
    money = selectors.order_money(order)
    assert (money.advance_received, money.advance_left) == (3_000_000, 3_000_000)
    parts = selectors.invoice_parts_of(order, total=money.total)
    assert parts.down_payment_used == 3_000_000
    assert selectors.place_of(payment) in {"the old book", "buku lama"}
    holds(shop)


def test_one_of_the_old_book_cannot_exceed_its_order(shop):
    order = shop.order(quantity=4, on=shop.cooperative.cutover_date)
    with refused(shop, DownPaymentTooMuch):
        brought(shop, order, 1_000_001)
    with refused(shop, NothingPaid):
        brought(shop, order, 0)


def test_one_of_the_old_book_is_put_right_on_its_own_day_until_the_opening_is_signed(shop):
    order = shop.order(on=shop.cooperative.cutover_date)
    old = brought(shop, order)
    facts: dict[str, Any] = {"reason": "salah baca", "on": DAY, "actor": shop.actor}
    new = services.correct_down_payment(payment=old, amount=2_500_000, **facts)
    assert new is not None
    assert (new.amount, new.paid_on, new.cash_place) == (2_500_000, order.ordered_on, "")
    assert selectors.order_money(order).advance_left == 2_500_000
    holds(shop)
    type(shop.cooperative).objects.filter(pk=shop.cooperative.pk).update(
        signed_at="2026-02-01T09:00:00+07:00"
    )
    with refused(shop, OpeningStands):
        services.correct_down_payment(payment=new, **facts)
