"""Finished cloth bought outside, from whoever is no member: lots with codes, ready for sale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue.rules import GRADES, ItemKind, Technique
from canting.kernel.money import share
from canting.purchasing import selectors
from canting.purchasing.errors import (
    GradeNeeded,
    NoLines,
    NotCloth,
    SellerNeeded,
    SoldSince,
    WholePieces,
)
from canting.purchasing.services.common import PaperHand, stock_debits
from canting.purchasing.services.purchases import PurchaseDraft, begin_receipt
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock
from canting.stock.rules import Basis, Moved, Origin, Reference

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.purchasing.models import GoodsReceipt
    from canting.purchasing.selectors import BuyLine, QuotedLine
    from canting.stock.models import Place


def _check_cloth(draft: PurchaseDraft) -> None:
    if not draft.lines:
        raise NoLines()
    if draft.supplier is None and not draft.seller.strip():
        raise SellerNeeded()
    for line in draft.lines:
        _check_line(line)


def _check_line(line: BuyLine) -> None:
    if line.item.kind != ItemKind.PRODUCT:
        raise NotCloth(item=line.item.name)
    if line.grade not in GRADES:
        raise GradeNeeded(item=line.item.name, grades=", ".join(GRADES))
    if line.quantity < 1 or line.quantity != line.quantity.to_integral_value():
        raise WholePieces(item=line.item.name, quantity=str(line.quantity))


def _pieces(line: QuotedLine) -> list[tuple[Decimal, int]]:
    """Pieces and landed cost of each lot: hand-drawn cloth is a lot a piece, else the line is one."""
    if line.item.technique != Technique.TULIS:
        return [(line.base_quantity, line.landed)]
    count = int(line.base_quantity)
    return [(Decimal(1), value) for value in share(line.landed, [1] * count)]


def _take_in(hand: PaperHand[GoodsReceipt], store: Place, line: QuotedLine) -> list[Moved]:
    receipt = hand.paper
    moves = []
    for quantity, value in _pieces(line):
        lot = stock.make_lot(
            cooperative=receipt.cooperative,
            item=line.item,
            basis=Basis.NONE,
            origin=Origin.OUTSIDE,
            grade=line.grade,
            maker=None,
            on=receipt.on,
            source=hand.source,
            quantity=quantity,
            reference=line.reference or Reference(),
        )
        moves.append(
            stock.receive(
                cooperative=receipt.cooperative,
                place=store,
                lot=lot,
                quantity=quantity,
                value=value,
                on=receipt.on,
                source=hand.source,
                paper=receipt.number,
                actor=hand.actor,
            )
        )
        stock.release(lot=lot, on=receipt.on, actor=hand.actor)
    return moves


@transaction.atomic
def buy_cloth_outside(
    *, cooperative: Cooperative, draft: PurchaseDraft, on: date, actor: User
) -> GoodsReceipt:
    """Buy finished cloth from outside: it becomes coded lots that may be sold from this day on.

    Landed cost as for material; posting.md 2.4 purchase_outside, on credit owed to the supplier.
    Raises NoLines, NotCloth, GradeNeeded, WholePieces, SellerNeeded, BadPrice, SupplierNeeded,
    CashPlaceNeeded, NotEnoughCash.
    """
    _check_cloth(draft)
    quote = selectors.quote_purchase(
        cooperative=cooperative, lines=draft.lines, freight=draft.freight, on=on
    )
    store = stock_selectors.store(cooperative)
    hand, paid = begin_receipt(
        cooperative=cooperative, draft=draft, quote=quote, on=on, actor=actor
    )
    moves = [moved for line in quote.lines for moved in _take_in(hand, store, line)]
    hand.post(
        kind="purchase_outside",
        memo=selectors.cloth_memo(hand.paper.purchase),
        lines=[*stock_debits(moves), *paid],
    )
    return hand.paper


def withdraw_cloth(*, receipt: GoodsReceipt, actor: User, reason: str) -> None:
    """Take the lots of a receipt out of sale before it is undone; SoldSince when any has left."""
    lots = list(selectors.lots_of_receipt(receipt))
    gone = selectors.lots_gone(receipt=receipt, lots=lots)
    if gone:
        raise SoldSince(number=receipt.purchase.number, codes=", ".join(gone))
    for lot in lots:
        stock.hold_back(lot=lot, actor=actor, reason=reason)
