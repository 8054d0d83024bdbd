"""Sending: cloth on its way stays ours; nothing goes out twice, unreleased, or off the order."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.sales import selectors, services
from canting.sales.errors import (
    AlreadyConfirmed,
    AlreadyReversed,
    BadQuantityHere,
    ConsignedPiece,
    DateBefore,
    NoLines,
    NotOnOrder,
    NotReleased,
    PieceTwice,
    UnknownPiece,
)
from canting.sales.models import Delivery
from canting.sales.rules import OrderItem, PaperState, Piece
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from canting.stock.rules import Basis
from tests.builders import cooperative as another_cooperative
from tests.sales.conftest import Shop, holds, refused

DAY = date(2026, 11, 20)


def send(shop, order, *pieces, **facts):
    given: dict[str, Any] = {"on": DAY} | facts
    return services.deliver(order=order, pieces=list(pieces), actor=shop.actor, **given)


def test_sent_pieces_lie_on_the_way_at_their_cost(shop):
    order, lot = shop.order(), shop.lot(quantity=10, value=1_000_001)
    sent = send(shop, order, Piece(lot.label.lower(), Decimal(3)))
    assert shop.lines(f"sales.delivery:{sent.number}") == [
        ("fg", "K", 300_000, ""),
        ("fg_transit", "D", 300_000, ""),
    ]
    way = stock.outbound(shop.cooperative, order.buyer.party)
    assert stock.balance_of(way, lot).quantity == 3
    line = sent.lines.get()
    assert (line.basis, line.origin, line.counterparty_class) == (
        "commission",
        "member",
        "nonmember",
    )
    assert (line.business_unit, line.source_of_funds, line.reference_price) == (
        "orders",
        "own",
        None,
    )
    holds(shop)


def test_the_price_seen_elsewhere_stays_with_the_line(shop):
    seen = OrderItem(
        shop.product(), Decimal(2), 250_000, "", 270_000, "Pasar Kraksaan", date(2026, 1, 2)
    )
    order, lot = shop.order(lines=[seen]), shop.lot()
    line = send(shop, order, Piece(lot.code)).lines.get()
    assert (line.reference_price, line.reference_place) == (270_000, "Pasar Kraksaan")


def test_pieces_that_may_not_go_are_refused(shop):
    order = shop.order(quantity=2)
    good, other = shop.lot(quantity=5, value=500_000), shop.lot(product="Lain", value=1)
    raw = shop.lot(released=False)
    late = shop.lot(on=date(2026, 11, 21))
    titip = shop.lot(basis=Basis.CONSIGNMENT, maker=shop.member())
    elsewhere = Shop(another_cooperative(), shop.actor).lot()
    for pieces, error in (
        ([], NoLines),
        ([Piece("ZZZZZZ")], UnknownPiece),
        ([Piece(elsewhere.code)], UnknownPiece),
        ([Piece(raw.code)], NotReleased),
        ([Piece(late.code)], NotReleased),
        ([Piece(titip.code)], ConsignedPiece),
        ([Piece(good.code), Piece(good.label)], PieceTwice),
        ([Piece(good.code, Decimal(0))], BadQuantityHere),
        ([Piece(other.code)], NotOnOrder),
        ([Piece(good.code, Decimal(3))], NotOnOrder),
    ):
        with refused(shop, error):
            send(shop, order, *pieces)
    with refused(shop, DateBefore):
        send(shop, order, Piece(good.code), on=date(2026, 1, 1))


def test_the_same_piece_does_not_go_out_twice(shop):
    order, lot = shop.order(), shop.lot()
    send(shop, order, Piece(lot.code))
    with refused(shop, NotEnoughStock):
        send(shop, order, Piece(lot.code))
    holds(shop)


def test_a_grade_that_was_not_ordered_stays_here(shop):
    order = shop.order(lines=[OrderItem(shop.product(), Decimal(2), 250_000, "A")])
    lot = shop.lot(grade="B")
    with refused(shop, NotOnOrder):
        send(shop, order, Piece(lot.code))


def test_a_delivery_on_its_way_is_taken_back_and_sent_right(shop):
    order = shop.order()
    wrong, right = shop.lot(value=100_001), shop.lot(value=90_000)
    sent = send(shop, order, Piece(wrong.code))
    made = services.correct_delivery(
        delivery=sent, reason="Tertukar", pieces=[Piece(right.code)], on=DAY, actor=shop.actor
    )
    sent = Delivery.objects.get(pk=sent.pk)
    assert (sent.state, sent.successor) == (PaperState.REVERSED, made)
    assert stock.balance_of(stock.store(shop.cooperative), wrong).value == 100_001
    assert shop.balance("fg_transit") == 90_000
    with refused(shop, AlreadyReversed):
        services.correct_delivery(delivery=sent, reason="Lagi", on=DAY, actor=shop.actor)
    holds(shop)


def test_a_delivery_can_be_only_cancelled_until_it_is_confirmed(shop):
    order, lot = shop.order(), shop.lot()
    sent = send(shop, order, Piece(lot.code))
    assert (
        services.correct_delivery(delivery=sent, reason="Batal", on=DAY, actor=shop.actor) is None
    )
    again = send(shop, order, Piece(lot.code))
    services.confirm_delivery(delivery=again, on=DAY, actor=shop.actor, confirmed_by="Ani")
    with refused(shop, AlreadyConfirmed):
        services.correct_delivery(delivery=again, reason="Batal", on=DAY, actor=shop.actor)
    assert selectors.order_progress(order).accepted == 1
    holds(shop)


@pytest.mark.parametrize("pieces", [1, 2, 3])
def test_deliveries_are_numbered_without_gaps(shop, pieces):
    order = shop.order()
    numbers = [send(shop, order, Piece(shop.lot().code)).number for _ in range(pieces)]
    assert numbers[-1] == f"SJ/2026/11/000{pieces}"
