"""How old the members' credit for material is: by member and by how long it has been due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.members import selectors as members
from canting.purchasing.rules import RULE_OF_ROLE
from canting.purchasing.rules.ages import BUCKETS, bucket_of, open_parts
from canting.purchasing.selectors.dues import due_days

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import JournalLine
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class CreditAge:
    """What one member owes for material, by bucket of age; whole rupiah, and its oldest due day."""

    member: Member
    amounts: tuple[int, ...]
    oldest_due: date

    @property
    def total(self) -> int:
        """Everything she owes for material."""
        return sum(self.amounts)

    @property
    def overdue(self) -> int:
        """What is due already."""
        return self.total - self.amounts[0]


@dataclass(frozen=True, slots=True)
class CreditAges:
    """The credit of all members on a day, the longest overdue first, with the sum of each bucket."""

    rows: tuple[CreditAge, ...]
    sums: tuple[int, ...]

    @property
    def total(self) -> int:
        """What all owe: the two accounts of members' material."""
        return sum(self.sums)


def credit_ages(*, cooperative: Cooperative, on: date) -> CreditAges:
    """Members' open credit for material by age; a fixed number of queries for all of them.

    Payments settle the oldest debt first, so what is open is the newest debts that add up to the
    balance of each account (batik.md 2.6 for the two due rules).
    """
    owed = ledger.balances_by_party(cooperative=cooperative, roles=list(RULE_OF_ROLE))
    wanted = {
        (party, role): amount
        for party, roles in owed.items()
        for role, amount in roles.items()
        if amount > 0
    }
    debts = _debts(cooperative, sorted({party for party, _role in wanted}))
    days = due_days(cooperative, [line for lines in debts.values() for line in lines])
    people = members.members_of_parties(
        cooperative=cooperative, party_ids=sorted({party for party, _role in wanted})
    )
    found: dict[int, list[tuple[date, int]]] = {}
    for (party, role), amount in wanted.items():
        lines = debts.get((party, role), [])
        parts = open_parts(amount, [(days[one.entry_id], one.amount) for one in lines], unknown=on)
        found.setdefault(party, []).extend(parts)
    rows = [
        _row(people[party], parts, on)
        for party, parts in found.items()
        if parts and party in people
    ]
    rows.sort(key=lambda row: (row.oldest_due, row.member.full_name))
    sums = tuple(sum(row.amounts[place] for row in rows) for place in range(len(BUCKETS)))
    return CreditAges(tuple(rows), sums)


def _row(member: Member, parts: Iterable[tuple[date, int]], on: date) -> CreditAge:
    amounts = [0] * len(BUCKETS)
    oldest = date.max
    for due, amount in parts:
        amounts[bucket_of(due, on)] += amount
        oldest = min(oldest, due)
    return CreditAge(member, tuple(amounts), oldest)


def _debts(
    cooperative: Cooperative, party_ids: list[int]
) -> dict[tuple[int, str], list[JournalLine]]:
    """The debts of these parties that no correction took away, newest first, by party and account."""
    if not party_ids:
        return {}
    lines = list(
        ledger.lines_of_roles(
            cooperative=cooperative, roles=list(RULE_OF_ROLE), party_ids=party_ids
        ).select_related("entry", "account")
    )
    undone = {line.entry.reverses_id for line in lines if line.entry.reverses_id}
    debts: dict[tuple[int, str], list[JournalLine]] = {}
    for line in reversed(lines):
        stands = not line.entry.reverses_id and line.entry_id not in undone
        if line.side == Side.DEBIT and stands and line.party_id is not None:
            debts.setdefault((line.party_id, line.account.role), []).append(line)
    return debts
