"""Who owes whom for material, and what of ours a maker holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from canting.catalogue.rules import POOLED
from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, next_month
from canting.kernel.expected import Expected
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.purchasing.models import (
    HandOut,
    Supplier,
    SupplierBill,
)
from canting.purchasing.rules import RULE_OF_ROLE, DueRule, State
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party
    from canting.ledger.models import JournalLine
    from canting.stock.models import StockBalance

SOURCE, LONG_STOP = "purchasing.hand_out", "credit.long_stop_days"


def owed_to(*, cooperative: Cooperative, supplier: Supplier) -> int:
    """What we owe a supplier now, whole rupiah."""
    return ledger.party_balance(cooperative=cooperative, role="pay_supplier", party=supplier.party)


def owed_by_supplier(*, cooperative: Cooperative) -> dict[int, int]:
    """What we owe each supplier, by party."""
    rows = ledger.party_balances(cooperative=cooperative, role="pay_supplier")
    return {row.party_id: row.balance for row in rows}


def expected_cash(*, cooperative: Cooperative, on: date, until: date) -> list[Expected]:
    """What suppliers get until a day: a payment clears the oldest debt, so the latest bills are open.

    Debt that no bill gives a day, and what is late, is due on `on`.
    """
    owed = owed_by_supplier(cooperative=cooperative)
    bills = (
        SupplierBill.objects.filter(cooperative=cooperative, supplier__party_id__in=list(owed))
        .exclude(state=State.REVERSED)
        .order_by("-due_on", "-id")
        .values_list("supplier__party_id", "due_on", "total")
    )
    found = []
    for party_id, due_on, total in bills:
        part = min(owed[party_id], total)
        owed[party_id] -= max(part, 0)
        if part > 0 and due_on <= until:
            found.append(Expected(max(due_on, on), goes_out=part))
    return [*found, *(Expected(on, goes_out=left) for left in owed.values() if left > 0)]


def materials_held(cooperative: Cooperative, party: Party) -> QuerySet[StockBalance]:
    """Our materials in the hands of one maker, by name."""
    return stock.on_hand(cooperative, kinds=POOLED, place_kind=PlaceKind.CUSTODY, party=party)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One debt for material: its paper, when it is due by which rule, what of it is still open."""

    paper: str
    source: str
    role: str
    rule: str
    on: date
    due_on: date
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class Dues:
    """What a member owes for material on a day, oldest first; whole rupiah."""

    due_now: int
    due_on_sale: int
    not_yet_due: int
    lines: tuple[DueLine, ...]

    @property
    def total(self) -> int:
        """Everything that is open."""
        return self.due_now + self.due_on_sale + self.not_yet_due


def material_dues(*, cooperative: Cooperative, party: Party, on: date) -> Dues:
    """What a member owes for material on a day by both due rules (batik.md 2.6).

    Next month: due from the first day of the month after the hand-out. On sale: due with her
    cloth, at the latest on the long-stop day written on the note. Payments and deductions settle
    the oldest debt of their account first; a corrected hand-out takes its own debt away.
    """
    lines = list(
        ledger.party_lines(cooperative=cooperative, party=party, roles=list(RULE_OF_ROLE), until=on)
    )
    days = due_days(cooperative, lines)
    found: list[DueLine] = []
    for role in RULE_OF_ROLE:
        found += _open_lines([row for row in lines if row.account.role == role], role, days)
    found.sort(key=lambda due: (due.due_on, due.on, due.source))
    now = sum(due.open for due in found if due.due_on <= on)
    later = [due for due in found if due.due_on > on]
    on_sale = sum(due.open for due in later if due.rule == DueRule.ON_SALE)
    return Dues(now, on_sale, sum(due.open for due in later) - on_sale, tuple(found))


@dataclass(frozen=True)
class DueDays:
    """When debts for material fall due: as their notes say, else by the rule of their account."""

    cooperative: Cooperative
    noted: Mapping[str, date]
    stops: Sequence[Any]

    def of(self, *, role: str, source: str, on: date, own_date: date | None) -> date:
        """The day one debt falls due; a debt of the old book that waits for a sale has a long stop."""
        if source in self.noted:
            return self.noted[source]
        if RULE_OF_ROLE[role] != DueRule.ON_SALE:
            return next_month(first_of_month(on))
        since = own_date or on
        days = house.in_force(house.all_parameters()[LONG_STOP], self.stops, since).value
        return since + timedelta(days=int(days))


def due_rules(cooperative: Cooperative, notes: QuerySet[HandOut]) -> DueDays:
    """The rules with what these notes say; two queries."""
    rows = notes.filter(cooperative=cooperative, due_on__isnull=False)
    noted = {
        f"{SOURCE}:{number}": due for number, due in rows.values_list("number", "due_on") if due
    }
    return DueDays(cooperative, noted, house.own_values(cooperative=cooperative).get(LONG_STOP, []))


def due_days(cooperative: Cooperative, lines: Iterable[JournalLine]) -> dict[int, date]:
    """The day each debt falls due, by its entry."""
    lines = [line for line in lines if line.side == Side.DEBIT]
    papers = {line.entry.paper for line in lines if line.entry.paper}
    rules = due_rules(cooperative, HandOut.objects.filter(number__in=papers))
    return {
        line.entry_id: rules.of(
            role=line.account.role,
            source=line.entry.source,
            on=line.entry_date,
            own_date=line.entry.own_date,
        )
        for line in lines
    }


def _open_lines(lines: list[JournalLine], role: str, due_days: dict[int, date]) -> list[DueLine]:
    undone = {line.entry.reverses_id for line in lines if line.entry.reverses_id}
    standing = [
        line for line in lines if not line.entry.reverses_id and line.entry_id not in undone
    ]
    debts = [line for line in standing if line.side == Side.DEBIT]
    paid = sum(line.amount for line in standing if line.side == Side.CREDIT)
    found: list[DueLine] = []
    for line in debts:
        settled = min(paid, line.amount)
        paid -= settled
        if settled == line.amount:
            continue
        entry = line.entry
        found.append(
            DueLine(
                entry.paper or entry.memo,
                entry.source,
                role,
                RULE_OF_ROLE[role],
                line.entry_date,
                due_days[entry.pk],
                line.amount,
                line.amount - settled,
            )
        )
    return found
