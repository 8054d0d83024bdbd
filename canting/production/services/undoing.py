"""Undo what a receipt of cloth did on a work order and in the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.production import selectors
from canting.production.errors import AlreadyPaid, FinishedSince
from canting.production.models import Assignment
from canting.production.services.buying import undo_buy_back
from canting.production.services.posting import note_work, reverse_paper, settle_status

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@dataclass(frozen=True)
class Counted:
    """What a receipt had counted on its assignment."""

    accepted: int = 0
    rejected: int = 0
    to_rework: int = 0
    from_rework: int = 0


@transaction.atomic
def undo_taken(
    *,
    cooperative: Cooperative,
    maker: Party,
    assignment: Assignment | None,
    counted: Counted,
    sources: Sequence[str],
    pay_role: str,
    pay: int,
    reason: str,
    reason_source: str,
    on: date,
    actor: User,
) -> None:
    """Put everything back as it was before a receipt of cloth, by mirror images dated `on`.

    Raises AlreadyPaid when the maker has been paid for it, FinishedSince, NotEnoughStock when the
    cloth is gone.
    """
    if pay:
        left = ledger.party_balance(cooperative=cooperative, role=pay_role, party=maker)
        if left < pay:
            raise AlreadyPaid(
                maker=maker.name,
                left=format_rupiah(left),
                amount=format_rupiah(pay),
                paper=ledger.last_taken(cooperative=cooperative, role=pay_role, party_id=maker.pk),
            )
    if assignment is not None:
        _uncount(assignment, counted, sources, on)
    for source in sources:
        undo_buy_back(cooperative=cooperative, source=source)
    reverse_paper(
        cooperative=cooperative,
        sources=sources,
        on=on,
        reason=reason,
        reason_source=reason_source,
        actor=actor,
    )


def _uncount(assignment: Assignment, counted: Counted, sources: Sequence[str], on: date) -> None:
    row = selectors.lock_assignment(assignment.pk)
    row.accepted -= counted.accepted
    row.rejected -= counted.rejected
    row.rework += counted.from_rework - counted.to_rework
    row.save(update_fields=["accepted", "rejected", "rework"])
    order = row.work_order
    for move in selectors.work_moves(cooperative=order.cooperative, sources=sources):
        note_work(
            order=order,
            source=f"{move.source}|undone",
            on=on,
            rows=[(move.lot_id, -move.quantity, -move.value)],
        )
    if selectors.value_in_work(order) < 0:
        raise FinishedSince(number=order.number)
    settle_status(order=order, on=on)
