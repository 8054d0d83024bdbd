"""A finish put right: the cloth goes back into work as long as it lies in the store."""

from datetime import date

import pytest
from django.db import transaction

from canting.cooperatives.services import set_parameter
from canting.production import selectors, services
from canting.production.errors import FinishedClothGone, NoFinish, ReasonNeeded
from canting.quality.services import correct_inspection
from canting.sales import services as sales
from canting.sales.rules import Piece
from tests.production.workshop import FEB_3, FEB_25, JAN_1, Workshop

MARCH_1 = date(2027, 3, 1)


@pytest.fixture
def shop(cooperative, actor):
    made = Workshop(cooperative, actor)
    made.fund()
    made.stock_store()
    made.hand_out("M4")
    set_parameter(
        cooperative=cooperative,
        name="production.finish_at_acceptance",
        value=False,
        valid_from=JAN_1,
        source="Rapat",
        actor=actor,
    )
    return made


@pytest.fixture
def order(shop):
    made = shop.order({"M4": 2}, on=FEB_3)
    shop.slip = shop.inspect(assignment=shop.part(made, "M4"), counts={"A": 2}, on=FEB_25)
    services.finish_order(order=made, on=FEB_25, actor=shop.actor)
    made.refresh_from_db()
    return made


def undo(shop, order, reason="Terlalu cepat"):
    return services.undo_finish(order=order, reason=reason, on=MARCH_1, actor=shop.actor)


def test_the_cloth_is_in_work_again_and_finished_anew(shop, order):
    worth = shop.balance("fg")
    assert (order.status, undo(shop, order)) == ("done", worth)
    order.refresh_from_db()
    assert (order.status, shop.balance("fg"), shop.balance("wip")) == ("open", 0, worth)
    assert selectors.standing_finishes(order) == []
    shop.assert_books_balance()
    assert services.finish_order(order=order, on=MARCH_1, actor=shop.actor) == worth
    assert selectors.standing_finishes(order) == [f"production.finish:{order.number}#2"]
    assert undo(shop, order) == worth
    shop.assert_books_balance()


def test_then_the_acceptance_can_be_put_right(shop, order):
    undo(shop, order)
    facts = {"reason": "Salah hitung", "on": MARCH_1, "actor": shop.actor}
    correct_inspection(inspection=shop.slip, finding=None, **facts)
    assert shop.balance("wip") == 0
    shop.assert_books_balance()


def test_it_is_refused_without_a_trace(shop, order):
    with pytest.raises(ReasonNeeded):
        undo(shop, order, reason=" ")
    code = shop.slip.lines.get().code
    buyer = sales.create_buyer(
        cooperative=shop.cooperative, name="Galeri", on=FEB_25, actor=shop.actor
    )
    sold = sales.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(code, price=300_000)],
        till=sales.Till(paid_by="bank", buyer=buyer),
        on=FEB_25,
        actor=shop.actor,
    )
    with pytest.raises(FinishedClothGone, match=sold.number), transaction.atomic():
        undo(shop, order)
    shop.assert_books_balance()
    sales.correct_sale(sale=sold, reason="Batal", on=MARCH_1, actor=shop.actor)
    undo(shop, order)
    with pytest.raises(NoFinish), transaction.atomic():
        undo(shop, order)
    shop.assert_books_balance()
