"""What lay in the store, at makers and on the shelves on the first day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import ItemKind
from canting.cooperatives.services import record
from canting.ledger.rules import Draft, Line, credit, debit
from canting.ledger.services import post_entry
from canting.stock import selectors
from canting.stock.errors import AlreadyOpened, NothingToOpen, WrongItem
from canting.stock.models import Lot, Place
from canting.stock.rules import Basis, Moved, Origin
from canting.stock.services.lots import make_lot, pool_lot, release
from canting.stock.services.moves import lock_stock, receive

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party, User


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One row of the opening stock: how much, worth what, in whose hands, made by whom.

    `holder` names a maker who has our material. Cloth has a grade and may have a maker and its
    label's code; `consigned` cloth is its maker's and has no value.
    """

    item: Item
    quantity: Decimal
    value: int
    unit: str = ""
    holder: Party | None = None
    maker: Party | None = None
    grade: str = ""
    code: str = ""
    consigned: bool = False


@transaction.atomic
def open_stock(
    *, cooperative: Cooperative, rows: Sequence[OpeningRow], on: date, actor: User
) -> list[Moved]:
    """Write the opening stock; answers what stands on which account, so that the caller can post.

    Cloth is released for sale at once. Raises NothingToOpen, AlreadyOpened, WrongItem, CodeTaken.
    """
    filled = [row for row in rows if row.quantity]
    if not filled:
        raise NothingToOpen()
    if selectors.standing_opening(cooperative):
        raise AlreadyOpened()
    source = f"stock.opening:{selectors.openings(cooperative) + 1}"
    placed = [_placed(cooperative, row, on=on, source=source, actor=actor) for row in filled]
    lock_stock((place, lot) for _row, place, lot in placed)
    moves = [
        receive(
            cooperative=cooperative,
            place=place,
            lot=lot,
            quantity=catalogue.to_base(row.item, row.quantity, row.unit),
            value=row.value,
            on=on,
            source=source,
            actor=actor,
        )
        for row, place, lot in placed
    ]
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.opened",
        subject=source,
        facts={"rows": len(moves), "value": sum(moved.value for moved in moves)},
    )
    return moves


def _placed(
    cooperative: Cooperative, row: OpeningRow, *, on: date, source: str, actor: User
) -> tuple[OpeningRow, Place, Lot]:
    if row.item.kind != ItemKind.PRODUCT:
        if row.consigned:
            hint = _("Only cloth can be consigned.")
            raise WrongItem(item=row.item.name, kind=row.item.kind, hint=hint)
        place = (
            selectors.custody_of(cooperative, row.holder)
            if row.holder
            else selectors.store(cooperative)
        )
        return row, place, pool_lot(row.item)
    if row.holder or (row.consigned and row.maker is None):
        hint = _("Finished cloth lies in the store, or is consigned by its maker.")
        raise WrongItem(item=row.item.name, kind=row.item.kind, hint=hint)
    lot = make_lot(
        cooperative=cooperative,
        item=row.item,
        basis=Basis.CONSIGNMENT if row.consigned else Basis.PURCHASE,
        origin=Origin.MEMBER if row.maker else Origin.OUTSIDE,
        grade=row.grade,
        maker=row.maker,
        on=on,
        source=source,
        code=row.code,
        quantity=row.quantity,
    )
    release(lot=lot, on=on, actor=actor)
    if row.consigned and row.maker:
        return row, selectors.consigned(cooperative, row.maker), lot
    return row, selectors.store(cooperative), lot


@transaction.atomic
def book_opening(
    *, cooperative: Cooperative, rows: Sequence[OpeningRow], on: date, actor: User
) -> list[Moved]:
    """Write the opening stock and its entry against suspense, which the opening balances clear."""
    moves = open_stock(cooperative=cooperative, rows=rows, on=on, actor=actor)
    lines: list[Line] = [debit(m.role, m.value, m.party) for m in moves if m.value]
    if lines:
        source = f"stock.opening:{selectors.openings(cooperative)}"
        draft = Draft(
            source=source,
            entry_date=on,
            kind="opening",
            memo=_("Opening stock"),
            lines=[*lines, credit("suspense", sum(line.amount for line in lines))],
        )
        post_entry(cooperative=cooperative, draft=draft, actor=actor)
    return moves
