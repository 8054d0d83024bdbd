"""Supplier orders: what was ordered, what came, what was billed, what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Case, DecimalField, F, Q, QuerySet, Sum, When

from canting.kernel.money import half_up
from canting.purchasing.models import (
    OrderReceipt,
    OrderReceiptLine,
    OrderReturn,
    OrderReturnLine,
    Supplier,
    SupplierBill,
    SupplierBillLine,
    SupplierOrder,
    SupplierOrderLine,
)
from canting.purchasing.rules import OrderState, State, ThreeWay

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

STANDING = (OrderState.OPEN, OrderState.PART, OrderState.RECEIVED, OrderState.CLOSED)
WAITING = (OrderState.OPEN, OrderState.PART)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of an order with everything that happened to it; base units and whole rupiah."""

    line: SupplierOrderLine
    received: Decimal = ZERO
    received_amount: int = 0
    landed: int = 0
    billed: Decimal = ZERO
    billed_amount: int = 0
    released: int = 0
    returned: Decimal = ZERO
    replaced: Decimal = ZERO
    returned_billed: Decimal = ZERO
    returned_unbilled_amount: int = 0
    returned_billed_amount: int = 0

    @property
    def kept(self) -> Decimal:
        """What came and did not go back."""
        return self.received - self.returned

    @property
    def outstanding(self) -> Decimal:
        """What the supplier still has to bring while the order is open."""
        return max(self.line.base_quantity - self.received + self.replaced, ZERO)

    @property
    def unbilled(self) -> Decimal:
        """What came, did not go back, and no bill names yet."""
        return self.received - self.billed - (self.returned - self.returned_billed)

    @property
    def unbilled_amount(self) -> int:
        """The same at the ordered price: what stands in the account of goods not yet invoiced."""
        return self.received_amount - self.released - self.returned_unbilled_amount

    @property
    def billed_kept(self) -> Decimal:
        """What was billed and did not go back."""
        return self.billed - self.returned_billed

    @property
    def billed_more(self) -> int:
        """What bills said above the ordered price of what is kept, signed, whole rupiah."""
        if not self.billed:
            return 0
        return half_up((self.billed_amount - self.released) * self.billed_kept / self.billed)

    @property
    def three_way(self) -> ThreeWay:
        """The line as its three papers say."""
        return ThreeWay(
            ordered=self.line.base_quantity,
            received=self.kept,
            billed=self.billed_kept,
            ordered_amount=self.line.amount,
            received_amount=self.received_amount - self.returned_unbilled_amount,
            released_amount=self.released,
            billed_amount=self.billed_amount,
        )


@dataclass(frozen=True, slots=True)
class Landed:
    """What came of an item on an order: base quantity and what it cost to the door.

    `billed_more` is the part of that cost which bills say above the ordered price, signed.
    """

    quantity: Decimal
    value: int
    billed_more: int = 0


@dataclass(frozen=True, slots=True)
class FreightLeft:
    """Freight of an order: what was expected, came with receipts, and is not billed yet."""

    expected: int
    booked: int
    unbilled: int

    @property
    def to_come(self) -> int:
        """What is still expected with later deliveries."""
        return max(self.expected - self.booked, 0)


def orders(
    *,
    cooperative: Cooperative,
    supplier: Supplier | None = None,
    states: Sequence[str] = (),
    source: str = "",
) -> QuerySet[SupplierOrder]:
    """Supplier orders, newest first; of one supplier, in some states, bought for one paper."""
    found = SupplierOrder.objects.filter(cooperative=cooperative).select_related("supplier__party")
    if supplier is not None:
        found = found.filter(supplier=supplier)
    if states:
        found = found.filter(state__in=states)
    if source:
        found = found.filter(source=source)
    return found.order_by("-on", "-id")


def orders_open(*, cooperative: Cooperative) -> QuerySet[SupplierOrder]:
    """Orders of which something is still to come, the first promised first."""
    return orders(cooperative=cooperative, states=WAITING).order_by("promised_on", "id")


def orders_overdue(*, cooperative: Cooperative, on: date) -> QuerySet[SupplierOrder]:
    """Orders whose promised day has passed though something is still to come."""
    return orders_open(cooperative=cooperative).filter(promised_on__lt=on)


def order_by_number(*, cooperative: Cooperative, number: str) -> SupplierOrder | None:
    """The supplier order of this number, or nothing."""
    return (
        SupplierOrder.objects.filter(cooperative=cooperative, number=number)
        .select_related("supplier__party", "made_by", "cooperative")
        .first()
    )


def order_lines(order: SupplierOrder) -> QuerySet[SupplierOrderLine]:
    """The lines of an order with their items, in the order written."""
    return order.lines.select_related("item").order_by("id")


def _sums(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    return {row["order_line_id"]: row for row in rows}


def order_rows(order: SupplierOrder, *, without: OrderReceipt | None = None) -> list[OrderRow]:
    """Every line with what came, was billed and went back; four queries.

    `without` leaves one receipt out, as if it had not come.
    """
    return rows_of([order], without=without)[order.pk]


def rows_of(
    found: Sequence[SupplierOrder], *, without: OrderReceipt | None = None
) -> dict[int, list[OrderRow]]:
    """The rows of many orders by order (id); four queries for all of them."""
    ids = [order.pk for order in found]
    came = OrderReceiptLine.objects.filter(receipt__order__in=ids).exclude(
        receipt__state=State.REVERSED
    )
    if without is not None:
        came = came.exclude(receipt=without)
    billed = SupplierBillLine.objects.filter(bill__order__in=ids).exclude(
        bill__state=State.REVERSED
    )
    back = OrderReturnLine.objects.filter(order_return__order__in=ids).exclude(
        order_return__state=State.REVERSED
    )
    came_sums = _sums(
        came.values("order_line_id").annotate(
            received=Sum("base_quantity"), received_amount=Sum("amount"), landed=Sum("value")
        )
    )
    bill_sums = _sums(
        billed.values("order_line_id").annotate(
            billed=Sum("base_quantity"), billed_amount=Sum("amount"), released=Sum("released")
        )
    )
    back_sums = _sums(back.values("order_line_id").annotate(**_RETURNED))
    rows: dict[int, list[OrderRow]] = {pk: [] for pk in ids}
    lines = SupplierOrderLine.objects.filter(order__in=ids).select_related("item", "offer")
    for line in lines.order_by("id"):
        facts: dict[str, Any] = {}
        for sums in (came_sums, bill_sums, back_sums):
            facts |= {
                name: value
                for name, value in sums.get(line.pk, {}).items()
                if name != "order_line_id"
            }
        rows[line.order_id].append(OrderRow(line, **facts))
    return rows


_RETURNED: dict[str, Any] = {
    "returned": Sum("base_quantity"),
    "replaced": Sum(
        Case(
            When(order_return__replacement=True, then=F("base_quantity")),
            default=ZERO,
            output_field=DecimalField(max_digits=14, decimal_places=4),
        )
    ),
    "returned_billed": Sum("billed_quantity"),
    "returned_unbilled_amount": Sum("unbilled_amount"),
    "returned_billed_amount": Sum("billed_amount"),
}


def three_way(order: SupplierOrder) -> list[OrderRow]:
    """The lines of an order as ordered, received and billed; see `OrderRow.three_way`."""
    return order_rows(order)


def received_of(order: SupplierOrder) -> dict[Item, Landed]:
    """What came of each item and did not go back, with its landed cost in whole rupiah."""
    found: dict[Item, Landed] = {}
    for row in order_rows(order):
        before = found.get(row.line.item, Landed(ZERO, 0))
        found[row.line.item] = Landed(
            before.quantity + row.kept,
            before.value + row.landed + _since(row),
            before.billed_more + row.billed_more,
        )
    return {item: landed for item, landed in found.items() if landed.quantity}


def _since(row: OrderRow) -> int:
    """What bills said more or less than the order, and what went back at those prices."""
    back = row.returned_unbilled_amount + row.returned_billed_amount
    return row.billed_amount - row.released - back


def freight_left(order: SupplierOrder, *, without: OrderReceipt | None = None) -> FreightLeft:
    """The freight of an order: expected, booked with receipts, and of that not billed yet."""
    came = order.receipts.exclude(state=State.REVERSED)
    if without is not None:
        came = came.exclude(pk=without.pk)
    sums = came.aggregate(all=Sum("freight"), owed=Sum("freight", filter=Q(freight_place="")))
    billed = order.bills.exclude(state=State.REVERSED).aggregate(f=Sum("freight_released"))["f"]
    return FreightLeft(order.freight, sums["all"] or 0, (sums["owed"] or 0) - (billed or 0))


def unbilled_by_party(*, cooperative: Cooperative) -> dict[int, int]:
    """What came from each supplier (party) and is not billed, by the papers; whole rupiah."""
    came = OrderReceipt.objects.exclude(state=State.REVERSED)
    bills = SupplierBill.objects.exclude(state=State.REVERSED)
    back = OrderReturn.objects.exclude(state=State.REVERSED)
    found: dict[int, int] = {}
    for papers, column, sign in (
        (came, "goods", 1),
        (came.filter(freight_place=""), "freight", 1),
        (bills, "freight_released", -1),
        (bills, "lines__released", -1),
        (back, "lines__unbilled_amount", -1),
    ):
        rows = papers.filter(cooperative=cooperative).values_list("order__supplier__party_id")
        for party_id, amount in rows.annotate(amount=Sum(column)).order_by():
            found[party_id] = found.get(party_id, 0) + sign * (amount or 0)
    return found


def orders_with_reason(found: Sequence[SupplierOrder]) -> set[int]:
    """The orders (ids) of which more came and a reason was written for it."""
    came = OrderReceipt.objects.filter(order__in=[order.pk for order in found])
    reasoned = came.exclude(state=State.REVERSED).exclude(over_reason="")
    return set(reasoned.values_list("order_id", flat=True))


def order_receipts(order: SupplierOrder) -> QuerySet[OrderReceipt]:
    """The receipts of an order, oldest first."""
    return order.receipts.select_related("made_by").order_by("on", "id")


def order_receipt_by_number(*, cooperative: Cooperative, number: str) -> OrderReceipt | None:
    """The receipt on an order of this number, or nothing."""
    return (
        OrderReceipt.objects.filter(cooperative=cooperative, number=number)
        .select_related("order__supplier__party", "made_by", "cooperative")
        .first()
    )


def order_receipt_lines(receipt: OrderReceipt) -> QuerySet[OrderReceiptLine]:
    """What each line brought, in the order written."""
    return receipt.lines.select_related("order_line__item").order_by("id")


def bills(
    *,
    cooperative: Cooperative,
    supplier: Supplier | None = None,
    order: SupplierOrder | None = None,
) -> QuerySet[SupplierBill]:
    """Bills of suppliers, newest first; of one supplier, of one order."""
    found = SupplierBill.objects.filter(cooperative=cooperative).select_related("supplier", "order")
    if supplier is not None:
        found = found.filter(supplier=supplier)
    if order is not None:
        found = found.filter(order=order)
    return found.order_by("-on", "-id")


def bill_by_number(*, cooperative: Cooperative, number: str) -> SupplierBill | None:
    """The supplier's bill of this number of ours, or nothing."""
    return (
        SupplierBill.objects.filter(cooperative=cooperative, number=number)
        .select_related("order", "supplier__party", "made_by", "cooperative")
        .first()
    )


def bill_by_nota(*, order: SupplierOrder, nota: str) -> SupplierBill | None:
    """The standing bill of this order's supplier with this number of hers, or nothing."""
    return (
        SupplierBill.objects.filter(supplier=order.supplier, nota__iexact=nota)
        .exclude(state=State.REVERSED)
        .first()
    )


def batch_code_of(line: SupplierOrderLine) -> str:
    """The code of the newest batch that a line brought, so that it and no other goes back."""
    came = line.received.exclude(receipt__state=State.REVERSED).exclude(batch_code="")
    newest = came.order_by("-id").first()
    return newest.batch_code if newest else ""


def bill_lines(bill: SupplierBill) -> QuerySet[SupplierBillLine]:
    """The lines of a bill with their items, in the order written."""
    return bill.lines.select_related("order_line__item").order_by("id")


def order_returns(order: SupplierOrder) -> QuerySet[OrderReturn]:
    """What went back of an order, oldest first."""
    return order.returns.order_by("on", "id")


def order_return_by_number(*, cooperative: Cooperative, number: str) -> OrderReturn | None:
    """The return on an order of this number, or nothing."""
    return (
        OrderReturn.objects.filter(cooperative=cooperative, number=number)
        .select_related("order__supplier__party", "made_by", "cooperative")
        .first()
    )


def order_return_lines(paper: OrderReturn) -> QuerySet[OrderReturnLine]:
    """The lines of a return with their items, in the order written."""
    return paper.lines.select_related("order_line__item").order_by("id")
