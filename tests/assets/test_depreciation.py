"""A month's depreciation: booked once, caught up when left out, taken back in order."""

from datetime import date

import pytest

from canting.assets import selectors, services
from canting.assets.errors import MonthNotOver, NothingToCharge, SomethingFollows
from canting.assets.invariants import depreciation_is_booked
from canting.ledger.errors import ReasonNeeded

JULY, AUG, SEP = date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)


def test_a_month_is_booked_on_its_last_day_in_one_entry(yard):
    yard.buy()
    yard.buy(name="Laptop", asset_class="office", cost=4_800_000, life_months=48)
    run = yard.book(JULY)
    assert (run.total, run.on) == (200_000, date(2026, 7, 31))
    assert yard.lines(f"assets.run:{run.number}") == [
        ("depreciation", "D", 200_000),
        ("equipment_acc", "K", 100_000),
        ("office_acc", "K", 100_000),
    ]
    assert yard.is_sound()


def test_the_same_month_twice_is_refused(yard):
    yard.buy()
    yard.book(JULY)
    with pytest.raises(NothingToCharge):
        yard.book(JULY)
    assert yard.balance("equipment_acc") == 100_000


def test_months_left_out_are_caught_up(yard):
    yard.buy()
    assert yard.book(SEP).total == 300_000
    assert list(depreciation_is_booked(yard.coop, AUG)) == []
    assert list(depreciation_is_booked(yard.coop, date(2026, 10, 1))) != []


def test_a_month_that_is_not_over_is_refused(yard):
    yard.buy()
    with pytest.raises(MonthNotOver):
        services.depreciate(month=JULY, on=date(2026, 7, 30), **yard.make)


def test_without_assets_there_is_nothing(yard):
    with pytest.raises(NothingToCharge):
        yard.book(JULY)
    assert selectors.next_month_due(cooperative=yard.coop, on=SEP) is None


def test_the_next_month_to_book_follows_the_last(yard):
    yard.buy()
    assert selectors.next_month_due(cooperative=yard.coop, on=date(2026, 9, 15)) == JULY
    yard.book(JULY)
    assert selectors.next_month_due(cooperative=yard.coop, on=date(2026, 9, 15)) == AUG
    assert selectors.next_month_due(cooperative=yard.coop, on=date(2026, 8, 15)) is None


def test_only_the_newest_month_is_taken_back(yard):
    yard.buy()
    first, second = yard.book(JULY), yard.book(AUG)
    with pytest.raises(ReasonNeeded):
        services.cancel_depreciation(run=second, reason="", on=SEP, actor=yard.actor)
    with pytest.raises(SomethingFollows):
        services.cancel_depreciation(run=first, reason="Salah", on=SEP, actor=yard.actor)
    services.cancel_depreciation(run=second, reason="Salah", on=SEP, actor=yard.actor)
    assert yard.balance("equipment_acc") == 100_000
    assert yard.book(AUG).total == 100_000
    assert yard.is_sound()


def test_a_month_stays_while_an_asset_of_it_was_put_right(yard):
    stove = yard.buy()
    run = yard.book(JULY)
    services.correct_asset(asset=stove, reason="Salah", on=SEP, actor=yard.actor)
    with pytest.raises(SomethingFollows):
        services.cancel_depreciation(run=run, reason="Salah", on=SEP, actor=yard.actor)
    assert yard.balance("equipment_acc") == 0
    assert yard.is_sound()
