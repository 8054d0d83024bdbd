"""What we owe suppliers and until when: billed, not yet billed, overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.purchasing.models import Supplier, SupplierBill, SupplierTerms
from canting.purchasing.rules import State

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import JournalLine


@dataclass(frozen=True, slots=True)
class SupplierDue:
    """One debt to a supplier that is not paid yet; whole rupiah."""

    supplier: Supplier
    paper: str
    source: str
    on: date
    due_on: date
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class SupplierDebt:
    """What one supplier is owed on a day: billed, of that overdue, and not billed yet."""

    billed: int
    overdue: int
    unbilled: int
    lines: tuple[SupplierDue, ...]


def supplier_dues(
    *, cooperative: Cooperative, on: date, supplier: Supplier | None = None
) -> list[SupplierDue]:
    """Every open debt to suppliers, the first due first; payments settle the oldest due first.

    A bill is due as it says; other purchases by the credit days of the supplier's terms on that
    day. Five queries, whatever their number.
    """
    rows = ledger.party_balances(
        cooperative=cooperative,
        role="pay_supplier",
        party_ids=[supplier.party_id] if supplier else None,
    )
    owed = {row.party_id: row.balance for row in rows if row.balance > 0}
    if not owed:
        return []
    who = {
        one.party_id: one
        for one in Supplier.objects.filter(cooperative=cooperative, party_id__in=list(owed))
    }
    standing = list(
        ledger.lines_of_roles(
            cooperative=cooperative, roles=["pay_supplier"], party_ids=list(who)
        ).filter(side=Side.CREDIT, entry__reverses__isnull=True, entry__reversed_by__isnull=True)
    )
    due = _due_days(cooperative, who, standing)
    found: list[SupplierDue] = []
    for party_id, one in who.items():
        of_her = [line for line in standing if line.party_id == party_id]
        of_her.sort(key=lambda line: (due[line.entry_id], line.entry_date, line.pk), reverse=True)
        found += _open(one, of_her, owed[party_id], due)
    return sorted(found, key=lambda row: (row.due_on, row.on, row.source))


def _open(
    supplier: Supplier, newest_first: Sequence[JournalLine], owed: int, due: dict[int, date]
) -> list[SupplierDue]:
    """What is left open: what is owed, taken from the latest due backwards."""
    found: list[SupplierDue] = []
    for line in newest_first:
        left = min(owed, line.amount)
        if left <= 0:
            break
        owed -= left
        entry = line.entry
        found.append(
            SupplierDue(
                supplier,
                entry.paper or entry.memo,
                entry.source,
                line.entry_date,
                due[line.entry_id],
                line.amount,
                left,
            )
        )
    return found


def _due_days(
    cooperative: Cooperative, who: dict[int, Supplier], lines: Sequence[JournalLine]
) -> dict[int, date]:
    """The day each debt falls due, by its entry."""
    bills = SupplierBill.objects.filter(cooperative=cooperative, supplier__in=list(who.values()))
    written = {
        f"purchasing.bill:{number}": due_on
        for number, due_on in bills.exclude(state=State.REVERSED).values_list("number", "due_on")
    }
    terms: dict[int, list[SupplierTerms]] = {}
    if all(line.entry.source in written for line in lines):
        return {line.entry_id: written[line.entry.source] for line in lines}
    rows = SupplierTerms.objects.filter(supplier__in=list(who.values()))
    for row in rows.order_by("-valid_from", "-id"):
        terms.setdefault(row.supplier_id, []).append(row)
    found: dict[int, date] = {}
    for line in lines:
        entry = line.entry
        if entry.source in written:
            found[entry.pk] = written[entry.source]
        else:
            since = entry.own_date or line.entry_date
            of_her = terms.get(who[line.party_id or 0].pk, [])
            days = next((row.credit_days for row in of_her if row.valid_from <= since), 0)
            found[entry.pk] = since + timedelta(days=days)
    return found


def bills_due(*, cooperative: Cooperative, on: date, within_days: int = 7) -> list[SupplierDue]:
    """Debts to suppliers that are overdue or fall due within some days, the first due first."""
    last = on + timedelta(days=within_days)
    return [row for row in supplier_dues(cooperative=cooperative, on=on) if row.due_on <= last]


def supplier_debt(*, cooperative: Cooperative, supplier: Supplier, on: date) -> SupplierDebt:
    """What one supplier is owed: billed, overdue of it, and what came and is not billed."""
    lines = supplier_dues(cooperative=cooperative, on=on, supplier=supplier)
    unbilled = ledger.party_balance(cooperative=cooperative, role="grni", party=supplier.party)
    return SupplierDebt(
        billed=sum(row.open for row in lines),
        overdue=sum(row.open for row in lines if row.due_on < on),
        unbilled=unbilled,
        lines=tuple(lines),
    )
