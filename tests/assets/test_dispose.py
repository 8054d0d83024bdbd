"""An asset that leaves: written off to the month, gain or loss, put right."""

from datetime import date

import pytest

from canting.assets import selectors, services
from canting.assets.errors import (
    AlreadyLeft,
    AlreadyReversed,
    LeftTooEarly,
    NothingReceived,
    PlaceNeeded,
)
from canting.cash.errors import UnknownPlace
from canting.cooperatives.models import AuditRecord

JULY, AUG, SEP, DEC = (date(2026, month, 1) for month in (7, 8, 9, 12))


def leave(yard, asset, **facts):
    known = {"ending": "sold", "received": 5_000_000, "place": "bank", "on": SEP}
    return services.dispose(asset=asset, actor=yard.actor, **{**known, **facts})


def test_sold_below_what_is_left_is_a_loss_and_the_months_are_booked_first(yard):
    paper = leave(yard, yard.buy())
    assert (paper.cost, paper.lost) == (6_000_000, 300_000)
    assert yard.lines(f"assets.charged:{paper.number}") == [
        ("depreciation", "D", 300_000),
        ("equipment_acc", "K", 300_000),
    ]
    assert yard.lines(f"assets.disposal:{paper.number}") == [
        ("bank", "D", 5_000_000),
        ("disposal_gain", "D", 700_000),
        ("equipment", "K", 6_000_000),
        ("equipment_acc", "D", 300_000),
    ]
    assert yard.balance("equipment") == yard.balance("equipment_acc") == 0
    assert selectors.dues(cooperative=yard.coop, until=date(2026, 12, 31)) == []
    assert yard.is_sound()


def test_sold_above_it_is_a_gain(yard):
    leave(yard, yard.buy(), received=6_000_000)
    assert yard.balance("disposal_gain") == 300_000


def test_a_lost_one_brings_nothing(yard):
    paper = leave(yard, yard.buy(), ending="lost", received=0, place="")
    assert yard.balance("disposal_gain") == -5_700_000
    assert paper.place == ""


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"received": -1}, NothingReceived),
        ({"ending": "lost"}, NothingReceived),
        ({"place": ""}, PlaceNeeded),
        ({"place": "saku"}, UnknownPlace),
        ({"on": date(2026, 6, 30)}, LeftTooEarly),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(yard, facts, error):
    stove = yard.buy()
    before = yard.papers()
    with pytest.raises(error):
        leave(yard, stove, **facts)
    assert yard.papers() == before
    assert selectors.standing_disposal(stove) is None


def test_it_cannot_leave_before_the_last_month_booked(yard):
    stove = yard.buy()
    yard.book(DEC)
    with pytest.raises(LeftTooEarly):
        leave(yard, stove)


def test_it_leaves_once(yard):
    stove = yard.buy()
    leave(yard, stove)
    with pytest.raises(AlreadyLeft):
        leave(yard, stove)


def test_what_was_put_right_cannot_leave(yard):
    stove = yard.buy()
    services.correct_asset(asset=stove, reason="Salah", on=AUG, actor=yard.actor)
    with pytest.raises(AlreadyReversed):
        leave(yard, stove)


def test_put_right_brings_it_back_or_lets_it_go_the_right_way(yard):
    stove = yard.buy()
    paper = leave(yard, stove)
    made = services.correct_disposal(
        paper=paper,
        reason="Salah harga",
        on=SEP,
        actor=yard.actor,
        replacement={"ending": "sold", "received": 5_700_000, "place": "bank", "on": SEP},
    )
    assert yard.balance("disposal_gain") == 0
    told = AuditRecord.objects.get(action="assets.corrected", subject=paper.number)
    assert told.facts["successor"] == made.number
    services.correct_disposal(paper=made, reason="Tidak jadi", on=SEP, actor=yard.actor)
    assert yard.balance("equipment") == 6_000_000
    assert yard.balance("equipment_acc") == 0
    assert yard.balance("bank") == 14_000_000
    assert yard.is_sound()
