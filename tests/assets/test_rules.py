"""How an asset loses value: the months add up to the whole, never past what it is worth at the end."""

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from canting.assets.rules import DECLINING, STRAIGHT, Terms, lost_after, lost_until, months_used

SINCE = date(2027, 7, 1)


@st.composite
def any_terms(draw):
    cost = draw(st.integers(1, 10**12))
    months = draw(st.integers(1, 600))
    return Terms(
        cost,
        draw(st.integers(0, cost - 1)),
        months,
        draw(st.sampled_from([STRAIGHT, DECLINING])),
        SINCE,
        draw(st.sampled_from([0, months + 36])),
    )


@given(any_terms())
def test_every_month_loses_something_or_nothing_and_the_life_loses_the_whole(terms):
    so_far = [lost_after(terms, month) for month in range(terms.months + 2)]
    assert so_far[0] == 0
    assert all(later >= before for before, later in itertools.pairwise(so_far))
    assert so_far[terms.months] == so_far[-1] == terms.cost - terms.residual


def test_straight_line_of_the_worked_year():
    # worked year E103: 12.000.000 the whole year, 6.000.000 and 4.000.000 from July, five years
    year_end = date(2027, 12, 31)
    old = Terms(12_000_000, 0, 60, STRAIGHT, date(2027, 1, 1))
    stove = Terms(6_000_000, 0, 60, STRAIGHT, SINCE)
    gift = Terms(4_000_000, 0, 60, STRAIGHT, SINCE)
    lost = [lost_until(one, year_end) for one in (old, stove, gift)]
    assert lost == [2_400_000, 600_000, 400_000]
    assert sum(lost) == 3_400_000


def test_a_life_that_does_not_divide_is_made_whole_by_its_months():
    terms = Terms(4_000_000, 0, 60, STRAIGHT, SINCE)
    months = [lost_after(terms, n) - lost_after(terms, n - 1) for n in range(1, 61)]
    assert set(months) == {66_666, 66_667}
    assert sum(months) == 4_000_000


def test_the_declining_way_takes_twice_the_straight_rate_of_what_is_left():
    # four years: half of what is left each year, the rest with the last month
    terms = Terms(8_000_000, 0, 48, DECLINING, SINCE)
    left = [8_000_000 - lost_after(terms, 12 * year) for year in range(5)]
    assert left == [8_000_000, 4_000_000, 2_000_000, 1_000_000, 0]
    assert lost_after(terms, 6) == 2_000_000


def test_land_never_loses_value():
    assert lost_until(Terms(9_000_000, 0, 0, STRAIGHT, SINCE), date(2099, 12, 31)) == 0


def test_the_month_of_first_use_counts_whole():
    terms = Terms(600, 0, 60, STRAIGHT, SINCE)
    assert months_used(terms, date(2027, 6, 30)) == 0
    assert months_used(terms, date(2027, 7, 31)) == 1
    assert months_used(terms, date(2099, 1, 1)) == 60
