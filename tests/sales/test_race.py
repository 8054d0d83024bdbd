"""Two clerks at the same moment: one piece, one delivery, one order's down payment."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import close_old_connections, connection

from canting.kernel.errors import DomainError
from canting.ledger import selectors as ledger
from canting.sales import services
from canting.sales.models import Sale
from canting.sales.rules import Piece
from tests import builders
from tests.sales.conftest import Shop, holds

DAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop(transactional_db) -> Shop:
    actor = builders.user("rini")
    return Shop(builders.cooperative(actor=actor), actor)


def together(*deeds) -> list[str]:
    """Run the deeds at the same moment; what each came to, in the order they finished."""
    gate, outcomes = threading.Barrier(len(deeds)), []

    def run(deed) -> None:
        close_old_connections()
        gate.wait()
        try:
            deed()
            outcomes.append("done")
        except DomainError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_one_piece_sold_by_two_clerks_is_sold_once(shop):
    lot = shop.lot()

    def sell() -> None:
        services.sell_at_gallery(
            cooperative=shop.cooperative, pieces=[Piece(lot.code)], on=DAY, actor=shop.actor
        )

    assert together(sell, sell) == ["done", "stock.not_enough"]
    assert Sale.objects.count() == 1
    holds(shop)


def test_a_piece_sold_and_sent_at_once_goes_one_way(shop):
    order, lot = shop.order(), shop.lot()

    def sell() -> None:
        services.sell_at_gallery(
            cooperative=shop.cooperative, pieces=[Piece(lot.code)], on=DAY, actor=shop.actor
        )

    def send() -> None:
        services.deliver(order=order, pieces=[Piece(lot.code)], on=DAY, actor=shop.actor)

    assert together(sell, send) == ["done", "stock.not_enough"]
    holds(shop)


def test_a_delivery_confirmed_by_buyer_and_clerk_at_once_books_once(shop):
    order, lot = shop.order(), shop.lot(quantity=4, value=400_000)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(4))], on=DAY, actor=shop.actor
    )

    def confirm(rejected) -> None:
        services.confirm_delivery(
            delivery=sent,
            rejected=rejected,
            note="Luntur",
            confirmed_by="Ani",
            on=DAY,
            actor=shop.actor,
        )

    outcomes = together(lambda: confirm([]), lambda: confirm([Piece(lot.code)]))
    assert outcomes == ["done", "sales.already_confirmed"]
    holds(shop)


def test_a_down_payment_is_not_paid_back_twice(shop):
    order = shop.order()
    services.receive_down_payment(
        order=order, amount=1_000_000, cash_place="bank", on=DAY, actor=shop.actor
    )

    def back() -> None:
        services.refund_down_payment(
            order=order, amount=1_000_000, cash_place="bank", on=DAY, actor=shop.actor
        )

    assert together(back, back) == ["done", "sales.not_paid_in_advance"]
    assert ledger.balance(cooperative=shop.cooperative, role="down_payment") == 0
    holds(shop)
