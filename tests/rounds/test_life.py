"""The life of a round: opened, changed, called off, closed, opened again; what stands in the way."""

from datetime import timedelta
from decimal import Decimal

import pytest

from canting.ledger.models import JournalEntry
from canting.purchasing import services as buying
from canting.rounds import selectors, services
from canting.rounds.errors import (
    BadPercent,
    DeadlinePast,
    GoodsLeft,
    NeededTooEarly,
    OrdersOpen,
    OrdersStand,
    PlaceNeeded,
    ReasonNeeded,
    TitleNeeded,
    Uncharged,
    WrongState,
)
from canting.rounds.models import FundMove, Round
from canting.rounds.rules import RoundState
from canting.rounds.selectors import KEEP
from canting.rounds.services import RoundTerms
from tests.field_reports.ground import assert_clean
from tests.rounds.market import CLOSED, DEADLINE, NEEDED, OPENED, ORDERED, SHARED

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": "  "}, TitleNeeded),
        ({"deadline": OPENED - DAY}, DeadlinePast),
        ({"needed_by": DEADLINE - DAY}, NeededTooEarly),
        ({"tolerance_percent": 101}, BadPercent),
        ({"margin_percent": Decimal(-1)}, BadPercent),
    ],
)
def test_terms_that_cannot_be_are_refused_and_no_number_is_lost(market, wrong, refusal):
    with pytest.raises(refusal):
        market.open(**wrong)
    assert not Round.objects.exists()
    found = market.open()
    assert found.number.endswith("/0001")
    terms = {"title": "Mori", "deadline": DEADLINE, "needed_by": NEEDED} | wrong
    with pytest.raises(refusal):
        services.change_round(found=found, terms=RoundTerms(**terms), on=OPENED, actor=market.actor)
    assert market.again(found).title == "Mori Maret"


def test_a_round_with_an_order_at_a_supplier_is_called_off_there_first(market):
    found = market.open()
    market.need(found, "M1", market.mori, 10)
    (order,) = market.ordered(found, [(market.solo, market.mori, 1, 10, 200_000, 0)])
    facts = {"found": found, "on": ORDERED, "actor": market.actor}
    with pytest.raises(ReasonNeeded):
        services.cancel_round(reason="", **facts)
    with pytest.raises(OrdersStand, match=order.number):
        services.cancel_round(reason="Batal", **facts)
    assert market.again(found).state == RoundState.ORDERED
    buying.close_order(order=order, reason="Toko tutup", on=ORDERED, actor=market.actor)
    for _time in range(2):
        assert services.cancel_round(reason="Batal", **facts).state == RoundState.CANCELLED


@pytest.fixture
def half_come(market):
    """Ten of twenty metres have come; M1 left Rp300.000 here and asks for all of it."""
    found = market.open()
    market.need(found, "M1", market.mori, 20)
    services.take_deposit(
        found=found,
        member=market.member("M1"),
        amount=300_000,
        cash_place="cash_main",
        on=OPENED,
        actor=market.actor,
    )
    (order,) = market.ordered(found, [(market.solo, market.mori, 2, 10, 100_000, 0)])
    market.receive(order, {market.mori: 10})
    return found, order


def settle(market, found, **facts):
    return services.settle_round(found=found, on=CLOSED, actor=market.actor, **facts)


def test_a_round_is_not_closed_while_an_order_has_not_come_in_full(market, half_come):
    found, order = half_come
    market.share(found)
    with pytest.raises(OrdersOpen, match=order.number):
        settle(market, found, give_back_from="cash_main")
    # Not even without charging anybody: what still comes would be nobody's.
    with pytest.raises(OrdersOpen):
        settle(market, found, give_back_from="cash_main", charge_nobody_because="Tidak apa")
    assert market.again(found).state == RoundState.SHARED
    assert market.owes("M1", "round_deposit") == 200_000


def test_what_is_left_of_deposits_needs_a_place_to_go_back_from(market, half_come):
    found, order = half_come
    market.share(found)
    buying.close_order(order=order, reason="Tidak disusulkan", on=CLOSED, actor=market.actor)
    before = JournalEntry.objects.count()
    with pytest.raises(PlaceNeeded, match=r"Rp200\.000"):
        settle(market, found)
    assert (JournalEntry.objects.count(), market.again(found).settled_on) == (before, None)
    for _time in range(2):
        assert settle(market, found, give_back_from="cash_main").settled_on == CLOSED
    assert market.owes("M1", "round_deposit") == 0
    assert market.balance("cash_main") == 5_000_000 + 300_000 - 200_000


def test_material_in_trust_that_came_is_handed_out_before_it_is_closed(market):
    found = market.open()
    market.need(found, "M3", market.mori, 10, mode="custody")
    (order,) = market.ordered(found, [(market.solo, market.mori, 1, 10, 100_000, 0)])
    market.receive(order)
    with pytest.raises(GoodsLeft, match="Mori primissima"):
        settle(market, found)
    market.share(found)
    assert settle(market, found).state == RoundState.SETTLED


def test_closed_without_charging_it_says_whom_and_opened_again_it_forgets(market, half_come):
    found, order = half_come
    buying.close_order(order=order, reason="Tidak disusulkan", on=CLOSED, actor=market.actor)
    with pytest.raises(Uncharged, match=r"Rp100\.000"):
        settle(market, found, give_back_from=KEEP)
    closed = settle(market, found, give_back_from=KEEP, charge_nobody_because="Mori basah")
    assert (closed.uncharged_members, closed.uncharged_amount) == (1, 100_000)
    assert closed.reason == "Mori basah"
    assert FundMove.objects.get(kind="kept").amount == 300_000

    act = {"found": found, "on": CLOSED, "actor": market.actor}
    with pytest.raises(ReasonNeeded):
        services.reopen_round(reason=" ", **act)
    for _time in range(2):
        again = services.reopen_round(reason="Mori kering lagi", **act)
        assert again.state == RoundState.ORDERED
    assert (again.settled_on, again.reason, again.uncharged_members) == (None, "", 0)
    # What was kept for her stays kept until she uses it here or fetches it.
    assert selectors.held_by_member(found)[0].free == 300_000
    services.carry_over(found=found, party=market.member("M1").party, on=CLOSED, actor=market.actor)
    market.share(found, on=CLOSED)
    settle(market, found, give_back_from="cash_main")
    assert market.owes("M1") == 0
    assert market.owes("M1", "round_deposit") == 0
    assert_clean(market.cooperative)


def test_a_closed_round_opens_again_where_it_stood_and_papers_stay(market, half_come):
    found, order = half_come
    market.share(found)
    buying.close_order(order=order, reason="Tidak disusulkan", on=CLOSED, actor=market.actor)
    settle(market, found, give_back_from=KEEP)
    before = JournalEntry.objects.count()
    again = services.reopen_round(found=found, reason="Salah tutup", on=CLOSED, actor=market.actor)
    assert (again.state, JournalEntry.objects.count()) == (RoundState.SHARED, before)
    for state in (RoundState.COLLECTING, RoundState.CANCELLED):
        Round.objects.filter(pk=found.pk).update(state=state)
        with pytest.raises(WrongState):
            services.reopen_round(found=found, reason="Lagi", on=SHARED, actor=market.actor)
