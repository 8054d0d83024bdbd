"""Betulkan: a slip is reversed, and written again from the same cloth and work."""

from datetime import date

import pytest
from django.db import transaction

from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.services import close_month, reverse_entry
from canting.settlement import selectors
from canting.settlement.errors import ReasonNeeded, SlipReversed
from canting.settlement.invariants import INVARIANTS
from canting.settlement.models import Slip
from canting.settlement.services import Choice, correct_slip, pay_makers

ON = date(2026, 11, 20)


@pytest.fixture
def slip(books):
    books.wages("M1", 1_000_000, date(2026, 11, 18))
    books.damage("M1", 40_000, date(2026, 11, 18))
    slips = pay_makers(
        cooperative=books.cooperative,
        choices=[Choice(books.person("M1").pk)],
        cash_place="cash_main",
        on=ON,
        actor=books.actor,
    )
    return slips[0]


def correct(books, slip, **facts):
    given = {"reason": "Hari kerja salah", "on": date(2026, 11, 21), "actor": books.actor} | facts
    return correct_slip(slip=slip, **given)


def test_a_slip_written_again_takes_the_same_lines_with_other_days(books, slip):
    assert (slip.deducted, slip.paid) == (45_000, 955_000)
    books.wages("M1", 70_000, date(2026, 11, 19))
    again = correct(books, slip, days="5", cash_place="bank")
    slip.refresh_from_db()
    assert (again.earned, again.deducted, again.paid) == (1_000_000, 40_000, 960_000)
    assert again.replaces == slip
    assert slip.reversal_reason == "Hari kerja salah"
    assert books.balance("cash_main") == 30_000_000
    assert books.balance("bank") == 30_000_000 - 960_000
    assert books.balance("pph21_payable") == 0
    assert books.owes("M1", "wages_payable") == 70_000
    assert selectors.year_to(again).paid == 960_000
    books.hold()


def test_a_slip_that_is_only_cancelled_lets_the_pay_wait_again(books, slip):
    assert correct(books, slip, again=False) is None
    assert books.balance("cash_main") == 30_000_000
    assert books.owes("M1", "recv_damage") == 40_000
    plan = selectors.plans(cooperative=books.cooperative, on=date(2026, 11, 22))[0]
    assert plan.paid == 955_000
    books.hold()


def test_a_slip_is_put_right_once_and_not_without_reason(books, slip):
    with pytest.raises(ReasonNeeded), transaction.atomic():
        correct(books, slip, reason="  ")
    again = correct(books, slip)
    with pytest.raises(SlipReversed, match=again.number), transaction.atomic():
        correct(books, slip)
    assert Slip.objects.count() == 2
    assert correct(books, again, again=False) is None
    books.hold()


def test_a_closed_month_leaves_the_slip_as_it_is(books, slip):
    for month in range(1, 12):
        close_month(
            cooperative=books.cooperative,
            month=date(2026, month, 1),
            on=date(2026, 12, 1),
            actor=books.actor,
        )
    with pytest.raises(PeriodClosed), transaction.atomic():
        correct(books, slip)
    slip.refresh_from_db()
    assert slip.reversed_at is None
    books.hold()
    assert correct(books, slip, on=date(2026, 12, 1)).paid == 955_000
    books.hold()


def test_an_entry_reversed_behind_the_slips_back_is_found(books, slip):
    entry = ledger.entry_by_source(
        cooperative=books.cooperative, source=f"settlement.slip:{slip.number}"
    )
    assert entry is not None
    reverse_entry(entry=entry, on=ON, reason="Jalan lain", actor=books.actor)
    found = {
        invariant.name: list(invariant.breaches(books.cooperative)) for invariant in INVARIANTS
    }
    assert found["settlement.slips_are_booked"]
    assert found["settlement.pay_is_whole"]
