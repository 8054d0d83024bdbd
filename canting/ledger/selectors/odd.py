"""Entries out of the ordinary: taken back, late, dated back, at odd hours, into months opened again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import ExtractHour, TruncDate, TruncMonth

from canting.kernel.database import DaysBetween
from canting.ledger.models import FiscalPeriod, JournalEntry, JournalLine
from canting.ledger.rules import YEAR_CLOSE, Side
from canting.ledger.selectors.watch import OPENING

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Entries = QuerySet[JournalEntry]


def written(*, cooperative: Cooperative, since: datetime, until: datetime) -> Entries:
    """Entries written from one moment to before another, each with the `day` of its writing."""
    found = JournalEntry.objects.filter(
        cooperative=cooperative, posted_at__gte=since, posted_at__lt=until
    )
    return found.annotate(day=TruncDate("posted_at", tzinfo=ZoneInfo(cooperative.zone)))


def with_total(found: Entries) -> Entries:
    """The same with `total`: all debits of the entry, whole rupiah."""
    lines = JournalLine.objects.filter(entry=OuterRef("pk"), side=Side.DEBIT).values("entry")
    return found.annotate(total=Subquery(lines.annotate(sum=Sum("amount")).values("sum")))


def with_line_total(found: Entries, *, role: str) -> Entries:
    """Those that moved the account of a role, with `total`; the closing of a year is no movement."""
    lines = JournalLine.objects.filter(entry=OuterRef("pk"), account__role=role).values("entry")
    moved = Subquery(lines.annotate(sum=Sum("amount")).values("sum"))
    others = found.exclude(
        Q(kind=YEAR_CLOSE) | Q(reverses__kind=YEAR_CLOSE, reverses__isnull=False)
    )
    return others.annotate(total=moved).filter(total__isnull=False)


def taken_back(found: Entries) -> Entries:
    """Those that reverse another."""
    return found.filter(reverses__isnull=False)


def cash_came_late(found: Entries, *, days: int) -> Entries:
    """Cash or bank money written down more than so many days after the date of its own paper."""
    cash = JournalLine.objects.filter(
        entry=OuterRef("pk"), side=Side.DEBIT, account__statement="cash"
    )
    late = _everyday(found).annotate(late=DaysBetween(F("day"), F("own_date")))
    return late.filter(Exists(cash), late__gt=days)


def dated_back(found: Entries, *, days: int) -> Entries:
    """Those dated more than so many days before they were written; openings and closings are."""
    return (
        _everyday(found).annotate(back=DaysBetween(F("day"), F("entry_date"))).filter(back__gt=days)
    )


def at_odd_hours(found: Entries, *, zone: str, begins: int, ends: int) -> Entries:
    """Those written before one hour of the cooperative's day or from another on."""
    hours = found.annotate(hour=ExtractHour("posted_at", tzinfo=ZoneInfo(zone)))
    return hours.filter(Q(hour__lt=begins) | Q(hour__gte=ends))


def into_reopened(found: Entries) -> Entries:
    """Those in a month that was closed and opened again before they were written."""
    reopened = FiscalPeriod.objects.filter(
        cooperative=OuterRef("cooperative"),
        act="reopen",
        month=OuterRef("month"),
        position__lt=OuterRef("position"),
    )
    return found.annotate(month=TruncMonth("entry_date")).filter(Exists(reopened))


def _everyday(found: Entries) -> Entries:
    """Without openings, closings of years and what takes others back: their day is chosen by rule."""
    return found.filter(reverses__isnull=True).exclude(kind__in=[OPENING, YEAR_CLOSE])


def dated(*, cooperative: Cooperative, since: object, until: object) -> Entries:
    """Everyday entries dated between two days, without those that take others back."""
    found = JournalEntry.objects.filter(
        cooperative=cooperative, entry_date__gte=since, entry_date__lte=until
    )
    return _everyday(found)


def cash_moved(found: Entries, *, came_in: bool) -> Entries:
    """Those by which cash or bank money came in (or went out) on the whole, with `total`."""
    lines = JournalLine.objects.filter(entry=OuterRef("pk"), account__statement="cash")

    def moved(side: Side) -> Subquery:
        sums = lines.filter(side=side).values("entry").annotate(sum=Sum("amount"))
        return Subquery(sums.values("sum"))

    into, other = (Side.DEBIT, Side.CREDIT) if came_in else (Side.CREDIT, Side.DEBIT)
    both = found.annotate(total=moved(into), against=moved(other))
    return both.filter(Q(against__isnull=True) | Q(total__gt=F("against")), total__isnull=False)
