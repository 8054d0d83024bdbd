"""What is due ahead stands in its week; nothing of it is lost within the four weeks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from canting.cash import selectors
from canting.kernel.expected import Expected

ON = date(2026, 5, 2)
DUES = st.lists(
    st.builds(
        Expected,
        st.integers(0, 28).map(lambda days: ON + timedelta(days=days)),
        st.integers(0, 10**9),
        st.integers(0, 10**9),
    )
)


def test_due_today_and_in_seven_days_is_in_the_first_week_and_the_day_after_in_the_second():
    due = [
        Expected(ON, comes_in=1),
        Expected(ON + timedelta(days=7), comes_in=2),
        Expected(ON + timedelta(days=8), goes_out=4),
        Expected(ON + timedelta(days=28), goes_out=8),
    ]
    weeks = selectors.weeks_ahead(expected=due, on=ON, balance=100)
    assert [(one.came_in, one.went_out) for one in weeks] == [(3, 0), (0, 4), (0, 0), (0, 8)]
    assert [one.balance for one in weeks] == [103, 99, 99, 91]
    assert weeks[-1].ends == selectors.last_day_ahead(ON)
    assert all(one.is_expected for one in weeks)


@given(DUES, st.integers(-(10**9), 10**9))
def test_the_last_balance_is_todays_with_everything_that_is_due(due, balance):
    weeks = selectors.weeks_ahead(expected=due, on=ON, balance=balance)
    moved = sum(one.comes_in - one.goes_out for one in due)
    assert weeks[-1].balance == balance + moved
    assert sum(one.came_in for one in weeks) == sum(one.comes_in for one in due)
