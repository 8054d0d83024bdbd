"""Schedules: the public examples, parts that add up, what is open after payments in any order."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.lending.rules import (
    ANNUITY,
    EFFECTIVE,
    FLAT,
    METHODS,
    RHYTHMS,
    Drawn,
    Terms,
    ages,
    earned,
    plan,
    plan_of,
    proposed,
    settling,
    standings,
)

VECTORS = {
    one["id"]: one
    for one in json.loads(
        (Path(__file__).parents[1] / "data" / "vectors" / "loans.json").read_text("utf-8")
    )
}
START = date(2026, 1, 1)


def loan(amount: int, count: int, rate: str, method: str, **facts) -> list:
    terms = Terms(count, date(2026, 2, 1), rate=Decimal(rate), method=method, **facts)
    return plan(Drawn(amount, START), terms)


def test_flat_instalments_of_public_pages():
    short = loan(9_000_000, 12, "12", FLAT)
    assert {row.total for row in short} == {840_000}
    assert sum(row.interest for row in short) == 1_080_000
    long = loan(90_000_000, 36, "12", FLAT)
    assert {(row.principal, row.interest) for row in long} == {(2_500_000, 900_000)}


def test_declining_interest_of_a_public_page():
    rows = loan(6_000_000, 6, "12", EFFECTIVE)
    assert [row.interest for row in rows] == [60_000, 50_000, 40_000, 30_000, 20_000, 10_000]
    assert [row.total for row in rows][::5] == [1_060_000, 1_010_000]


def test_annuity_of_a_public_page_to_the_rupiah():
    rows = loan(200_000_000, 120, "18.1", ANNUITY)
    assert (rows[0].total, rows[0].interest, rows[1].interest) == (3_616_590, 3_016_667, 3_007_618)
    assert sum(row.principal for row in rows) == 200_000_000


def test_three_methods_on_one_loan():
    assert {row.total for row in loan(24_000_000, 24, "10", FLAT)} == {1_200_000}
    declining = loan(24_000_000, 24, "10", EFFECTIVE)
    assert (declining[0].interest, declining[-1].interest) == (200_000, 8_333)
    assert sum(row.interest for row in declining) == 2_500_000
    assert loan(24_000_000, 24, "10", ANNUITY)[0].total == 1_107_478


@pytest.mark.parametrize(
    ("name", "method"),
    [("wild-ksp3-10jt-10-flat1", FLAT), ("wild-bagi-10jt-12", FLAT)],
)
def test_vectors_of_whole_rupiah(name, method):
    known = VECTORS[name]
    yearly = str(Decimal(known["period_rate_pct"]) * 12)
    rows = loan(int(known["principal"]), known["n"], yearly, method)
    wanted = known["expect"]
    assert sum(row.principal for row in rows) == int(known["principal"])
    if "principal" in wanted:
        assert {row.principal for row in rows} == {int(wanted["principal"])}
        assert {row.interest for row in rows} == {int(wanted["interest"])}
    else:  # the parts that a plain division loses go to the first instalments, one each
        plain, lost = int(wanted["naive_installment"]), int(wanted["naive_residual"])
        parts = [row.principal for row in rows]
        assert parts == [plain + 1] * lost + [plain] * (len(rows) - lost)


@pytest.mark.parametrize(
    "name", ["fin-cli-emi-12000", "fin-emi-disbursedAmt100_dayInYears360_daysInMonth30_repayE"]
)
def test_vectors_of_equal_instalments_in_their_cents(name):
    known = VECTORS[name]
    yearly = known.get("annual_rate_pct") or str(Decimal(known["period_rate_pct"]) * 12)
    rows = loan(int(Decimal(known["principal"]) * 100), known["n"], yearly, ANNUITY)
    wanted = [
        (int(Decimal(row["principal"]) * 100), int(Decimal(row["interest"]) * 100))
        for row in known["schedule"]
    ]
    assert [(row.principal, row.interest) for row in rows] == wanted


def test_grace_leaves_the_principal_out():
    rows = loan(6_000_000, 6, "12", EFFECTIVE, grace=3)
    assert [row.principal for row in rows] == [0, 0, 0, 2_000_000, 2_000_000, 2_000_000]
    assert [row.interest for row in rows][:4] == [60_000] * 4


def test_a_later_draw_is_spread_over_what_is_left():
    terms = Terms(4, date(2026, 2, 1), rate=Decimal(0))
    rows = plan_of([Drawn(400, START), Drawn(100, date(2026, 3, 1))], terms)
    assert [row.principal for row in rows] == [100, 100, 150, 150]


def test_days_follow_the_first_even_from_the_thirty_first():
    rows = plan(Drawn(300, START), Terms(3, date(2026, 1, 31)))
    assert [row.due for row in rows] == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_what_is_proposed_is_what_is_due_or_the_next():
    rows = standings(loan(900, 3, "12", FLAT), principal=300, interest=9)
    assert proposed(rows, date(2026, 2, 5)) == (300, 9)
    assert proposed(rows, date(2026, 4, 5)) == (600, 18)
    assert [one.days_late(date(2026, 3, 31)) for one in rows] == [0, 30, 0]


def test_interest_is_earned_by_the_day_and_settling_asks_no_more():
    rows = loan(900_000, 3, "12", FLAT)
    assert earned(rows, since=START, until=date(2026, 2, 15)) == 9_000 + 4_500
    left = standings(rows, principal=300_000, interest=9_000)
    assert settling(left, since=START, on=date(2026, 2, 15)) == (600_000, 4_500)
    closed = standings(rows, principal=900_000, interest=13_500)
    assert sum(one.left for one in closed) == 0


def test_ages():
    assert ages([(1, 10), (30, 10), (31, 5), (60, 1), (91, 7)]) == [20, 6, 0, 7]


@given(
    amount=st.integers(1, 10**11),
    count=st.integers(1, 60),
    grace=st.integers(0, 59),
    rate=st.decimals(0, 36, places=2),
    method=st.sampled_from(sorted(METHODS)),
    months=st.sampled_from(sorted(RHYTHMS)),
)
def test_parts_always_add_up(amount, count, grace, rate, method, months):
    terms = Terms(count, date(2026, 2, 1), months, min(grace, count - 1), rate, method)
    rows = plan(Drawn(amount, START), terms)
    assert sum(row.principal for row in rows) == amount
    assert all(row.principal >= 0 and row.interest >= 0 for row in rows)
    assert all(row.principal == 0 for row in rows[: terms.grace])
    whole = sum(row.interest for row in rows)
    assert earned(rows, since=START, until=rows[-1].due) == whole


@given(
    paid=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12)), max_size=6),
    on=st.dates(date(2026, 1, 1), date(2026, 8, 1)),
)
def test_the_order_of_payments_changes_nothing(paid, on):
    rows = loan(1_200, 4, "12", FLAT)
    principal, interest = sum(p for p, _ in paid), sum(i for _, i in paid)
    one = standings(rows, principal=principal, interest=interest)
    assert sum(row.principal_left for row in one) == max(1_200 - principal, 0)
    assert all(row.left >= 0 and row.days_late(on) >= 0 for row in one)
