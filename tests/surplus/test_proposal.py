"""The proposed shares of the surplus: pools and members add up to it, a loss shares nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel.money import share
from canting.surplus.rules import NOTHING, POOLS, covered_in_order, propose
from tests.kernel.vectors import vectors

USUAL = {pool: Decimal(usual) for pool, (_label, usual) in POOLS.items()}
AMOUNTS = st.integers(-(10**10), 10**10)
WEIGHTS = st.dictionaries(st.integers(1, 50), st.integers(1, 10**9), min_size=1, max_size=20)


@given(
    members=AMOUNTS,
    others=AMOUNTS,
    capital=WEIGHTS,
    patronage=st.dictionaries(st.integers(1, 50), AMOUNTS, max_size=20),
    to=st.sampled_from(["reserve", "members"]),
)
def test_every_rupiah_of_a_surplus_is_in_one_pool_and_of_its_pool_in_one_hand(
    members, others, capital, patronage, to
):
    found = propose(
        members_surplus=members,
        others_surplus=others,
        percents=USUAL,
        capital=capital,
        patronage=patronage,
        others_to=to,
    )
    if members + others <= 0:
        assert found == NOTHING
        return
    if members <= 0:
        assert found.pools["reserve"] == sum(found.pools.values()) == members + others
        assert found.members == {}
        return
    assert sum(found.pools.values()) == members + others
    assert sum(part.by_capital for part in found.members.values()) == found.pools["capital"]
    assert sum(part.by_patronage for part in found.members.values()) == found.pools["patronage"]
    assert all(part.by_capital >= 0 <= part.by_patronage for part in found.members.values())


def test_others_surplus_goes_to_the_reserve_unless_the_by_laws_say_otherwise():
    facts = {
        "members_surplus": 2_760_600,
        "others_surplus": 772_825,
        "percents": USUAL,
        "capital": {1: 1},
        "patronage": {1: 1},
    }
    assert propose(**facts).pools["reserve"] == 1_877_065
    assert propose(**facts, others_to="members").pools["reserve"] == 1_413_370


def test_percentages_that_are_no_hundred_share_nothing():
    found = propose(
        members_surplus=100,
        others_surplus=0,
        percents=USUAL | {"area": Decimal(1)},
        capital={1: 1},
        patronage={1: 1},
    )
    assert found == NOTHING


def split(surplus, percents, capital, patronage, others=0):
    """A surplus by whole percentages; pools that are not named get nothing, the reserve the rest."""
    chosen = dict.fromkeys(POOLS, Decimal(0)) | {k: Decimal(v) for k, v in percents.items()}
    chosen["reserve"] = 100 - sum(v for k, v in chosen.items() if k != "reserve")
    return propose(
        members_surplus=surplus,
        others_surplus=others,
        percents=chosen,
        capital=capital,
        patronage=patronage,
    )


def test_the_published_examples_come_out_to_the_rupiah():
    # koperasi.md 4.4: S1 Susanti, S2 Widya, S3 Rani (exact, not as printed there).
    susanti = split(
        56_000_000,
        {"capital": 25, "patronage": 30},
        {1: 600_000, 2: 27_400_000},
        {1: 8_400_000, 2: 159_600_000},
    ).members[1]
    assert (susanti.by_capital, susanti.by_patronage, susanti.total) == (
        300_000, 840_000, 1_140_000,
    )  # fmt: skip
    widya = split(
        2_000_000,
        {"capital": 20, "patronage": 30},
        {1: 500_000, 2: 9_500_000},
        {1: 1_000_000, 2: 14_000_000},
    ).members[1]
    assert (widya.by_capital, widya.by_patronage) == (20_000, 40_000)
    rani = split(
        25_000_000,
        {"capital": 20, "patronage": 30},
        {1: 1_200_000, 2: 68_800_000},
        {1: 1_500_000, 2: 18_500_000},
    ).members[1]
    assert rani.total == 648_214


def test_three_members_get_every_rupiah_of_their_pools():
    # koperasi.md 4.4, S4.
    found = split(
        80_000_000,
        {"patronage": 28, "capital": 12, "board": 5, "staff": 5, "education": 5, "social": 5},
        {"A": 1_200_000, "B": 900_000, "C": 600_000},
        {"A": 15_000_000, "B": 22_000_000, "C": 8_000_000},
    )
    assert found.pools["reserve"] == 32_000_000
    parts = {key: (one.by_capital, one.by_patronage) for key, one in found.members.items()}
    assert parts == {
        "A": (4_266_667, 7_466_667), "B": (3_200_000, 10_951_111), "C": (2_133_333, 3_982_222),
    }  # fmt: skip


def test_what_others_left_goes_whole_to_the_reserve():
    # koperasi.md 4.4, S5: 40 percent for members, 70 to 30 between business and shares.
    found = split(
        200_000_000,
        {"patronage": 28, "capital": 12, "education": 20},
        {1: 1},
        {1: 1},
        others=80_000_000,
    )
    assert (found.pools["reserve"], found.pools["patronage"], found.pools["capital"]) == (
        160_000_000, 56_000_000, 24_000_000,
    )  # fmt: skip


@pytest.mark.parametrize("case", vectors("shu_alokasi"), ids=lambda case: case["id"])
def test_a_peers_session_is_shared_without_the_rupiah_it_gave_too_many(case):
    kinds = list(case["shares_pct"])
    for kind in kinds:
        pool = int(case["pools"][kind])
        assert share(int(case["surplus"]), [int(case["shares_pct"][kind]), 100 - int(
            case["shares_pct"][kind]
        )])[0] == pool  # fmt: skip
        weights = {one["member"]: int(one[kind.removeprefix("jasa_")]) for one in case["weights"]}
        found = split(pool, {"patronage": 100}, dict.fromkeys(weights, 1), weights)
        ours = {member: part.by_patronage for member, part in found.members.items()}
        theirs = {one["member"]: int(one[kind]) for one in case["peer_result"]}
        assert sum(ours.values()) == pool
        assert all(abs(ours[member] - theirs[member]) <= 1 for member in weights)


@given(
    surplus=st.integers(1, 10**10),
    weights=st.dictionaries(st.integers(1, 30), st.integers(1, 10**9), min_size=2, max_size=12),
    data=st.data(),
)
def test_the_order_of_members_moves_nobodys_part_by_more_than_a_rupiah(surplus, weights, data):
    turned = dict(data.draw(st.permutations(list(weights.items()))))
    usual = {"patronage": 60, "capital": 40}
    one, other = (
        split(surplus, usual, order, {k: v * 3 % 977 for k, v in order.items()})
        for order in (weights, turned)
    )
    assert one.pools == other.pools
    for key, part in one.members.items():
        assert abs(part.by_capital - other.members[key].by_capital) <= 1
        assert abs(part.by_patronage - other.members[key].by_patronage) <= 1
    # Among unlike remainders there is no tie, and the order moves nothing.
    if len({surplus * w % sum(weights.values()) for w in weights.values()}) == len(weights):
        pool = split(surplus, {"capital": 100}, weights, {}).members
        assert pool == split(surplus, {"capital": 100}, turned, {}).members


@given(loss=st.integers(1, 10**9), general=st.integers(0, 10**9), risk=st.integers(0, 10**9))
def test_reserves_cover_a_loss_one_after_the_other(loss, general, risk):
    found = covered_in_order(loss, {"reserve_general": general, "reserve_risk": risk})
    assert sum(found.values()) == min(loss, general + risk)
    assert found["reserve_risk"] == 0 or found["reserve_general"] == general
