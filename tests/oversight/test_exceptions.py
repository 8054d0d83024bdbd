"""What is out of the ordinary: each kind found, counted and summed by the database, paged."""

from datetime import UTC, date, datetime

import pytest

from canting.cooperatives.rules import Role
from canting.cooperatives.services import record
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, post_entry, reopen_month, reverse_entry
from canting.oversight.rules import Kind
from canting.oversight.selectors import exceptions
from canting.oversight.selectors.exceptions import Span
from canting.oversight.services import mark_seen
from tests import builders
from tests.builders import there
from tests.portal.clock import stop_clock

ON = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # noon in Jakarta
NIGHT = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # 23.30


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment):
        stop_clock(monkeypatch, moment)

    set_to(NOON)
    return set_to


@pytest.fixture
def book(cooperative, actor):
    def post(number, on=ON, own=None, role="cash_main", against="other_income", amount=1_000):
        draft = Draft(
            f"test:{number}", on, "test", f"Uji {number}",
            [debit(role, amount), credit(against, amount)], own_date=own, paper=f"KW/{number}",
        )  # fmt: skip
        return post_entry(cooperative=cooperative, draft=draft, actor=actor)

    return post


def asked(cooperative, since=date(2026, 11, 1), until=ON):
    return {
        "cooperative": cooperative,
        "span": Span.of_days(cooperative, since, until),
        "on": ON,
    }


def kinds(cooperative):
    found = exceptions.exception_counts(**asked(cooperative))
    return {one.kind: (one.count, one.amount) for one in found if one.count}


def test_everyday_papers_are_not_told(clock, cooperative, book):
    book(1)
    book(2, own=date(2026, 11, 21))
    assert kinds(cooperative) == {}


def test_a_reversal_is_told_with_its_sum(clock, cooperative, book, actor):
    made = book(1, amount=75_000)
    entry = there(ledger.entry(cooperative=cooperative, position=made.position))
    reverse_entry(entry=entry, on=ON, reason="Salah", actor=actor)
    assert kinds(cooperative) == {Kind.REVERSED: (1, 75_000)}
    (row,) = exceptions.exception_page(**asked(cooperative)).rows
    assert (row.day, row.who, row.paper, row.position) == (ON, str(actor), "KW/1", 2)


def test_cash_is_late_after_three_days_and_an_entry_dated_back_after_fourteen(
    clock, cooperative, book
):
    book(1, own=date(2026, 11, 20), amount=400)
    book(2, on=date(2026, 11, 9), role="admin", against="accrued", amount=500)
    book(3, on=date(2026, 11, 10), role="admin", against="accrued")
    assert kinds(cooperative) == {Kind.LATE_CASH: (1, 400), Kind.BACKDATED: (1, 500)}


def test_papers_at_night_are_told_by_the_clock_of_the_cooperative(clock, cooperative, book):
    clock(NIGHT)
    book(1)
    assert kinds(cooperative) == {Kind.ODD_HOURS: (1, 1_000)}


def test_cash_that_differed_is_told_with_what_was_missing(clock, cooperative, book):
    book(1, role="cash_diff", against="cash_main", amount=2_000)
    assert kinds(cooperative) == {Kind.CASH_DIFFERED: (1, 2_000)}


def test_what_goes_into_a_month_opened_again_is_told(clock, cooperative, book, actor):
    first = date(2026, 1, 1)
    for month in range(1, 11):
        close_month(cooperative=cooperative, month=first.replace(month=month), on=ON, actor=actor)
    reopen_month(cooperative=cooperative, reason="Lupa", actor=actor)
    book(1, on=date(2026, 10, 30), amount=900)
    assert kinds(cooperative)[Kind.REOPENED] == (1, 900)


def test_whoever_approves_what_he_made_is_told(clock, cooperative, actor):
    second = builders.user("kedua")
    for number, approver in ((1, actor), (2, second)):
        subject = f"HL/{number}"
        for action, who in (("cash.drawer_counted", actor), ("cash.drawer_confirmed", approver)):
            record(cooperative_id=cooperative.pk, actor=who, action=action, subject=subject)
    assert kinds(cooperative) == {Kind.OWN_APPROVAL: (1, 0)}
    (row,) = exceptions.exception_page(**asked(cooperative)).rows
    assert (row.paper, row.who, row.amount, row.position) == ("HL/1", str(actor), None, 0)


def test_pages_hold_every_row_once_and_a_filter_only_its_kind(clock, cooperative, book, actor):
    for number in range(1, 8):
        book(number, own=date(2026, 11, 1))
    clock(NIGHT)
    for number in range(8, 12):
        book(number)
    for number in range(12, 15):
        record(
            cooperative_id=cooperative.pk, actor=actor, action="quality.inspection_corrected",
            subject=f"TK/{number}",
        )  # fmt: skip
    found, after = [], None
    while True:
        page = exceptions.exception_page(size=3, after=after, **asked(cooperative))
        found += page.rows
        after = page.next
        if after is None:
            break
    assert len(found) == len({(one.kind, one.ref) for one in found}) == 14
    assert found == list(exceptions.every_exception(**asked(cooperative)))
    late = exceptions.exception_page(kind=Kind.LATE_CASH, **asked(cooperative)).rows
    assert {one.kind for one in late} == {Kind.LATE_CASH}
    assert len(late) == 7


def test_another_cooperative_shows_nothing_of_ours(clock, cooperative, book, actor):
    other = builders.cooperative(actor=actor)
    book(1, own=date(2026, 11, 1))
    assert kinds(other) == {}


def test_what_was_seen_is_noted_by_person(clock, cooperative, actor):
    second = builders.person_with_role(cooperative, Role.SUPERVISOR)
    mark_seen(cooperative=cooperative, actor=second)
    assert exceptions.seen_through(cooperative=cooperative, user_id=second.pk) == NOON
    assert exceptions.seen_through(cooperative=cooperative, user_id=actor.pk) is None
