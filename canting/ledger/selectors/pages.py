"""The lines of accounts page by page, with a running balance that never reads the whole account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db import connection
from django.db.models import Case, Count, F, Max, Min, QuerySet, Sum, When

from canting.kernel.database import hot_cursor
from canting.kernel.pagination import page_of, read_cursor, write_cursor
from canting.ledger.models import Account, JournalEntry, JournalLine
from canting.ledger.rules import Side
from canting.ledger.selectors.balances import DaySums, sums_at
from canting.ledger.selectors.refs import account_name, as_moment, day_before

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PAGE_ROWS = 50
ORDER = ("-entry_date", "-pk")
# Asked for every page of every account, so it is written out and read as it comes: to compose the
# question and to build rows of three tables takes far longer than the database needs to answer.
_LINES_SQL = """
SELECT l.id, l.entry_date, l.side, l.amount, p.name, e.position, e.memo, e.paper{origin}
FROM ledger_journalline l JOIN ledger_journalentry e ON e.id = l.entry_id
LEFT JOIN cooperatives_party p ON p.id = l.party_id{account}
WHERE l.cooperative_id = %s AND l.account_id IN ({accounts})
      AND l.entry_date >= %s AND l.entry_date <= %s{party}{place}
ORDER BY l.entry_date DESC, l.id DESC LIMIT %s
"""


class Origin(NamedTuple):
    """Where a line stands and comes from: what a desk shows beside it."""

    account_code: str
    source: str
    posted_at: datetime
    reverses_id: int | None


class RunningLine(NamedTuple):
    """A line with what its entry and its party say, and the balance after it on the normal side."""

    day: date
    position: int
    memo: str
    paper: str
    party: str
    debit: int
    credit: int
    balance: int
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of the journal: its account as a person reads it, whose it is, its side."""

    code: str
    account: str
    party: str
    business: str
    debit: int
    credit: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the journal with its lines in the order they were written."""

    position: int
    entry_date: date
    memo: str
    paper: str
    lines: list[EntryLine]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of entries, newest place first, of so many between two days."""

    rows: list[EntryRow]
    count: int
    next: str | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of lines, newest first, between an opening and a closing balance of the filter."""

    rows: list[RunningLine]
    opening: int
    debit: int
    credit: int
    closing: int
    count: int
    next: str | None
    is_first: bool


def ledger_page(
    *,
    cooperative: Cooperative,
    accounts: Sequence[Account],
    since: date,
    until: date,
    party_id: int | None = None,
    after: str | None = None,
    size: int = PAGE_ROWS,
    with_origin: bool = False,
    kept: Sequence[DaySums] | None = None,
) -> LedgerPage:
    """The lines on some accounts (of one party) between two days, newest first.

    The opening balance is the closing balance of the time before under the same filter.
    """
    ids = [account.pk for account in accounts]
    normal = accounts[0].normal if accounts else Side.DEBIT
    place = read_cursor(JournalLine, ORDER, after)
    rows = _lines(cooperative, ids, since, until, party_id, place, size, with_origin)
    shown = rows[:size]
    # The first line of the first page ends the time, so its balance is the closing one.
    newest = (shown[0][1], shown[0][0]) if place and shown else None
    before, end, *then = sums_at(
        cooperative=cooperative,
        account_ids=ids,
        days=[day_before(since), until, *([newest[0]] if newest else [])],
        party_id=party_id,
        kept=kept,
    )
    net = end.net
    if newest:
        net = then[0].net - _later(_found(cooperative, ids, since, until, party_id), *newest)
    last = shown[-1] if len(rows) > size else None
    return LedgerPage(
        rows=_running(shown, normal, net),
        opening=before.on_side(normal),
        debit=end.debit - before.debit,
        credit=end.credit - before.credit,
        closing=end.on_side(normal),
        count=end.lines - before.lines,
        next=write_cursor(ORDER, (last[1], last[0])) if last else None,
        is_first=place is None,
    )


def _lines(
    cooperative: Cooperative,
    ids: Sequence[int],
    since: date,
    until: date,
    party_id: int | None,
    place: Sequence[Any] | None,
    size: int,
    with_origin: bool,
) -> list[tuple[Any, ...]]:
    """The lines after a place, newest first, and one more that tells whether others follow."""
    if not ids:
        return []
    adapt = connection.ops.adapt_datefield_value
    values: list[Any] = [cooperative.pk, *ids, adapt(since), adapt(until)]
    if party_id is not None:
        values.append(party_id)
    if place:
        values += [adapt(place[0]), place[1]]
    sql = _LINES_SQL.format(
        accounts=", ".join(["%s"] * len(ids)),
        party="" if party_id is None else " AND l.party_id = %s",
        place=" AND (l.entry_date, l.id) < (%s, %s)" if place else "",
        origin=", a.code, e.source, e.posted_at, e.reverses_id" if with_origin else "",
        account=" JOIN ledger_account a ON a.id = l.account_id" if with_origin else "",
    )
    with hot_cursor() as cursor:
        cursor.execute(sql, [*values, size + 1])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def journal_page(
    *, cooperative: Cooperative, since: date, until: date, after: str | None, size: int = 30
) -> JournalPage:
    """The entries between two days, newest place first; three queries whatever there is."""
    found = JournalEntry.objects.filter(
        cooperative=cooperative, entry_date__gte=since, entry_date__lte=until
    )
    span = found.aggregate(count=Count("position"), first=Min("position"), last=Max("position"))
    # The days bound the places; so the chain's own index is walked, and only where they lie.
    bounded = found.filter(position__gte=span["first"] or 0, position__lte=span["last"] or 0)
    rows: QuerySet[JournalEntry, Any] = bounded.values_list(
        "pk", "position", "entry_date", "memo", "paper", named=True
    )
    page = page_of(rows, order=["-position"], after=after, size=size)
    lines = lines_by_entry(entry_ids=[row.pk for row in page.rows])
    return JournalPage(
        rows=[
            EntryRow(row.position, row.entry_date, row.memo, row.paper, lines.get(row.pk, []))
            for row in page.rows
        ],
        count=span["count"],
        next=page.next,
        is_first=page.is_first,
    )


def lines_by_entry(*, entry_ids: Sequence[int]) -> dict[int, list[EntryLine]]:
    """The lines of entries as the journal shows them, by entry; one query."""
    rows = (
        JournalLine.objects.filter(entry_id__in=entry_ids)
        .order_by("pk")
        .values_list(
            "entry_id", "account__code", "account__shown", "account__role", "account__name", "party__name",
            "party__number", "business", "side", "amount",
        )
    )  # fmt: skip
    found: dict[int, list[EntryLine]] = {}
    for entry, code, shown, role, own_name, party, number, business, side, amount in rows:
        is_debit = side == Side.DEBIT
        found.setdefault(entry, []).append(
            EntryLine(
                code=code,
                account=f"{shown or code} {account_name(role, own_name)}",
                party=f"{party} ({number})" if number else "",
                business=business,
                debit=amount if is_debit else 0,
                credit=0 if is_debit else amount,
            )
        )
    return found


def running_lines(
    *,
    cooperative: Cooperative,
    accounts: Sequence[Account],
    since: date,
    until: date,
    opening: int,
    party_id: int | None = None,
) -> Iterator[RunningLine]:
    """Every line of some accounts, oldest first, for a sheet: read on and on, never all at once.

    `opening` is their balance before the time, in rupiah on the normal side of the first.
    """
    sign = 1 if accounts and accounts[0].normal == Side.DEBIT else -1
    balance = opening
    found = (
        _found(cooperative, [account.pk for account in accounts], since, until, party_id)
        .order_by("entry_date", "id")
        .values_list(
            "entry_date", "entry__position", "entry__memo", "entry__paper", "party__name", "side",
            "amount", "account__code", "entry__source", "entry__posted_at", "entry__reverses_id",
        )
    )  # fmt: skip
    for day, position, memo, paper, name, side, amount, *rest in found.iterator(chunk_size=2_000):
        is_debit = side == Side.DEBIT
        balance += sign * (amount if is_debit else -amount)
        debit, credit = (amount, 0) if is_debit else (0, amount)
        origin = Origin(*cast(tuple[str, str, datetime, int | None], rest))
        yield RunningLine(day, position, memo, paper, name or "", debit, credit, balance, origin)


def _found(
    cooperative: Cooperative, ids: Sequence[int], since: date, until: date, party_id: int | None
) -> QuerySet[JournalLine]:
    found = JournalLine.objects.filter(
        cooperative=cooperative,
        account_id__in=ids,
        entry_date__gte=since,
        entry_date__lte=until,
    )
    return found if party_id is None else found.filter(party_id=party_id)


def _later(found: QuerySet[JournalLine], day: date, line: int) -> int:
    """What follows a line on its own day, debits less credits."""
    later = found.filter(entry_date=day, pk__gt=line).aggregate(
        net=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount")))
    )
    return later["net"] or 0


def _origin(code: str, source: str, posted_at: Any, reverses_id: int | None) -> Origin:
    return Origin(code, source, as_moment(posted_at), reverses_id)


def _running(lines: Sequence[tuple[Any, ...]], normal: str, net: int) -> list[RunningLine]:
    """The lines, newest first, each with the balance after it; `net` is that of the newest."""
    sign = 1 if normal == Side.DEBIT else -1
    rows = []
    for _line, day, side, amount, party, position, memo, paper, *origin in lines:
        debit, credit = (amount, 0) if side == "D" else (0, amount)
        rows.append(
            RunningLine(day, position, memo, paper, party or "", debit, credit, sign * net,
                        _origin(*origin) if origin else None)
        )  # fmt: skip
        net += credit - debit
    return rows
