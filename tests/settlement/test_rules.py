"""The arithmetic of a slip: it adds up, keeps the cap and the order, and loses nothing."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.kernel.money import BadRupiah
from canting.settlement.errors import BadDays, DaysDoNotAddUp
from canting.settlement.rules import (
    ORDER,
    Due,
    DueKind,
    Moved,
    calculate,
    cap_of,
    days_of,
    due_with,
    in_order,
    left_of,
    open_items,
    read_days,
)
from canting.taxes.rules import Day, TaxRule, tax_of_day, tax_of_days

RULE = TaxRule(450_000, Decimal("0.5"), 2_500_000, Decimal("2.5"))
START = date(2026, 1, 1)
days = st.integers(0, 700).map(lambda n: START + timedelta(days=n))
money = st.integers(1, 10**9)
dues = st.lists(
    st.builds(
        Due,
        kind=st.sampled_from([kind for kind in DueKind if kind != DueKind.TAX]),
        role=st.sampled_from(["recv_damage", "recv_member", "share_mandatory"]),
        amount=money,
        reason=st.just("alasan"),
        on=days,
    ),
    max_size=12,
)
percents = st.decimals(0, 100, places=2)


@given(earned=money, tax=st.integers(0, 10**8), owed=dues, percent=percents)
def test_a_slip_adds_up_and_never_passes_the_cap(earned, tax, owed, percent):
    made = calculate(earned=earned, tax=tax, dues=owed, cap_percent=percent)
    taken = sum(t.amount for t in made.taken)
    assert made.earned == made.tax + taken + made.paid
    assert made.paid >= 0
    assert Fraction(taken) <= Fraction(earned) * Fraction(percent) / 100
    assert len(made.taken) == len(owed)
    assert sum(t.amount + t.left for t in made.taken) == sum(due.amount for due in owed)
    assert all(0 <= t.amount <= t.due.amount for t in made.taken)


@given(earned=money, owed=dues, percent=percents)
def test_the_order_is_kept_and_nothing_is_taken_before_what_comes_first(earned, owed, percent):
    made = calculate(earned=earned, tax=0, dues=owed, cap_percent=percent)
    places = [(ORDER.index(t.due.kind), t.due.on) for t in made.taken]
    assert places == sorted(places)
    short = next((i for i, t in enumerate(made.taken) if t.left), len(made.taken))
    assert all(t.amount == 0 for t in made.taken[short + 1 :])


@given(first=money, second=money, owed=dues, percent=percents)
def test_two_slips_of_one_day_take_each_due_once(first, second, owed, percent):
    one = calculate(earned=first, tax=0, dues=owed, cap_percent=percent)
    rest = left_of(owed, one.taken)
    assert sum(due.amount for due in rest) == one.open_after
    two = calculate(earned=second, tax=0, dues=rest, cap_percent=percent)
    taken = sum(t.amount for t in (*one.taken, *two.taken))
    assert taken + two.open_after == sum(due.amount for due in owed)


@given(st.lists(st.builds(Moved, st.integers(-(10**8), 10**8), days, st.just("")), max_size=15))
def test_open_items_are_the_balance_when_she_owes(moves):
    left = open_items(moves)
    balance = sum(move.amount for move in moves)
    assert sum(move.amount for move in left) == max(balance, 0)
    assert [move.on for move in left] == sorted(move.on for move in left)


@pytest.mark.parametrize(
    ("amount", "tax"),
    [
        (0, 0),
        (450_000, 0),
        (450_001, 2_250),
        (500_000, 2_500),
        (2_500_000, 12_500),
        (2_500_001, 62_500),
        (499_900, 2_500),
        (499_899, 2_499),
    ],
)
def test_the_tax_of_a_day_at_its_limits(amount, tax):
    assert tax_of_day(amount, RULE) == tax


def test_tax_is_never_more_than_was_earned_and_stands_outside_the_cap():
    due = Due(DueKind.DAMAGE, "recv_damage", 1_000_000, "malam")
    made = calculate(earned=1_000_000, tax=5_000, dues=[due], cap_percent=Decimal(50))
    assert (made.tax, made.taken[0].amount, made.paid) == (5_000, 500_000, 495_000)
    all_of_it = calculate(earned=1_000_000, tax=5_000, dues=[due], cap_percent=Decimal(100))
    assert all_of_it.paid == 0
    assert all_of_it.taken[0].amount == 995_000


@given(earned=money, count=st.integers(1, 366))
def test_days_by_their_number_share_the_pay(earned, count):
    made = read_days(str(count), earned)
    assert len(made) == count
    assert sum(day.amount for day in made) == earned


def test_days_typed_one_by_one():
    assert read_days("500.000 + 260000;260rb", 1_020_000) == (
        Day(500_000),
        Day(260_000),
        Day(260_000),
    )


@pytest.mark.parametrize("typed", ["0", "367", "500.000 + -5", "+"])
def test_days_that_cannot_be_read_are_refused(typed):
    with pytest.raises(BadDays):
        read_days(typed, 500_000)


def test_words_instead_of_days_are_refused():
    with pytest.raises(BadRupiah):
        read_days("seminggu", 500_000)


def test_days_that_are_not_the_pay_are_refused():
    with pytest.raises(DaysDoNotAddUp, match=r"Rp760\.000.*Rp1\.020\.000"):
        read_days("500.000 + 260.000", 1_020_000)


def test_days_of_acceptance_are_added_up_by_day():
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    moves = [(tuesday, 100), (monday, 300), (tuesday, 200), (monday, -300)]
    assert days_of(moves) == (Day(300, tuesday),)
    assert tax_of_days(days_of([(monday, 450_000), (tuesday, 450_001)]), RULE) == 2_250


def test_credit_due_on_sale_waits_for_cloth():
    due = Due(DueKind.MATERIAL_ON_SALE, "recv_member_on_sale", 5, "bahan", waits_for_cloth=True)
    assert due_with("wages_payable", [due]) == []
    assert due_with("pay_maker", [due]) == due_with("consign_payable", [due]) == [due]


def test_the_cap_is_rounded_down():
    assert cap_of(101, Decimal(50)) == 50
    assert cap_of(-5, Decimal(50)) == 0


def test_dues_come_in_the_order_of_the_law_of_the_house():
    kinds = [DueKind.CONSENT, DueKind.MATERIAL_ON_SALE, DueKind.DAMAGE, DueKind.ARREARS]
    ordered = in_order([Due(kind, "x", 1, "") for kind in [*kinds, DueKind.MATERIAL]])
    assert [due.kind for due in ordered] == list(ORDER[1:])
