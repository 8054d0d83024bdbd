"""The proposed shares of the surplus: pools and members add up to it, a loss shares nothing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from canting.surplus.rules import NOTHING, POOLS, propose

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
