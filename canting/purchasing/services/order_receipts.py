"""Goods of an order come in, all or a part; the bill comes later (posting.md 2.2 grni)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.catalogue import selectors as catalogue
from canting.cooperatives import selectors as house
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity, quantize
from canting.ledger.rules import Line, credit
from canting.purchasing import selectors
from canting.purchasing.errors import (
    BadAmount,
    DependsOnIt,
    NoLines,
    NotOfOrder,
    OverDelivery,
)
from canting.purchasing.models import OrderReceipt, OrderReceiptLine, SupplierOrderLine
from canting.purchasing.rules import State, most_receivable, part_of
from canting.purchasing.selectors import OrderRow
from canting.purchasing.services.common import (
    PaperHand,
    check_reason,
    mark_reversed,
    paper_facts,
    stock_debits,
    undo_source,
)
from canting.purchasing.services.orders import keep_state, lock_order, refuse_unless_waiting
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import BatchIn

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.purchasing.models import SupplierOrder

# How much of a line: whole packs (int) or an exact quantity in base units (Decimal).
Amounts = Mapping[SupplierOrderLine, int | Decimal]


@dataclass(frozen=True, slots=True)
class _Part:
    """One line that comes in: how much, what it is worth as ordered, its batch."""

    row: OrderRow
    quantity: Decimal
    amount: int
    batch: BatchIn | None


@dataclass(frozen=True, slots=True)
class _Delivery:
    """Everything about one arrival beside its lines."""

    on: date
    actor: User
    freight: int
    freight_place: str
    own_date: date | None
    nota: str
    note: str
    over_reason: str
    replaces: str = ""
    batches: Mapping[SupplierOrderLine, BatchIn] = field(default_factory=dict)


def quantities(
    order: SupplierOrder, rows: Sequence[OrderRow], lines: Amounts
) -> list[tuple[OrderRow, Decimal]]:
    """The rows of the lines named with their quantity in base units, in the order's order.

    Lines of nothing are left out. Raises NotOfOrder, NoLines.
    """
    wanted = {
        line.pk: line.pack * amount if isinstance(amount, int) else quantize(amount)
        for line, amount in lines.items()
    }
    known = {row.line.pk for row in rows}
    for line in lines:
        if line.pk not in known:
            raise NotOfOrder(item=line.item.name, number=order.number)
    found = [(row, wanted[row.line.pk]) for row in rows if wanted.get(row.line.pk, 0) > 0]
    if not found:
        raise NoLines()
    return found


def _refuse_too_much(order: SupplierOrder, row: OrderRow, quantity: Decimal, percent: str) -> None:
    line = row.line
    most = most_receivable(line.base_quantity, Decimal(percent)) - row.received + row.replaced
    if quantity > max(most, Decimal(0)):
        raise OverDelivery(
            quantity=format_quantity(quantity, line.item.unit),
            item=line.item.name,
            number=order.number,
            most=format_quantity(max(most, Decimal(0)), line.item.unit),
        )


def _worth(row: OrderRow, quantity: Decimal) -> int:
    """What a quantity is worth as ordered: parts that come later add up to the whole exactly."""
    line = row.line
    until_now = row.received + quantity
    return max(part_of(line.amount, until_now, line.base_quantity) - row.received_amount, 0)


@transaction.atomic
def receive_order(
    *,
    order: SupplierOrder,
    lines: Amounts,
    on: date,
    actor: User,
    freight: int = 0,
    freight_place: str = "",
    batches: Mapping[SupplierOrderLine, BatchIn] | None = None,
    own_date: date | None = None,
    nota: str = "",
    note: str = "",
    over_reason: str = "",
) -> OrderReceipt:
    """Take in goods of an order: `lines` says how many packs (int) or base units (Decimal) came.

    Posts grni: the stock at the ordered price with its share of the freight, against what the
    supplier will bill; freight was paid from `freight_place`, or "" when she bills it. More than
    the tolerance allows needs `over_reason`. Raises OrderDone, NotOfOrder, NoLines, OverDelivery,
    BadAmount, NotEnoughCash, and what the stock says of batches.
    """
    order = lock_order(order)
    refuse_unless_waiting(order)
    delivery = _Delivery(
        on, actor, freight, freight_place, own_date, nota, note, over_reason, "", batches or {}
    )
    return _receive(order, lines, delivery)


def _receive(order: SupplierOrder, lines: Amounts, delivery: _Delivery) -> OrderReceipt:
    if delivery.freight < 0:
        raise BadAmount(amount=format_rupiah(delivery.freight))
    rows = selectors.order_rows(order)
    parts = [
        _Part(row, quantity, _worth(row, quantity), delivery.batches.get(row.line))
        for row, quantity in quantities(order, rows, lines)
    ]
    catalogue.refuse_banned(items=[part.row.line.item for part in parts], on=delivery.on)
    if not delivery.over_reason:
        percent = str(
            house.parameter(
                cooperative=order.cooperative, name="purchasing.over_delivery", on=delivery.on
            )
        )
        for part in parts:
            _refuse_too_much(order, part.row, part.quantity, percent)
    store = stock_selectors.store(order.cooperative)
    stock.lock_stock((store, stock.pool_lot(part.row.line.item)) for part in parts)
    if delivery.freight and delivery.freight_place:
        cash.require_cash(
            cooperative=order.cooperative,
            place=delivery.freight_place,
            amount=delivery.freight,
            on=delivery.on,
        )
    receipt = _write(order, parts, delivery)
    hand = PaperHand(receipt, f"purchasing.order_receipt:{receipt.number}", delivery.actor)
    moves = [
        hand.take_in(
            store,
            line.order_line.item,
            line.base_quantity,
            line.value,
            _batch(line),
        )
        for line in selectors.order_receipt_lines(receipt)
    ]
    hand.post(
        kind="grni",
        memo=selectors.order_receipt_memo(receipt),
        lines=[*stock_debits(moves), *_owed(receipt)],
    )
    keep_state(order, selectors.order_rows(order), receipt.own_date)
    return receipt


def _batch(line: OrderReceiptLine) -> BatchIn | None:
    """The batch for the stock; a code on what is not kept by batch stays on the paper alone."""
    if not line.batch_code or not line.order_line.item.tracked:
        return None
    return BatchIn(line.batch_code, line.expires_on)


def _owed(receipt: OrderReceipt) -> list[Line]:
    """What the supplier will bill, and freight that was paid at once."""
    party = receipt.order.supplier.party
    if receipt.freight_place:
        return [
            credit("grni", receipt.goods, party),
            credit(receipt.freight_place, receipt.freight),
        ]
    return [credit("grni", receipt.goods + receipt.freight, party)]


def _write(order: SupplierOrder, parts: Sequence[_Part], delivery: _Delivery) -> OrderReceipt:
    amounts = [part.amount for part in parts]
    shares = selectors.freight_shares(freight=delivery.freight, amounts=amounts)
    receipt = OrderReceipt.objects.create(
        **paper_facts(
            cooperative=order.cooperative,
            number=next_number(cooperative=order.cooperative, series="TB", on=delivery.on),
            on=delivery.on,
            own_date=delivery.own_date,
            actor=delivery.actor,
        ),
        order=order,
        nota=delivery.nota,
        goods=sum(amounts),
        freight=delivery.freight if any(shares) else 0,
        freight_place=delivery.freight_place if any(shares) else "",
        over_reason=delivery.over_reason.strip()[:200],
        note=delivery.note,
        replaces=delivery.replaces,
    )
    OrderReceiptLine.objects.bulk_create(
        OrderReceiptLine(
            receipt=receipt,
            order_line=part.row.line,
            base_quantity=part.quantity,
            amount=part.amount,
            freight_share=shared,
            value=part.amount + shared,
            batch_code=part.batch.code if part.batch else "",
            expires_on=part.batch.expires_on if part.batch else None,
        )
        for part, shared in zip(parts, shares, strict=True)
    )
    record(
        cooperative_id=order.cooperative_id,
        actor=delivery.actor,
        action="purchasing.order_received",
        subject=receipt.number,
        facts={
            "order": order.number,
            "goods": receipt.goods,
            "freight": receipt.freight,
            "over": receipt.over_reason,
        },
        for_party=order.supplier.party,
    )
    return receipt


@transaction.atomic
def correct_order_receipt(
    *,
    receipt: OrderReceipt,
    reason: str,
    on: date,
    actor: User,
    lines: Amounts | None = None,
    freight: int = 0,
    freight_place: str = "",
    batches: Mapping[SupplierOrderLine, BatchIn] | None = None,
    own_date: date | None = None,
    nota: str = "",
    note: str = "",
    over_reason: str = "",
) -> OrderReceipt | None:
    """Put a receipt on an order right: its goods leave the stock again and, with `lines`, come anew.

    Refused when a bill or a return needs what it brought (DependsOnIt) or the goods are gone
    (NotEnoughStock). Twice is once: answers the first successor.
    """
    reason = check_reason(reason)
    order = lock_order(receipt.order)
    old = OrderReceipt.objects.select_for_update(of=("self",)).get(pk=receipt.pk)
    if old.state == State.REVERSED:
        return selectors.order_receipt_by_number(
            cooperative=order.cooperative, number=old.replaced_by
        )
    delivery = _Delivery(
        on,
        actor,
        freight,
        freight_place,
        own_date or old.own_date,
        nota or old.nota,
        note or old.note,
        over_reason,
        old.number,
        batches or {},
    )
    return _again(order, old, lines, reason, delivery)


def _again(
    order: SupplierOrder,
    old: OrderReceipt,
    lines: Amounts | None,
    reason: str,
    delivery: _Delivery,
) -> OrderReceipt | None:
    """Take a receipt back and, with lines, write the one in its place."""
    _refuse_if_needed(order, old)
    undo_source(
        cooperative=order.cooperative,
        source=f"purchasing.order_receipt:{old.number}",
        reason=reason,
        on=delivery.on,
        actor=delivery.actor,
    )
    mark_reversed(old, reason=reason)
    order.completed_on = None
    keep_state(order, selectors.order_rows(order), None)
    successor = None
    if lines:
        successor = _receive(order, lines, delivery)
        mark_reversed(old, reason=reason, successor=successor.number)
    record(
        cooperative_id=order.cooperative_id,
        actor=delivery.actor,
        action="purchasing.order_receipt_corrected",
        subject=old.number,
        facts={"reason": reason, "successor": old.replaced_by},
        for_party=order.supplier.party,
    )
    return successor


def _refuse_if_needed(order: SupplierOrder, receipt: OrderReceipt) -> None:
    """Without this receipt a bill or a return would name goods that never came."""
    rows = selectors.order_rows(order, without=receipt)
    freight = selectors.freight_left(order, without=receipt)
    short = any(row.unbilled < 0 or row.unbilled_amount < 0 or row.kept < 0 for row in rows)
    if short or freight.unbilled < 0:
        papers = [*order.bills.all(), *order.returns.all()]
        numbers = [paper.number for paper in papers if paper.standing]
        raise DependsOnIt(number=receipt.number, what=selectors.changes_text(numbers))
