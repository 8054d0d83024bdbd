"""Who has something on an account kept by party, from the sums kept by month."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection

from canting.kernel.database import hot_cursor
from canting.ledger.models import Account
from canting.ledger.rules import Side
from canting.ledger.selectors.balances import DaySums
from canting.ledger.selectors.chart import account_for
from canting.ledger.selectors.refs import AccountRef, PartyBalance, as_date

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

_PARTIES_SQL = """
SELECT m.account_id, m.party_id, p.number, p.name, SUM(m.debit), SUM(m.credit)
FROM ledger_partymonth m JOIN cooperatives_party p ON p.id = m.party_id
WHERE m.cooperative_id = %s AND m.account_id IN (<accounts>) <parties>
GROUP BY m.account_id, m.party_id, p.number, p.name HAVING SUM(m.debit) <> SUM(m.credit)
ORDER BY p.number
"""
_STANDING_SQL = """
SELECT month, NULL AS party_id, NULL AS number, NULL AS name, SUM(debit), SUM(credit), SUM(lines)
FROM ledger_accountmonth
WHERE cooperative_id = %s AND account_id = %s AND month <= %s GROUP BY month
UNION ALL
SELECT NULL, m.party_id, p.number, p.name, SUM(m.debit), SUM(m.credit), 0
FROM ledger_partymonth m JOIN cooperatives_party p ON p.id = m.party_id
WHERE m.cooperative_id = %s AND m.account_id = %s
GROUP BY m.party_id, p.number, p.name HAVING SUM(m.debit) <> SUM(m.credit)
"""


def party_balances(
    *, cooperative: Cooperative, role: str, party_ids: Sequence[int] | None = None
) -> list[PartyBalance]:
    """Everyone with a balance on one account, by number; one query."""
    account = account_for(cooperative=cooperative, role=role)
    return party_balances_on(cooperative=cooperative, account=account, party_ids=party_ids)


def party_balances_on(
    *,
    cooperative: Cooperative,
    account: Account | AccountRef,
    party_ids: Sequence[int] | None = None,
) -> list[PartyBalance]:
    """The same for an account that may be the cooperative's own, without a role."""
    if party_ids is not None and not party_ids:
        return []
    return [row for _account, row in _party_rows(cooperative, [account], party_ids)]


def account_standing(
    *, cooperative: Cooperative, account: Account | AccountRef, until: date
) -> tuple[list[DaySums], list[PartyBalance]]:
    """Sums kept by month up to a day, and everyone with a balance now, by number; one query."""
    key = [cooperative.pk, account.pk]
    with hot_cursor() as cursor:
        cursor.execute(_STANDING_SQL, [*key, connection.ops.adapt_datefield_value(until), *key])
        rows = cursor.fetchall()
    sign = 1 if account.normal == Side.DEBIT else -1
    parties = [
        PartyBalance(party, number, name, sign * int(d - k))
        for _month, party, number, name, d, k, _n in rows
        if party is not None
    ]
    kept = [
        (as_date(month), int(d), int(k), int(n))
        for month, party, _number, _name, d, k, n in rows
        if party is None
    ]
    return kept, sorted(parties, key=lambda row: row.number)


def party_balances_of_roles(
    *, cooperative: Cooperative, roles: Sequence[str]
) -> list[tuple[str, PartyBalance]]:
    """The same on several accounts: role and balance, by party number; one query."""
    accounts = [account_for(cooperative=cooperative, role=role) for role in roles]
    named = {account.pk: account.role for account in accounts}
    return [(named[account], row) for account, row in _party_rows(cooperative, accounts, None)]


def _party_rows(
    cooperative: Cooperative,
    accounts: Sequence[Account | AccountRef],
    party_ids: Sequence[int] | None,
) -> list[tuple[int, PartyBalance]]:
    signs = {account.pk: 1 if account.normal == Side.DEBIT else -1 for account in accounts}
    wanted = "" if party_ids is None else f"AND m.party_id IN ({_marks(party_ids)})"
    sql = _PARTIES_SQL.replace("<accounts>", _marks(signs)).replace("<parties>", wanted)
    with hot_cursor() as cursor:
        cursor.execute(sql, [cooperative.pk, *signs, *(party_ids or ())])
        rows = cursor.fetchall()
    return [
        (account, PartyBalance(i, number, name, signs[account] * int(d - k)))
        for account, i, number, name, d, k in rows
    ]


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))
