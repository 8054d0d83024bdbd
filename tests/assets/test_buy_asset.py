"""Buying an asset, taking one over from the old book, and putting them right."""

from datetime import date

import pytest

from canting.assets import selectors, services
from canting.assets.errors import (
    AlreadyReversed,
    BadCost,
    BadResidual,
    LifeNeeded,
    LostTooMuch,
    SomethingFollows,
    UsedLater,
)
from canting.cash.errors import NotEnoughCash
from canting.ledger.errors import ReasonNeeded

JULY, AUG, DEC = date(2026, 7, 1), date(2026, 8, 1), date(2026, 12, 31)


def test_a_stove_is_bought_from_the_bank(yard):
    stove = yard.buy()
    assert stove.number.startswith("AT/")
    assert yard.lines(f"assets.asset:{stove.number}") == [
        ("bank", "K", 6_000_000),
        ("equipment", "D", 6_000_000),
    ]
    (row,) = selectors.class_sums(cooperative=yard.coop)
    assert (row.count, row.cost, row.lost, row.differs) == (1, 6_000_000, 0, 0)
    assert yard.is_sound()


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"cost": 0}, BadCost),
        ({"cost": -5}, BadCost),
        ({"residual": 6_000_000}, BadResidual),
        ({"residual": -1}, BadResidual),
        ({"life_months": 0}, LifeNeeded),
        ({"life_months": 601}, LifeNeeded),
        ({"used_since": date(2026, 6, 30)}, UsedLater),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(yard, facts, error):
    before = yard.papers()
    with pytest.raises(error):
        services.buy_asset(thing=yard.thing(**facts), place="bank", on=JULY, **yard.make)
    assert yard.papers() == before
    assert not selectors.assets(cooperative=yard.coop).exists()


def test_a_drawer_that_holds_too_little_is_refused(yard):
    with pytest.raises(NotEnoughCash):
        services.buy_asset(thing=yard.thing(), place="cash_main", on=JULY, **yard.make)
    assert not selectors.assets(cooperative=yard.coop).exists()


def test_land_has_no_life(yard):
    land = yard.buy(asset_class="land", residual=100, life_months=60)
    assert (land.life_months, land.residual) == (0, 0)
    assert selectors.dues(cooperative=yard.coop, until=DEC) == []


def test_an_asset_of_the_old_book_posts_nothing_and_goes_on_from_there(yard):
    before = yard.papers()
    old = services.take_over_asset(
        thing=yard.thing(used_since=date(2025, 1, 1)),
        lost_before=1_200_000,
        on=date(2026, 1, 1),
        **yard.make,
    )
    assert yard.papers() == before
    yard.book(DEC)
    assert selectors.charged(old) == 1_200_000  # 4.800.000 over the four years left
    (row,) = selectors.class_sums(cooperative=yard.coop)
    assert row.differs == -4_800_000 + 1_200_000 - 1_200_000  # no opening entry stands here


def test_the_old_book_cannot_have_lost_more_than_the_cost(yard):
    with pytest.raises(LostTooMuch):
        services.take_over_asset(
            thing=yard.thing(used_since=date(2025, 1, 1)),
            lost_before=6_000_001,
            on=date(2026, 1, 1),
            **yard.make,
        )


def test_put_right_takes_its_losses_back_and_the_new_one_catches_up(yard):
    stove = yard.buy()
    yard.book(AUG)
    made = services.correct_asset(
        asset=stove,
        reason="Harga salah",
        on=DEC,
        actor=yard.actor,
        replacement={"thing": yard.thing(cost=3_000_000), "place": "bank", "on": JULY},
    )
    assert made.cost == 3_000_000
    assert yard.balance("equipment") == 3_000_000
    assert yard.balance("equipment_acc") == 0
    yard.book(DEC)
    assert yard.balance("equipment_acc") == 300_000
    stove.refresh_from_db()
    assert (stove.state, stove.successor) == ("reversed", made)
    assert yard.is_sound()


def test_only_cancelled_leaves_nothing(yard):
    stove = yard.buy()
    services.correct_asset(asset=stove, reason="Batal beli", on=JULY, actor=yard.actor)
    assert yard.balance("equipment") == 0
    assert yard.balance("bank") == 20_000_000
    assert yard.is_sound()
    with pytest.raises(AlreadyReversed):
        services.correct_asset(asset=stove, reason="Lagi", on=JULY, actor=yard.actor)


def test_put_right_wants_a_reason_and_an_asset_that_is_there(yard):
    stove = yard.buy()
    with pytest.raises(ReasonNeeded):
        services.correct_asset(asset=stove, reason=" ", on=JULY, actor=yard.actor)
    services.dispose(asset=stove, ending="lost", on=AUG, actor=yard.actor)
    with pytest.raises(SomethingFollows):
        services.correct_asset(asset=stove, reason="Salah", on=DEC, actor=yard.actor)
    assert yard.is_sound()
