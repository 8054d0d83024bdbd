"""Unpaid invoices of the old books: brought over with the opening, taken back when it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from canting.portal.errors import InvoiceOfTwo
from canting.sales.services import bring_invoice, take_back_invoice

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.sales.models import Buyer


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim on a buyer: whole rupiah open on an invoice, or held back on it (retention)."""

    buyer: Buyer
    number: str
    amount: int
    is_retention: bool
    issued_on: date
    due_on: date


def bring_claims(
    *,
    cooperative: Cooperative,
    claims: Sequence[Claim],
    before: Mapping[str, Any],
    actor: User,
) -> dict[str, list[Any]]:
    """Bring each invoice once with both its parts; what changed since `before` is taken back first.

    Answers with what stands now, to be given as `before` the next time.
    """
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(claim.number, []).append(claim)
    for number, group in grouped.items():
        names = sorted({str(one.buyer) for one in group})
        if len(names) > 1:
            raise InvoiceOfTwo(number=number, names=", ".join(names))
    now = {number: _facts(group) for number, group in grouped.items()}
    for number in before:
        if before[number] != now.get(number):
            take_back_invoice(cooperative=cooperative, number=number, actor=actor)
    for number, group in grouped.items():
        if before.get(number) != now[number]:
            first = group[0]
            bring_invoice(
                cooperative=cooperative,
                buyer=first.buyer,
                number=number,
                amount=sum(one.amount for one in group if not one.is_retention),
                retention=sum(one.amount for one in group if one.is_retention),
                issued_on=first.issued_on,
                due_on=first.due_on,
                actor=actor,
            )
    return now


def _facts(group: Sequence[Claim]) -> list[Any]:
    first = group[0]
    parts = [[one.is_retention, one.amount] for one in group]
    return [first.buyer.party.number, *map(str, (first.issued_on, first.due_on)), parts]
