"""Counting the drawer: two people, and what is short or over is booked."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash import selectors
from canting.cash.closing import drawers_are_counted
from canting.cash.errors import BadAmount, CountIsOver, CountNeedsTwo, NotADrawer
from canting.cash.services import confirm_count, count_drawer, undo_count
from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.services import close_month
from tests import builders
from tests.cash.conftest import MAY_2
from tests.cash.test_receipts_and_payments import pay, worked


@pytest.fixture
def second(funded):
    return builders.person_with_role(funded, Role.MANAGER)


def count(cooperative, actor, counted=995_000, place="cash_till"):
    return count_drawer(
        cooperative=cooperative, place=place, counted=counted, on=MAY_2, actor=actor
    )


def test_a_short_drawer_is_booked_as_in_the_worked_year(funded, actor, second, balance, broken):
    made = count(funded, actor)
    assert balance("cash_till") == 1_000_000
    confirm_count(count=made, actor=second)
    entry = ledger.entry_by_source(cooperative=funded, source=f"cash.count:{made.number}")
    assert entry is not None
    found = [(r.account, str(r.side), r.amount, "") for r in ledger.lines_of(entry=entry)]
    assert (entry.kind, found) == worked("E064")
    assert balance("cash_till") == 995_000
    assert broken() == []


def test_a_drawer_over_is_booked_the_other_way(funded, actor, second, balance):
    confirm_count(count=count(funded, actor, 1_002_000), actor=second)
    assert balance("cash_till") == 1_002_000
    assert balance("cash_diff") == -2_000


def test_a_drawer_that_fits_books_nothing_but_is_counted(funded, actor, second, broken):
    before = ledger.book(cooperative=funded).position
    made = confirm_count(count=count(funded, actor, 1_000_000), actor=second)
    assert ledger.book(cooperative=funded).position == before
    assert selectors.counted_since(cooperative=funded, place="cash_till", day=MAY_2)
    assert made.number == "HL/2026/05/0001"
    assert broken() == []


def test_one_alone_cannot_confirm_and_nobody_twice(funded, actor, second, balance):
    made = count(funded, actor)
    with pytest.raises(CountNeedsTwo), transaction.atomic():
        confirm_count(count=made, actor=actor)
    assert balance("cash_till") == 1_000_000
    for _again in range(2):
        confirm_count(count=made, actor=second)
    assert balance("cash_till") == 995_000
    third = builders.person_with_role(funded, Role.BOARD)
    with pytest.raises(CountIsOver), transaction.atomic():
        confirm_count(count=made, actor=third)


def test_a_newer_count_replaces_one_nobody_confirmed(funded, actor, second):
    old, new = count(funded, actor), count(funded, actor, 998_000)
    with pytest.raises(CountIsOver), transaction.atomic():
        confirm_count(count=old, actor=second)
    confirm_count(count=new, actor=second)


def test_only_drawers_are_counted_and_never_less_than_nothing(funded, actor):
    with pytest.raises(NotADrawer), transaction.atomic():
        count(funded, actor, place="bank")
    with pytest.raises(BadAmount), transaction.atomic():
        count(funded, actor, -1)
    assert not selectors.counts(cooperative=funded).exists()


def test_a_wrong_count_is_undone_with_a_reason(funded, actor, second, balance, broken):
    made = confirm_count(count=count(funded, actor), actor=second)
    undo_count(count=made, reason="Uang di laci kedua", on=MAY_2, actor=actor)
    assert balance("cash_till") == 1_000_000
    assert not selectors.counted_since(cooperative=funded, place="cash_till", day=MAY_2)
    with pytest.raises(CountIsOver), transaction.atomic():
        undo_count(count=made, reason="Lagi", on=MAY_2, actor=actor)
    assert broken() == []


def test_a_month_waits_until_its_drawers_are_counted(funded, actor, second):
    def waiting():
        return list(drawers_are_counted(funded, date(2026, 5, 1)))

    pay(funded, actor, place="cash_till")
    unmoved, moved = waiting()  # the office holds money, the till gave some out
    assert "Rp1.000.000" in unmoved
    assert "Rp850.000" in moved
    confirm_count(count=count(funded, actor, 850_000), actor=second)
    assert waiting() == [unmoved]
    confirm_count(count=count(funded, actor, place="cash_main"), actor=second)
    assert waiting() == []
    pay(funded, actor, place="cash_till", on=date(2026, 5, 31))
    assert len(waiting()) == 1


def test_a_count_that_waited_until_its_month_was_closed_books_nothing(
    funded, actor, second, balance
):
    made = count(funded, actor)
    for month in range(1, 6):
        close_month(
            cooperative=funded, month=date(2026, month, 1), on=date(2026, 6, 1), actor=actor
        )
    with pytest.raises(PeriodClosed, match="31 Mei 2026"), transaction.atomic():
        confirm_count(count=made, actor=second)
    kept = selectors.count(cooperative=funded, number=made.number)
    assert kept is not None
    assert kept.state == "waiting"
    assert balance("cash_till") == 1_000_000
