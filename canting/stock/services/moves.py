"""The only writers of stock: receive, issue, transfer, change of value, undoing.

Each takes the locks of its balances in id order and never lets a quantity fall below zero, now
or at the end of any later day. A paper with several lines locks them all first (`lock_stock`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, share
from canting.kernel.quantities import format_quantity, quantize
from canting.stock import selectors
from canting.stock.errors import (
    AlreadyUndone,
    BadQuantity,
    BadValue,
    CannotUndo,
    NotEnoughLater,
    NotEnoughStock,
)
from canting.stock.models import Lot, Place, StockBalance, StockMove
from canting.stock.rules import (
    BatchIn,
    BatchPart,
    Moved,
    PlaceKind,
    account_role,
    value_out,
)
from canting.stock.services.batches import keep_batch, old_batch, parts_in, parts_out

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

# A batch's number (none for what is not kept by batch) and a signed quantity of it.
Part = tuple[int | None, Decimal]


def lock_stock(pairs: Iterable[tuple[Place, Lot]]) -> dict[tuple[int, int], StockBalance]:
    """Lock the balances of these places and lots, in id order, making those that are not there.

    Call it first when one paper moves several lots: two papers then never wait for each other.
    """
    wanted = {(place.pk, lot.pk): (place, lot) for place, lot in pairs}
    for place, lot in wanted.values():
        StockBalance.objects.get_or_create(
            place=place, lot=lot, defaults={"cooperative_id": place.cooperative_id}
        )
    rows = (
        StockBalance.objects.select_for_update(of=("self",))
        .filter(place_id__in={key[0] for key in wanted}, lot_id__in={key[1] for key in wanted})
        .select_related("lot__item", "place__party")
        .order_by("id")
    )
    return {(row.place_id, row.lot_id): row for row in rows if (row.place_id, row.lot_id) in wanted}


def _locked(place: Place, lot: Lot) -> StockBalance:
    return lock_stock([(place, lot)])[(place.pk, lot.pk)]


def _write(
    balance: StockBalance,
    *,
    quantity: Decimal,
    value: int,
    on: date,
    source: str,
    paper: str,
    actor: User,
    undoes: StockMove | None = None,
    parts: Sequence[Part] = (),
) -> Moved:
    """Write one move a batch (one in all without batches) and keep the balances."""
    split = list(parts) or [(None, quantity)]
    values = _values_of(value, split)
    for (batch_id, moved), worth in zip(split, values, strict=True):
        StockMove.objects.create(
            cooperative_id=balance.cooperative_id,
            place_id=balance.place_id,
            lot_id=balance.lot_id,
            batch_id=batch_id,
            on=on,
            quantity=moved,
            value=worth,
            source=source,
            paper=paper,
            actor=actor,
            made_at=timezone.now(),
            undoes=undoes,
        )
        if batch_id is not None:
            keep_batch(balance, batch_id, moved)
    balance.quantity += quantity
    balance.value += value
    balance.save(update_fields=["quantity", "value"])
    place = balance.place
    party = place.party if place.kind == PlaceKind.CUSTODY else None
    role = account_role(place.kind, balance.lot.item.kind)
    named = tuple(BatchPart(key, abs(moved)) for key, moved in split if key is not None)
    return Moved(abs(value), role, party, abs(quantity), named)


def _values_of(value: int, split: Sequence[Part]) -> list[int]:
    """The value divided over the batches by quantity; the parts add up to it."""
    if len(split) == 1:
        return [value]
    return share(value, [abs(moved) for _batch, moved in split])


def _check_quantity(lot: Lot, quantity: Decimal) -> Decimal:
    exact = quantize(quantity)
    if exact <= 0:
        raise BadQuantity(item=lot.item.name, quantity=format_quantity(quantity, lot.item.unit))
    return exact


def _refuse_if_short(balance: StockBalance, quantity: Decimal, on: date) -> None:
    item = balance.lot.item
    facts = {
        "wanted": format_quantity(quantity, item.unit),
        "item": balance.lot.label or item.name,
        "place": selectors.place_name(balance.place),
    }
    if quantity > balance.quantity:
        raise NotEnoughStock(**facts, left=format_quantity(balance.quantity, item.unit))
    least, day = selectors.least_later(balance.place, balance.lot, on, balance.quantity)
    if quantity > least:
        raise NotEnoughLater(
            **facts,
            left=format_quantity(least, item.unit),
            date=format_date(on),
            later=format_date(day),
        )


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
    exact = _check_quantity(lot, quantity)
    if value < 0 or (value and place.kind == PlaceKind.CONSIGNED):
        raise BadValue(item=lot.item.name, value=format_rupiah(value))
    balance = _locked(place, lot)
    return _write(
        balance,
        quantity=exact,
        value=value,
        on=on,
        source=source,
        paper=paper,
        actor=actor,
        parts=parts_in(balance.lot.item, exact, batch=batch, parts=parts, source=source),
    )


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
    exact = _check_quantity(lot, quantity)
    balance = _locked(place, lot)
    _refuse_if_short(balance, exact, on)
    average = value_out(
        quantity=exact, balance_quantity=balance.quantity, balance_value=balance.value
    )
    leaving = average if value is None else value
    if not _can_leave(balance, exact, leaving):
        raise BadValue(item=lot.item.name, value=format_rupiah(leaving))
    parts = parts_out(balance, exact, batch_id=batch_id, on=on)
    return _write(
        balance,
        quantity=-exact,
        value=-leaving,
        on=on,
        source=source,
        paper=paper,
        actor=actor,
        parts=[(key, -moved) for key, moved in parts],
    )


def _can_leave(balance: StockBalance, quantity: Decimal, value: int) -> bool:
    """Value stays at zero or more, and nothing is left of it without goods."""
    left = balance.value - value
    return left >= 0 and value >= 0 and (left == 0 or balance.quantity != quantity)


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
    lock_stock([(from_place, lot), (to_place, lot)])
    out = issue(
        cooperative=cooperative,
        place=from_place,
        lot=lot,
        quantity=quantity,
        on=on,
        source=source,
        paper=paper,
        actor=actor,
        batch_id=batch_id,
    )
    into = receive(
        cooperative=cooperative,
        place=to_place,
        lot=lot,
        quantity=quantity,
        value=out.value,
        on=on,
        source=source,
        paper=paper,
        actor=actor,
        parts=out.parts,
    )
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
    balance = _locked(place, lot)
    if balance.quantity == 0 or balance.value + value < 0:
        raise BadValue(item=lot.item.name, value=format_rupiah(balance.value + value))
    return _write(
        balance, quantity=Decimal(0), value=value, on=on, source=source, paper=paper, actor=actor
    )


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
    locked = lock_stock((move.place, move.lot) for move in moves)
    done: list[Moved] = []
    # What comes back comes back first: a move between two places is undone in its own order.
    for move in sorted(moves, key=lambda m: (m.quantity > 0, m.pk)):
        balance = locked[(move.place_id, move.lot_id)]
        if move.quantity > 0:
            _refuse_if_short(balance, move.quantity, on)
        if not _can_leave_again(balance, move):
            raise CannotUndo(paper=move.paper or source, item=move.lot.label or move.lot.item.name)
        done.append(
            _write(
                balance,
                quantity=-move.quantity,
                value=-move.value,
                on=on,
                source=reason_source,
                paper=move.paper,
                actor=actor,
                undoes=move,
                parts=_mirrored(balance, move, on),
            )
        )
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
