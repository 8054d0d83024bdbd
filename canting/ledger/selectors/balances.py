"""Balances of accounts and parties; every figure is the database's own sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, F, Q, Sum, When

from canting.cooperatives.rules import PartyLike
from canting.kernel.database import hot_cursor
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger.models import Account, AccountMonth, JournalEntry, JournalLine, PartyMonth
from canting.ledger.rules import FIRST_OF_SURPLUS, YEAR_CLOSE, Side
from canting.ledger.selectors.chart import account_for
from canting.ledger.selectors.refs import (
    AccountBalance,
    AccountRef,
    Sums,
    account_name,
    as_date,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party

DaySums = tuple[date, int, int, int]  # a day or a month: debits, credits, how many lines
_KEPT_SQL = """
SELECT month, SUM(debit), SUM(credit), SUM(lines) FROM ledger_{table}
WHERE cooperative_id = %s AND account_id IN (<accounts>) <party> AND month <= %s GROUP BY month
"""
_MOVED_SQL = """
SELECT entry_date, SUM(CASE side WHEN 'D' THEN amount ELSE 0 END),
       SUM(CASE side WHEN 'K' THEN amount ELSE 0 END), COUNT(*)
FROM ledger_journalline
WHERE cooperative_id = %s AND account_id IN (<accounts>) <party>
      AND entry_date >= %s AND entry_date <= %s GROUP BY entry_date
"""
_BALANCES_SQL = """
SELECT a.id, a.code, a.role, a.name, a.normal, a.statement,
       COALESCE(s.debit, 0), COALESCE(s.credit, 0), a.shown
FROM ledger_account a JOIN (
    SELECT account_id, SUM(debit) AS debit, SUM(credit) AS credit FROM (
        SELECT account_id, debit, credit FROM ledger_accountmonth
        WHERE cooperative_id = %(coop)s AND month >= %(since)s AND month < %(month)s
        UNION ALL
        SELECT account_id, CASE side WHEN 'D' THEN amount ELSE 0 END,
               CASE side WHEN 'K' THEN amount ELSE 0 END
        FROM ledger_journalline
        WHERE cooperative_id = %(coop)s AND entry_date >= %(month)s AND entry_date <= %(until)s
    ) AS parts GROUP BY account_id
) AS s ON s.account_id = a.id
WHERE a.cooperative_id = %(coop)s ORDER BY a.code
"""


def trial_balance(
    *, cooperative: Cooperative, as_of: date, since: date | None = None
) -> list[AccountBalance]:
    """Sums per account up to a day, from kept months and the lines of the last month, in one query.

    With `since` (the first day of a month) only what moved from that day on is summed.
    """
    adapt = connection.ops.adapt_datefield_value
    # A whole last month is in the kept sums too; then no line needs to be read.
    whole = as_of == last_of_month(as_of)
    month = next_month(first_of_month(as_of)) if whole else first_of_month(as_of)
    values = {
        "coop": cooperative.pk,
        "since": adapt(since or date(1900, 1, 1)),
        "month": adapt(month),
        "until": adapt(as_of),
    }
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES_SQL, values)
        rows = cursor.fetchall()
    return [
        AccountBalance(
            i, code, role, account_name(role, name), Side(normal), statement, int(d), int(k), shown
        )
        for i, code, role, name, normal, statement, d, k, shown in rows
        if d or k
    ]


def balances(
    *, cooperative: Cooperative, as_of: date, since: date | None = None
) -> Mapping[str, int]:
    """The balance on its normal side of every account that moved, by role (or code)."""
    found = trial_balance(cooperative=cooperative, as_of=as_of, since=since)
    return {row.role or row.code: row.balance for row in found}


def standing_sums(*, cooperative: Cooperative, kind: str, on: date) -> list[AccountBalance]:
    """Sums per account of a day's entries of one kind that were not reversed, by code; one query."""
    rows = (
        JournalLine.objects.filter(
            cooperative=cooperative,
            entry_date=on,
            entry__kind=kind,
            entry__reversed_by__isnull=True,
        )
        .values_list(
            "account_id",
            "account__code",
            "account__role",
            "account__name",
            "account__normal",
            "account__statement",
            "account__shown",
        )
        .annotate(
            debit=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=0)),
            credit=Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=0)),
        )
        .order_by("account__code")
    )
    return [
        AccountBalance(
            i, code, role, account_name(role, name), Side(normal), statement, debit, credit, shown
        )
        for i, code, role, name, normal, statement, shown, debit, credit in rows
    ]


def balance(*, cooperative: Cooperative, role: str, as_of: date | None = None) -> int:
    """The balance of one account on its normal side, in whole rupiah (all time without a day)."""
    account = account_for(cooperative=cooperative, role=role)
    return _balance(cooperative, account, None, as_of)


def party_balance(
    *, cooperative: Cooperative, role: str, party: PartyLike, as_of: date | None = None
) -> int:
    """What one party has on one account, on its normal side, in whole rupiah."""
    account = account_for(cooperative=cooperative, role=role)
    return _balance(cooperative, account, party.id, as_of)


def sums_until(
    *,
    cooperative: Cooperative,
    account_ids: Sequence[int],
    as_of: date,
    party_id: int | None = None,
) -> Sums:
    """Debits and credits of some accounts (of one party) from the beginning to a day's end."""
    return sums_at(
        cooperative=cooperative, account_ids=account_ids, days=[as_of], party_id=party_id
    )[0]


def sums_at(
    *,
    cooperative: Cooperative,
    account_ids: Sequence[int],
    days: Sequence[date],
    party_id: int | None = None,
    kept: Sequence[DaySums] | None = None,
) -> list[Sums]:
    """The same at the end of several days; one query, and one for each month that is not whole.

    The sums kept by month may be in the caller's hand, from `account_standing`.
    """
    if kept is None:
        kept = _grouped(
            _KEPT_SQL.format(table="accountmonth" if party_id is None else "partymonth"),
            cooperative.pk, account_ids, party_id, [max(days)],
        )  # fmt: skip
    last: dict[date, date] = {}
    for day in days:
        month = first_of_month(day)
        if day != last_of_month(day) and any(row[0] == month for row in kept):
            last[month] = max(day, last.get(month, day))
    moved = [
        row
        for span in last.items()
        for row in _grouped(_MOVED_SQL, cooperative.pk, account_ids, party_id, span)
    ]
    return [_sums_of(day, kept, moved) for day in days]


def _grouped(
    sql: str,
    cooperative_id: int,
    account_ids: Sequence[int],
    party_id: int | None,
    days: Sequence[date],
) -> list[DaySums]:
    """Run one of the statements over accounts (of one party): sums by day or month."""
    if not account_ids:
        return []
    party = "" if party_id is None else "AND party_id = %s"
    values = [cooperative_id, *account_ids, *([] if party_id is None else [party_id])]
    adapt = connection.ops.adapt_datefield_value
    with hot_cursor() as cursor:
        cursor.execute(
            sql.replace("<accounts>", ", ".join(["%s"] * len(account_ids))).replace(
                "<party>", party
            ),
            [*values, *map(adapt, days)],
        )
        return [(as_date(on), int(d), int(k), int(n)) for on, d, k, n in cursor.fetchall()]


def _sums_of(day: date, kept: Sequence[tuple[Any, ...]], moved: Sequence[tuple[Any, ...]]) -> Sums:
    whole = day == last_of_month(day)
    month = first_of_month(day)
    rows = [row for row in kept if row[0] < month or (whole and row[0] == month)]
    if not whole:
        rows += [row for row in moved if month <= row[0] <= day]
    return Sums(
        sum(row[1] for row in rows), sum(row[2] for row in rows), sum(row[3] for row in rows)
    )


def _balance(
    cooperative: Cooperative,
    account: Account | AccountRef,
    party_id: int | None,
    as_of: date | None,
) -> int:
    sums = sums_at(
        cooperative=cooperative,
        account_ids=[account.pk],
        days=[as_of or date.max],
        party_id=party_id,
    )
    return sums[0].on_side(account.normal)


def balance_of_party_on(
    *, cooperative: Cooperative, account: Account | AccountRef, party_id: int
) -> int:
    """What one party has on an account now, on its normal side."""
    return _balance(cooperative, account, party_id, None)


def balances_now(*, cooperative: Cooperative, roles: Sequence[str]) -> dict[str, int]:
    """What stands on several accounts now, by role, on their normal side; one query."""
    accounts = {
        account.pk: account
        for account in (account_for(cooperative=cooperative, role=role) for role in roles)
    }
    sums = (
        AccountMonth.objects.filter(cooperative=cooperative, account_id__in=list(accounts))
        .values_list("account_id")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by("account_id")
    )
    left = {account.role: 0 for account in accounts.values()}
    for pk, d, k in sums:
        account = accounts[pk]
        left[account.role] = d - k if account.normal == Side.DEBIT else k - d
    return left


def balances_of_party(*, cooperative: Cooperative, party: Party) -> dict[str, int]:
    """Every account on which a party has a balance, by role, on its normal side; one query."""
    rows = (
        PartyMonth.objects.filter(cooperative=cooperative, party=party)
        .values_list("account__role", "account__code", "account__normal")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by("account__code")
    )
    return {
        role or code: (d - k if normal == Side.DEBIT else k - d)
        for role, code, normal, d, k in rows
        if d != k
    }


def balances_by_party(
    *, cooperative: Cooperative, roles: Sequence[str], party_ids: Sequence[int] | None = None
) -> dict[int, dict[str, int]]:
    """What every party has on some accounts, by party and role, on the normal side; one query."""
    found = PartyMonth.objects.filter(cooperative=cooperative, account__role__in=roles)
    if party_ids is not None:
        found = found.filter(party_id__in=party_ids)
    rows = (
        found.values_list("party_id", "account__role", "account__normal")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by()
    )
    sums: dict[int, dict[str, int]] = {}
    for party_id, role, normal, d, k in rows:
        sums.setdefault(party_id, {})[role] = d - k if normal == Side.DEBIT else k - d
    return sums


def by_business(
    *, cooperative: Cooperative, since: date, until: date
) -> list[tuple[int, str, int]]:
    """What moved on accounts of revenue and cost between two days, by account and business class.

    Rows of (account, business, credits less debits). The closing of a year is left out: it
    empties these accounts without being revenue or cost.
    """
    closing = JournalEntry.objects.filter(
        Q(kind=YEAR_CLOSE) | Q(reverses__kind=YEAR_CLOSE),
        cooperative=cooperative,
        entry_date__gte=since,
        entry_date__lte=until,
    )
    rows = (
        JournalLine.objects.filter(
            cooperative=cooperative,
            entry_date__gte=since,
            entry_date__lte=until,
            account__code__gte=FIRST_OF_SURPLUS,
        )
        .exclude(entry_id__in=closing.values("id"))
        .values_list("account_id", "business")
        .annotate(net=Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=-F("amount"))))
        .order_by("account_id", "business")
    )
    return [(account, business, net) for account, business, net in rows]


def daily_sums(
    *,
    cooperative: Cooperative,
    account_ids: Sequence[int],
    since: date,
    until: date,
    without: Sequence[str] = (),
) -> list[tuple[date, int, int]]:
    """Debits and credits of some accounts by day, without entries of some kinds."""
    rows = JournalLine.objects.filter(
        cooperative=cooperative,
        account_id__in=account_ids,
        entry_date__gte=since,
        entry_date__lte=until,
    )
    if without:
        rows = rows.exclude(entry__kind__in=without)
    return list(
        rows.values_list("entry_date")
        .annotate(
            d=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=0)),
            k=Sum(Case(When(side=Side.CREDIT, then=F("amount")), default=0)),
        )
        .order_by("entry_date")
    )


def least_from(*, cooperative: Cooperative, role: str, since: date) -> tuple[date, int]:
    """The day from `since` on when an account stands lowest, and its balance at that day's end."""
    account = account_for(cooperative=cooperative, role=role)
    sign = 1 if account.normal == Side.DEBIT else -1
    left = balance(cooperative=cooperative, role=role, as_of=since)
    lowest = (left, since)
    moved = (
        JournalLine.objects.filter(
            cooperative=cooperative, account_id=account.pk, entry_date__gt=since
        )
        .values("entry_date")
        .annotate(net=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount"))))
        .order_by("entry_date")
    )
    for row in moved:
        left += sign * row["net"]
        lowest = min(lowest, (left, row["entry_date"]))
    return lowest[1], lowest[0]
