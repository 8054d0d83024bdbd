"""Orders: taken, changed while open, closed when nothing waits, opened again."""

from datetime import date
from decimal import Decimal

import pytest

from canting.catalogue.errors import NoPrice
from canting.ledger.errors import ReasonNeeded
from canting.sales import selectors, services
from canting.sales.errors import (
    BadPercent,
    BadPrice,
    BadQuantityHere,
    BelowDelivered,
    NoLines,
    OrderClosed,
    StillOpen,
)
from canting.sales.rules import OrderItem, OrderStatus, Piece
from tests.sales.conftest import refused

DAY = date(2026, 11, 20)
PROMISED = date(2026, 12, 12)


def test_an_order_keeps_its_terms_and_posts_nothing(shop):
    position = shop.balance("cash_main")
    order = shop.order(
        quantity=12,
        buyer_reference="PO-7",
        down_payment_percent=Decimal("30"),
        retention_percent=Decimal("5"),
    )
    assert order.number == "PS/2026/01/0001"
    assert selectors.order_total(order) == 3_000_000
    assert (order.buyer_reference, order.status) == ("PO-7", OrderStatus.OPEN)
    assert shop.balance("cash_main") == position
    assert selectors.order_token(order)


def test_a_line_without_a_price_takes_the_price_list(shop):
    order = shop.order(lines=[OrderItem(shop.product(), Decimal(2))])
    assert order.lines.get().price == 250_000
    with refused(shop, NoPrice):
        shop.order(
            order.buyer, lines=[OrderItem(shop.product("Baru"), Decimal(2))], on=date(2026, 1, 1)
        )


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ((Decimal(0), 1_000), BadQuantityHere),
        ((Decimal(-1), 1_000), BadQuantityHere),
        ((Decimal(1), 0), BadPrice),
        ((Decimal(1), -5), BadPrice),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(shop, line, error):
    buyer, product = shop.buyer(), shop.product()
    with refused(shop, error):
        shop.order(buyer, lines=[OrderItem(product, *line)])


def test_an_order_without_lines_or_with_an_odd_percent_is_refused(shop):
    buyer = shop.buyer()
    shop.product()
    with refused(shop, NoLines):
        shop.order(buyer, lines=[])
    with refused(shop, BadPercent):
        shop.order(buyer, down_payment_percent=Decimal(101))


def change(shop, order, lines, **facts):
    return services.change_order(
        order=order, promised_date=PROMISED, lines=lines, on=DAY, actor=shop.actor, **facts
    )


def test_an_open_order_can_change(shop):
    order = shop.order(quantity=5)
    changed = change(shop, order, [OrderItem(shop.product(), Decimal(8), 240_000)], note="lekas")
    assert selectors.order_total(changed) == 1_920_000
    assert changed.note == "lekas"


def test_what_is_sent_keeps_product_grade_and_price(shop):
    order = shop.order(quantity=5)
    lot = shop.lot(quantity=3, value=300_000)
    services.deliver(order=order, pieces=[Piece(lot.code, Decimal(3))], on=DAY, actor=shop.actor)
    for line in (
        OrderItem(shop.product(), Decimal(2), 250_000),
        OrderItem(shop.product(), Decimal(5), 260_000),
        OrderItem(shop.product(), Decimal(5), 250_000, "B"),
    ):
        with refused(shop, BelowDelivered):
            change(shop, order, [line])
    change(shop, order, [OrderItem(shop.product(), Decimal(3), 250_000)])
    assert selectors.order_progress(order).left == 0


def close(shop, order, reason="Selesai"):
    return services.close_order(order=order, reason=reason, on=DAY, actor=shop.actor)


def test_an_order_closes_only_when_nothing_waits(shop):
    order = shop.order(quantity=3)
    lot = shop.lot(quantity=2, value=200_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(2))], on=DAY, actor=shop.actor
    )
    with refused(shop, StillOpen):
        close(shop, order)
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    with refused(shop, StillOpen):
        close(shop, order)
    services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    with refused(shop, ReasonNeeded):
        close(shop, order, " ")
    assert close(shop, order).status == OrderStatus.CLOSED
    assert close(shop, order, "").status == OrderStatus.CLOSED


def test_a_complete_order_closes_by_itself(shop):
    order = shop.order(quantity=1)
    sent = services.deliver(order=order, pieces=[Piece(shop.lot().code)], on=DAY, actor=shop.actor)
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    invoice = services.issue_invoice(order=order, on=DAY, actor=shop.actor)
    assert selectors.lock_order(order).status == OrderStatus.CLOSED
    services.correct_invoice(invoice=invoice, reason="Salah", on=DAY, actor=shop.actor, again=False)
    assert selectors.lock_order(order).status == OrderStatus.OPEN


def test_a_down_payment_left_keeps_the_order_open(shop):
    order = shop.order(quantity=2)
    services.receive_down_payment(
        order=order, amount=100_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    with refused(shop, StillOpen):
        close(shop, order)
    services.refund_down_payment(
        order=order, amount=100_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    assert close(shop, order).status == OrderStatus.CANCELLED


def test_a_closed_order_takes_nothing_until_it_is_open_again(shop):
    order = close(shop, shop.order(quantity=2))
    lot = shop.lot()
    with refused(shop, OrderClosed):
        services.deliver(order=order, pieces=[Piece(lot.code)], on=DAY, actor=shop.actor)
    with refused(shop, OrderClosed):
        services.receive_down_payment(
            order=order, amount=1, cash_place="bank", on=DAY, actor=shop.actor
        )
    with refused(shop, OrderClosed):
        change(shop, order, [OrderItem(shop.product(), Decimal(1), 1)])
    again = services.reopen_order(order=order, actor=shop.actor)
    assert again.status == OrderStatus.OPEN
    assert services.reopen_order(order=order, actor=shop.actor).status == OrderStatus.OPEN
    services.deliver(order=order, pieces=[Piece(lot.code)], on=DAY, actor=shop.actor)


def test_the_earliest_promise_counts_on_the_store_first(shop):
    buyer = shop.buyer()
    late = shop.order(buyer, quantity=5, promised_date=date(2026, 12, 20))
    soon = shop.order(buyer, quantity=4, promised_date=date(2026, 12, 1))
    shop.lot(quantity=6, value=600_000)
    shop.lot(released=False)
    found = selectors.progress_of(cooperative=shop.cooperative, orders=[late, soon])
    assert found[soon.pk].reserved == 4
    assert found[late.pk].reserved == 2
