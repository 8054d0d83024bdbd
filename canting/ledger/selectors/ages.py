"""How old what parties owe (or are owed) is on a day: the newest lines that add up to the balance.

Payments settle the oldest line first, so what is open is made of the newest. An entry taken back by
that day counts for nothing, nor does its reversal. The database cuts the lines and sums them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from canting.ledger.rules import Side
from canting.ledger.selectors.chart import accounts
from canting.ledger.selectors.refs import as_date

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account

# One pass with windows: joining each line to the balance of its party takes a minute where
# thousands of parties have tens of thousands of lines.
_OPEN = """
WITH lines AS (
    SELECT l.account_id, l.party_id, l.id, l.entry_id, l.entry_date, l.side, l.amount
    FROM ledger_journalline l
    JOIN ledger_journalentry e ON e.id = l.entry_id
    LEFT JOIN ledger_journalentry r ON r.reverses_id = e.id AND r.entry_date <= %s
    WHERE l.cooperative_id = %s AND l.account_id IN (<accounts>) AND l.party_id IS NOT NULL
          AND l.entry_date <= %s AND e.reverses_id IS NULL AND r.id IS NULL
), newest AS (
    SELECT account_id, party_id, id, entry_id, entry_date, side, amount,
           SUM(CASE WHEN side = %s THEN amount ELSE -amount END) OVER (
               PARTITION BY account_id, party_id
           ) AS balance,
           SUM(CASE WHEN side = %s THEN amount ELSE 0 END) OVER (
               PARTITION BY account_id, party_id ORDER BY entry_date DESC, id DESC
           ) AS upto
    FROM lines
), cut AS (
    SELECT account_id, party_id, id, entry_id, entry_date,
           CASE WHEN upto <= balance THEN amount ELSE balance - (upto - amount) END AS part
    FROM newest WHERE side = %s AND balance > 0 AND upto - amount < balance
)
"""
_AGES = "SELECT account_id, <buckets> FROM cut GROUP BY account_id"
_PARTS = """
SELECT cut.account_id, cut.party_id, e.entry_date, e.own_date, e.source, cut.part
FROM cut JOIN ledger_journalentry e ON e.id = cut.entry_id ORDER BY e.entry_date, cut.id
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


class OpenPart(NamedTuple):
    """What of one line is open: whose, on which account, from which paper and day; rupiah."""

    role: str
    party_id: int
    on: date
    own_date: date | None
    source: str
    amount: int


def ages(
    *, cooperative: Cooperative, roles: Sequence[str], as_of: date, days: Sequence[int]
) -> list[Ages]:
    """What stands open on accounts of one normal side by age: up to so many days old, and older."""
    found = _accounts(cooperative, roles)
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
    tail = _AGES.replace("<buckets>", ", ".join(buckets))
    rows = _open_rows(cooperative, found, as_of, tail, values)
    return [Ages(row[0], tuple(int(part) for part in row[1:])) for row in rows]


def open_parts(*, cooperative: Cooperative, roles: Sequence[str], as_of: date) -> list[OpenPart]:
    """The lines that are still open on accounts of one normal side, oldest first; two queries."""
    found = _accounts(cooperative, roles)
    if not found:
        return []
    return [
        OpenPart(
            found[account].role,
            party,
            as_date(on),
            as_date(own) if own else None,
            source,
            int(amount),
        )
        for account, party, on, own, source, amount in _open_rows(cooperative, found, as_of, _PARTS)
    ]


def _accounts(cooperative: Cooperative, roles: Collection[str]) -> dict[int, Account]:
    return {one.pk: one for one in accounts(cooperative=cooperative) if one.role in roles}


def _open_rows(
    cooperative: Cooperative,
    found: dict[int, Account],
    as_of: date,
    tail: str,
    values: Sequence[Any] = (),
) -> list[tuple[Any, ...]]:
    day = connection.ops.adapt_datefield_value(as_of)
    side = Side(next(iter(found.values())).normal)
    sql = _OPEN.replace("<accounts>", ", ".join(["%s"] * len(found))) + tail
    with connection.cursor() as cursor:
        cursor.execute(sql, [day, cooperative.pk, *found, day, side, side, side, *values])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
