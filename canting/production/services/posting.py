"""What several acts of making share: material out of custody, undoing what a paper posted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from canting.ledger.services import reverse_source
from canting.production import selectors
from canting.production.models import Assignment, WorkMove, WorkOrder
from canting.production.rules import OrderStatus, norm_for, open_pieces
from canting.stock import selectors as stock
from canting.stock.services import issue, lock_stock, mirror, pool_lot

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


def take_norm_material(
    *,
    order: WorkOrder,
    party: Party,
    count: int,
    on: date,
    source: str,
    paper: str,
    actor: User,
) -> int:
    """Take the norm material of so many pieces out of a maker's custody; its value in rupiah.

    Raises NotEnoughStock when she holds less than the norm asks for.
    """
    place = stock.custody_of(order.cooperative, party)
    norms = [(pool_lot(item), norm) for item, norm in selectors.norms_of(order)]
    lock_stock((place, lot) for lot, _norm in norms)
    value = 0
    for lot, norm in norms:
        moved = issue(
            cooperative=order.cooperative,
            place=place,
            lot=lot,
            quantity=norm_for(norm, count),
            on=on,
            source=source,
            paper=paper,
            actor=actor,
        )
        value += moved.value
    return value


def note_work(
    *, order: WorkOrder, source: str, on: date, rows: Sequence[tuple[int | None, int, int]]
) -> None:
    """Write what entered or left work: lot id (or none), pieces, rupiah."""
    WorkMove.objects.bulk_create(
        WorkMove(
            cooperative_id=order.cooperative_id,
            work_order=order,
            lot_id=lot_id,
            source=source,
            moved_on=on,
            quantity=quantity,
            value=value,
        )
        for lot_id, quantity, value in rows
    )


def write_note(row: Assignment, *, text: str, on: date, actor: User) -> None:
    """Keep the last word to a maker about her part; she reads it on her phone."""
    row.note = text.strip()[:200]
    row.noted_by = actor.called_name or actor.full_name
    row.noted_on = on
    row.save(update_fields=["note", "noted_by", "noted_on"])


def settle_status(*, order: WorkOrder, on: date) -> None:
    """Close a work order when nothing is left to bring or to finish; open it again when there is."""
    rows = Assignment.objects.filter(work_order=order)
    is_done = not any(open_pieces(row) for row in rows) and not selectors.value_in_work(order)
    wanted = OrderStatus.DONE if is_done else OrderStatus.OPEN
    if order.status == wanted:
        return
    order.status = wanted
    order.closed_on = on if is_done else None
    order.closed_reason = ""
    order.save(update_fields=["status", "closed_on", "closed_reason"])


def reverse_paper(
    *,
    cooperative: Cooperative,
    sources: Sequence[str],
    on: date,
    reason: str,
    reason_source: str,
    actor: User,
) -> None:
    """Undo what a paper moved and posted, the last first, by mirror images that name it."""
    for source in reversed(sources):
        mirror(
            cooperative=cooperative,
            source=source,
            on=on,
            reason_source=f"{reason_source}|{source}",
            actor=actor,
        )
    for source in reversed(sources):
        reverse_source(cooperative=cooperative, source=source, on=on, reason=reason, actor=actor)
