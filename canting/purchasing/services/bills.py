"""The supplier's bill, matched with what was ordered and what came (posting.md 2.2 grni_invoiced)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah, half_up, share
from canting.ledger.rules import Line, credit, debit, signed
from canting.purchasing import selectors
from canting.purchasing.errors import (
    DependsOnIt,
    NotaNeeded,
    NotaTwice,
    PaidAlready,
)
from canting.purchasing.models import SupplierBill, SupplierBillLine, SupplierOrderLine
from canting.purchasing.rules import State
from canting.purchasing.selectors import OrderRow
from canting.purchasing.services.changes import within_value
from canting.purchasing.services.common import (
    PaperHand,
    by_signed_account,
    check_reason,
    mark_reversed,
    paper_facts,
    refuse_with_faktur,
    signed_line,
    undo_source,
)
from canting.purchasing.services.matching import (
    BillDraft,
    Billed,
    Matched,
    match_bill,
    refuse_unless_accepted,
)
from canting.purchasing.services.orders import lock_order
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import PlaceKind, account_role

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import User
    from canting.purchasing.models import SupplierOrder
    from canting.stock.models import Place


@transaction.atomic
def bill_order(
    *, order: SupplierOrder, draft: BillDraft, on: date, actor: User, replaces: str = ""
) -> SupplierBill:
    """Enter the supplier's bill for goods of an order that came, whole or a part (TG).

    Posts grni_invoiced: what was expected leaves grni, the supplier is owed what the bill says;
    a difference changes the stock for what is still there and price_diff for what is gone.
    Raises NotaNeeded, NotaTwice, DifferenceTooLarge, DifferenceNeedsReason, and as match_bill.
    """
    order = lock_order(order)
    nota = draft.nota.strip()
    if not nota:
        raise NotaNeeded()
    _refuse_twice(order, nota)
    matched = match_bill(order, draft, on)
    refuse_unless_accepted(matched, draft)
    bill = _write(order, draft, matched, on, actor, replaces)
    hand = PaperHand(bill, f"purchasing.bill:{bill.number}", actor)
    split = _split(order, bill, matched)
    store = stock_selectors.store(order.cooperative)
    for item, value in split.in_stock.items():
        if value:
            hand.revalue(store, item, value)
    bill.stock_value = sum(split.in_stock.values())
    bill.difference = split.gone
    bill.save(update_fields=["stock_value", "difference"])
    hand.post(
        kind="grni_invoiced",
        memo=selectors.bill_memo(bill),
        lines=_lines(bill, matched.released, split),
    )
    return bill


def _refuse_twice(order: SupplierOrder, nota: str) -> None:
    found = selectors.bill_by_nota(order=order, nota=nota)
    if found is not None:
        raise NotaTwice(nota=nota, supplier=order.supplier.name, number=found.number)


def _write(
    order: SupplierOrder, draft: BillDraft, matched: Matched, on: date, actor: User, replaces: str
) -> SupplierBill:
    bill_date = draft.own_date or on
    bill = SupplierBill.objects.create(
        **paper_facts(
            cooperative=order.cooperative,
            number=next_number(cooperative=order.cooperative, series="TG", on=on),
            on=on,
            own_date=draft.own_date,
            actor=actor,
        ),
        supplier=order.supplier,
        order=order,
        nota=draft.nota.strip()[:40],
        due_on=draft.due_on or bill_date + timedelta(days=order.credit_days),
        goods=matched.goods,
        freight=matched.freight,
        freight_released=matched.freight_released,
        total=matched.total,
        difference_reason=draft.reason.strip()[:200],
        note=draft.note,
        replaces=replaces,
    )
    record(
        cooperative_id=order.cooperative_id,
        actor=actor,
        action="purchasing.billed",
        subject=bill.number,
        facts={
            "order": order.number,
            "total": bill.total,
            "expected": matched.released,
            "reason": bill.difference_reason,
        },
        for_party=order.supplier.party,
    )
    return bill


@dataclass(slots=True)
class _Split:
    """Where the differences of a bill go: into the stock by item, or into price_diff."""

    in_stock: dict[Item, int] = field(default_factory=dict)
    gone: int = 0


def _portions(order: SupplierOrder, matched: Matched) -> list[tuple[OrderRow, Decimal, int]]:
    """Which lines a difference belongs to: row, quantity, the line's and its freight's difference.

    The freight's is shared by value over what is billed; when the bill names freight alone, over
    everything that came.
    """
    found = [(line.row, line.quantity, line.difference, line.released) for line in matched.lines]
    if not found:
        rows = selectors.order_rows(order)
        found = [(row, row.kept, 0, row.received_amount) for row in rows if row.kept]
    extra = matched.freight_difference
    if not extra or not found:
        return [(row, quantity, own) for row, quantity, own, _weight in found]
    parts = share(extra, [weight or 1 for _row, _quantity, _own, weight in found])
    return [
        (row, quantity, own + part)
        for (row, quantity, own, _weight), part in zip(found, parts, strict=True)
    ]


def _split(order: SupplierOrder, bill: SupplierBill, matched: Matched) -> _Split:
    """Divide every difference by what is still in the store, and write the bill's lines."""
    split = _Split()
    portions = _portions(order, matched)
    store = stock_selectors.store(order.cooperative)
    left = _left(store, [row.line.item for row, _quantity, _difference in portions])
    insides: list[tuple[int, int]] = []
    for row, billed, difference in portions:
        item = row.line.item
        quantity, value = left[item]
        here = min(quantity, billed)
        inside, gone = share(difference, [here, billed - here])
        inside, gone = within_value(inside, gone, value)
        left[item] = (quantity - here, value + inside)
        split.in_stock[item] = split.in_stock.get(item, 0) + inside
        split.gone += gone
        insides.append((inside, gone))
    if not portions:
        split.gone = matched.freight_difference
    for line, (inside, gone) in zip(matched.lines, insides, strict=False):
        SupplierBillLine.objects.create(
            bill=bill,
            order_line=line.row.line,
            base_quantity=line.quantity,
            price=line.price,
            amount=line.amount,
            released=line.released,
            stock_value=inside,
            difference=gone,
        )
    return split


def _left(store: Place, items: Sequence[Item]) -> dict[Item, tuple[Decimal, int]]:
    """What lies in the store of each item, locked: quantity and value."""
    pools = {item: stock.pool_lot(item) for item in items}
    locked = stock.lock_stock((store, pool) for pool in pools.values())
    return {
        item: (locked[(store.pk, pool.pk)].quantity, locked[(store.pk, pool.pk)].value)
        for item, pool in pools.items()
    }


def _lines(bill: SupplierBill, released: int, split: _Split) -> list[Line]:
    party = bill.supplier.party
    by_role = by_signed_account(
        (account_role(PlaceKind.STORE, item.kind), value) for item, value in split.in_stock.items()
    )
    return [
        debit("grni", released, party),
        *(signed(role, value) for role, value in by_role.items() if value),
        *signed_line("price_diff", split.gone),
        credit("pay_supplier", bill.total, party),
    ]


@transaction.atomic
def correct_bill(
    *,
    bill: SupplierBill,
    draft: BillDraft | None,
    reason: str,
    on: date,
    actor: User,
) -> SupplierBill | None:
    """Put a bill right: its entry and its part of the stock's value go, and the new one is entered.

    Refused when it was paid (PaidAlready) or billed goods went back (DependsOnIt). Twice is once.
    """
    reason = check_reason(reason)
    order = lock_order(bill.order)
    bill = (
        SupplierBill.objects.select_for_update(of=("self",))
        .select_related("supplier__party", "cooperative")
        .get(pk=bill.pk)
    )
    cooperative = bill.cooperative
    if bill.state == State.REVERSED:
        return selectors.bill_by_number(cooperative=cooperative, number=bill.replaced_by)
    _refuse_if_returned(order, bill)
    refuse_with_faktur(bill)
    _refuse_if_paid(order, bill, draft, on)
    undo_source(
        cooperative=cooperative,
        source=f"purchasing.bill:{bill.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    mark_reversed(bill, reason=reason)
    successor = None
    if draft is not None:
        successor = bill_order(order=order, draft=draft, on=on, actor=actor, replaces=bill.number)
        mark_reversed(bill, reason=reason, successor=successor.number)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.bill_corrected",
        subject=bill.number,
        facts={"reason": reason, "successor": bill.replaced_by},
        for_party=bill.supplier.party,
    )
    return successor


def _refuse_if_returned(order: SupplierOrder, bill: SupplierBill) -> None:
    rows = {row.line.pk: row for row in selectors.order_rows(order)}
    for line in bill.lines.all():
        row = rows[line.order_line_id]
        if row.billed - line.base_quantity < row.returned_billed:
            numbers = [paper.number for paper in order.returns.all() if paper.standing]
            raise DependsOnIt(number=bill.number, what=selectors.changes_text(numbers))


def _refuse_if_paid(
    order: SupplierOrder, bill: SupplierBill, draft: BillDraft | None, on: date
) -> None:
    """What we owe may not fall below zero: the payment is put right first."""
    again = 0
    if draft is not None:
        again = draft.freight + sum(_amount(line, billed) for line, billed in draft.lines.items())
    owed = selectors.owed_to(cooperative=bill.cooperative, supplier=bill.supplier)
    short = bill.total - again - owed
    if short > 0:
        raise PaidAlready(
            number=bill.number, supplier=bill.supplier.name, amount=format_rupiah(short)
        )


def _amount(line: SupplierOrderLine, billed: Billed) -> int:
    packs = billed.quantity
    return half_up(billed.price * (packs if isinstance(packs, int) else packs / line.pack))
