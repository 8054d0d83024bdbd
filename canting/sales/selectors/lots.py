"""Reads of what was sold from a lot, of the gallery's notas and of QRIS money on its way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.cooperatives.selectors import parameter
from canting.ledger import selectors as ledger
from canting.sales import rules
from canting.sales.models import CreditNote, DeliveryLine, QrisSettlement, Sale, SaleLine
from canting.sales.rules import PaperState
from canting.taxes.rules import part_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LotSales:
    """What a lot has brought so far: pieces, price got, change of the maker's share."""

    quantity: Decimal
    got: int
    trued: int


def lot_sales(lot: Lot) -> LotSales:
    """What a lot has brought so far, at the gallery and by accepted deliveries."""
    quantity, got, trued = ZERO, 0, 0
    for line in SaleLine.objects.filter(lot=lot, sale__state=PaperState.POSTED):
        quantity, got, trued = quantity + line.quantity, got + line.net, trued + line.true_up
    for sent in DeliveryLine.objects.filter(lot=lot, delivery__state=PaperState.POSTED):
        taken = sent.accepted or ZERO
        quantity += taken
        got += rules.amount_of(taken, sent.price)
        trued += sent.true_up
    return LotSales(quantity, got, trued)


def sold_quantity(lot: Lot) -> Decimal:
    """Pieces of a lot that were sold and did not come back."""
    notes = CreditNote.objects.filter(
        Q(sale_line__lot=lot) | Q(delivery_line__lot=lot), state=PaperState.POSTED
    )
    back = notes.aggregate(n=Sum("quantity"))["n"] or ZERO
    return lot_sales(lot).quantity - back


def margin_payable(cooperative: Cooperative, lot: Lot) -> bool:
    """Whether the maker's share of a buy-back lot may be paid: only when all of it is sold."""
    return lot.cooperative_id == cooperative.pk and lot.pk in sold_out([lot])


def sold_out(lots: Collection[Lot]) -> set[int]:
    """Which of these lots are sold to the last piece, returns taken off; four queries for any number."""
    ids = [lot.pk for lot in lots]
    sums = [
        SaleLine.objects.filter(lot__in=ids, sale__state=PaperState.POSTED)
        .values_list("lot")
        .annotate(n=Sum("quantity")),
        DeliveryLine.objects.filter(lot__in=ids, delivery__state=PaperState.POSTED)
        .values_list("lot")
        .annotate(n=Sum("accepted")),
    ]
    back = [
        CreditNote.objects.filter(state=PaperState.POSTED, **{f"{line}__lot__in": ids})
        .values_list(f"{line}__lot")
        .annotate(n=Sum("quantity"))
        for line in ("sale_line", "delivery_line")
    ]
    left: dict[int, Decimal] = {}
    for sign, rows in (*((1, one) for one in sums), *((-1, one) for one in back)):
        for lot_id, count in rows:
            left[lot_id] = left.get(lot_id, ZERO) + sign * (count or ZERO)
    return {lot.pk for lot in lots if left.get(lot.pk, ZERO) >= lot.quantity_made}


def sales(*, cooperative: Cooperative) -> QuerySet[Sale]:
    """Notas of the gallery and direct sales, newest first."""
    return (
        Sale.objects.filter(cooperative=cooperative)
        .select_related("buyer__party", "successor", "made_by")
        .order_by("-sold_on", "-id")
    )


def sale_by_number(*, cooperative: Cooperative, number: str) -> Sale | None:
    """The nota with this number, or nothing."""
    return sales(cooperative=cooperative).filter(number=number).first()


def sales_of_day(*, cooperative: Cooperative, on: date) -> QuerySet[Sale]:
    """The notas of one day, newest first."""
    return sales(cooperative=cooperative).filter(sold_on=on)


def qris_on_its_way(*, cooperative: Cooperative, on: date) -> int:
    """QRIS money not yet at the bank, that day and on every later one, in whole rupiah."""
    then = ledger.balance(cooperative=cooperative, role="qris_transit", as_of=on)
    return min(then, ledger.balance(cooperative=cooperative, role="qris_transit"))


def qris_settlements(*, cooperative: Cooperative) -> QuerySet[QrisSettlement]:
    """What the acquirer paid out, newest first."""
    found = QrisSettlement.objects.filter(cooperative=cooperative)
    return found.select_related("made_by", "successor").order_by("-settled_on", "-id")


def qris_by_number(*, cooperative: Cooperative, number: str) -> QrisSettlement | None:
    """What the acquirer paid out under this number, or nothing."""
    return qris_settlements(cooperative=cooperative).filter(number=number).first()


def lock_qris(settled: QrisSettlement) -> QrisSettlement:
    """The settlement again, held until the end of the transaction."""
    return (
        QrisSettlement.objects.select_for_update(of=("self",))
        .select_related("cooperative")
        .get(pk=settled.pk)
    )


def lock_sale(sale: Sale) -> Sale:
    """The nota again, held until the end of the transaction."""
    return (
        Sale.objects.select_for_update(of=("self",)).select_related("cooperative").get(pk=sale.pk)
    )


def qris_fee(*, cooperative: Cooperative, gross: int, on: date) -> int:
    """The acquirer's fee as a proposal: the parameter's part of the amount, half up."""
    percent = parameter(cooperative=cooperative, name="sales.qris_fee_percent", on=on)
    return part_of(gross, Decimal(str(percent)))
