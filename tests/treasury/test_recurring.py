"""What comes again and again: due in its rhythm, booked once, let rest, ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.cash.errors import NotEnoughCash
from canting.cash.services import correct_paper
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded
from canting.treasury import selectors, services
from canting.treasury.errors import (
    AmountIsFixed,
    AmountNeeded,
    BadRhythm,
    EndsBeforeFirst,
    IsPaused,
    NoExpense,
    NotDue,
    NothingChosen,
    NotPaused,
    RecurringIsOver,
)
from canting.treasury.invariants import recurring_is_booked
from canting.treasury.rules import OWED, PAID, Rhythm, due_days, next_due
from canting.treasury.services import Chosen, What
from tests.treasury.conftest import TODAY

JAN, OCT_31, NOV_30 = date(2026, 1, 31), date(2026, 10, 31), date(2026, 11, 30)
RENT = What("Sewa galeri", PAID, 500_000, purpose="rent", place="bank")
POWER = What("Listrik", PAID, None, purpose="electricity", place="bank")
INTERNET = What("Internet", OWED, 300_000, account="utilities")


def add(desk, what=RENT, **facts):
    known = {"every": 1, "day": 31, "first": date(2026, 9, 30)}
    return services.add_recurring(what=what, **{**known, **facts}, **desk.make)


def post(desk, *chosen, **facts):
    return services.post_dues(chosen=list(chosen), **{"on": TODAY, **facts}, **desk.make)


def due(desk, on=TODAY):
    return [one.due for one in selectors.due_until(cooperative=desk.coop, until=on)]


def test_the_31st_is_the_last_day_of_a_short_month_and_comes_back():
    found = due_days(Rhythm(JAN, 1, 31), date(2026, 4, 30))
    assert found == [JAN, date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_a_day_that_is_over_begins_with_the_next_month():
    assert due_days(Rhythm(date(2026, 1, 20), 3, 5), date(2026, 9, 1)) == [
        date(2026, 2, 5), date(2026, 5, 5), date(2026, 8, 5),
    ]  # fmt: skip


def test_it_ends_with_its_day_or_its_count():
    assert len(due_days(Rhythm(JAN, 1, 31, times=5), date(2030, 1, 1))) == 5
    assert due_days(Rhythm(JAN, 1, 31, until=date(2026, 3, 1)), date(2030, 1, 1))[-1].month == 2
    assert next_due(Rhythm(JAN, 12, 31, times=1), JAN) is None


@given(
    first=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    every=st.integers(1, 60),
    day=st.integers(1, 31),
    far=st.integers(0, 4000),
)
def test_every_due_day_comes_once_and_the_next_is_the_first_after(first, every, day, far):
    rhythm, until = Rhythm(first, every, day), first + timedelta(days=far)
    found = due_days(rhythm, until)
    assert found == sorted(set(found))
    assert all(first <= one <= until for one in found)
    assert next_due(rhythm, until) > until
    assert due_days(rhythm, next_due(rhythm, until)) == [*found, next_due(rhythm, until)]


def test_what_is_due_is_booked_by_a_voucher_of_the_desk_on_its_day(desk):
    desk.fund()
    one = add(desk)
    assert due(desk) == [date(2026, 9, 30), OCT_31]
    made = post(desk, Chosen(one.pk, OCT_31))[0]
    assert made.paper.number.startswith("BK/")
    assert made.paper.on == OCT_31
    assert desk.lines_of(f"cash.paper:{made.paper.number}") == [
        ("admin", "D", 500_000), ("bank", "K", 500_000),
    ]  # fmt: skip
    assert due(desk) == [date(2026, 9, 30)]
    assert desk.is_sound()


def test_the_same_day_twice_is_one_paper(desk):
    desk.fund()
    one = add(desk)
    first = post(desk, Chosen(one.pk, OCT_31))[0]
    before = desk.papers()
    assert post(desk, Chosen(one.pk, OCT_31))[0].paper == first.paper
    assert desk.papers() == before


def test_in_a_closed_month_it_stands_on_the_first_open_day_and_tells_its_own(desk):
    desk.fund()
    one = add(desk)
    desk.close(date(2026, 9, 1))
    made = post(desk, Chosen(one.pk, date(2026, 9, 30)))[0]
    source = f"cash.paper:{made.paper.number}"
    entry = ledger.entry_by_source(cooperative=desk.coop, source=source)
    assert (entry.entry_date, entry.own_date) == (date(2026, 10, 1), date(2026, 9, 30))


def test_a_bill_without_fixed_amount_asks_for_it(desk):
    desk.fund()
    one = add(desk, POWER)
    with pytest.raises(AmountNeeded):
        post(desk, Chosen(one.pk, OCT_31))
    assert post(desk, Chosen(one.pk, OCT_31, 187_500))[0].paper.amount == 187_500
    assert selectors.last_amount(one) == 187_500


def test_refusals_book_nothing_at_all(desk):
    rent, power = add(desk), add(desk, POWER)
    before = desk.papers()
    for chosen, refusal in (
        ([], NothingChosen),
        ([Chosen(rent.pk, OCT_31, 400_000)], AmountIsFixed),
        ([Chosen(rent.pk, NOV_30)], NotDue),
        ([Chosen(rent.pk, date(2026, 10, 30))], NotDue),
        ([Chosen(9_999_999, OCT_31)], NotDue),
        ([Chosen(rent.pk, OCT_31), Chosen(power.pk, OCT_31)], AmountNeeded),
    ):
        with pytest.raises(refusal):
            post(desk, *chosen)
    assert desk.papers() == before


def test_an_empty_drawer_refuses_it(desk):
    one = add(desk, RENT._replace(place="cash_main"))
    with pytest.raises(NotEnoughCash):
        post(desk, Chosen(one.pk, OCT_31))
    assert due(desk) == [date(2026, 9, 30), OCT_31]


def test_a_cancelled_paper_makes_the_day_due_again_and_a_new_one_does_not(desk):
    desk.fund()
    one = add(desk, first=OCT_31)
    made = post(desk, Chosen(one.pk, OCT_31))[0]
    facts = {"purpose": "rent", "amount": 450_000, "place": "bank", "memo": "Sewa", "on": OCT_31}
    second = correct_paper(
        paper=made.paper, reason="Salah tulis", on=TODAY, actor=desk.actor, replacement=facts
    )
    assert due(desk) == []
    correct_paper(paper=second, reason="Tidak jadi", on=TODAY, actor=desk.actor)
    assert due(desk) == [OCT_31]
    assert post(desk, Chosen(one.pk, OCT_31))[0].paper.number != made.paper.number
    assert desk.is_sound()


def test_what_is_owed_becomes_an_accrual_that_does_not_turn(desk):
    one = add(desk, INTERNET, first=OCT_31)
    made = post(desk, Chosen(one.pk, OCT_31))[0]
    assert made.accrual.turns_on is None
    assert desk.balance("accrued") == 300_000
    assert desk.is_sound()


def test_a_day_is_passed_over_with_a_reason(desk):
    one = add(desk, first=OCT_31)
    with pytest.raises(ReasonNeeded):
        services.pass_over(recurring=one, due=OCT_31, reason=" ", on=TODAY, actor=desk.actor)
    services.pass_over(recurring=one, due=OCT_31, reason="Bebas sewa", on=TODAY, actor=desk.actor)
    assert due(desk) == []
    with pytest.raises(NotDue):
        services.pass_over(recurring=one, due=OCT_31, reason="Lagi", on=TODAY, actor=desk.actor)


def test_it_rests_and_goes_on_without_the_days_between(desk):
    desk.fund()
    one = add(desk, first=date(2026, 8, 31))
    services.pause(recurring=one, on=date(2026, 9, 15), actor=desk.actor)
    assert due(desk) == []
    with pytest.raises(IsPaused):
        post(desk, Chosen(one.pk, OCT_31))
    services.go_on(recurring=one, on=date(2026, 10, 31), actor=desk.actor)
    assert due(desk) == [date(2026, 8, 31), OCT_31]
    with pytest.raises(NotPaused):
        services.go_on(recurring=one, on=TODAY, actor=desk.actor)


def test_it_ends_and_what_was_due_stays_due(desk):
    one = add(desk)
    services.end_recurring(
        recurring=one, on=date(2026, 10, 15), reason="Kontrak habis", actor=desk.actor
    )
    assert due(desk, date(2027, 6, 1)) == [date(2026, 9, 30)]
    with pytest.raises(RecurringIsOver):
        services.pause(recurring=one, on=TODAY, actor=desk.actor)


def test_what_cannot_be_is_refused(desk):
    with pytest.raises(BadRhythm):
        add(desk, every=0)
    with pytest.raises(EndsBeforeFirst):
        add(desk, until=date(2026, 1, 1))
    with pytest.raises(NoExpense):
        add(desk, INTERNET._replace(account="cash_main"))
    assert selectors.recurrings(cooperative=desk.coop).count() == 0


def test_changes_leave_what_was_booked(desk):
    desk.fund()
    one = add(desk)
    made = post(desk, Chosen(one.pk, OCT_31))[0]
    services.change_recurring(recurring=one, what=RENT._replace(amount=600_000), actor=desk.actor)
    assert post(desk, Chosen(one.pk, date(2026, 9, 30)))[0].paper.amount == 600_000
    made.refresh_from_db()
    assert made.paper.amount == 500_000


def test_the_close_of_a_month_and_the_cash_page_know_it(desk):
    add(desk)
    found = list(recurring_is_booked(desk.coop, date(2026, 9, 1)))
    assert len(found) == 1
    ahead = selectors.expected_cash(cooperative=desk.coop, on=TODAY, until=date(2026, 12, 31))
    assert sum(one.goes_out for one in ahead) == 4 * 500_000
