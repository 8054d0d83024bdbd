"""What moved between two days by kind of entry: what the statements of equity and cash draw on.

A reversal counts with the kind of what it takes back, so that a mistake put right leaves no row.
Every sum is the database's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import TruncMonth

from canting.kernel.dates import last_of_month
from canting.ledger.models import AccountMonth, JournalEntry, JournalLine
from canting.ledger.rules import FIRST_OF_SURPLUS, YEAR_CLOSE, Side
from canting.ledger.selectors.refs import as_date, entry_id

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

FIRST_OF_COST = "5"
_BY_KIND_SQL = """
SELECT COALESCE(r.kind, e.kind) AS kind, l.account_id,
       SUM(CASE l.side WHEN 'K' THEN l.amount ELSE -l.amount END)
FROM ledger_journalline l
JOIN ledger_journalentry e ON e.id = l.entry_id
LEFT JOIN ledger_journalentry r ON r.id = e.reverses_id
WHERE l.cooperative_id = %s AND l.entry_date >= %s AND l.entry_date <= %s <more>
GROUP BY COALESCE(r.kind, e.kind), l.account_id
ORDER BY kind, l.account_id
"""
_WITH_CASH = """
AND l.entry_id IN (
    SELECT entry_id FROM ledger_journalline
    WHERE cooperative_id = %s AND account_id IN (<accounts>)
          AND entry_date >= %s AND entry_date <= %s
)
"""
_ON_ACCOUNTS = "AND l.account_id IN (<accounts>)"
_ENTRIES_SQL = """
SELECT l.entry_id, l.account_id, SUM(CASE l.side WHEN 'K' THEN l.amount ELSE -l.amount END)
FROM ledger_journalline l
JOIN ledger_journalentry e ON e.id = l.entry_id
LEFT JOIN ledger_journalentry r ON r.id = e.reverses_id
WHERE l.cooperative_id = %s AND l.entry_date >= %s AND l.entry_date <= %s
      AND COALESCE(r.kind, e.kind) NOT IN (<kinds>) <more>
GROUP BY l.entry_id, l.account_id
ORDER BY l.entry_id, l.account_id
"""


@dataclass(frozen=True, slots=True)
class KindSum:
    """What entries of one kind moved on one account: credits less debits, whole rupiah."""

    kind: str
    account_id: int
    net: int


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def _asked(sql: str, values: Sequence[Any]) -> list[tuple[object, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return [(first, account, int(net)) for first, account, net in cursor.fetchall()]


def sums_by_kind(
    *,
    cooperative: Cooperative,
    since: date,
    until: date,
    account_ids: Sequence[int] | None = None,
    beside: Sequence[int] | None = None,
) -> list[KindSum]:
    """What moved by kind and account: on all accounts or some, of all entries or those with cash.

    `beside` names accounts (of cash): then only entries that also touch one of them are summed.
    """
    adapt = connection.ops.adapt_datefield_value
    days = [adapt(since), adapt(until)]
    values: list[object] = [cooperative.pk, *days]
    more = ""
    if account_ids is not None:
        if not account_ids:
            return []
        more += _ON_ACCOUNTS.replace("<accounts>", _marks(len(account_ids)))
        values += account_ids
    if beside is not None:
        if not beside:
            return []
        more += _WITH_CASH.replace("<accounts>", _marks(len(beside)))
        values += [cooperative.pk, *beside, *days]
    rows = _asked(_BY_KIND_SQL.replace("<more>", more), values)
    return [KindSum(str(kind), account, net) for kind, account, net in rows if net]


def entry_sums(
    *,
    cooperative: Cooperative,
    since: date,
    until: date,
    beside: Sequence[int],
    without: Sequence[str],
) -> Iterator[list[tuple[int, int]]]:
    """Entry by entry what moved on each account, of entries that touch cash and are of other kinds.

    For the few entries whose kind does not say what the money was for (written by hand, taken
    over): rows of (account, credits less debits).
    """
    if not beside:
        return
    adapt = connection.ops.adapt_datefield_value
    days = [adapt(since), adapt(until)]
    sql = _ENTRIES_SQL.replace("<kinds>", _marks(len(without))).replace(
        "<more>", _WITH_CASH.replace("<accounts>", _marks(len(beside)))
    )
    values = [cooperative.pk, *days, *without, cooperative.pk, *beside, *days]
    last: object = None
    rows: list[tuple[int, int]] = []
    for entry, account, net in _asked(sql, values):
        if entry != last and rows:
            yield rows
            rows = []
        last = entry
        rows.append((account, net))
    if rows:
        yield rows


def month_results(
    *, cooperative: Cooperative, since: date, until: date
) -> list[tuple[date, int, int]]:
    """Revenue and cost of every month between two months' first days, from the kept sums.

    Rows of (month, revenue, cost), both above zero in a usual month. The closing of a year empties
    these accounts without being either, so its few lines are taken off again.
    """
    kept = AccountMonth.objects.filter(
        cooperative=cooperative, account__code__gte=FIRST_OF_SURPLUS,
        month__gte=since, month__lte=until,
    )  # fmt: skip
    is_revenue = Q(account__code__lt=FIRST_OF_COST)
    found = {
        month: (revenue or 0, cost or 0)
        for month, revenue, cost in kept.values_list("month")
        .annotate(
            revenue=Sum(F("credit") - F("debit"), filter=is_revenue),
            cost=Sum(F("debit") - F("credit"), filter=~is_revenue),
        )
        .order_by("month")
    }
    for month, revenue, cost in _closings(cooperative, since, until):
        before = found.get(month, (0, 0))
        found[month] = (before[0] - revenue, before[1] - cost)
    return [(month, *found[month]) for month in sorted(found)]


def closing_entries(cooperative: Cooperative, since: date, until: date) -> list[int]:
    """The closings of years and their reversals, from a month's first day to another month's end.

    A handful at most; as a subquery, a database that knows nothing of its tables yet asks it anew
    for every line.
    """
    found = JournalEntry.objects.filter(
        Q(kind=YEAR_CLOSE) | Q(reverses__kind=YEAR_CLOSE),
        cooperative=cooperative,
        entry_date__gte=since,
        entry_date__lte=last_of_month(until),
    )
    return list(found.values_list("id", flat=True))


def _closings(cooperative: Cooperative, since: date, until: date) -> list[tuple[date, int, int]]:
    """What closings of years (and their reversals) moved on revenue and cost, by month."""
    entries = closing_entries(cooperative, since, until)
    net = Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount"))
    is_revenue = Q(account__code__lt=FIRST_OF_COST)
    rows = (
        JournalLine.objects.filter(entry_id__in=entries, account__code__gte=FIRST_OF_SURPLUS)
        .annotate(month=TruncMonth("entry_date"))
        .values_list("month")
        .annotate(revenue=Sum(net, filter=is_revenue), cost=Sum(-net, filter=~is_revenue))
        .order_by("month")
    )
    return [(month, revenue or 0, cost or 0) for month, revenue, cost in rows]


def account_results(*, cooperative: Cooperative, since: date, until: date) -> dict[int, int]:
    """What each account of revenue and cost moved between two months' first days; two queries.

    By account, credits less debits, from the kept sums; the closing of a year is taken off again.
    """
    return {key[0]: net for key, net in _results(cooperative, since, until, "account_id").items()}


def account_month_results(
    *, cooperative: Cooperative, since: date, until: date
) -> dict[tuple[int, date], int]:
    """The same by account and month."""
    found = _results(cooperative, since, until, "account_id", "month")
    return {(account, month): net for (account, month), net in found.items()}


def _results(
    cooperative: Cooperative, since: date, until: date, *keys: str
) -> dict[tuple[Any, ...], int]:
    kept = AccountMonth.objects.filter(
        cooperative=cooperative, account__code__gte=FIRST_OF_SURPLUS,
        month__gte=since, month__lte=until,
    )  # fmt: skip
    closed = JournalLine.objects.filter(
        entry_id__in=closing_entries(cooperative, since, until),
        account__code__gte=FIRST_OF_SURPLUS,
    ).annotate(month=TruncMonth("entry_date"))
    moved = Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount")))
    found: dict[tuple[Any, ...], int] = {}
    for row in kept.values_list(*keys).annotate(net=Sum(F("credit") - F("debit"))).order_by(*keys):
        found[row[:-1]] = row[-1]
    for row in closed.values_list(*keys).annotate(net=moved).order_by(*keys):
        found[row[:-1]] = found.get(row[:-1], 0) - row[-1]
    return {key: net for key, net in found.items() if net}


@dataclass(frozen=True, slots=True)
class CashEntry:
    """One entry that moved money: where it stands in the journal, and its money; in above zero."""

    position: int
    day: date
    memo: str
    paper: str
    kind: str
    amount: int


_CASH_SQL = """
SELECT e.position, e.entry_date, e.memo, e.paper, COALESCE(r.kind, e.kind), c.amount
FROM (
    SELECT entry_id, SUM(CASE side WHEN 'D' THEN amount ELSE -amount END) AS amount
    FROM ledger_journalline
    WHERE cooperative_id = %s AND account_id IN (<accounts>)
          AND entry_date >= %s AND entry_date <= %s
    GROUP BY entry_id
) AS c
JOIN ledger_journalentry e ON e.id = c.entry_id
LEFT JOIN ledger_journalentry r ON r.id = e.reverses_id
WHERE c.amount <> 0 AND COALESCE(r.kind, e.kind) NOT IN (<kinds>) AND e.position < %s
ORDER BY e.position DESC LIMIT %s
"""


def cash_entries(
    *,
    cooperative: Cooperative,
    since: date,
    until: date,
    cash: Sequence[int],
    without: Sequence[str],
    before: int,
    most: int,
) -> list[CashEntry]:
    """Entries that moved money and are of none of these kinds, newest first, before a journal number."""
    if not cash or not without:
        return []
    adapt = connection.ops.adapt_datefield_value
    sql = _CASH_SQL.replace("<accounts>", _marks(len(cash))).replace(
        "<kinds>", _marks(len(without))
    )
    values = [cooperative.pk, *cash, adapt(since), adapt(until), *without, before, most]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    return [
        CashEntry(position, as_date(day), memo, paper, kind, int(amount))
        for position, day, memo, paper, kind, amount in rows
    ]


def account_sums(
    *, cooperative: Cooperative, positions: Sequence[int]
) -> dict[int, list[tuple[int, int]]]:
    """Of some entries, by journal number: each account with its credits less debits; one query."""
    keys = {entry_id(cooperative.pk, position): position for position in positions}
    net = Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount"))
    rows = (
        JournalLine.objects.filter(entry_id__in=list(keys))
        .values_list("entry_id", "account_id")
        .annotate(net=Sum(net))
        .order_by("entry_id", "account_id")
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for entry, account, amount in rows:
        found.setdefault(keys[entry], []).append((account, amount))
    return found
