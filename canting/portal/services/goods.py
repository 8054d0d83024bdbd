"""The opening stock: goods received at the value of the old book, and taken back when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.ledger.rules import Line, debit
from canting.portal.errors import LabelElsewhere
from canting.stock import selectors as stock
from canting.stock.rules import Basis, BatchIn
from canting.stock.services import lock_stock, make_lot, mirror, pool_lot, receive, release

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party, User
    from canting.stock.models import Lot, Place

OWN = "portal.opening:"


@dataclass(frozen=True, slots=True)
class Goods:
    """Materials or cloth there at the start: quantity in the base unit, value in whole rupiah.

    `holder` has our material in hand; `maker` made the cloth, or owns it when it is consigned.
    """

    item: Item
    quantity: Decimal
    value: int
    holder: Party | None = None
    maker: Party | None = None
    basis: str = ""
    origin: str = ""
    grade: str = ""
    label: str = ""
    batch: BatchIn | None = None


@dataclass(slots=True)
class Received:
    """What came in: the debit lines of its value, and the label of each row (cloth only)."""

    lines: list[Line] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)


def receive_goods(
    *, cooperative: Cooperative, goods: Sequence[Goods], source: str, actor: User
) -> Received:
    """Receive every row on the first day of the books; cloth gets its lot and may be sold at once."""
    received = Received()
    on = cooperative.cutover_date
    placed = [(one, *_place_and_lot(cooperative, one, source)) for one in goods]
    lock_stock((place, lot) for _one, place, lot in placed)
    for one, place, lot in placed:
        moved = receive(
            cooperative=cooperative,
            place=place,
            lot=lot,
            quantity=one.quantity,
            value=one.value,
            on=on,
            source=source,
            actor=actor,
            batch=one.batch,
        )
        if one.basis:
            release(lot=lot, on=on, actor=actor)
        if moved.role and moved.value:
            received.lines.append(debit(moved.role, moved.value, moved.party))
        received.labels.append(lot.label)
    return received


def _place_and_lot(cooperative: Cooperative, one: Goods, source: str) -> tuple[Place, Lot]:
    if not one.basis:
        lot = pool_lot(one.item)
        holder = one.holder
        return (stock.custody_of(cooperative, holder) if holder else stock.store(cooperative)), lot
    if one.basis == Basis.CONSIGNMENT and one.maker:
        return stock.consigned(cooperative, one.maker), _lot(cooperative, one, source)
    return stock.store(cooperative), _lot(cooperative, one, source)


def _lot(cooperative: Cooperative, one: Goods, source: str) -> Lot:
    """The lot of a row of cloth; one that this opening made before keeps its label."""
    before = stock.lot_by_code(cooperative, one.label) if one.label else None
    if before is None:
        return make_lot(
            cooperative=cooperative,
            item=one.item,
            basis=one.basis,
            origin=one.origin,
            grade=one.grade,
            maker=one.maker,
            on=cooperative.cutover_date,
            source=source,
            code=one.label,
            quantity=one.quantity,
        )
    maker_id = one.maker.pk if one.maker else None
    same = (before.item_id, before.basis, before.origin, before.grade, before.maker_id) == (
        *(one.item.pk, one.basis, one.origin, one.grade, maker_id),
    )
    if not (same and before.source.startswith(OWN)):
        raise LabelElsewhere(label=before.label, item=before.item.name)
    return before


def take_back_goods(*, cooperative: Cooperative, source: str, actor: User) -> None:
    """Undo what an earlier saving of the step had brought in, on the same day and value."""
    mirror(
        cooperative=cooperative,
        source=source,
        on=cooperative.cutover_date,
        reason_source=source.replace(OWN, "portal.opening_undone:", 1),
        actor=actor,
    )
