"""The worked year's journal gives every statement of the books to the rupiah, and they tie."""

from datetime import date

import pytest

from canting.reports.statements import Period, cash_flow, equity_changes
from tests.ledger import worked_year
from tests.reports.shown import statements_of

YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


def test_the_statements_are_the_worked_years(year):
    expected = worked_year.read("expected")
    found = statements_of(year, YEAR)
    assert found == {name: expected[name] for name in found}


@pytest.mark.parametrize("month", range(1, 13))
def test_they_tie_on_any_day_and_over_any_time(year, month):
    for since, until in (((1, 1), (month, 17)), ((max(month - 2, 1), 3), (month, 28))):
        period = Period(date(2027, *since), date(2027, *until))
        equity = equity_changes(cooperative=year, period=period)
        cash = cash_flow(cooperative=year, period=period)
        assert (equity.difference, cash.difference, cash.between) == (0, 0, 0)


def test_two_halves_add_up_to_the_year(year):
    halves = [
        cash_flow(cooperative=year, period=Period(date(2027, 1, 1), date(2027, 6, 15))),
        cash_flow(cooperative=year, period=Period(date(2027, 6, 16), date(2027, 12, 31))),
    ]
    whole = cash_flow(cooperative=year, period=YEAR)
    assert halves[0].closing == halves[1].opening
    assert sum(half.movement for half in halves) == whole.movement
    assert sum(half.result for half in halves) == whole.result
