"""Grants: the deed decides where they stand; under conditions they are a debt until these are met."""

from datetime import date

import pytest

from canting.assets import services
from canting.assets.errors import BadCost, ConditionNeeded, GrantOfThing, NotHeld, SomethingFollows
from canting.cash.errors import UnknownPlace

JULY, SEP = date(2026, 7, 5), date(2026, 9, 1)


def give(yard, **facts):
    known = {"giver": "Dinas", "amount": 5_000_000, "treatment": "equity", "place": "bank"}
    return services.receive_grant(on=JULY, **{**known, **facts}, **yard.make)


def test_money_that_adds_to_capital(yard):
    grant = give(yard)
    assert yard.lines(f"assets.grant:{grant.number}") == [
        ("bank", "D", 5_000_000),
        ("grant_equity", "K", 5_000_000),
    ]
    assert yard.is_sound()


def test_a_thing_comes_into_the_register_at_its_fair_value(yard):
    grant = give(yard, place="", thing=yard.thing(name="Wajan", cost=1))
    assert (grant.asset.cost, grant.asset.origin) == (5_000_000, "granted")
    assert yard.lines(f"assets.grant:{grant.number}") == [
        ("equipment", "D", 5_000_000),
        ("grant_equity", "K", 5_000_000),
    ]
    assert yard.is_sound()


def test_income_when_its_conditions_are_met(yard):
    # worked year V11 and V12: D bank or equipment, K grant income
    give(yard, treatment="income", amount=5_000_000)
    give(yard, treatment="income", amount=4_000_000, place="", thing=yard.thing())
    assert yard.balance("grant_income") == 9_000_000
    assert yard.balance("equipment") == 4_000_000


def test_under_conditions_it_is_a_debt_until_they_are_met(yard):
    grant = give(yard, treatment="held", condition="Pelatihan 10 perajin")
    assert (yard.balance("grant_held"), yard.balance("grant_income")) == (5_000_000, 0)
    services.release_grant(grant=grant, how="Laporan 3/2026", on=SEP, actor=yard.actor)
    assert (yard.balance("grant_held"), yard.balance("grant_income")) == (0, 5_000_000)
    with pytest.raises(NotHeld):
        services.release_grant(grant=grant, how="Lagi", on=SEP, actor=yard.actor)
    assert yard.is_sound()


def test_a_thing_under_conditions_is_a_debt_too(yard):
    grant = give(yard, treatment="held", condition="Pelatihan", place="", thing=yard.thing())
    assert yard.lines(f"assets.grant:{grant.number}") == [
        ("equipment", "D", 5_000_000),
        ("grant_held", "K", 5_000_000),
    ]


def test_a_release_says_what_shows_it(yard):
    grant = give(yard, treatment="held", condition="Pelatihan")
    with pytest.raises(ConditionNeeded):
        services.release_grant(grant=grant, how=" ", on=SEP, actor=yard.actor)
    assert yard.balance("grant_held") == 5_000_000


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"amount": 0}, BadCost),
        ({"amount": -1}, BadCost),
        ({"treatment": "held"}, ConditionNeeded),
        ({"place": ""}, UnknownPlace),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(yard, facts, error):
    before = yard.papers()
    with pytest.raises(error):
        give(yard, **facts)
    assert yard.papers() == before


def test_put_right_undoes_all_of_it(yard):
    grant = give(yard, treatment="held", condition="Pelatihan")
    services.release_grant(grant=grant, how="Laporan", on=SEP, actor=yard.actor)
    made = services.correct_grant(
        grant=grant,
        reason="Akta menyebut modal",
        on=SEP,
        actor=yard.actor,
        replacement={
            "giver": "Dinas", "amount": 5_000_000, "treatment": "equity", "place": "bank",
            "on": SEP,
        },
    )  # fmt: skip
    assert yard.balance("grant_held") == yard.balance("grant_income") == 0
    assert yard.balance("grant_equity") == 5_000_000
    grant.refresh_from_db()
    assert grant.successor == made
    assert yard.is_sound()


def test_its_thing_goes_with_it_and_is_not_put_right_alone(yard):
    grant = give(yard, place="", thing=yard.thing())
    yard.book(JULY)
    with pytest.raises(GrantOfThing):
        services.correct_asset(asset=grant.asset, reason="Salah", on=SEP, actor=yard.actor)
    services.correct_grant(grant=grant, reason="Batal", on=SEP, actor=yard.actor)
    assert yard.balance("equipment") == yard.balance("equipment_acc") == 0
    assert yard.is_sound()


def test_it_stays_while_its_thing_has_left(yard):
    grant = give(yard, place="", thing=yard.thing())
    services.dispose(asset=grant.asset, ending="given", on=SEP, actor=yard.actor)
    with pytest.raises(SomethingFollows):
        services.correct_grant(grant=grant, reason="Batal", on=SEP, actor=yard.actor)
    assert yard.is_sound()
