"""A year closed: its result goes to equity, the next year opens, its files are frozen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import record
from canting.ledger import selectors
from canting.ledger.errors import (
    LaterMonthsClosed,
    ReasonNeeded,
    SamePersonOfYear,
    SurplusIsShared,
    YearNotClosed,
    YearNotPrepared,
    YearNotReady,
)
from canting.ledger.models import YearAct
from canting.ledger.rules import Draft, credit, debit, signed
from canting.ledger.services.freezing import freeze
from canting.ledger.services.months import (
    close_again,
    open_month,
    prepare_close,
    sign_close,
)
from canting.ledger.services.posting import post_entry, reverse_entry

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import Book

PAST = {"prepare": "prepared", "close": "closed", "reopen": "reopened"}


@transaction.atomic
def prepare_year(
    *,
    cooperative: Cooperative,
    year: int,
    on: date,
    actor: User,
    passed: Mapping[str, str] | None = None,
) -> YearAct:
    """Say that a year is ready to be closed: its months are, or December passes every check."""
    book = selectors.lock_book(cooperative=cooperative)
    _check_turn(book, year, on)
    december = date(year, 12, 1)
    if selectors.next_month_to_close(book=book) == december:
        prepare_close(cooperative=cooperative, month=december, on=on, actor=actor, passed=passed)
    surplus = selectors.result_until(cooperative=cooperative, until=date(year, 12, 31))
    return _note(book, year, "prepare", actor, surplus=surplus)


@transaction.atomic
def close_year(*, cooperative: Cooperative, year: int, on: date, actor: User) -> YearAct:
    """Close a year as the second person; one that is closed is answered with its closing.

    Posts `year_close` (posting.md 2.8): on the last day every account of revenue and cost against
    the surplus of the year, on the first of January that surplus to the past years', unshared.
    """
    book = selectors.lock_book(cooperative=cooperative)
    last = selectors.last_year_act(cooperative=cooperative, year=year)
    if last is not None and last.act == "close":
        return last
    _check_turn(book, year, on)
    if parameter(cooperative=cooperative, name="ledger.close_by_two", on=on):
        if last is None or last.act != "prepare":
            raise YearNotPrepared(year=year)
        if last.actor_id == actor.pk:
            raise SamePersonOfYear(year=year, name=str(actor))
    surplus = _close_books(cooperative, book, year, on, actor)
    act = _note(selectors.lock_book(cooperative=cooperative), year, "close", actor, surplus=surplus)
    freeze(cooperative=cooperative, act=act, actor=actor)
    return act


@transaction.atomic
def reopen_year(*, cooperative: Cooperative, year: int, reason: str, actor: User) -> YearAct:
    """Open a closed year and its December again: a logged act of the board, with its reason.

    Its entries are reversed; the frozen files of that closing stay as they were.
    """
    if not reason.strip():
        raise ReasonNeeded()
    book = selectors.lock_book(cooperative=cooperative)
    if not selectors.year_is_closed(cooperative=cooperative, year=year):
        raise YearNotClosed(year=year)
    end, first = date(year, 12, 31), date(year + 1, 1, 1)
    if book.closed_through and book.closed_through > end:
        raise LaterMonthsClosed(year=year, month=selectors.month_name(book.closed_through))
    closing = selectors.year_entries(cooperative=cooperative, year=year)
    surplus = selectors.result_of_closing(cooperative=cooperative, year=year)
    left = selectors.balance(cooperative=cooperative, role="shu_previous")
    if left < surplus or selectors.was_decided(cooperative=cooperative, year=year):
        raise SurplusIsShared(year=year)
    open_month(book=book, reason=reason.strip(), actor=actor)
    for entry in closing:
        day = first if entry.entry_date == first else end
        reverse_entry(entry=entry, on=day, reason=reason, actor=actor)
    book = selectors.lock_book(cooperative=cooperative)
    return _note(book, year, "reopen", actor, reason=reason.strip()[:200], surplus=surplus)


def _check_turn(book: Book, year: int, on: date) -> None:
    cooperative, december = book.cooperative, date(year, 12, 1)
    if on.year <= year:
        raise YearNotReady(year=year, what=_("It is not over."))
    expected = selectors.next_year_to_close(cooperative=cooperative, book=book)
    if year != expected:
        raise YearNotReady(
            year=year, what=_("The next one in turn is %(year)s.") % {"year": expected}
        )
    month = selectors.next_month_to_close(book=book)
    if month < december:
        text = _("Close its months first; the next one is %(month)s.")
        raise YearNotReady(year=year, what=text % {"month": selectors.month_name(month)})
    if month > date(year + 1, 1, 1):
        raise LaterMonthsClosed(year=year, month=selectors.month_name(selectors.day_before(month)))


def _close_books(cooperative: Cooperative, book: Book, year: int, on: date, actor: User) -> int:
    """Both entries and December closed around the first; the surplus, below zero for a loss."""
    december, end = date(year, 12, 1), date(year, 12, 31)
    was_closed = book.closed_through == end
    if was_closed:
        reason = _("Closing of the year %(year)s") % {"year": year}
        open_month(book=book, reason=reason, actor=actor)
    surplus = selectors.result_until(cooperative=cooperative, until=end)
    turn = selectors.closings_of(cooperative=cooperative, year=year) + 1
    _post_result(cooperative, year, turn, surplus, actor)
    if was_closed:
        close_again(cooperative=cooperative, month=december, actor=actor)
    else:
        sign_close(cooperative=cooperative, month=december, on=on, actor=actor)
    if surplus:
        moved = [signed("shu_current", surplus), signed("shu_previous", -surplus)]
        draft = Draft(
            source=selectors.year_source(year, turn, opening=True),
            entry_date=date(year + 1, 1, 1),
            kind="year_close",
            memo=_("Surplus of %(year)s to past years, not yet shared") % {"year": year},
            lines=moved,
        )
        post_entry(cooperative=cooperative, draft=draft, actor=actor)
    return surplus


def _post_result(cooperative: Cooperative, year: int, turn: int, surplus: int, actor: User) -> None:
    end = date(year, 12, 31)
    rows = selectors.result_rows(cooperative=cooperative, until=end)
    lines = [
        credit(row.code, row.net) if row.net > 0 else debit(row.code, -row.net) for row in rows
    ]
    if surplus:
        lines.append(signed("shu_current", -surplus))
    if not lines:
        return
    draft = Draft(
        source=selectors.year_source(year, turn, opening=False),
        entry_date=end,
        kind="year_close",
        memo=_("Closing of the year %(year)s") % {"year": year},
        lines=lines,
    )
    post_entry(cooperative=cooperative, draft=draft, actor=actor)


def _note(
    book: Book, year: int, act: str, actor: User, *, reason: str = "", surplus: int = 0
) -> YearAct:
    made = YearAct.objects.create(
        cooperative_id=book.cooperative_id,
        year=year,
        act=act,
        made_at=timezone.now(),
        actor=actor,
        reason=reason,
        surplus=surplus,
        checkpoint=book.digest,
        position=book.position,
    )
    record(
        cooperative_id=book.cooperative_id,
        actor=actor,
        action=f"ledger.year_{PAST[act]}",
        subject=str(year),
        facts=selectors.act_facts(made),
    )
    return made
