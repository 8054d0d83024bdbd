"""Reads for those who watch over the books: what was put right, what came late, how money moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from canting.kernel.dates import first_of_month
from canting.ledger.models import AccountMonth, JournalEntry, JournalLine
from canting.ledger.rules import Side
from canting.ledger.selectors.chart import account_ids
from canting.ledger.selectors.flows import closing_entries
from canting.ledger.selectors.refs import as_date

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

OPENING = "opening"
_CASH_SQL = """
SELECT entry_date, SUM(CASE WHEN net > 0 THEN net ELSE 0 END),
       SUM(CASE WHEN net < 0 THEN -net ELSE 0 END)
FROM (
    SELECT l.entry_id, l.entry_date,
           SUM(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) AS net
    FROM ledger_journalline AS l
    JOIN ledger_account AS a ON a.id = l.account_id
    JOIN ledger_journalentry AS e ON e.id = l.entry_id
    LEFT JOIN ledger_journalentry AS r ON r.id = e.reverses_id
    WHERE l.cooperative_id = %(coop)s AND l.entry_date >= %(since)s AND l.entry_date <= %(until)s
      AND a.cooperative_id = %(coop)s AND a.statement = 'cash'
      AND e.kind <> %(opening)s AND COALESCE(r.kind, '') <> %(opening)s
    GROUP BY l.entry_id, l.entry_date
) AS moved GROUP BY entry_date ORDER BY entry_date
"""


@dataclass(frozen=True, slots=True)
class CashDay:
    """Cash and bank together on one day, whole rupiah; what only changed drawers is in neither."""

    day: date
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class MonthMove:
    """Debits and credits of one account in one month, whole rupiah."""

    role: str
    month: date
    debit: int
    credit: int


def cash_days(*, cooperative: Cooperative, since: date, until: date) -> list[CashDay]:
    """Money in and out of all cash places per day, days without any left out; one query.

    What was there at the opening did not come in.
    """
    adapt = connection.ops.adapt_datefield_value
    values = {
        "coop": cooperative.pk,
        "since": adapt(since),
        "until": adapt(until),
        "opening": OPENING,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CASH_SQL, values)
        rows = cursor.fetchall()
    return [CashDay(as_date(day), int(came), int(went)) for day, came, went in rows]


def month_moves(
    *, cooperative: Cooperative, roles: Sequence[str], since: date, until: date
) -> list[MonthMove]:
    """What moved on some accounts, month by month, oldest first; the opening is not a movement."""
    rows = (
        AccountMonth.objects.filter(
            cooperative=cooperative,
            account__role__in=list(roles),
            month__gte=first_of_month(since),
            month__lte=first_of_month(until),
        )
        .order_by("month", "account__code")
        .values_list("account__role", "month", "debit", "credit")
    )
    opened = _opened(cooperative, since)
    found = []
    for role, month, debit, credit in rows:
        first = month == first_of_month(cooperative.cutover_date)
        sums = opened.get(role, {}) if first else {}
        move = MonthMove(
            role, month, debit - sums.get(Side.DEBIT, 0), credit - sums.get(Side.CREDIT, 0)
        )
        if move.debit or move.credit:
            found.append(move)
    return found


def _opened(cooperative: Cooperative, since: date) -> dict[str, dict[str, int]]:
    """What the opening (and its corrections) put on each account, when it lies in the time."""
    if cooperative.cutover_date < first_of_month(since):
        return {}
    rows = (
        JournalLine.objects.filter(
            Q(entry__kind=OPENING) | Q(entry__reverses__kind=OPENING),
            cooperative=cooperative,
            entry_date=cooperative.cutover_date,
        )
        .values_list("account__role", "side")
        .annotate(total=Sum("amount"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for role, side, total in rows:
        found[role][side] = total
    return found


def reversals(*, cooperative: Cooperative, since: date) -> QuerySet[JournalEntry]:
    """Entries that took another one back from a day on, newest first, with both and the actor."""
    return (
        JournalEntry.objects.filter(
            cooperative=cooperative, entry_date__gte=since, reverses__isnull=False
        )
        .select_related("reverses", "actor")
        .order_by("-position")
    )


def late_papers(*, cooperative: Cooperative, since: date) -> QuerySet[JournalEntry]:
    """Entries booked in a later month than their paper's own date says, newest first."""
    return (
        JournalEntry.objects.filter(
            cooperative=cooperative, entry_date__gte=since, own_date__lt=F("entry_date")
        )
        .annotate(booked=TruncMonth("entry_date"))
        .filter(own_date__lt=F("booked"))
        .select_related("actor")
        .order_by("-position")
    )


def lines_on(*, cooperative: Cooperative, role: str, since: date) -> QuerySet[JournalLine]:
    """Lines on the account of a role from a day on, newest first, with their entry and its actor."""
    return (
        JournalLine.objects.filter(
            cooperative=cooperative,
            account_id__in=account_ids(cooperative=cooperative, roles=[role]),
            entry_date__gte=since,
        )
        .select_related("entry__actor")
        .order_by("-entry_id")
    )


def papers_like(*, cooperative: Cooperative, number: str, most: int) -> QuerySet[JournalEntry]:
    """The newest entries whose paper's number begins with this, such as KW/2026/11."""
    found = JournalEntry.objects.filter(cooperative=cooperative, paper__startswith=number)
    return found.order_by("-position")[:most]


def revenue_by_month(
    *, cooperative: Cooperative, roles: Sequence[str], since: date, until: date
) -> dict[tuple[str, date], int]:
    """Credits less debits of revenue accounts by role and month, whole rupiah; two queries.

    The closing of a year empties these accounts without being a sale, so it is left out.
    """
    closings = closing_entries(cooperative, since, until)
    rows = (
        JournalLine.objects.filter(
            cooperative=cooperative,
            account__role__in=list(roles),
            entry_date__gte=since,
            entry_date__lte=until,
        )
        .exclude(entry_id__in=closings)
        .annotate(month=TruncMonth("entry_date"))
        .values_list("account__role", "month")
        .annotate(net=Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount"))))
        .order_by()
    )
    return {(role, month): int(net) for role, month, net in rows}
