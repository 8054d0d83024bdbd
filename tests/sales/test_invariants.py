"""The invariants of selling find what breaks them."""

from datetime import date
from decimal import Decimal

import pytest

from canting.ledger.rules import credit, debit
from canting.sales import services
from canting.sales.invariants import INVARIANTS
from canting.sales.models import DeliveryLine, Invoice, Order, SaleLine
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till

DAY = date(2026, 11, 20)


def broken(shop) -> set[str]:
    return {one.name for one in INVARIANTS if list(one.breaches(shop.cooperative))}


@pytest.fixture
def busy(shop):
    order, lot = shop.order(), shop.lot(quantity=5, value=500_000)
    services.deliver(order=order, pieces=[Piece(lot.code, Decimal(2))], on=DAY, actor=shop.actor)
    services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, Decimal(1))],
        till=Till(paid_by=PaidBy.CREDIT, buyer=order.buyer),
        on=DAY,
        actor=shop.actor,
    )
    return shop


def test_a_sound_shop_breaks_nothing(busy):
    assert broken(busy) == set()


def test_a_hand_written_entry_on_a_buyer_shows(busy):
    party = Order.objects.get().buyer.party
    busy.post("test.odd", DAY, [debit("recv_buyer", 5, party), credit("other_income", 5)])
    assert broken(busy) == {"sales.buyers_agree"}


def test_a_changed_invoice_shows(busy):
    Invoice.objects.update(receivable=1)
    assert broken(busy) == {"sales.buyers_agree"}


def test_a_lost_number_shows(busy):
    Order.objects.update(number="PS/2026/01/0009")
    assert broken(busy) == {"sales.numbers_whole"}


def test_more_sold_than_made_shows(busy):
    SaleLine.objects.update(quantity=9)
    assert broken(busy) == {"sales.nothing_sold_twice"}


def test_sold_before_it_was_released_shows(busy):
    SaleLine.objects.update(released_on=date(2027, 1, 1))
    assert broken(busy) == {"sales.only_released_sold"}


def test_a_delivery_that_disagrees_with_stock_shows(busy):
    DeliveryLine.objects.update(quantity=1)
    assert broken(busy) == {"sales.on_the_way_agrees"}
