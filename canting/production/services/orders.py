"""Work orders: open, split, move through the stages, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue import selectors as catalogue
from canting.catalogue.errors import NoPrice
from canting.catalogue.rules import GRADES
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.members.rules.people import ACTIVE
from canting.members.selectors import require_staying
from canting.production import selectors
from canting.production.errors import (
    CloseReasonNeeded,
    MakerNotActive,
    NoRates,
    NotFinished,
    OrderClosed,
    PartTooSmall,
    ReasonNeeded,
)
from canting.production.models import Assignment, WorkOrder
from canting.production.rules import (
    PRICE_LISTS,
    OrderStatus,
    Part,
    check_split,
    check_stages,
    open_pieces,
)
from canting.production.services.posting import settle_status, write_note

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.sales.models import OrderLine


@transaction.atomic
def open_work_order(
    *,
    cooperative: Cooperative,
    product: Item,
    basis: str,
    quantity: int,
    parts: Sequence[Part],
    due_date: date,
    on: date,
    actor: User,
    order_line: OrderLine | None = None,
    note: str = "",
) -> WorkOrder:
    """Ask pieces of one product from members; rates and norms are those in force on this day.

    No entry (posting.md 2.4). Raises NoPieces, SplitDiffers, MakerTwice, MakerNotActive, NoRates.
    """
    check_split(quantity, parts)
    _check_makers(parts)
    rates = rates_on(cooperative=cooperative, product=product, basis=basis, on=on)
    order = WorkOrder.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="SPK", on=on),
        basis=basis,
        product=product,
        order_line=order_line,
        quantity=quantity,
        opened_on=on,
        due_date=due_date,
        rates=rates,
        norms={str(item.pk): str(norm) for item, norm in catalogue.norms(product=product)},
        note=note.strip()[:300],
    )
    Assignment.objects.bulk_create(_row(order, part) for part in parts)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="production.order_opened",
        subject=order.number,
        facts={"basis": basis, "pieces": quantity, "split": _told(parts), "rates": rates},
    )
    return order


def _row(order: WorkOrder, part: Part) -> Assignment:
    return Assignment(
        cooperative_id=order.cooperative_id,
        work_order=order,
        member_id=part.member.pk,
        quantity=part.quantity,
        promised_date=part.promised_date or order.due_date,
    )


def _told(parts: Sequence[Part]) -> dict[str, int]:
    return {part.member.full_name: part.quantity for part in parts}


def _check_makers(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.member.status not in ACTIVE:
            raise MakerNotActive(maker=part.member.full_name)
        require_staying(part.member)


def rates_on(*, cooperative: Cooperative, product: Item, basis: str, on: date) -> dict[str, int]:
    """What a maker gets per piece and grade on a day: wage or price by the basis; none consigned.

    Raises NoRates when no grade has a price.
    """
    price_list = PRICE_LISTS.get(basis, "")
    if not price_list:
        return {}
    rates: dict[str, int] = {}
    for grade in GRADES:
        try:
            rates[grade] = catalogue.price_of(
                cooperative=cooperative, item=product, price_list=price_list, on=on, grade=grade
            )
        except NoPrice:
            continue
    if not rates:
        raise NoRates(
            product=product.name, date=format_date(on), list=catalogue.list_name(price_list)
        )
    return rates


@transaction.atomic
def change_split(*, order: WorkOrder, parts: Sequence[Part], on: date, actor: User) -> WorkOrder:
    """Share the pieces anew; the sum may change with it, what was brought stays where it is.

    Raises OrderClosed, NoPieces, MakerTwice, MakerNotActive, PartTooSmall.
    """
    order = selectors.lock_order(order.pk)
    if order.status != OrderStatus.OPEN:
        raise OrderClosed(number=order.number)
    check_split(sum(part.quantity for part in parts), parts)
    kept = {row.member_id: row for row in selectors.assignments(order=order)}
    named = {part.member.pk for part in parts}
    _check_makers([part for part in parts if part.member.pk not in kept])
    for member_id, row in kept.items():
        wanted = next((part.quantity for part in parts if part.member.pk == member_id), 0)
        settled = row.accepted + row.rejected + row.rework
        if wanted < settled:
            raise PartTooSmall(maker=row.member.full_name, settled=settled)
    for part in parts:
        found = kept.get(part.member.pk)
        if found is None:
            _row(order, part).save()
        else:
            found.quantity = part.quantity
            found.promised_date = part.promised_date or found.promised_date
            found.save(update_fields=["quantity", "promised_date"])
    _drop([row for member_id, row in kept.items() if member_id not in named])
    order.quantity = sum(part.quantity for part in parts)
    order.save(update_fields=["quantity"])
    settle_status(order=order, on=on)
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="production.split_changed",
        subject=order.number,
        facts={
            "before": {row.member.full_name: row.quantity for row in kept.values()},
            "after": _told(parts),
        },
    )
    return order


def _drop(rows: Sequence[Assignment]) -> None:
    """A maker without a piece leaves the split; reports keep her row, with nothing to bring."""
    for row in rows:
        if row.reports.exists() or row.accepted or row.rejected:
            raise PartTooSmall(maker=row.member.full_name, settled=row.reported)
        row.delete()


@transaction.atomic
def set_stages(
    *, assignment: Assignment, waxed: int, dyed: int, boiled: int, on: date, actor: User
) -> Assignment:
    """Say how many pieces are in wax, in dye and boiled; the rest is plain cloth. Once is enough.

    Raises OrderClosed, StagesTooMany.
    """
    row = selectors.lock_assignment(assignment.pk)
    if (row.waxed, row.dyed, row.boiled) == (waxed, dyed, boiled):
        return row
    if row.work_order.status != OrderStatus.OPEN:
        raise OrderClosed(number=row.work_order.number)
    check_stages(row, waxed=waxed, dyed=dyed, boiled=boiled)
    row.waxed, row.dyed, row.boiled = waxed, dyed, boiled
    row.save(update_fields=["waxed", "dyed", "boiled"])
    record(
        cooperative_id=row.cooperative_id,
        actor=actor,
        action="production.stages_set",
        subject=row.work_order.number,
        facts={"waxed": waxed, "dyed": dyed, "boiled": boiled, "on": on},
        for_party=row.member.party,
    )
    return row


@transaction.atomic
def note_to_maker(*, assignment: Assignment, text: str, on: date, actor: User) -> Assignment:
    """Write a word to a maker about her part; it takes the place of the one before.

    Raises ReasonNeeded when it is empty.
    """
    if not text.strip():
        raise ReasonNeeded()
    row = selectors.lock_assignment(assignment.pk)
    before = row.note
    write_note(row, text=text, on=on, actor=actor)
    record(
        cooperative_id=row.cooperative_id,
        actor=actor,
        action="production.note_written",
        subject=row.work_order.number,
        facts={"before": before, "after": row.note},
        for_party=row.member.party,
    )
    return row


@transaction.atomic
def close_order(*, order: WorkOrder, reason: str, on: date, actor: User) -> WorkOrder:
    """End a work order by decision though pieces are still to come; what makers hold stays theirs
    to bring back.

    Raises CloseReasonNeeded, NotFinished.
    """
    order = selectors.lock_order(order.pk)
    if order.status != OrderStatus.OPEN:
        return order
    left = sum(open_pieces(row) for row in selectors.assignments(order=order))
    if not reason.strip():
        raise CloseReasonNeeded(number=order.number, left=left)
    value = selectors.value_in_work(order)
    if value:
        raise NotFinished(number=order.number, value=format_rupiah(value))
    order.status = OrderStatus.ENDED
    order.closed_on = on
    order.closed_reason = reason.strip()[:200]
    order.save(update_fields=["status", "closed_on", "closed_reason"])
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="production.order_ended",
        subject=order.number,
        facts={"reason": order.closed_reason, "left": left},
    )
    return order
