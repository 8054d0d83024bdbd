"""The one calculation of sharing: by each rule, to the step, to the rupiah."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.rounds.rules import PriceRule, ShareRule
from canting.rounds.rules.sharing import (
    Came,
    Claim,
    Terms,
    Why,
    allot,
    digest_of,
    step_of,
    work_out,
)

HALF = Decimal("0.5")


def claim(key, asked, first=0, **facts):
    return Claim(key, Decimal(asked), first or key, **facts)


def got(claims, arrived, rule=ShareRule.PROPORTION, step=HALF, **facts):
    terms = Terms(rule, PriceRule.LANDED, **facts)
    return [quantity for quantity, _why in allot(claims, Decimal(arrived), step, terms)]


def why(claims, arrived, rule, **facts):
    terms = Terms(rule, PriceRule.LANDED, **facts)
    return [reason for _quantity, reason in allot(claims, Decimal(arrived), HALF, terms)]


def test_enough_for_all_gives_everyone_what_she_asked_to_the_last_centimetre():
    assert got([claim(1, "2.3"), claim(2, "4.05")], "10") == [Decimal("2.3"), Decimal("4.05")]


def test_what_is_over_goes_round_within_the_tolerance():
    claims = [claim(1, 20), claim(2, 20)]
    assert got(claims, 42, tolerance_percent=5) == [21, 21]
    assert got(claims, 45, tolerance_percent=5) == [21, 21]
    assert got(claims, 42) == [20, 20]
    assert why(claims, 42, ShareRule.FIRST, tolerance_percent=5) == [Why.MORE, Why.MORE]


def test_too_little_in_proportion_is_cut_to_the_step_by_the_largest_remainder():
    claims = [claim(1, 10), claim(2, 7), claim(3, 3)]
    assert got(claims, 10) == [5, Decimal("3.5"), Decimal("1.5")]
    assert got(claims, 10, step=Decimal(1)) == [5, 4, 1]
    assert got(claims, "10.3", step=Decimal(1)) == [5, 4, 1]  # 0.3 fits no step: to the store


def test_the_first_who_asked_comes_first():
    claims = [claim(1, 10, first=3), claim(2, 7, first=1), claim(3, 3, first=2)]
    assert got(claims, 12, ShareRule.FIRST) == [2, 7, 3]
    assert why(claims, 12, ShareRule.FIRST) == [Why.LATER, Why.FULL, Why.FULL]


def test_active_makers_come_before_members_who_only_hold_a_quota():
    claims = [
        claim(1, 20, output=0, quota=Decimal(20)),
        claim(2, 20, output=6, quota=Decimal(15)),
        claim(3, 20, output=3, quota=Decimal(15)),
    ]
    assert got(claims, 24, ShareRule.ACTIVE) == [0, 15, 9]
    assert why(claims, 24, ShareRule.ACTIVE)[0] == Why.NOT_ACTIVE
    # Over the quota comes after everyone's quota, the inactive after that.
    assert got(claims, 36, ShareRule.ACTIVE) == [0, 19, 17]
    assert got(claims, 50, ShareRule.ACTIVE) == [10, 20, 20]


def test_a_member_who_does_not_come_leaves_her_part_to_the_others():
    claims = [claim(1, 10), claim(2, 10, absent=True)]
    assert got(claims, 10) == [10, 0]
    assert why(claims, 10, ShareRule.FIRST) == [Why.FULL, Why.ABSENT]


def test_cloth_is_cut_by_half_metres_dye_weighed_by_hundred_grams_pieces_stay_whole():
    assert (step_of("m"), step_of("g"), step_of("helai")) == (HALF, 100, 1)


def came(claims, arrived, landed, key=1, **facts):
    return Came(key, f"K{key}", Decimal(arrived), landed, HALF, tuple(claims), **facts)


def test_landed_cost_and_margin_are_charged_in_parts_that_add_up():
    terms = Terms(ShareRule.PROPORTION, PriceRule.LANDED, margin_percent=Decimal("2.5"))
    [shared] = work_out([came([claim(1, 3), claim(2, 3), claim(3, 3)], 10, 1_000_001)], terms)
    assert [one.cost for one in shared.portions] == [300_001, 300_000, 300_000]
    assert (shared.to_store, shared.store_cost) == (1, 100_000)
    assert [one.amount for one in shared.portions] == [307_501, 307_500, 307_500]
    assert shared.charged == 922_501


def test_material_in_trust_costs_her_nothing_and_others_nothing_more():
    terms = Terms(ShareRule.PROPORTION, PriceRule.LANDED)
    [shared] = work_out([came([claim(1, 5), claim(2, 5, paying=False)], 10, 100_001)], terms)
    assert [one.amount for one in shared.portions] == [shared.portions[0].cost, 0]
    assert sum(one.cost for one in shared.portions) == 100_001


def test_the_list_price_can_be_charged_instead():
    terms = Terms(ShareRule.PROPORTION, PriceRule.LIST)
    [shared] = work_out([came([claim(1, "2.5")], 10, 1, price=20_001)], terms)
    assert shared.portions[0].amount == 50_003


def test_an_article_struck_off_changes_the_sum_and_its_digest():
    """Field report 15: what is confirmed is what is booked, 230.400 both times."""
    terms = Terms(ShareRule.PROPORTION, PriceRule.LANDED)
    mori = came([claim(1, 12)], 12, 230_400)
    wax = came([claim(2, 4)], 4, 118_900, key=2)
    both, one = work_out([mori, wax], terms), work_out([mori], terms)
    assert sum(item.charged for item in both) == 349_300
    assert sum(item.charged for item in one) == 230_400
    assert digest_of(both) != digest_of(one)
    assert digest_of(one) == digest_of(work_out([mori], terms))


def test_too_little_by_more_than_the_tolerance_is_marked():
    terms = Terms(ShareRule.FIRST, PriceRule.LANDED, tolerance_percent=5)
    [shared] = work_out([came([claim(1, 20), claim(2, 10)], 29, 29)], terms)
    assert [one.beyond_tolerance for one in shared.portions] == [False, True]


quantities = st.decimals(min_value="0.5", max_value=500, places=1)
claims_of_some = st.lists(
    st.builds(
        lambda asked, first, output, quota: (asked, first, output, quota),
        quantities,
        st.integers(1, 9),
        st.integers(0, 5),
        st.none() | quantities,
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("rule", list(ShareRule))
@given(facts=claims_of_some, arrived=quantities, landed=st.integers(0, 10**9))
def test_nothing_is_made_and_nothing_is_lost(rule, facts, arrived, landed):
    claims = [
        Claim(key, asked, first, output, quota)
        for key, (asked, first, output, quota) in enumerate(facts)
    ]
    terms = Terms(rule, PriceRule.LANDED, Decimal(3), tolerance_percent=10)
    [shared] = work_out([came(claims, arrived, landed)], terms)
    given_out = sum(one.quantity for one in shared.portions)
    assert given_out + shared.to_store == arrived
    assert shared.to_store >= 0
    assert sum(one.cost for one in shared.portions) + shared.store_cost == landed
    for one, asked in zip(shared.portions, claims, strict=True):
        assert 0 <= one.quantity <= asked.asked * Decimal("1.1")
        assert one.amount >= one.cost - 1 or not one.quantity
    whole = sum(one.asked for one in claims)
    if arrived < whole:
        assert shared.to_store < HALF
