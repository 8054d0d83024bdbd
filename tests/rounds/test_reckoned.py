"""What work orders and the store will lack, worked out with its why."""

from datetime import date
from decimal import Decimal

import pytest

from canting.catalogue.services import change_item
from canting.rounds import selectors
from canting.rounds.rules import NeedSource
from tests.rounds.market import OPENED

D = Decimal
DRY = date(2027, 7, 1)


@pytest.fixture
def found(market):
    return market.open()


def test_a_work_order_asks_for_its_recipe_less_what_the_maker_holds(market, found):
    order = market.shop.order({"M4": 10, "M5": 20})
    market.shop.stock_store()
    market.shop.hand_out("M5")
    worked = selectors.work_order_proposals(found=found)
    assert {(w.member.number, w.item.name): w.quantity for w in worked} == {
        (market.member("M4").number, "Mori primissima"): D("22.5"),
        (market.member("M4").number, "Malam"): D(5),
        (market.member("M4").number, "Naftol"): D(1),
    }
    assert {(w.mode, w.reference, w.pieces, w.source) for w in worked} == {
        ("custody", order.number, 10, NeedSource.WORK_ORDER)
    }


def test_what_she_holds_counts_once_for_her_earliest_promise(market, found):
    market.shop.stock_store()
    market.shop.hand_out("M4", [(market.mori, "30")])
    market.shop.order({"M4": 10}, due=date(2027, 3, 10))
    market.shop.order({"M4": 10}, due=date(2027, 4, 10))
    mori = [w for w in selectors.work_order_proposals(found=found) if w.item == market.mori]
    assert [(w.holds, w.quantity) for w in mori] == [(D("7.5"), D(15))]


def test_cloth_she_sells_us_is_made_of_material_she_buys(market, found):
    market.shop.order({"M1": 4}, basis="purchase")
    worked = selectors.work_order_proposals(found=found)
    assert {w.mode for w in worked} == {"credit"}
    assert {w.item.name: w.quantity for w in worked}["Mori primissima"] == D(9)


def test_the_store_orders_at_its_point_and_counts_what_is_coming(market, found):
    change_item(item=market.mori, actor=market.actor, reorder_point=D(50))
    (worked,) = selectors.reorder_proposals(found=found, on=DRY)
    assert (worked.item, worked.quantity, worked.source) == (
        market.mori,
        D(50),
        NeedSource.REORDER,
    )
    market.need(found, "", market.mori, 50, source=NeedSource.REORDER)
    market.ordered(found, [(market.solo, market.mori, 5, 10, 180_000, 0)])
    assert selectors.reorder_proposals(found=found, on=DRY) == []


def test_rain_lengthens_the_order_time_that_is_told(market, found):
    change_item(item=market.mori, actor=market.actor, reorder_point=D(50), lead_days=7)
    for day, days in ((DRY, 7), (date(2027, 1, 10), 14)):
        (worked,) = selectors.reorder_proposals(found=found, on=day)
        assert worked.lead_days == days


def test_what_is_asked_already_is_not_new(market, found):
    change_item(item=market.mori, actor=market.actor, reorder_point=D(50))
    market.need(found, "", market.mori, 50, source=NeedSource.REORDER)
    (worked,) = selectors.reorder_proposals(found=found, on=OPENED.replace(month=7))
    assert (worked.asked, worked.is_new) == (D(50), False)
