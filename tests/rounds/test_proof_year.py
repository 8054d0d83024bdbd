"""What buying together saved each member in a year: sums of the database, to the rupiah."""

import pytest

from canting.cooperatives.services import set_parameter
from canting.rounds import selectors, services
from tests.production.workshop import JAN_1
from tests.rounds.market import CLOSED


@pytest.fixture
def shared(market):
    """Mori has a market price, wax has none; four would have travelled for Rp100.001 each."""
    set_parameter(
        cooperative=market.cooperative,
        name="rounds.trip_cost",
        value=100_001,
        valid_from=JAN_1,
        source="Ditanyakan",
        actor=market.actor,
    )
    market.market_price(market.mori, 26_000)
    found = market.open(share_rule="first")
    market.need(found, "M1", market.mori, 12)
    market.need(found, "M1", market.malam, 4)
    market.need(found, "M2", market.mori, 8)
    market.need(found, "M3", market.malam, 2, mode="custody")
    orders = market.ordered(
        found,
        [
            (market.solo, market.mori, 2, 10, 200_000, 0),
            (market.pekalongan, market.malam, 6, 1, 50_000, 0),
        ],
    )
    for order in orders:
        market.receive(order)
    market.share(found)
    services.note_travellers(found=found, travellers=4, on=CLOSED, actor=market.actor)
    return market.again(found)


def rows_of(market, year):
    rows = selectors.savings_of_year(cooperative=market.cooperative, year=year)
    names = {maker.pk: name for name, maker in market.makers.items()}
    return {names[row.member.pk]: (row.paid, row.alternative, row.saved, row.trips) for row in rows}


def test_each_member_of_a_year_with_what_she_paid_saved_and_need_not_travel(market, shared):
    # What is in trust saves nobody money; wax without a market price is paid but not compared.
    assert rows_of(market, 2027) == {
        "M1": (240_000 + 200_000, 12 * 26_000, 12 * 26_000 - 240_000, 200_002),
        "M2": (160_000, 8 * 26_000, 8 * 26_000 - 160_000, 200_002),
    }
    assert rows_of(market, 2026) == rows_of(market, 2028) == {}


def test_the_members_add_up_to_the_round(market, shared):
    rows = selectors.savings_of_year(cooperative=market.cooperative, year=2027)
    proof = selectors.proof_of_round(shared)
    assert selectors.sum_of([row.saving for row in rows]) == proof.total
    assert proof.trips
    assert sum(row.trips for row in rows) == proof.trips.saved == 400_004
    for row in rows:
        own = selectors.saving_of_member(
            cooperative=market.cooperative, member=row.member, year=2027
        )
        assert own == row.saving


def test_what_went_back_to_the_store_is_in_no_sum(market, shared):
    paper = selectors.shares_of_member(found=shared, member=market.member("M2")).get().hand_out
    services.release_share(
        found=shared,
        member=market.member("M2"),
        reason="Tidak diambil",
        hand_out=paper,
        on=CLOSED,
        actor=market.actor,
    )
    assert set(rows_of(market, 2027)) == {"M1"}
    assert rows_of(market, 2027)["M1"][3] == 400_004


def test_the_sums_need_the_same_few_queries_however_many_members(
    market, shared, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        selectors.savings_of_year(cooperative=market.cooperative, year=2027)
