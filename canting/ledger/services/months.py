"""Months closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives import selectors as house
from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import record
from canting.kernel.closing import checked, left_open
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors
from canting.ledger.errors import (
    MonthNotNext,
    MonthNotOver,
    MonthNotReady,
    NothingToReopen,
    NotPrepared,
    ReasonNeeded,
    SamePerson,
    YearIsClosed,
)
from canting.ledger.models import Book, FiscalPeriod

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

PAST = {"prepare": "prepared", "close": "closed", "reopen": "reopened"}


@transaction.atomic
def close_month(*, cooperative: Cooperative, month: date, on: date, actor: User) -> FiscalPeriod:
    """Close the next month: from then on no door books into it. Suspense must be empty.

    The bare act; people close by `prepare_close` and `sign_close`.
    """
    book = selectors.lock_book(cooperative=cooperative)
    month = first_of_month(month)
    _check_turn(book, month, on)
    return _close(book, month, actor, {})


@transaction.atomic
def reopen_month(*, cooperative: Cooperative, reason: str, actor: User) -> FiscalPeriod:
    """Open the last closed month again: a logged act of the board, with its reason."""
    if not reason.strip():
        raise ReasonNeeded()
    book = selectors.lock_book(cooperative=cooperative)
    if book.closed_through is None:
        raise NothingToReopen()
    month = first_of_month(book.closed_through)
    if selectors.year_is_closed(cooperative=cooperative, year=month.year):
        raise YearIsClosed(year=month.year, month=selectors.month_name(month))
    return open_month(book=book, reason=reason.strip(), actor=actor)


def open_month(*, book: Book, reason: str, actor: User) -> FiscalPeriod:
    """Open the last closed month of a locked book; the bare act behind `reopen_month`."""
    if book.closed_through is None:
        raise NothingToReopen()
    month = first_of_month(book.closed_through)
    before = selectors.day_before(month)
    book.closed_through = before if before >= book.opened_on else None
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "reopen", actor, reason[:200])


def close_again(*, cooperative: Cooperative, month: date, actor: User) -> FiscalPeriod:
    """Close a month that was opened within the same deed, with the reasons of its last closing."""
    book = selectors.lock_book(cooperative=cooperative)
    last = selectors.periods(cooperative=cooperative).filter(month=month, act="close").first()
    return _close(book, month, actor, last.passed if last else {})


@transaction.atomic
def prepare_close(
    *,
    cooperative: Cooperative,
    month: date,
    on: date,
    actor: User,
    passed: Mapping[str, str] | None = None,
) -> FiscalPeriod:
    """Say that the next month is ready to be closed, after every check; it stays open.

    `passed` holds a written reason for each open check that may be passed over, by its key.
    """
    book = selectors.lock_book(cooperative=cooperative)
    month = first_of_month(month)
    _check_turn(book, month, on)
    kept = _check_ready(cooperative, month, passed or {})
    return _note_period(book, month, "prepare", actor, "", kept)


@transaction.atomic
def sign_close(
    *,
    cooperative: Cooperative,
    month: date,
    on: date,
    actor: User,
    passed: Mapping[str, str] | None = None,
) -> FiscalPeriod:
    """Close the next month as the second person: prepared by another, and every check again.

    The reasons written at the preparing hold; what is open without one holds the closing up.
    """
    book = selectors.lock_book(cooperative=cooperative)
    month = first_of_month(month)
    _check_turn(book, month, on)
    prepared = selectors.last_act(cooperative=cooperative, month=month)
    if prepared is not None and prepared.act != "prepare":
        prepared = None
    if parameter(cooperative=cooperative, name="ledger.close_by_two", on=on):
        if prepared is None:
            raise NotPrepared(month=selectors.month_name(month))
        if prepared.actor_id == actor.pk:
            raise SamePerson(month=selectors.month_name(month), name=str(actor))
    reasons = {**(prepared.passed if prepared else {}), **(passed or {})}
    kept = _check_ready(cooperative, month, reasons)
    return _close(book, month, actor, kept)


def _check_turn(book: Book, month: date, on: date) -> None:
    expected = selectors.next_month_to_close(book=book)
    if month != expected:
        raise MonthNotNext(next=selectors.month_name(expected), month=selectors.month_name(month))
    if on <= last_of_month(month):
        raise MonthNotOver(
            month=selectors.month_name(month), **{"from": selectors.day(next_month(month))}
        )


def _check_ready(
    cooperative: Cooperative, month: date, passed: Mapping[str, str]
) -> dict[str, str]:
    """The reasons that were needed; MonthNotReady names what still holds the closing up."""
    reasons = {key: reason.strip()[:200] for key, reason in passed.items()}
    with house.series_read_once(cooperative=cooperative):
        found = checked(cooperative=cooperative, month=month)
    if open_ := left_open(found, reasons):
        raise MonthNotReady(month=selectors.month_name(month), what=" ".join(open_[:3]))
    return {one.topic.key: reasons[one.topic.key] for one in found if not one.is_fine}


def _close(book: Book, month: date, actor: User, passed: Mapping[str, str]) -> FiscalPeriod:
    end = last_of_month(month)
    if left := selectors.balance(cooperative=book.cooperative, role="suspense", as_of=end):
        raise MonthNotReady(month=selectors.month_name(month), what=selectors.suspense_left(left))
    book.closed_through = end
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "close", actor, "", passed)


def _note_period(
    book: Book,
    month: date,
    act: str,
    actor: User,
    reason: str,
    passed: Mapping[str, str] | None = None,
) -> FiscalPeriod:
    now = timezone.now()
    period = FiscalPeriod.objects.create(
        cooperative_id=book.cooperative_id,
        month=month,
        act=act,
        made_at=now,
        actor=actor,
        reason=reason,
        checkpoint=book.digest,
        position=book.position,
        passed=dict(passed or {}),
    )
    record(
        cooperative_id=book.cooperative_id,
        actor=actor,
        action=f"ledger.month_{PAST[act]}",
        subject=month.isoformat(),
        facts=selectors.act_facts(period),
    )
    return period
