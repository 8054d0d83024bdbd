"""Payments: money, withheld tax, penalties; never more than is open; retention; put right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.cash.errors import NotEnoughCash
from canting.sales import selectors, services
from canting.sales.errors import AlreadyReversed, DateBefore, NothingPaid, TooMuchPaid
from canting.sales.models import Payment
from canting.sales.rules import OrderItem, PaperState, Piece
from canting.stock.rules import Basis, Origin
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


@pytest.fixture
def invoice(shop):
    order = shop.order(quantity=4, retention_percent=Decimal(5))
    lot = shop.lot(quantity=4, value=400_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    return services.issue_invoice(order=order, on=DAY, actor=shop.actor)


def pay(shop, invoice, cash, **facts):
    given: dict[str, Any] = {"cash_place": "bank", "on": DAY} | facts
    return services.receive_payment(invoice=invoice, cash=cash, actor=shop.actor, **given)


def test_part_payments_lessen_what_is_open(shop, invoice):
    pay(shop, invoice, 400_000)
    assert selectors.open_amount(invoice) == 550_000
    pay(shop, invoice, 550_000)
    assert selectors.open_amount(invoice) == 0
    with refused(shop, TooMuchPaid):
        pay(shop, invoice, 1)
    holds(shop)


def test_what_is_no_payment_is_refused(shop, invoice):
    for cash, facts, error in (
        (0, {}, NothingPaid),
        (-1, {}, NothingPaid),
        (10, {"penalty": -5}, NothingPaid),
        (950_001, {}, TooMuchPaid),
        (900_000, {"final_tax": 50_001}, TooMuchPaid),
        (1, {"on": date(2026, 11, 19)}, DateBefore),
    ):
        with refused(shop, error):
            pay(shop, invoice, cash, **facts)


def test_withheld_tax_beyond_the_liability_waits_on_its_account(shop, invoice):
    services.book_final_tax(
        cooperative=shop.cooperative, month=DAY, on=date(2026, 11, 30), actor=shop.actor
    )
    assert shop.balance("pph_final_payable") == 5_000
    payment = pay(shop, invoice, 940_000, final_tax=8_000, on=date(2026, 12, 1))
    assert shop.lines(f"sales.payment:{payment.number}") == [
        ("bank", "D", 940_000, ""),
        ("pph_final_payable", "D", 5_000, ""),
        ("pph_final_withheld", "D", 3_000, ""),
        ("recv_buyer", "K", 948_000, invoice.buyer.party.number),
    ]
    holds(shop)


def test_tax_withheld_before_the_month_is_booked_is_not_lost(shop, invoice):
    pay(shop, invoice, 945_000, final_tax=5_000)
    assert shop.balance("pph_final_withheld") == 5_000
    assert shop.balance("pph_final_payable") == 0


def test_pph_22_without_a_certificate_is_a_claim(shop, invoice):
    payment = pay(shop, invoice, 935_000, pph22=15_000)
    assert shop.kind(f"sales.payment:{payment.number}") == "pph22_no_certificate"
    assert shop.balance("pph22_prepaid") == 15_000


def test_the_proposal_is_the_rate_of_the_whole_invoice(shop, invoice):
    assert selectors.tax_proposal(invoice, on=DAY) == 5_000


def test_a_penalty_is_spread_over_the_origins_of_the_goods(shop):
    order = shop.order(lines=[OrderItem(shop.product(), Decimal(3), 100_000)])
    lots = [
        shop.lot(),
        shop.lot(),
        shop.lot(basis=Basis.NONE, origin=Origin.OUTSIDE),
    ]
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code) for lot in lots], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    pay(shop, invoice, 299_900, penalty=100)
    assert (shop.balance("penalty_m"), shop.balance("penalty_n")) == (67, 33)
    holds(shop)


def test_the_retention_comes_in_once(shop, invoice):
    with refused(shop, TooMuchPaid):
        services.receive_retention(
            invoice=invoice, amount=50_001, cash_place="bank", on=DAY, actor=shop.actor
        )
    services.receive_retention(
        invoice=invoice, amount=50_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    assert shop.balance("recv_retention") == 0
    with refused(shop, TooMuchPaid):
        services.receive_retention(
            invoice=invoice, amount=1, cash_place="bank", on=DAY, actor=shop.actor
        )
    holds(shop)


def test_a_payment_is_put_right_once(shop, invoice):
    wrong = pay(shop, invoice, 95_000)
    made = services.correct_payment(
        payment=wrong, reason="Kurang nol", on=DAY, actor=shop.actor, cash=950_000
    )
    wrong = Payment.objects.get(pk=wrong.pk)
    assert (wrong.state, wrong.successor) == (PaperState.REVERSED, made)
    assert selectors.open_amount(invoice) == 0
    with refused(shop, AlreadyReversed):
        services.correct_payment(payment=wrong, reason="Lagi", on=DAY, actor=shop.actor)
    assert made is not None
    services.correct_payment(payment=made, reason="Batal", on=DAY, actor=shop.actor)
    assert selectors.open_amount(invoice) == 950_000
    holds(shop)


def test_a_payment_whose_money_left_the_drawer_stays(shop, invoice):
    paid = pay(shop, invoice, 500_000, cash_place="cash_main")
    from canting.ledger.rules import credit, debit

    shop.post("test.spent", DAY, [debit("admin", 400_000), credit("cash_main", 400_000)])
    with refused(shop, NotEnoughCash):
        services.correct_payment(payment=paid, reason="Batal", on=DAY, actor=shop.actor)


def test_a_wrong_retention_is_put_right(shop, invoice):
    paid = services.receive_retention(
        invoice=invoice, amount=40_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    services.correct_payment(payment=paid, reason="Kurang", on=DAY, actor=shop.actor, cash=50_000)
    assert selectors.retention_open(invoice) == 0
    holds(shop)
