"""What makers owe today: damage, material due, arrears and what they agreed to, per thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_month
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.members import selectors as members
from canting.purchasing import selectors as purchasing
from canting.purchasing.rules import DueRule
from canting.savings import selectors as savings
from canting.savings.rules import MonthDue
from canting.settlement.models import Consent
from canting.settlement.rules import CLOTH, Due, DueKind, Moved, in_order, open_items

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party

MATERIAL_KIND = {
    "recv_member": DueKind.MATERIAL,
    "recv_member_on_sale": DueKind.MATERIAL_ON_SALE,
}
ARREARS = "share_mandatory"
RECEIVABLES = frozenset({"onlend", "loan_member"})


@dataclass
class Owed:
    """What one maker owes: the dues of today, and what falls due later or only with cloth."""

    dues: list[Due] = field(default_factory=list)
    not_yet_due: int = 0

    @property
    def debts(self) -> list[Due]:
        """What she owes indeed, in the order of deduction; what she gives of her own will is none."""
        return in_order(due for due in self.dues if due.kind != DueKind.CONSENT)

    def later(self, payable: str) -> int:
        """What this pay leaves alone because its day has not come, in whole rupiah."""
        on_sale = sum(due.amount for due in self.dues if due.waits_for_cloth)
        return self.not_yet_due + (0 if payable in CLOTH else on_sale)


def owed_by(
    *, cooperative: Cooperative, party_ids: Sequence[int], on: date
) -> defaultdict[int, Owed]:
    """What each of these makers owes on a day, by party."""
    owed: defaultdict[int, Owed] = defaultdict(Owed)
    if not party_ids:
        return owed
    for party_id, items in _open(cooperative, "recv_damage", party_ids, on).items():
        owed[party_id].dues += [
            Due(DueKind.DAMAGE, "recv_damage", item.amount, item.reason, item.on) for item in items
        ]
    _add_material(cooperative, party_ids, on, owed)
    _add_consents(cooperative, party_ids, on, owed)
    return owed


def _open(
    cooperative: Cooperative, role: str, party_ids: Sequence[int], on: date
) -> dict[int, list[Moved]]:
    """What stands open on one receivable, per party, oldest first."""
    moves: defaultdict[int, list[Moved]] = defaultdict(list)
    for line in ledger.lines_of_roles(
        cooperative=cooperative, roles=[role], party_ids=party_ids, until=on
    ):
        amount = line.amount if line.side == Side.DEBIT else -line.amount
        moves[line.party_id or 0].append(Moved(amount, line.entry.own_date, line.entry.memo))
    return {party_id: open_items(found) for party_id, found in moves.items()}


def consents(
    *, cooperative: Cooperative, party: Party | None = None, on: date | None = None
) -> QuerySet[Consent]:
    """Written consents to deductions, newest first; with a day only those in force on it."""
    found = Consent.objects.filter(cooperative=cooperative).select_related("party", "made_by")
    if party:
        found = found.filter(party=party)
    if on:
        found = found.filter(signed_on__lte=on).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    return found.order_by("-signed_on", "-pk")


def consent(*, cooperative: Cooperative, reference: str) -> Consent | None:
    """One consent by its reference."""
    return consents(cooperative=cooperative).filter(reference=reference).first()


def _add_material(
    cooperative: Cooperative, party_ids: Sequence[int], on: date, owed: defaultdict[int, Owed]
) -> None:
    """Material due by both rules; credit due on sale waits for cloth until its long stop."""
    debtors = {
        row.party_id
        for role in MATERIAL_KIND
        for row in ledger.party_balances(cooperative=cooperative, role=role, party_ids=party_ids)
    }
    for party in house.parties(cooperative=cooperative).filter(pk__in=debtors):
        found = purchasing.material_dues(cooperative=cooperative, party=party, on=on)
        owed[party.pk].not_yet_due += found.not_yet_due
        owed[party.pk].dues += [
            Due(
                MATERIAL_KIND[line.role],
                line.role,
                line.open,
                line.paper,
                line.on,
                waits_for_cloth=line.due_on > on,
            )
            for line in found.lines
            if line.due_on <= on or line.rule == DueRule.ON_SALE
        ]


def _add_consents(
    cooperative: Cooperative, party_ids: Sequence[int], on: date, owed: defaultdict[int, Owed]
) -> None:
    agreed = list(consents(cooperative=cooperative, on=on).filter(party_id__in=party_ids))
    months = _open_months(cooperative, [c.party_id for c in agreed if c.role == ARREARS], on)
    for one in agreed:
        if one.role == ARREARS:
            owed[one.party_id].dues += _arrears(one, months.get(one.party_id, []))
        elif amount := _agreed_amount(cooperative, one, on):
            owed[one.party_id].dues.append(
                Due(DueKind.CONSENT, one.role, amount, one.purpose, one.signed_on, one.reference)
            )


def _open_months(
    cooperative: Cooperative, party_ids: Sequence[int], on: date
) -> dict[int, list[MonthDue]]:
    if not party_ids:
        return {}
    found = members.members_of_parties(cooperative=cooperative, party_ids=party_ids)
    dues = savings.regular_dues(cooperative=cooperative, members=list(found.values()), on=on)
    return {party_id: dues[member.pk] for party_id, member in found.items()}


def _arrears(agreed: Consent, months: Sequence[MonthDue]) -> list[Due]:
    """Open months of her regular share, oldest first, as far as she agreed to."""
    room, found = agreed.amount, []
    for month in months:
        amount = min(month.left, room)
        if amount:
            reason = f"{agreed.purpose} {format_month(month.month)}"
            found.append(Due(DueKind.ARREARS, ARREARS, amount, reason, consent=agreed.reference))
        room -= amount
    return found


def _agreed_amount(cooperative: Cooperative, agreed: Consent, on: date) -> int:
    """What a consent takes from a pay: its amount, but never more than there is to pay back."""
    if agreed.role not in RECEIVABLES:
        return agreed.amount
    left = ledger.party_balance(
        cooperative=cooperative, role=agreed.role, party=agreed.party, as_of=on
    )
    return min(agreed.amount, max(left, 0))
