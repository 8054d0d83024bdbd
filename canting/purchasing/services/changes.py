"""After a receipt: goods sent back to the supplier, an invoice at another price."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah, half_up, share
from canting.kernel.quantities import format_quantity
from canting.ledger.rules import Line, credit, signed
from canting.purchasing import selectors
from canting.purchasing.errors import (
    AlreadyReversed,
    BadPrice,
    ClothByPurchase,
    DependsOnIt,
    MoreThanBought,
    MoreThanOwed,
    NoDifference,
    SupplierNeeded,
)
from canting.purchasing.models import Purchase, PurchaseChange, PurchaseLine
from canting.purchasing.rules import ChangeKind, Payment, State, Terms
from canting.purchasing.services.common import (
    PaperHand,
    check_reason,
    mark_reversed,
    paper_facts,
    signed_line,
    undo_source,
)
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import PlaceKind, account_role

if TYPE_CHECKING:
    from canting.cooperatives.models import User


def _locked(line: PurchaseLine) -> Purchase:
    purchase = Purchase.objects.select_for_update(of=("self",)).get(pk=line.purchase_id)
    if purchase.state == State.REVERSED:
        raise AlreadyReversed(number=purchase.number, successor=purchase.replaced_by or "-")
    if purchase.state == State.SHIPPED:
        what = selectors.state_name(purchase.state)
        raise DependsOnIt(number=purchase.number, what=what)
    if line.grade:
        raise ClothByPurchase(number=purchase.number)
    return purchase


def _owed_side(purchase: Purchase, amount: int, cash_place: str, on: date) -> Line:
    """The other side of a change: what we owe falls (or rises), or money comes back."""
    if cash_place:
        if amount > 0:
            cash.require_cash(
                cooperative=purchase.cooperative, place=cash_place, amount=amount, on=on
            )
        return signed(cash_place, -amount)
    if purchase.supplier is None:
        how = selectors.purchase_how(payment=Payment.CREDIT, terms=Terms.DELIVERED)
        raise SupplierNeeded(how=how)
    owed = selectors.owed_to(cooperative=purchase.cooperative, supplier=purchase.supplier)
    if owed + amount < 0:
        raise MoreThanOwed(
            supplier=purchase.supplier.name,
            owed=format_rupiah(owed),
            amount=format_rupiah(-amount),
        )
    return signed("pay_supplier", -amount, purchase.supplier.party)


def _write(
    line: PurchaseLine,
    purchase: Purchase,
    *,
    kind: str,
    base_quantity: Decimal,
    amount: int,
    cash_place: str,
    on: date,
    own_date: date | None,
    note: str,
    actor: User,
) -> PurchaseChange:
    cooperative = purchase.cooperative
    number = next_number(cooperative=cooperative, series="RB", on=on)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action=f"purchasing.{'returned' if kind == ChangeKind.RETURN else 'price_changed'}",
        subject=number,
        facts={"purchase": purchase.number, "item": line.item.code, "amount": amount},
        for_party=purchase.supplier.party if purchase.supplier else None,
    )
    return PurchaseChange(
        **paper_facts(
            cooperative=cooperative, number=number, on=on, own_date=own_date, actor=actor
        ),
        purchase=purchase,
        line=line,
        kind=kind,
        base_quantity=base_quantity,
        amount=amount,
        cash_place=cash_place,
        note=note,
    )


@transaction.atomic
def return_to_supplier(
    *,
    line: PurchaseLine,
    quantity: Decimal,
    unit: str,
    on: date,
    actor: User,
    cash_place: str = "",
    own_date: date | None = None,
    note: str = "",
) -> PurchaseChange:
    """Send goods back at what they cost on the invoice; the stock leaves at its average.

    What differs goes to price_diff (posting.md 2.2 supplier_return). With `cash_place` the
    seller gave the money back, else what we owe falls. Raises MoreThanBought, NotEnoughStock,
    MoreThanOwed.
    """
    purchase = _locked(line)
    cooperative = purchase.cooperative
    base = selectors.to_base(line.item, quantity, unit)
    before = selectors.returned_quantity(line)
    if before + base > line.base_quantity:
        raise MoreThanBought(
            quantity=format_quantity(base, line.item.unit),
            item=line.item.name,
            number=purchase.number,
            bought=format_quantity(line.base_quantity, line.item.unit),
            returned=format_quantity(before, line.item.unit),
        )
    amount = half_up(selectors.amount_now(line) * base / line.base_quantity)
    store, pool = stock_selectors.store(cooperative), stock.pool_lot(line.item)
    stock.lock_stock([(store, pool)])
    other = _owed_side(purchase, -amount, cash_place, on)
    change = _write(
        line,
        purchase,
        kind=ChangeKind.RETURN,
        base_quantity=base,
        amount=-amount,
        cash_place=cash_place,
        on=on,
        own_date=own_date,
        note=note,
        actor=actor,
    )
    hand = PaperHand(change, f"purchasing.change:{change.number}", actor)
    moved = hand.take_out(store, line.item, base, batch=selectors.batch_of_line(line))
    change.stock_value, change.difference = -moved.value, moved.value - amount
    change.save()
    hand.post(
        kind="supplier_return",
        memo=selectors.change_memo(change),
        lines=[
            other,
            *signed_line("price_diff", change.difference),
            credit(moved.role, moved.value),
        ],
    )
    return change


@transaction.atomic
def change_price(
    *,
    line: PurchaseLine,
    price: int,
    on: date,
    actor: User,
    cash_place: str = "",
    own_date: date | None = None,
    note: str = "",
) -> PurchaseChange:
    """Book an invoice at another price of a bought unit: past hand-outs stay as they are.

    The part still in the store changes the stock, the part gone is price_diff (posting.md 2.2
    price_difference). Raises BadPrice, NoDifference, MoreThanOwed.
    """
    if price <= 0:
        raise BadPrice(item=line.item.name, price=format_rupiah(price), unit=line.unit)
    purchase = _locked(line)
    cooperative = purchase.cooperative
    difference = half_up(price * line.quantity) - selectors.amount_now(line)
    if difference == 0:
        raise NoDifference(item=line.item.name, number=purchase.number, price=format_rupiah(price))
    store, pool = stock_selectors.store(cooperative), stock.pool_lot(line.item)
    balance = stock.lock_stock([(store, pool)])[(store.pk, pool.pk)]
    here = min(balance.quantity, line.base_quantity)
    in_stock, gone = share(difference, [here, line.base_quantity - here])
    in_stock, gone = within_value(in_stock, gone, balance.value)
    other = _owed_side(purchase, difference, cash_place, on)
    change = _write(
        line,
        purchase,
        kind=ChangeKind.PRICE,
        base_quantity=Decimal(0),
        amount=difference,
        cash_place=cash_place,
        on=on,
        own_date=own_date,
        note=note,
        actor=actor,
    )
    change.stock_value, change.difference = in_stock, gone
    change.save()
    hand = PaperHand(change, f"purchasing.change:{change.number}", actor)
    role = account_role(PlaceKind.STORE, line.item.kind)
    if in_stock:
        hand.revalue(store, line.item, in_stock)
    hand.post(
        kind="price_difference",
        memo=selectors.change_memo(change),
        lines=[*signed_line(role, in_stock), *signed_line("price_diff", gone), other],
    )
    return change


def within_value(in_stock: int, gone: int, value: int) -> tuple[int, int]:
    """A lower price takes no more from the stock than it is worth; the rest is price_diff."""
    if in_stock + value >= 0:
        return in_stock, gone
    return -value, gone + in_stock + value


@transaction.atomic
def cancel_change(*, change: PurchaseChange, reason: str, on: date, actor: User) -> None:
    """Take a return or a price difference back with its stock and its entry; twice is once."""
    reason = check_reason(reason)
    change = PurchaseChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if change.state == State.REVERSED:
        return
    purchase = change.purchase
    if change.cash_place and change.amount < 0:
        cash.require_cash(
            cooperative=change.cooperative, place=change.cash_place, amount=-change.amount, on=on
        )
    elif change.amount > 0 and purchase.supplier and not change.cash_place:
        _owed_side(purchase, -change.amount, "", on)
    mark_reversed(change, reason=reason)
    record(
        cooperative_id=change.cooperative_id,
        actor=actor,
        action="purchasing.change_cancelled",
        subject=change.number,
        facts={"reason": reason},
    )
    undo_source(
        cooperative=change.cooperative,
        source=f"purchasing.change:{change.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
