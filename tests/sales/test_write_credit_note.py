"""Goods that come back: at the price got and the cost they left with, part by part, never more."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.cash.errors import NotEnoughCash
from canting.ledger.errors import ReasonNeeded
from canting.sales import selectors, services
from canting.sales.errors import DateBefore, TooMuchPaid, UnknownPiece, WrongCounts
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till
from canting.stock import selectors as stock
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


@pytest.fixture
def lot(shop):
    return shop.lot(quantity=3, value=100_000)


@pytest.fixture
def invoice(shop, lot):
    sale = services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, Decimal(3), 200_000)],
        till=Till(paid_by=PaidBy.CREDIT, buyer=shop.buyer(), discount=100),
        on=DAY,
        actor=shop.actor,
    )
    return sale.invoices.get()


def back(shop, invoice, lot, quantity=1, **facts):
    given: dict[str, Any] = {"reason": "Cacat", "on": DAY} | facts
    return services.write_credit_note(
        invoice=invoice, piece=Piece(lot.code, Decimal(quantity)), actor=shop.actor, **given
    )


def test_one_by_one_adds_up_to_the_whole(shop, invoice, lot):
    notes = [back(shop, invoice, lot) for _ in range(3)]
    assert sum(note.amount for note in notes) == 599_900
    assert sum(note.cost for note in notes) == 100_000
    assert selectors.open_amount(invoice) == 0
    assert stock.balance_of(stock.store(shop.cooperative), lot).quantity == 3
    assert selectors.sold_quantity(lot) == 0
    with refused(shop, WrongCounts):
        back(shop, invoice, lot)
    holds(shop)


def test_what_was_paid_goes_back_in_money(shop, invoice, lot):
    services.receive_payment(
        invoice=invoice, cash=500_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    with refused(shop, TooMuchPaid):
        back(shop, invoice, lot)
    with refused(shop, NotEnoughCash):
        back(shop, invoice, lot, cash_place="cash_main")
    note = back(shop, invoice, lot, cash_place="bank")
    assert (note.lessens, note.amount) == (99_900, 199_967)
    assert selectors.open_amount(invoice) == 0
    holds(shop)


def test_what_cannot_come_back_is_refused(shop, invoice, lot):
    other = shop.lot()
    with refused(shop, UnknownPiece):
        back(shop, invoice, other)
    with refused(shop, WrongCounts):
        back(shop, invoice, lot, 4)
    with refused(shop, WrongCounts):
        back(shop, invoice, lot, 0)
    with refused(shop, ReasonNeeded):
        back(shop, invoice, lot, reason=" ")
    with refused(shop, DateBefore):
        back(shop, invoice, lot, on=date(2026, 11, 19))


def test_a_delivered_piece_comes_back_too(shop):
    order, lot = shop.order(quantity=2), shop.lot(quantity=2, value=100_001)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(2))], on=DAY, actor=shop.actor
    )
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    note = back(shop, invoice, lot)
    assert shop.lines(f"sales.credit_note:{note.number}") == sorted(
        [
            ("returns_m", "D", 250_000, ""),
            ("recv_buyer", "K", 250_000, order.buyer.party.number),
            ("fg", "D", 50_001, ""),
            ("cogs_commission", "K", 50_001, ""),
        ]
    )
    holds(shop)
