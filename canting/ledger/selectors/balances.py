"""Balances of accounts and parties; every figure is the database's own sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, F, QuerySet, Sum, When

from canting.cooperatives.rules import PartyLike
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger.models import Account, AccountMonth, JournalLine, PartyMonth
from canting.ledger.rules import Side
from canting.ledger.selectors.chart import account_for
from canting.ledger.selectors.refs import AccountBalance, PartyBalance, account_name

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party

_BALANCES_SQL = """
SELECT a.id, a.code, a.role, a.name, a.normal, a.statement,
       COALESCE(s.debit, 0), COALESCE(s.credit, 0)
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
            i, code, role, account_name(role, name), Side(normal), statement, int(d), int(k)
        )
        for i, code, role, name, normal, statement, d, k in rows
        if d or k
    ]


def balances(
    *, cooperative: Cooperative, as_of: date, since: date | None = None
) -> Mapping[str, int]:
    """The balance on its normal side of every account that moved, by role (or code)."""
    found = trial_balance(cooperative=cooperative, as_of=as_of, since=since)
    return {row.role or row.code: row.balance for row in found}


def balance(*, cooperative: Cooperative, role: str, as_of: date | None = None) -> int:
    """The balance of one account on its normal side, in whole rupiah (all time without a day)."""
    account = account_for(cooperative=cooperative, role=role)
    months = AccountMonth.objects.filter(cooperative=cooperative, account=account)
    return _net(months, account.normal, as_of, lines=_lines(cooperative, account, None))


def party_balance(
    *, cooperative: Cooperative, role: str, party: PartyLike, as_of: date | None = None
) -> int:
    """What one party has on one account, on its normal side, in whole rupiah."""
    account = account_for(cooperative=cooperative, role=role)
    months = PartyMonth.objects.filter(cooperative=cooperative, account=account, party_id=party.id)
    return _net(months, account.normal, as_of, lines=_lines(cooperative, account, party.id))


def _lines(
    cooperative: Cooperative, account: Account, party_id: int | None
) -> QuerySet[JournalLine]:
    found = JournalLine.objects.filter(cooperative=cooperative, account=account)
    return found if party_id is None else found.filter(party_id=party_id)


def _net(months: Any, normal: str, as_of: date | None, *, lines: QuerySet[JournalLine]) -> int:
    if as_of:
        months = months.filter(month__lt=first_of_month(as_of))
        lines = lines.filter(entry_date__gte=first_of_month(as_of), entry_date__lte=as_of)
        moved = dict(lines.values_list("side").annotate(total=Sum("amount")))
    else:
        moved = {}
    sums = months.aggregate(d=Sum("debit"), k=Sum("credit"))
    net: int = (sums["d"] or 0) - (sums["k"] or 0) + moved.get("D", 0) - moved.get("K", 0)
    return net if normal == Side.DEBIT else -net


def party_balances(
    *, cooperative: Cooperative, role: str, party_ids: Sequence[int] | None = None
) -> list[PartyBalance]:
    """Everyone with a balance on one account, by number; one query."""
    account = account_for(cooperative=cooperative, role=role)
    found = PartyMonth.objects.filter(cooperative=cooperative, account=account)
    if party_ids is not None:
        found = found.filter(party_id__in=party_ids)
    rows = (
        found.values_list("party_id", "party__number", "party__name")
        .annotate(d=Sum("debit"), k=Sum("credit"))
        .order_by("party__number")
    )
    sign = 1 if account.normal == Side.DEBIT else -1
    return [
        PartyBalance(i, number, name, sign * (d - k)) for i, number, name, d, k in rows if d != k
    ]


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


def least_from(*, cooperative: Cooperative, role: str, since: date) -> tuple[date, int]:
    """The day from `since` on when an account stands lowest, and its balance at that day's end."""
    account = account_for(cooperative=cooperative, role=role)
    sign = 1 if account.normal == Side.DEBIT else -1
    left = balance(cooperative=cooperative, role=role, as_of=since)
    lowest = (left, since)
    moved = (
        JournalLine.objects.filter(cooperative=cooperative, account=account, entry_date__gt=since)
        .values("entry_date")
        .annotate(net=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount"))))
        .order_by("entry_date")
    )
    for row in moved:
        left += sign * row["net"]
        lowest = min(lowest, (left, row["entry_date"]))
    return lowest[1], lowest[0]
