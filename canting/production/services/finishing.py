"""Work in progress becomes finished goods; recovered wax leaves it before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah, half_up, share
from canting.kernel.quantities import format_quantity
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.production import selectors
from canting.production.errors import (
    FinishedClothGone,
    NoFinish,
    NotEnoughInWork,
    NothingToFinish,
    NotMaterial,
    ReasonNeeded,
)
from canting.production.models import MaterialFact, WorkOrder
from canting.production.rules import FactKind
from canting.production.services.posting import note_work, reverse_paper, settle_status
from canting.stock import selectors as stock
from canting.stock.services import pool_lot, receive

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import User
    from canting.stock.models import Lot


def finish_lots(
    *,
    order: WorkOrder,
    lots: Sequence[tuple[Lot, int, int]],
    source: str,
    paper: str,
    on: date,
    actor: User,
) -> int:
    """Move lots (lot, pieces, rupiah) from work into the store; the whole value in rupiah."""
    place = stock.store(order.cooperative)
    for lot, quantity, value in lots:
        receive(
            cooperative=order.cooperative,
            place=place,
            lot=lot,
            quantity=Decimal(quantity),
            value=value,
            on=on,
            source=source,
            paper=paper,
            actor=actor,
        )
    rows = [(lot.pk, -quantity, -value) for lot, quantity, value in lots]
    note_work(order=order, source=source, on=on, rows=rows)
    return sum(value for _lot, _quantity, value in lots)


def finish_memo(
    order: WorkOrder, count: int, value: int, *, source: str, paper: str, on: date
) -> Draft:
    """The entry that moves a value from work in progress to finished goods."""
    return Draft(
        source=source,
        entry_date=on,
        kind="finished",
        memo=_("%(count)s pieces of %(number)s finished")
        % {"count": count, "number": order.number},
        lines=[debit("fg", value), credit("wip", value)],
        own_date=on,
        paper=paper,
    )


@transaction.atomic
def finish_order(*, order: WorkOrder, on: date, actor: User) -> int:
    """Move all that an order has in work to finished goods, shared over its lots by pieces.

    The whole value goes, by-products taken off before; its amount in rupiah. Raises
    NothingToFinish.
    """
    order = selectors.lock_order(order.pk)
    waiting = selectors.lots_in_work(order)
    value = selectors.value_in_work(order)
    if not waiting:
        raise NothingToFinish(number=order.number)
    before = selectors.finishes_of(order)
    source = f"production.finish:{order.number}{f'#{before + 1}' if before else ''}"
    parts = share(value, [one.quantity for one in waiting])
    lots = [(one.lot, one.quantity, part) for one, part in zip(waiting, parts, strict=True)]
    finish_lots(order=order, lots=lots, source=source, paper=order.number, on=on, actor=actor)
    settle_status(order=order, on=on)
    count = sum(one.quantity for one in waiting)
    draft = finish_memo(order, count, value, source=source, paper=order.number, on=on)
    post_entries(cooperative=order.cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="production.order_finished",
        subject=order.number,
        facts={"pieces": count, "value": value},
    )
    return value


@transaction.atomic
def undo_finish(*, order: WorkOrder, reason: str, on: date, actor: User) -> int:
    """Betulkan: the last finish of an order back into work, as long as its cloth lies in the store.

    Its value in rupiah; the order can be finished anew then. Raises ReasonNeeded, NoFinish,
    FinishedClothGone.
    """
    if not reason.strip():
        raise ReasonNeeded()
    order = selectors.lock_order(order.pk)
    standing = selectors.standing_finishes(order)
    if not standing:
        raise NoFinish(number=order.number)
    source = standing[-1]
    moves = list(selectors.work_moves(cooperative=order.cooperative, sources=[source]))
    _refuse_if_gone(order, source)
    undone = source.replace("production.finish:", "production.finish_undone:", 1)
    note_work(
        order=order,
        source=undone,
        on=on,
        rows=[(move.lot_id, -move.quantity, -move.value) for move in moves],
    )
    settle_status(order=order, on=on)
    value = -sum(move.value for move in moves)
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="production.finish_undone",
        subject=order.number,
        facts={"reason": reason.strip(), "value": value},
    )
    reverse_paper(
        cooperative=order.cooperative,
        sources=[source],
        on=on,
        reason=reason,
        reason_source=undone,
        actor=actor,
    )
    return value


def _refuse_if_gone(order: WorkOrder, source: str) -> None:
    place = stock.store(order.cooperative)
    for move in stock.moves_of_source(cooperative=order.cooperative, source=source):
        if stock.balance_of(place, move.lot).quantity < move.quantity:
            raise FinishedClothGone(
                number=order.number,
                paper=stock.last_taker(place, move.lot) or "-",
                piece=move.lot.label,
            )


@transaction.atomic
def record_byproduct(
    *, order: WorkOrder, item: Item, quantity: Decimal, on: date, actor: User
) -> MaterialFact:
    """Take recovered wax into the store at its set price; it lessens what the order has in work.

    Raises NotMaterial when the item is no by-product, NotEnoughInWork.
    """
    order = selectors.lock_order(order.pk)
    if item.kind != "byproduct":
        raise NotMaterial(item=item.name)
    price = house.parameter(cooperative=order.cooperative, name="production.byproduct_price", on=on)
    value = half_up(quantity * price)
    left = selectors.value_in_work(order)
    if value > left:
        raise NotEnoughInWork(
            number=order.number, left=format_rupiah(left), value=format_rupiah(value)
        )
    number = next_number(cooperative=order.cooperative, series="CB", on=on)
    source = f"production.material:{number}"
    moved = receive(
        cooperative=order.cooperative,
        place=stock.store(order.cooperative),
        lot=pool_lot(item),
        quantity=quantity,
        value=value,
        on=on,
        source=source,
        paper=number,
        actor=actor,
    )
    note_work(order=order, source=source, on=on, rows=[(None, 0, -value)])
    fact = MaterialFact.objects.create(
        cooperative=order.cooperative,
        number=number,
        kind=FactKind.BYPRODUCT,
        work_order=order,
        item=item,
        quantity=moved.quantity,
        value=value,
        reason="",
        happened_on=on,
    )
    memo = _("%(quantity)s recovered from %(number)s") % {
        "quantity": f"{item.name} {format_quantity(moved.quantity, item.unit)}",
        "number": order.number,
    }
    lines = [debit(moved.role, value), credit("wip", value)]
    draft = Draft(source, on, FactKind.BYPRODUCT.value, memo, lines, own_date=on, paper=number)
    post_entries(cooperative=order.cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="production.byproduct_recorded",
        subject=number,
        facts={"work_order": order.number, "value": value},
    )
    return fact
