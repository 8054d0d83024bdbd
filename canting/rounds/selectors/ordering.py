"""Reads for ordering: how long a supplier takes, what must be paid at once, what cash is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from canting.cash import selectors as cash
from canting.ledger import selectors as ledger
from canting.purchasing import selectors as purchasing
from canting.rounds.models import PlanLine, Round

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import Supplier

USUAL_LEAD_DAYS = 7


def lead_days(found: Round, supplier: Supplier, on: date) -> int:
    """Days until a supplier's goods are here, by her terms; a week where none are known."""
    facts = purchasing.supplier_facts(cooperative=found.cooperative, on=on)
    known = {one.supplier: one.lead_days for one in facts}
    return known.get(supplier.number) or USUAL_LEAD_DAYS


def due_at_once(found: Round, lines: Sequence[PlanLine], on: date) -> int:
    """What suppliers without credit are owed for these lines, freight included; whole rupiah."""
    facts = purchasing.supplier_facts(cooperative=found.cooperative, on=on)
    on_credit = {one.supplier for one in facts if one.credit_days}
    return sum(line.goods + line.freight for line in lines if line.supplier.number not in on_credit)


def cash_there(cooperative: Cooperative) -> int:
    """What lies in all cash places by the books, whole rupiah."""
    return sum(
        ledger.balance(cooperative=cooperative, role=role)
        for role, _label in cash.places(cooperative)
    )
