"""Rules of taxes: due days, tax on pay of a day, the years of the final tax."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.taxes.rules import (
    PARAMETERS,
    Day,
    TaxBase,
    TaxRule,
    due_date,
    final_tax,
    last_final_year,
    tax_of_days,
)

RULE = TaxRule(450_000, Decimal("0.5"), 2_500_000, Decimal("2.5"))


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (date(2026, 10, 1), date(2026, 11, 16)),  # the 15th is a Sunday
        (date(2026, 7, 31), date(2026, 8, 17)),  # a Saturday
        (date(2026, 11, 1), date(2026, 12, 15)),
        (date(2026, 12, 1), date(2027, 1, 15)),
    ],
)
def test_a_due_day_on_a_weekend_moves_to_monday(month, due):
    assert due_date(month, 15) == due


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 28))
def test_a_due_day_is_never_a_weekend_and_at_most_two_days_late(month, day):
    due = due_date(month, day)
    assert due.isoweekday() <= 5
    assert 0 <= due.day - day <= 2 or due.day <= 2


def test_a_turnover_of_120_million_bears_600_000():
    assert final_tax([TaxBase("commission", 120_000_000)], Decimal("0.5")) == 600_000


def test_a_payee_without_a_number_pays_a_fifth_more():
    assert tax_of_days([Day(500_000)], RULE) == 2_500
    assert tax_of_days([Day(500_000)], RULE, Decimal(20)) == 3_000


def test_four_tax_years_count_the_first():
    assert last_final_year(date(2026, 7, 1), 4) == 2029


def test_every_parameter_names_its_source():
    assert all(dated.source for one in PARAMETERS for dated in one.values)
