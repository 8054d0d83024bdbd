"""Suppliers and the papers of buying and handing out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum

from canting.kernel.quantities import quantize
from canting.purchasing.models import (
    GoodsReceipt,
    HandOut,
    HandOutLine,
    MaterialReturn,
    MaterialReturnLine,
    OrderReceipt,
    OrderReturn,
    Paper,
    Purchase,
    PurchaseChange,
    PurchaseLine,
    QuoteRequest,
    ReceiptLine,
    Supplier,
    SupplierBill,
    SupplierOrder,
    SupplierPayment,
)
from canting.purchasing.rules import ChangeKind, State
from canting.stock import selectors as stock
from canting.stock.rules import BatchIn

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party
    from canting.stock.models import Lot


AT_ONCE = 500


def suppliers(
    *, cooperative: Cooperative, words: str = "", active_only: bool = True
) -> QuerySet[Supplier]:
    """Suppliers by name; by words in name, town or phone."""
    found = Supplier.objects.filter(cooperative=cooperative).select_related("party")
    if active_only:
        found = found.filter(active=True)
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(town__icontains=word)
            | Q(number__icontains=word)
            | Q(phone__contains=word)
        )
    return found.order_by("name", "id")


def supplier_by_number(*, cooperative: Cooperative, number: str) -> Supplier | None:
    """The supplier of this number, or nothing."""
    return (
        Supplier.objects.filter(cooperative=cooperative, number=number)
        .select_related("party")
        .first()
    )


def supplier_by_name(*, cooperative: Cooperative, name: str) -> Supplier | None:
    """The supplier of this name, whatever its case, or nothing."""
    return Supplier.objects.filter(cooperative=cooperative, name__iexact=name.strip()).first()


def purchases(
    *, cooperative: Cooperative, supplier: Supplier | None = None, state: str = ""
) -> QuerySet[Purchase]:
    """Purchases, newest first; of one supplier, in one state."""
    found = Purchase.objects.filter(cooperative=cooperative).select_related("supplier__party")
    if supplier is not None:
        found = found.filter(supplier=supplier)
    if state:
        found = found.filter(state=state)
    return found.order_by("-on", "-id")


def purchase_by_number(*, cooperative: Cooperative, number: str) -> Purchase | None:
    """The purchase of this number, or nothing."""
    return (
        Purchase.objects.filter(cooperative=cooperative, number=number)
        .select_related("supplier__party", "made_by", "cooperative")
        .first()
    )


def purchase_lines(purchase: Purchase) -> QuerySet[PurchaseLine]:
    """The lines of a purchase with their items, in the order written."""
    return purchase.lines.select_related("item").order_by("id")


def receipt_by_number(*, cooperative: Cooperative, number: str) -> GoodsReceipt | None:
    """The goods receipt of this number, or nothing."""
    return (
        GoodsReceipt.objects.filter(cooperative=cooperative, number=number)
        .select_related("purchase__supplier__party", "made_by", "cooperative")
        .first()
    )


def standing_receipt(purchase: Purchase) -> GoodsReceipt | None:
    """The receipt of a purchase that was not put right since, or nothing."""
    return purchase.receipts.exclude(state=State.REVERSED).first()


def receipt_lines(receipt: GoodsReceipt) -> QuerySet[ReceiptLine]:
    """What each line cost to the door, in the order written."""
    return receipt.lines.select_related("purchase_line__item").order_by("id")


def is_cloth(purchase: Purchase) -> bool:
    """True when a purchase brought finished cloth instead of material."""
    return purchase.lines.exclude(grade="").exists()


def lots_of_receipt(receipt: GoodsReceipt) -> QuerySet[Lot]:
    """The lots of cloth that a receipt brought, in the order written."""
    return stock.lots_of_source(
        cooperative=receipt.cooperative, source=f"purchasing.receipt:{receipt.number}"
    )


def batch_of_line(line: PurchaseLine) -> BatchIn | None:
    """The batch that a bought line brought, so that this batch and no other goes back."""
    purchase = line.purchase
    sources = [f"purchasing.purchase:{purchase.number}"]
    sources += [f"purchasing.receipt:{one.number}" for one in purchase.receipts.all()]
    found = stock.batches_of_source(cooperative=purchase.cooperative, sources=sources)
    codes = [code for (_s, item_id), names in found.items() if item_id == line.item_id
             for code in names]  # fmt: skip
    return BatchIn(codes[0]) if codes else None


def lots_gone(*, receipt: GoodsReceipt, lots: Iterable[Lot]) -> list[str]:
    """The codes of lots of which not all pieces lie in the store any more."""
    store = stock.store(receipt.cooperative)
    left = {
        row.lot_id: row.quantity for row in store.balances.filter(lot__in=[lot.pk for lot in lots])
    }
    return [lot.label for lot in lots if left.get(lot.pk, 0) != lot.quantity_made]


def changes_of(purchase: Purchase) -> QuerySet[PurchaseChange]:
    """Returns and price differences of a purchase that still stand, oldest first."""
    return (
        purchase.changes.exclude(state=State.REVERSED).select_related("line__item").order_by("id")
    )


def change_by_number(*, cooperative: Cooperative, number: str) -> PurchaseChange | None:
    """The return or price difference of this number, or nothing."""
    return (
        PurchaseChange.objects.filter(cooperative=cooperative, number=number)
        .select_related("purchase__supplier__party", "line__item", "made_by", "cooperative")
        .first()
    )


def returned_quantity(line: PurchaseLine) -> Decimal:
    """How much of a purchase line went back to the supplier, in base units."""
    total = line.changes.filter(kind=ChangeKind.RETURN).exclude(state=State.REVERSED)
    return quantize(total.aggregate(q=Sum("base_quantity"))["q"] or Decimal(0))


def amount_now(line: PurchaseLine) -> int:
    """What a purchase line costs after the price differences written since."""
    later = line.changes.filter(kind=ChangeKind.PRICE).exclude(state=State.REVERSED)
    return line.amount + (later.aggregate(a=Sum("amount"))["a"] or 0)


def payments(
    *, cooperative: Cooperative, supplier: Supplier | None = None
) -> QuerySet[SupplierPayment]:
    """Payments to suppliers, newest first."""
    found = SupplierPayment.objects.filter(cooperative=cooperative).select_related("supplier")
    if supplier is not None:
        found = found.filter(supplier=supplier)
    return found.order_by("-on", "-id")


def payment_by_number(*, cooperative: Cooperative, number: str) -> SupplierPayment | None:
    """The payment of this number, or nothing."""
    return (
        SupplierPayment.objects.filter(cooperative=cooperative, number=number)
        .select_related("supplier__party", "made_by", "cooperative")
        .first()
    )


def hand_outs(
    *, cooperative: Cooperative, party: Party | None = None, work_order: str = ""
) -> QuerySet[HandOut]:
    """Hand-outs, newest first; to one member, for one work order."""
    found = HandOut.objects.filter(cooperative=cooperative).select_related("member__party")
    if party is not None:
        found = found.filter(member__party=party)
    if work_order:
        found = found.filter(work_order=work_order)
    return found.annotate(line_count=Count("lines")).order_by("-on", "-id")


def hand_out_by_number(*, cooperative: Cooperative, number: str) -> HandOut | None:
    """The hand-out of this number, or nothing."""
    return (
        HandOut.objects.filter(cooperative=cooperative, number=number)
        .select_related("member__party", "made_by", "cooperative")
        .first()
    )


def hand_out_keys(*, cooperative: Cooperative, numbers: Sequence[str]) -> dict[str, int]:
    """The keys of these hand-outs by number, asked for in parts."""
    found: dict[str, int] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = HandOut.objects.filter(
            cooperative=cooperative, number__in=numbers[start : start + AT_ONCE]
        )
        found |= dict(rows.values_list("number", "id"))
    return found


def standing_hand_outs(*, cooperative: Cooperative, numbers: Iterable[str]) -> set[str]:
    """Which of these hand-outs were not put right."""
    found = HandOut.objects.filter(cooperative=cooperative, number__in=list(numbers))
    return set(found.exclude(state=State.REVERSED).values_list("number", flat=True))


def hand_out_lines(hand_out: HandOut) -> QuerySet[HandOutLine]:
    """The lines of a hand-out with their items, in the order written."""
    return hand_out.lines.select_related("item").order_by("id")


def material_returns(
    *, cooperative: Cooperative, party: Party | None = None
) -> QuerySet[MaterialReturn]:
    """Returns of material by makers, newest first."""
    found = MaterialReturn.objects.filter(cooperative=cooperative).select_related("member__party")
    if party is not None:
        found = found.filter(member__party=party)
    return found.order_by("-on", "-id")


def return_by_number(*, cooperative: Cooperative, number: str) -> MaterialReturn | None:
    """The return of this number, or nothing."""
    return (
        MaterialReturn.objects.filter(cooperative=cooperative, number=number)
        .select_related("member__party", "made_by", "cooperative")
        .first()
    )


def series_numbers(*, cooperative: Cooperative, series: str) -> list[str]:
    """Every printed number of a series of this domain (PB, TB, KB, RB, SP, TG, PH) on a paper."""
    models: tuple[type[Paper], ...] = {
        "PB": (Purchase,),
        "TB": (GoodsReceipt, OrderReceipt, MaterialReturn),
        "KB": (HandOut,),
        "RB": (PurchaseChange, OrderReturn),
        "SP": (SupplierOrder,),
        "TG": (SupplierBill,),
        "PH": (QuoteRequest,),
    }[series]
    found: list[str] = []
    for model in models:
        found += model._default_manager.filter(cooperative=cooperative).values_list(
            "number", flat=True
        )
    return found


def recent_purchase_prices(*, cooperative: Cooperative, item: Item) -> QuerySet[PurchaseLine]:
    """What an item was bought at, newest first."""
    return (
        PurchaseLine.objects.filter(purchase__cooperative=cooperative, item=item)
        .exclude(purchase__state=State.REVERSED)
        .select_related("purchase__supplier")
        .order_by("-purchase__on", "-id")
    )


def return_lines(paper: MaterialReturn) -> QuerySet[MaterialReturnLine]:
    """The lines of a return with their items, in the order written."""
    return paper.lines.select_related("item").order_by("id")
