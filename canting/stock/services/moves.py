"""The only writers of stock: receive, issue, transfer, change of value, undoing.

Each takes the locks of its balances in id order and never lets a quantity fall below zero, now
or at the end of any later day. A paper with several lines locks them all first (`lock_stock`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import format_rupiah
from canting.stock import selectors
from canting.stock.errors import AlreadyUndone, BadValue, CannotUndo
from canting.stock.models import Lot, Place, StockBalance, StockMove
from canting.stock.rules import BatchIn, BatchPart, Moved
from canting.stock.services.batches import old_batch, parts_out
from canting.stock.services.moving import Moving, Part, lock_stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def receive(
    *,
    cooperative: Cooperative,
    place: Place,
    lot: Lot,
    quantity: Decimal,
    value: int,
    on: date,
    source: str,
    paper: str = "",
    actor: User,
    batch: BatchIn | None = None,
    parts: Sequence[BatchPart] = (),
) -> Moved:
    """Take a quantity (base unit) worth `value` whole rupiah into a place; consigned cloth has none.

    A material kept by batch needs its `batch`, or the `parts` it left another place with. Raises
    BadQuantity, BadValue, BatchNeeded, OtherExpiry.
    """
    moving = Moving(lock_stock([(place, lot)]), on=on, actor=actor)
    moved = moving.receive(
        place, lot, quantity=quantity, value=value, source=source, paper=paper, batch=batch,
        parts=parts,
    )  # fmt: skip
    moving.write()
    return moved


@transaction.atomic
def issue(
    *,
    cooperative: Cooperative,
    place: Place,
    lot: Lot,
    quantity: Decimal,
    on: date,
    source: str,
    paper: str = "",
    actor: User,
    value: int | None = None,
    batch_id: int | None = None,
) -> Moved:
    """Take a quantity (base unit) out at the moving average of that lot at that place, half up.

    The last unit takes the last rupiah. With `value` it leaves at exactly that. A material kept by
    batch leaves from the batch chosen, else earliest expiry first. Raises NotEnoughStock with what
    is left, NotEnoughLater when a later day would fall below zero, NotEnoughOfBatch.
    """
    moving = Moving(lock_stock([(place, lot)]), on=on, actor=actor)
    moved = moving.issue(
        place, lot, quantity=quantity, source=source, paper=paper, value=value, batch_id=batch_id
    )
    moving.write()
    return moved


@transaction.atomic
def transfer(
    *,
    cooperative: Cooperative,
    lot: Lot,
    quantity: Decimal,
    from_place: Place,
    to_place: Place,
    on: date,
    source: str,
    paper: str = "",
    actor: User,
    batch_id: int | None = None,
) -> tuple[Moved, Moved]:
    """Move a quantity between two places at the average of the first, batches kept; (out, in)."""
    moving = Moving(lock_stock([(from_place, lot), (to_place, lot)]), on=on, actor=actor)
    out = moving.issue(
        from_place, lot, quantity=quantity, source=source, paper=paper, batch_id=batch_id
    )
    into = moving.receive(
        to_place, lot, quantity=quantity, value=out.value, source=source, paper=paper,
        parts=out.parts,
    )  # fmt: skip
    moving.write()
    return out, into


@transaction.atomic
def revalue(
    *,
    cooperative: Cooperative,
    place: Place,
    lot: Lot,
    value: int,
    on: date,
    source: str,
    paper: str = "",
    actor: User,
) -> Moved:
    """Change the value of what lies there by a signed amount without moving it (price difference)."""
    moving = Moving(lock_stock([(place, lot)]), on=on, actor=actor)
    balance = moving.locked[place.pk, lot.pk]
    if balance.quantity == 0 or balance.value + value < 0:
        raise BadValue(item=lot.item.name, value=format_rupiah(balance.value + value))
    moved = moving.move(balance, quantity=Decimal(0), value=value, source=source, paper=paper)
    moving.write()
    return moved


@transaction.atomic
def mirror(
    *, cooperative: Cooperative, source: str, on: date, reason_source: str, actor: User
) -> list[Moved]:
    """Undo every move of a paper at its own value, dated `on`, under `reason_source`.

    Refused (NotEnoughStock, CannotUndo) when what it brought is gone, so that the mirrored
    journal entry and the stock always agree.
    """
    moves = list(selectors.moves_of_source(cooperative=cooperative, source=source))
    if any(hasattr(move, "undone_by") for move in moves):
        raise AlreadyUndone(paper=moves[0].paper or source)
    moving = Moving(lock_stock((move.place, move.lot) for move in moves), on=on, actor=actor)
    done: list[Moved] = []
    # What comes back comes back first: a move between two places is undone in its own order.
    for move in sorted(moves, key=lambda m: (m.quantity > 0, m.pk)):
        balance = moving.locked[move.place_id, move.lot_id]
        if move.quantity > 0:
            moving.refuse_if_short(balance, move.quantity)
        if not _can_leave_again(balance, move):
            raise CannotUndo(paper=move.paper or source, item=move.lot.label or move.lot.item.name)
        done.append(
            moving.move(
                balance,
                quantity=-move.quantity,
                value=-move.value,
                source=reason_source,
                paper=move.paper,
                undoes=move,
                parts=_mirrored(balance, move, on),
            )
        )
    moving.write()
    return done


def _mirrored(balance: StockBalance, move: StockMove, on: date) -> list[Part]:
    """The batch a move is undone in: its own, or the old one when it was written before batches."""
    item = balance.lot.item
    if not item.tracked or not move.quantity:
        return [(move.batch_id, -move.quantity)]
    batch_id = move.batch_id or old_batch(item).pk
    if move.quantity > 0:
        parts_out(balance, move.quantity, batch_id=batch_id, on=on)
    return [(batch_id, -move.quantity)]


def _can_leave_again(balance: StockBalance, move: StockMove) -> bool:
    quantity, value = balance.quantity - move.quantity, balance.value - move.value
    return value >= 0 and (quantity > 0 or value == 0)
