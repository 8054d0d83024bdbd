"""Buying: goods delivered to us, goods that are ours from loading, and their receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Line, credit
from canting.members.rules import CounterpartyClass
from canting.purchasing import selectors
from canting.purchasing.errors import CashPlaceNeeded, NotOnTheRoad, SupplierNeeded
from canting.purchasing.models import (
    GoodsReceipt,
    Purchase,
    PurchaseLine,
    ReceiptLine,
    Supplier,
)
from canting.purchasing.rules import BUSINESS_UNIT, FundsSource, Payment, State, Terms
from canting.purchasing.selectors import BuyLine, Quote
from canting.purchasing.services.common import (
    PaperHand,
    check_materials,
    check_prices,
    line_facts,
    paper_facts,
    stock_credits,
    stock_debits,
)
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import Basis, Moved, Origin

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@dataclass(frozen=True, slots=True)
class PurchaseDraft:
    """A purchase as it is typed: from whom, what, how it is paid, what the road cost."""

    lines: Sequence[BuyLine]
    supplier: Supplier | None = None
    seller: str = ""
    nota: str = ""
    payment: str = Payment.CREDIT
    cash_place: str = ""
    freight: int = 0
    freight_place: str = ""
    own_date: date | None = None
    business_unit: str = BUSINESS_UNIT
    funds_source: str = FundsSource.OWN
    note: str = ""


def _check(draft: PurchaseDraft, quote: Quote, terms: str) -> None:
    check_prices(draft.lines)
    if draft.supplier is None and (draft.payment == Payment.CREDIT or terms == Terms.LOADED):
        how = selectors.purchase_how(payment=draft.payment, terms=terms)
        raise SupplierNeeded(how=how)
    if draft.payment == Payment.CASH and not draft.cash_place:
        raise CashPlaceNeeded(amount=format_rupiah(quote.total))
    if draft.freight and not (draft.freight_place or draft.cash_place):
        raise CashPlaceNeeded(amount=format_rupiah(draft.freight))


def _cash_out(
    cooperative: Cooperative, draft: PurchaseDraft, goods: int, on: date
) -> dict[str, int]:
    """What leaves which cash place for goods and freight; refused when it is not there."""
    out: dict[str, int] = {}
    if draft.payment == Payment.CASH and goods:
        out[draft.cash_place] = goods
    if draft.freight:
        place = draft.freight_place or draft.cash_place
        out[place] = out.get(place, 0) + draft.freight
    for place, amount in sorted(out.items()):
        cash.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    return out


def _paid_or_owed(draft: PurchaseDraft, quote: Quote, out: Mapping[str, int]) -> list[Line]:
    """The credit side: what we owe the supplier, then what left each cash place."""
    owed: list[Line] = []
    if draft.payment == Payment.CREDIT and draft.supplier:
        owed = [credit("pay_supplier", quote.total, draft.supplier.party)]
    return [*owed, *(credit(place, amount) for place, amount in out.items())]


def _write_purchase(
    cooperative: Cooperative, draft: PurchaseDraft, quote: Quote, terms: str, on: date, actor: User
) -> Purchase:
    number = next_number(cooperative=cooperative, series="PB", on=on)
    purchase = Purchase.objects.create(
        **paper_facts(
            cooperative=cooperative, number=number, on=on, own_date=draft.own_date, actor=actor
        ),
        supplier=draft.supplier,
        seller="" if draft.supplier else draft.seller,
        nota=draft.nota,
        terms=terms,
        payment=draft.payment,
        cash_place=draft.cash_place if draft.payment == Payment.CASH else "",
        total=quote.total,
        state=State.SHIPPED if terms == Terms.LOADED else State.POSTED,
        note=draft.note,
    )
    for line in quote.lines:
        PurchaseLine.objects.create(
            purchase=purchase,
            price=line.price,
            grade=line.grade,
            **line_facts(
                line,
                basis=Basis.NONE,
                counterparty=CounterpartyClass.NONMEMBER,
                origin=Origin.OUTSIDE,
                business_unit=draft.business_unit,
                funds_source=draft.funds_source,
                own_date=draft.own_date or on,
            ),
        )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.bought",
        subject=number,
        facts={"total": quote.total, "terms": terms, "payment": draft.payment},
        for_party=draft.supplier.party if draft.supplier else None,
    )
    return purchase


def _write_receipt(
    purchase: Purchase,
    *,
    freight: int,
    freight_place: str,
    shares: Sequence[int],
    values: Sequence[int],
    on: date,
    own_date: date | None,
    actor: User,
) -> GoodsReceipt:
    cooperative = purchase.cooperative
    receipt = GoodsReceipt.objects.create(
        **paper_facts(
            cooperative=cooperative,
            number=next_number(cooperative=cooperative, series="TB", on=on),
            on=on,
            own_date=own_date,
            actor=actor,
        ),
        purchase=purchase,
        freight=freight,
        freight_place=freight_place if freight else "",
    )
    for line, part, value in zip(selectors.purchase_lines(purchase), shares, values, strict=True):
        ReceiptLine.objects.create(
            receipt=receipt, purchase_line=line, freight_share=part, value=value
        )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.received",
        subject=receipt.number,
        facts={"purchase": purchase.number, "freight": freight},
        for_party=purchase.supplier.party if purchase.supplier else None,
    )
    return receipt


@transaction.atomic
def receive_purchase(
    *, cooperative: Cooperative, draft: PurchaseDraft, on: date, actor: User
) -> GoodsReceipt:
    """Buy and receive in one straight way: goods delivered to us, on credit or paid at once.

    Stock rises by landed cost (freight shared by value); posting.md 2.2 purchase_received or
    purchase_cash. Raises NoLines, BadPrice, SupplierNeeded, CashPlaceNeeded, NotEnoughCash.
    """
    check_materials(draft.lines, dealt_on=on)
    quote = selectors.quote_purchase(
        cooperative=cooperative, lines=draft.lines, freight=draft.freight, on=on
    )
    store = stock_selectors.store(cooperative)
    stock.lock_stock((store, stock.pool_lot(line.item)) for line in quote.lines)
    hand, paid = begin_receipt(
        cooperative=cooperative, draft=draft, quote=quote, on=on, actor=actor
    )
    moves = [
        hand.take_in(store, line.item, line.base_quantity, line.landed, line.batch)
        for line in quote.lines
    ]
    hand.post(
        kind="purchase_cash" if draft.payment == Payment.CASH else "purchase_received",
        memo=selectors.purchase_memo(hand.paper.purchase),
        lines=[*stock_debits(moves), *paid],
    )
    return hand.paper


def begin_receipt(
    *, cooperative: Cooperative, draft: PurchaseDraft, quote: Quote, on: date, actor: User
) -> tuple[PaperHand[GoodsReceipt], list[Line]]:
    """Write a purchase and its receipt of the same day; answers the hand for them and who is paid.

    Raises BadPrice, SupplierNeeded, CashPlaceNeeded, NotEnoughCash.
    """
    _check(draft, quote, Terms.DELIVERED)
    out = _cash_out(cooperative, draft, quote.total, on)
    purchase = _write_purchase(cooperative, draft, quote, Terms.DELIVERED, on, actor)
    receipt = _write_receipt(
        purchase,
        freight=draft.freight,
        freight_place=draft.freight_place or draft.cash_place,
        shares=[line.freight for line in quote.lines],
        values=[line.landed for line in quote.lines],
        on=on,
        own_date=draft.own_date,
        actor=actor,
    )
    hand = PaperHand(receipt, f"purchasing.receipt:{receipt.number}", actor)
    return hand, _paid_or_owed(draft, quote, out)


@transaction.atomic
def ship_purchase(
    *, cooperative: Cooperative, draft: PurchaseDraft, on: date, actor: User
) -> Purchase:
    """Book goods that are ours from loading (franco gudang penjual): on the road, on credit.

    posting.md 2.2 purchase_shipped; freight is written when they arrive (`receive_shipped`).
    """
    check_materials(draft.lines, dealt_on=on)
    quote = selectors.quote_purchase(cooperative=cooperative, lines=draft.lines, freight=0, on=on)
    _check(draft, quote, Terms.LOADED)
    road = stock_selectors.transit(cooperative)
    stock.lock_stock((road, stock.pool_lot(line.item)) for line in quote.lines)
    out = _cash_out(cooperative, draft, quote.total, on)
    purchase = _write_purchase(cooperative, draft, quote, Terms.LOADED, on, actor)
    hand = PaperHand(purchase, f"purchasing.purchase:{purchase.number}", actor)
    moves = [
        hand.take_in(road, line.item, line.base_quantity, line.amount, line.batch)
        for line in quote.lines
    ]
    hand.post(
        kind="purchase_shipped",
        memo=selectors.purchase_memo(purchase),
        lines=[*stock_debits(moves), *_paid_or_owed(draft, quote, out)],
    )
    return purchase


@transaction.atomic
def receive_shipped(
    *,
    purchase: Purchase,
    on: date,
    actor: User,
    freight: int = 0,
    freight_place: str = "",
    own_date: date | None = None,
) -> GoodsReceipt:
    """Take in goods that were on the road: from transit to the store with the freight paid now.

    posting.md 2.2 purchase_received. Raises NotOnTheRoad, CashPlaceNeeded, NotEnoughCash.
    """
    purchase = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
    cooperative = purchase.cooperative
    if purchase.state != State.SHIPPED:
        raise NotOnTheRoad(number=purchase.number, state=selectors.state_name(purchase.state))
    if freight and not freight_place:
        raise CashPlaceNeeded(amount=format_rupiah(freight))
    lines = list(selectors.purchase_lines(purchase))
    road, store = stock_selectors.transit(cooperative), stock_selectors.store(cooperative)
    pools = [stock.pool_lot(line.item) for line in lines]
    stock.lock_stock((place, pool) for pool in pools for place in (road, store))
    if freight:
        cash.require_cash(cooperative=cooperative, place=freight_place, amount=freight, on=on)
    shares = selectors.freight_shares(freight=freight, amounts=[line.amount for line in lines])
    receipt = _write_receipt(
        purchase,
        freight=freight,
        freight_place=freight_place,
        shares=shares,
        values=[line.amount + part for line, part in zip(lines, shares, strict=True)],
        on=on,
        own_date=own_date,
        actor=actor,
    )
    hand = PaperHand(receipt, f"purchasing.receipt:{receipt.number}", actor)
    outs: list[Moved] = []
    ins: list[Moved] = []
    for line, part in zip(lines, shares, strict=True):
        out = hand.take_out(road, line.item, line.base_quantity, line.amount)
        value = line.amount + part
        outs.append(out)
        ins.append(hand.take_in(store, line.item, line.base_quantity, value, parts=out.parts))
    Purchase.objects.filter(pk=purchase.pk).update(state=State.POSTED)
    hand.post(
        kind="purchase_received",
        memo=selectors.purchase_memo(purchase),
        lines=[
            *stock_debits(ins),
            *stock_credits(outs),
            credit(freight_place or "cash_main", freight),
        ],
    )
    return receipt
