"""Months closed and opened again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors
from canting.ledger.errors import (
    MonthNotNext,
    MonthNotOver,
    MonthNotReady,
    NothingToReopen,
    ReasonNeeded,
)
from canting.ledger.models import Book, FiscalPeriod

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def close_month(*, cooperative: Cooperative, month: date, on: date, actor: User) -> FiscalPeriod:
    """Close the next month: from then on no door books into it. Suspense must be empty."""
    book = selectors.lock_book(cooperative=cooperative)
    month = first_of_month(month)
    expected = selectors.next_month_to_close(book=book)
    if month != expected:
        raise MonthNotNext(next=selectors.month_name(expected), month=selectors.month_name(month))
    end = last_of_month(month)
    if on <= end:
        raise MonthNotOver(
            month=selectors.month_name(month), **{"from": selectors.day(next_month(month))}
        )
    if left := selectors.balance(cooperative=cooperative, role="suspense", as_of=end):
        raise MonthNotReady(month=selectors.month_name(month), what=selectors.suspense_left(left))
    book.closed_through = end
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "close", actor, "")


@transaction.atomic
def reopen_month(*, cooperative: Cooperative, reason: str, actor: User) -> FiscalPeriod:
    """Open the last closed month again: a logged act of the board, with its reason."""
    if not reason.strip():
        raise ReasonNeeded()
    book = selectors.lock_book(cooperative=cooperative)
    if book.closed_through is None:
        raise NothingToReopen()
    month = first_of_month(book.closed_through)
    before = selectors.day_before(month)
    book.closed_through = before if before >= book.opened_on else None
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "reopen", actor, reason.strip())


def _note_period(book: Book, month: date, act: str, actor: User, reason: str) -> FiscalPeriod:
    period = FiscalPeriod.objects.create(
        cooperative_id=book.cooperative_id,
        month=month,
        act=act,
        made_at=timezone.now(),
        actor=actor,
        reason=reason,
        checkpoint=book.digest,
        position=book.position,
    )
    record(
        cooperative_id=book.cooperative_id,
        actor=actor,
        action=f"ledger.month_{act}d" if act == "close" else "ledger.month_reopened",
        subject=month.isoformat(),
        facts={"reason": reason, "checkpoint": book.digest},
    )
    return period
