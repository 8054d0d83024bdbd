"""Goods of an order go back to the supplier (posting.md 2.2 supplier_return)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.ledger.rules import Line, debit
from canting.purchasing import selectors
from canting.purchasing.errors import DependsOnIt, MoreThanKept, MoreThanOwed, OrderDone
from canting.purchasing.models import OrderReturn, OrderReturnLine
from canting.purchasing.rules import OrderState, State, part_of
from canting.purchasing.selectors import OrderRow
from canting.purchasing.services.common import (
    PaperHand,
    check_reason,
    mark_reversed,
    paper_facts,
    signed_line,
    stock_credits,
    undo_source,
)
from canting.purchasing.services.order_receipts import Amounts, quantities
from canting.purchasing.services.orders import keep_state, lock_order
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import BatchIn, Moved

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.purchasing.models import SupplierOrder


@dataclass(frozen=True, slots=True)
class _Back:
    """What goes back of one line: first what no bill names yet, then what was billed."""

    row: OrderRow
    quantity: Decimal
    billed: Decimal
    unbilled_amount: int
    billed_amount: int


def _back(order: SupplierOrder, row: OrderRow, quantity: Decimal) -> _Back:
    if quantity > row.kept:
        raise MoreThanKept(
            quantity=format_quantity(quantity, row.line.item.unit),
            item=row.line.item.name,
            number=order.number,
            left=format_quantity(row.kept, row.line.item.unit),
        )
    unbilled = min(quantity, row.unbilled)
    billed = quantity - unbilled
    return _Back(
        row,
        quantity,
        billed,
        part_of(row.unbilled_amount, unbilled, row.unbilled) if unbilled else 0,
        part_of(row.billed_amount - row.returned_billed_amount, billed, row.billed_kept)
        if billed
        else 0,
    )


@transaction.atomic
def return_order(
    *,
    order: SupplierOrder,
    lines: Amounts,
    on: date,
    actor: User,
    replacement: bool = False,
    cash_place: str = "",
    own_date: date | None = None,
    note: str = "",
) -> OrderReturn:
    """Send goods of an order back (RB), by packs (int) or base units (Decimal).

    What no bill names yet leaves grni, what was billed is owed less (or comes back as money into
    `cash_place`); the stock leaves at its average, the rest is price_diff. With `replacement` the
    order waits for others. Raises MoreThanKept, MoreThanOwed, OrderDone, NotEnoughStock.
    """
    order = lock_order(order)
    if replacement and order.state == OrderState.CLOSED:
        raise OrderDone(number=order.number, state=selectors.order_state_name(order.state))
    rows = selectors.order_rows(order)
    backs = [_back(order, row, quantity) for row, quantity in quantities(order, rows, lines)]
    store = stock_selectors.store(order.cooperative)
    stock.lock_stock((store, stock.pool_lot(back.row.line.item)) for back in backs)
    billed = sum(back.billed_amount for back in backs)
    _refuse_if_not_owed(order, 0 if cash_place else billed)
    paper = OrderReturn(
        **paper_facts(
            cooperative=order.cooperative,
            number=next_number(cooperative=order.cooperative, series="RB", on=on),
            on=on,
            own_date=own_date,
            actor=actor,
        ),
        order=order,
        replacement=replacement,
        cash_place=cash_place if billed else "",
        amount=billed + sum(back.unbilled_amount for back in backs),
        stock_value=0,
        note=note,
    )
    hand = PaperHand(paper, f"purchasing.order_return:{paper.number}", actor)
    moves = [
        hand.take_out(store, back.row.line.item, back.quantity, batch=_batch(back))
        for back in backs
    ]
    paper.stock_value = sum(moved.value for moved in moves)
    paper.difference = paper.stock_value - paper.amount
    paper.save()
    _write_lines(paper, backs, moves)
    hand.post(
        kind="supplier_return",
        memo=selectors.order_return_memo(paper),
        lines=_lines(paper, backs, moves),
    )
    keep_state(order, selectors.order_rows(order), paper.own_date)
    return paper


def _batch(back: _Back) -> BatchIn | None:
    line = back.row.line
    code = selectors.batch_code_of(line) if line.item.tracked else ""
    return BatchIn(code) if code else None


def _refuse_if_not_owed(order: SupplierOrder, billed: int) -> None:
    owed = selectors.owed_to(cooperative=order.cooperative, supplier=order.supplier)
    if billed > owed:
        raise MoreThanOwed(
            supplier=order.supplier.name, owed=format_rupiah(owed), amount=format_rupiah(billed)
        )


def _write_lines(paper: OrderReturn, backs: Sequence[_Back], moves: Sequence[Moved]) -> None:
    OrderReturnLine.objects.bulk_create(
        OrderReturnLine(
            order_return=paper,
            order_line=back.row.line,
            base_quantity=back.quantity,
            billed_quantity=back.billed,
            unbilled_amount=back.unbilled_amount,
            billed_amount=back.billed_amount,
            stock_value=moved.value,
        )
        for back, moved in zip(backs, moves, strict=True)
    )
    record(
        cooperative_id=paper.cooperative_id,
        actor=paper.made_by,
        action="purchasing.order_returned",
        subject=paper.number,
        facts={
            "order": paper.order.number,
            "amount": paper.amount,
            "replacement": paper.replacement,
        },
        for_party=paper.order.supplier.party,
    )


def _lines(paper: OrderReturn, backs: Sequence[_Back], moves: Sequence[Moved]) -> list[Line]:
    party = paper.order.supplier.party
    billed = sum(back.billed_amount for back in backs)
    owed = (
        debit(paper.cash_place, billed)
        if paper.cash_place
        else debit("pay_supplier", billed, party)
    )
    return [
        debit("grni", sum(back.unbilled_amount for back in backs), party),
        owed,
        *signed_line("price_diff", paper.difference),
        *stock_credits(moves),
    ]


@transaction.atomic
def cancel_order_return(*, paper: OrderReturn, reason: str, on: date, actor: User) -> None:
    """Take a return back with its stock and its entry; twice is once.

    Refused when what replaced it came (DependsOnIt) or the money is gone (NotEnoughCash).
    """
    reason = check_reason(reason)
    order = lock_order(paper.order)
    paper = (
        OrderReturn.objects.select_for_update(of=("self",))
        .select_related("cooperative", "order__supplier__party")
        .get(pk=paper.pk)
    )
    if paper.state == State.REVERSED:
        return
    if paper.cash_place:
        billed = sum(line.billed_amount for line in paper.lines.all())
        cash.require_cash(
            cooperative=paper.cooperative, place=paper.cash_place, amount=billed, on=on
        )
    undo_source(
        cooperative=paper.cooperative,
        source=f"purchasing.order_return:{paper.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    mark_reversed(paper, reason=reason)
    rows = selectors.order_rows(order)
    if paper.replacement and any(
        row.received - row.replaced > row.line.base_quantity for row in rows
    ):
        numbers = [one.number for one in selectors.order_receipts(order) if one.standing]
        raise DependsOnIt(number=paper.number, what=selectors.changes_text(numbers[-1:]))
    keep_state(order, rows, on)
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action="purchasing.order_return_cancelled",
        subject=paper.number,
        facts={"reason": reason},
        for_party=order.supplier.party,
    )
