"""Costs paid ahead: spread to the rupiah, caught up, put right."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.errors import NotEnoughCash
from canting.kernel.dates import next_month
from canting.ledger.rules import credit, debit
from canting.ledger.services import post_manual
from canting.treasury import selectors, services
from canting.treasury.errors import (
    BadMonths,
    LaterRun,
    NothingToSpread,
    NotOver,
    NotThatMuchPrepaid,
)
from canting.treasury.invariants import prepaid_is_spread
from canting.treasury.rules import prepaid_until
from tests.treasury.conftest import TODAY

JULY, AUG, SEP, OCT = (date(2026, month, 1) for month in (7, 8, 9, 10))
ON = date(2026, 7, 10)


def prepay(desk, **facts):
    known = {
        "account": "admin", "amount": 1_000_000, "months": 12, "since": JULY,
        "memo": "Asuransi galeri", "on": ON, "place": "bank",
    }  # fmt: skip
    return services.prepay(**{**known, **facts}, **desk.make)


def spread(desk, month):
    return services.spread(month=month, on=TODAY, **desk.make)


@given(
    amount=st.integers(1, 10**12),
    months=st.integers(1, 120),
    since=st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1)),
)
def test_the_months_add_up_to_the_whole_and_differ_by_a_rupiah_at_most(amount, months, since):
    ends = [next_month(since, step) for step in range(months)]
    taken = [prepaid_until(amount, months, since, end) for end in ends]
    parts = [b - a for a, b in zip([0, *taken], taken, strict=False)]
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1
    assert prepaid_until(amount, months, since, next_month(since, -1)) == 0
    assert prepaid_until(amount, months, since, next_month(since, months + 3)) == amount


def test_insurance_of_a_year_gives_each_month_its_part(desk):
    desk.fund()
    paper = prepay(desk)
    assert desk.lines_of(f"treasury.prepayment:{paper.number}") == [
        ("prepaid", "D", 1_000_000), ("bank", "K", 1_000_000),
    ]  # fmt: skip
    run = spread(desk, JULY)
    assert (run.total, run.on) == (83_334, date(2026, 7, 31))
    assert desk.lines_of(f"treasury.spread:{run.number}") == [
        ("admin", "D", 83_334), ("prepaid", "K", 83_334),
    ]  # fmt: skip
    assert [spread(desk, month).total for month in (AUG, SEP, OCT)] == [83_334, 83_334, 83_334]
    assert desk.balance("prepaid") == 1_000_000 - 4 * 83_334
    assert sum(one.amount for one in selectors.plan_of(paper)) == 1_000_000
    assert desk.is_sound()


def test_a_whole_life_ends_at_nil(desk):
    desk.fund()
    prepay(desk, amount=100_001, months=3)
    assert [spread(desk, month).total for month in (JULY, AUG, SEP)] == [33_334, 33_334, 33_333]
    assert desk.balance("prepaid") == 0
    with pytest.raises(NothingToSpread):
        spread(desk, OCT)


def test_a_month_left_out_or_closed_is_caught_up(desk):
    desk.fund()
    prepay(desk, amount=1_200_000)
    assert list(prepaid_is_spread(desk.coop, JULY)) != []
    desk.close(AUG)
    assert spread(desk, SEP).total == 300_000
    assert list(prepaid_is_spread(desk.coop, SEP)) == []


def test_the_same_month_twice_and_a_month_not_over_are_refused(desk):
    desk.fund()
    prepay(desk)
    spread(desk, JULY)
    before = desk.papers()
    with pytest.raises(NothingToSpread):
        spread(desk, JULY)
    with pytest.raises(NotOver):
        spread(desk, TODAY)
    assert desk.papers() == before


def test_what_cannot_be_is_refused_and_leaves_nothing(desk):
    before = desk.papers()
    with pytest.raises(BadMonths):
        prepay(desk, months=1)
    with pytest.raises(NotEnoughCash):
        prepay(desk, place="cash_main")
    with pytest.raises(NotThatMuchPrepaid):
        prepay(desk, place="")
    assert desk.papers() == before


def test_what_stood_on_the_account_already_is_listed_without_a_payment(desk):
    lines = [debit("prepaid", 600_000), credit("other_income", 600_000)]
    post_manual(lines=lines, memo="Saldo lama", on=ON, **desk.make)
    before = desk.papers()
    paper = prepay(desk, amount=600_000, months=6, place="")
    assert desk.papers() == before
    with pytest.raises(NotThatMuchPrepaid):
        prepay(desk, amount=1, months=6, place="")
    assert spread(desk, JULY).total == 100_000
    services.correct_prepayment(paper=paper, reason="Salah", on=TODAY, actor=desk.actor)
    assert desk.balance("prepaid") == 600_000
    assert desk.is_sound()


def test_runs_are_taken_back_in_order_in_their_own_month(desk):
    desk.fund()
    prepay(desk)
    first, second = spread(desk, JULY), spread(desk, AUG)
    with pytest.raises(LaterRun):
        services.cancel_spread(run=first, reason="Salah", actor=desk.actor)
    services.cancel_spread(run=second, reason="Salah", actor=desk.actor)
    assert desk.balance("admin", date(2026, 8, 31)) == 83_334
    assert spread(desk, AUG).total == 83_334
    assert desk.is_sound()


def test_put_right_takes_its_parts_back_and_the_new_one_catches_up(desk):
    desk.fund()
    paper = prepay(desk)
    run = spread(desk, JULY)
    made = services.correct_prepayment(
        paper=paper,
        reason="Salah jumlah",
        on=TODAY,
        actor=desk.actor,
        replacement={
            "account": "admin", "amount": 1_200_000, "months": 12, "since": JULY,
            "memo": "Asuransi galeri", "on": ON, "place": "bank",
        },
    )  # fmt: skip
    assert desk.lines_of(f"treasury.unspread:{paper.number}") == [
        ("prepaid", "D", 83_334), ("admin", "K", 83_334),
    ]  # fmt: skip
    assert desk.balance("admin") == 0
    assert desk.balance("prepaid") == made.amount == 1_200_000
    with pytest.raises(LaterRun):
        services.cancel_spread(run=run, reason="Salah", actor=desk.actor)
    assert spread(desk, AUG).total == 200_000
    assert desk.is_sound()
