"""Reads of what comes again and again: what is due, what comes next, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from canting.kernel.expected import Expected
from canting.treasury.models import Recurring, RecurringDue
from canting.treasury.rules import PAID, Rhythm, due_days, next_due

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class DueNow:
    """One due day of a recurring entry that is not met yet."""

    recurring: Recurring
    due: date

    @property
    def key(self) -> str:
        """What names it in a form."""
        return f"{self.recurring.pk}|{self.due.isoformat()}"


@dataclass(frozen=True, slots=True)
class Coming:
    """A recurring entry and the next day on which it is due; none when it rests or is over."""

    recurring: Recurring
    next_day: date | None


def rhythm_of(one: Recurring) -> Rhythm:
    """When a recurring entry is due, until it was ended."""
    last = min((day for day in (one.until, one.ended_on) if day), default=None)
    return Rhythm(one.first, one.every, one.day, last, one.times)


def recurrings(*, cooperative: Cooperative) -> QuerySet[Recurring]:
    """Every recurring entry, by name."""
    found = Recurring.objects.filter(cooperative=cooperative)
    return found.select_related("account", "cooperative").order_by("name", "id")


def recurring(*, cooperative: Cooperative, pk: int) -> Recurring | None:
    """One recurring entry."""
    found = recurrings(cooperative=cooperative).filter(pk=pk)
    return found.select_related("account", "made_by", "cooperative").first()


def standing_paper(met: RecurringDue) -> Any:
    """The paper that meets a due day: the one written, or what replaced it; None when cancelled."""
    paper: Any = met.paper or met.accrual
    while paper is not None and paper.state == "reversed":
        paper = paper.successor
    return paper


def is_met(met: RecurringDue) -> bool:
    """True when a due day was passed over, or has a paper that stands."""
    return bool(met.passed) or standing_paper(met) is not None


def dues_of(found: Iterable[Recurring]) -> QuerySet[RecurringDue]:
    """The days that were met, of some recurring entries."""
    rows = RecurringDue.objects.filter(recurring__in=list(found))
    return rows.select_related(
        "paper", "paper__successor", "accrual", "accrual__successor", "made_by"
    ).order_by("-due")


def due_until(*, cooperative: Cooperative, until: date) -> list[DueNow]:
    """What is due up to a day and not met, oldest first; what rests is left out. Two queries."""
    return _due(list(recurrings(cooperative=cooperative).filter(paused_on__isnull=True)), until)


def due_of(one: Recurring, until: date) -> list[DueNow]:
    """The days of one entry that are due up to a day and not met, oldest first."""
    return _due([one], until)


def _due(running: list[Recurring], until: date) -> list[DueNow]:
    if not running:
        return []
    met = {(one.recurring_id, one.due) for one in dues_of(running) if is_met(one)}
    found = [
        DueNow(one, day)
        for one in running
        for day in due_days(rhythm_of(one), until)
        if (one.pk, day) not in met
    ]
    return sorted(found, key=lambda each: (each.due, each.recurring.name, each.recurring.pk))


def coming(*, cooperative: Cooperative, on: date) -> list[Coming]:
    """Every recurring entry with its next due day after today."""
    return [
        Coming(one, None if one.paused_on else next_due(rhythm_of(one), on))
        for one in recurrings(cooperative=cooperative)
    ]


def last_amount(one: Recurring) -> int | None:
    """What was booked the last time, to propose it again; None the first time."""
    for met in dues_of([one])[:6]:
        if paper := standing_paper(met):
            return int(paper.amount)
    return None


def expected_cash(*, cooperative: Cooperative, on: date, until: date) -> list[Expected]:
    """What recurring payments of a fixed amount take out of cash until a day."""
    return [
        Expected(max(one.due, on), goes_out=one.recurring.amount or 0)
        for one in due_until(cooperative=cooperative, until=until)
        if one.recurring.way == PAID
    ]
