"""How old the members' credit for material is: by member and by how long it has been due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.purchasing.models import HandOut
from canting.purchasing.rules import RULE_OF_ROLE
from canting.purchasing.rules.ages import BUCKETS, bucket_of
from canting.purchasing.selectors.dues import due_rules

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
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
    balance of each account (batik.md 2.6 for the two due rules); the database cuts them.
    """
    open_now = ledger.open_parts(cooperative=cooperative, roles=list(RULE_OF_ROLE), as_of=on)
    oldest = min((one.own_date or one.on for one in open_now), default=on)
    rules = due_rules(cooperative, HandOut.objects.filter(on__gte=oldest))
    people = members.members_of_parties(
        cooperative=cooperative, party_ids={one.party_id for one in open_now}
    )
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for one in open_now:
        due = rules.of(role=one.role, source=one.source, on=one.on, own_date=one.own_date)
        found[one.party_id].append((due, one.amount))
    rows = [_row(people[party], parts, on) for party, parts in found.items() if party in people]
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
