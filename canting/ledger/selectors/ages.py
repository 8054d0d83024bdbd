"""How old what parties owe (or are owed) is on a day: the newest lines that add up to the balance.

Payments settle the oldest line first, so what is open is made of the newest. The database cuts the
lines and sums them by age; each account's ages add up to its balance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from canting.ledger.rules import Side
from canting.ledger.selectors.chart import accounts

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

_SQL = """
WITH lines AS (
    SELECT account_id, party_id, id, entry_date, side, amount FROM ledger_journalline
    WHERE cooperative_id = %s AND account_id IN (<accounts>) AND party_id IS NOT NULL
          AND entry_date <= %s
), open AS (
    SELECT account_id, party_id,
           SUM(CASE WHEN side = %s THEN amount ELSE -amount END) AS balance
    FROM lines GROUP BY account_id, party_id
), newest AS (
    SELECT l.account_id, l.entry_date, l.amount, o.balance,
           SUM(l.amount) OVER (
               PARTITION BY l.account_id, l.party_id ORDER BY l.entry_date DESC, l.id DESC
           ) AS upto
    FROM lines l
    JOIN open o ON o.account_id = l.account_id AND o.party_id = l.party_id
    WHERE l.side = %s AND o.balance > 0
), cut AS (
    SELECT account_id, entry_date,
           CASE WHEN upto <= balance THEN amount
                WHEN upto - amount < balance THEN balance - (upto - amount)
                ELSE 0 END AS part
    FROM newest
)
SELECT account_id, <buckets> FROM cut GROUP BY account_id
"""


@dataclass(frozen=True, slots=True)
class Ages:
    """What stands open on one account by age, the youngest first, in whole rupiah."""

    account_id: int
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        """The whole of it."""
        return sum(self.parts)


def ages(
    *, cooperative: Cooperative, roles: Sequence[str], as_of: date, days: Sequence[int]
) -> list[Ages]:
    """What stands open on accounts of one normal side by age: up to so many days old, and older."""
    found = [one for one in accounts(cooperative=cooperative) if one.role in roles]
    if not found:
        return []
    adapt = connection.ops.adapt_datefield_value
    limits = [adapt(as_of - timedelta(days=count)) for count in days]
    buckets, values = [], []
    for place in range(len(days) + 1):
        parts = []
        if place < len(days):
            parts.append("entry_date >= %s")
            values.append(limits[place])
        if place:
            parts.append("entry_date < %s")
            values.append(limits[place - 1])
        buckets.append(f"SUM(CASE WHEN {' AND '.join(parts)} THEN part ELSE 0 END)")
    side = Side(found[0].normal)
    sql = _SQL.replace("<accounts>", ", ".join(["%s"] * len(found))).replace(
        "<buckets>", ", ".join(buckets)
    )
    keys = [one.pk for one in found]
    with connection.cursor() as cursor:
        cursor.execute(sql, [cooperative.pk, *keys, adapt(as_of), side, side, *values])
        rows = cursor.fetchall()
    return [Ages(row[0], tuple(int(part) for part in row[1:])) for row in rows]
