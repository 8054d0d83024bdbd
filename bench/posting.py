"""Entries a second through `post_entry` against raw SQL that writes the same rows, in one run.

Raw: the same tables, constraints and triggers, one plain statement a row set, digests computed
beforehand. Each round takes both in turn, so that a slow moment of the machine meets both.
"""

import itertools
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bench.ground import cooperative, median_of, per_second, start

ONE_BY_ONE = 400
BATCH = 5_000
PART = 1_000
ROUNDS = 5
DAY = date(2026, 3, 5)
MONTH = date(2026, 3, 1)


class Raw:
    """The same rows by hand-written SQL."""

    def __init__(self, made: Any, actor: Any, party: Any) -> None:
        from django.db import connection  # noqa: PLC0415 - after setup

        from canting.ledger.models import Account  # noqa: PLC0415

        self.connection = connection
        self.coop, self.actor, self.party = made.pk, actor.pk, party.pk
        roles = dict(Account.objects.filter(cooperative=made).values_list("role", "id"))
        self.cash, self.shares = roles["cash_main"], roles["share_mandatory"]
        ops = connection.ops
        self.day = ops.adapt_datefield_value(DAY)
        self.month = ops.adapt_datefield_value(MONTH)
        self.now = ops.adapt_datetimefield_value(datetime.now(UTC))
        self.position = 0

    def rows(self, count: int) -> tuple[list[Any], list[Any], list[Any]]:
        """Entries, lines and audit rows of the next entries."""
        entries, lines, audit = [], [], []
        for position in range(self.position + 1, self.position + count + 1):
            key, source = self.coop << 36 | position, f"raw:{position}"
            entries.append((key, self.coop, position, source, self.day, self.day, "shares_in",
                            "Simpanan wajib", "", self.now, self.actor, None, "0" * 64))  # fmt: skip
            for account, party, side in ((self.cash, None, "D"), (self.shares, self.party, "K")):
                lines.append((self.coop, key, self.day, account, party, side, 20_000, ""))
            audit.append((self.coop, self.now, self.actor, "ledger.posted", source, "{}"))
        self.position += count
        return entries, lines, audit

    def write(self, count: int) -> None:
        """One transaction: head, rows, kept sums, head."""
        from django.db import transaction  # noqa: PLC0415

        from canting.kernel.database import insert_rows  # noqa: PLC0415
        from canting.ledger.services import (  # noqa: PLC0415
            AUDIT_COLUMNS,
            ENTRY_COLUMNS,
            LINE_COLUMNS,
        )

        entries, lines, audit = self.rows(count)
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ledger_book SET position = position + %s WHERE cooperative_id = %s"
                " RETURNING position, digest",
                [count, self.coop],
            )
            cursor.fetchone()
            insert_rows(cursor, "ledger_journalentry", ENTRY_COLUMNS, entries)
            insert_rows(cursor, "ledger_journalline", LINE_COLUMNS, lines)
            total = 20_000 * count
            cursor.execute(
                "INSERT INTO ledger_accountmonth (cooperative_id, account_id, month, debit, credit,"
                " lines) VALUES (%s,%s,%s,%s,%s,%s),(%s,%s,%s,%s,%s,%s)"
                " ON CONFLICT (cooperative_id, account_id, month) DO UPDATE SET"
                " debit = ledger_accountmonth.debit + excluded.debit,"
                " credit = ledger_accountmonth.credit + excluded.credit,"
                " lines = ledger_accountmonth.lines + excluded.lines",
                [
                    *(self.coop, self.cash, self.month, total, 0, count),
                    *(self.coop, self.shares, self.month, 0, total, count),
                ],
            )
            cursor.execute(
                "INSERT INTO ledger_partymonth"
                " (cooperative_id, account_id, party_id, month, debit, credit, lines)"
                " VALUES (%s,%s,%s,%s,%s,%s,%s)"
                " ON CONFLICT (cooperative_id, account_id, party_id, month) DO UPDATE SET"
                " debit = ledger_partymonth.debit + excluded.debit,"
                " credit = ledger_partymonth.credit + excluded.credit,"
                " lines = ledger_partymonth.lines + excluded.lines",
                [self.coop, self.shares, self.party, self.month, 0, total, count],
            )
            insert_rows(cursor, "cooperatives_auditrecord", AUDIT_COLUMNS, audit)
            cursor.execute(
                "UPDATE ledger_book SET digest = %s WHERE cooperative_id = %s",
                ["0" * 64, self.coop],
            )


class Ours:
    """The full service."""

    def __init__(self, made: Any, actor: Any, party: Any) -> None:
        self.made, self.actor, self.party = made, actor, party
        self.counter = itertools.count(1)

    def drafts(self, count: int) -> list[Any]:
        """The next drafts: cash in for regular shares."""
        from canting.ledger.rules import Draft, credit, debit  # noqa: PLC0415 - after setup

        return [
            Draft(
                source=f"bench:{next(self.counter)}",
                entry_date=DAY,
                kind="shares_in",
                memo="Simpanan wajib",
                lines=[debit("cash_main", 20_000), credit("share_mandatory", 20_000, self.party)],
            )
            for _ in range(count)
        ]

    def one(self) -> None:
        """One entry, one transaction."""
        from canting.ledger.services import post_entry  # noqa: PLC0415

        post_entry(cooperative=self.made, draft=self.drafts(1)[0], actor=self.actor)

    def batch(self, count: int) -> None:
        """Many entries, one transaction."""
        from canting.ledger.services import post_entries  # noqa: PLC0415

        post_entries(cooperative=self.made, drafts=self.drafts(count), actor=self.actor)


def repeat(count: int, act: Callable[[], None]) -> Callable[[], None]:
    """The act, so many times over."""

    def acts() -> None:
        for _ in range(count):
            act()

    return acts


def compare(raw: Any, ours: Any, count: int) -> dict[str, float]:
    """The medians of both and their ratio (how many times slower the service is)."""
    pairs = [(per_second(count, raw), per_second(count, ours)) for _ in range(ROUNDS)]
    ratio = median_of(ROUNDS, lambda n: pairs[n][0] / pairs[n][1])
    return {
        "raw_per_second": round(median_of(ROUNDS, lambda n: pairs[n][0])),
        "service_per_second": round(median_of(ROUNDS, lambda n: pairs[n][1])),
        "raw_over_service": round(ratio, 2),
    }


def main() -> None:
    """Measure on the database the environment names, print JSON."""
    start()
    raw, ours = Raw(*cooperative("raw")), Ours(*cooperative("ours"))
    raw.write(50)
    ours.batch(50)
    result = {
        "one_by_one": compare(
            repeat(ONE_BY_ONE, lambda: raw.write(1)),
            repeat(ONE_BY_ONE, ours.one),
            ONE_BY_ONE,
        ),
        f"batches_of_{PART}": compare(
            repeat(BATCH // PART, lambda: raw.write(PART)),
            repeat(BATCH // PART, lambda: ours.batch(PART)),
            BATCH,
        ),
        f"one_batch_of_{BATCH}": compare(
            lambda: raw.write(BATCH), lambda: ours.batch(BATCH), BATCH
        ),
        "goal": "one by one within 3 of raw",
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
