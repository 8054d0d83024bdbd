"""Orders, deliveries, invoices, payments and the gallery: the buyer's side of the year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.kernel.money import half_up
from canting.portal.demo import goods
from canting.portal.demo.calendar import BUSY, Calendar
from canting.portal.demo.duties import SLIP_COMES_AFTER, slip_comes
from canting.portal.demo.making import give_work, sellable
from canting.sales import selectors as sales
from canting.sales import services as selling
from canting.sales.rules import OrderItem, Piece
from canting.sales.services import Till

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

BASIS_OF = {"bumn": "commission", "hotel": "purchase", "dinas": "purchase"}
PRODUCT_OF = {"hotel": "RGN-T", "dinas": "KLY-T"}
WHOLE = Decimal(1)


def take_order(stage: Stage, calendar: Calendar, on: date, buyer: str, count: int) -> None:
    """An order with its down payment; work is given the next day, cloth goes out in two parts."""
    code = product_of(buyer, on)
    promised = on + timedelta(days=42)
    order = selling.take_order(
        cooperative=stage.cooperative,
        buyer=stage.buyers[buyer],
        promised_date=promised,
        lines=[OrderItem(stage.items[code], Decimal(count), price=list_price(code))],
        on=on,
        actor=stage.by("pengelola"),
        buyer_reference=f"PO-{on:%y%m}-{stage.dice.randint(100, 999)}",
        down_payment_percent=Decimal(40),
    )
    line = next(iter(sales.order_lines(order)))
    down = half_up(Decimal(sales.order_total(order)) * 40 / 100)
    selling.receive_down_payment(
        order=order, amount=down, cash_place="bank", on=on, actor=stage.by("kasir")
    )
    calendar.add(
        on + timedelta(days=1),
        lambda day: give_work(
            stage, calendar, day, code=code, basis=BASIS_OF[buyer], count=count, line=line
        ),
    )
    calendar.add(on + timedelta(days=27), lambda day: send(stage, calendar, order.number, day))
    calendar.add(on + timedelta(days=38), lambda day: send(stage, calendar, order.number, day))
    calendar.add(on + timedelta(days=52), lambda day: send(stage, calendar, order.number, day))
    calendar.add(on + timedelta(days=68), lambda day: finish(stage, order.number, day))


def product_of(buyer: str, on: date) -> str:
    """The state enterprise takes stamped cloth for uniforms and, every other month, hand-drawn."""
    if buyer == "bumn":
        return "KLY-T" if on.month % 2 else "BRM-C"
    return PRODUCT_OF[buyer]


def list_price(code: str) -> int:
    """What the price list asks for a first-grade cloth."""
    return next(product.sold[0] for product in goods.PRODUCTS if product.code == code)


def send(stage: Stage, calendar: Calendar, number: str, on: date) -> None:
    """Send what is ready of an order; the buyer answers two days later."""
    order = sales.order_by_number(cooperative=stage.cooperative, number=number)
    if order is None:
        return
    line = next(iter(sales.order_lines(order)))
    progress = sales.order_progress(order)
    wanted = int(progress.left)
    basis = BASIS_OF[next(key for key, b in stage.buyers.items() if b.pk == order.buyer_id)]
    ready = sellable(stage, line.product.code, [basis])
    pieces = take(ready, wanted)
    if not pieces:
        return
    delivery = selling.deliver(
        order=order, pieces=pieces, on=on, actor=stage.by("gudang"), driver="Pak Hadi"
    )
    calendar.add(on + timedelta(days=2), lambda day: confirm(stage, calendar, delivery, day))


def finish(stage: Stage, number: str, on: date) -> None:
    """What could not be made is agreed away: the rest of the down payment goes back."""
    order = sales.order_by_number(cooperative=stage.cooperative, number=number)
    if order is None or order.status != "open":
        return
    left = sales.order_money(order).advance_left
    if left:
        selling.refund_down_payment(
            order=order, amount=left, cash_place="bank", on=on, actor=stage.by("kasir")
        )
    selling.close_order(
        order=order, reason="Pembeli setuju kurang", on=on, actor=stage.by("pengelola")
    )


def take(ready: list[Any], wanted: int) -> list[Piece]:
    """As many pieces as are wanted, in whole lots or a part of the last one."""
    pieces: list[Piece] = []
    for row in ready:
        count = min(wanted, int(row.quantity))
        if count <= 0:
            break
        pieces.append(Piece(row.lot.code, Decimal(count)))
        wanted -= count
    return pieces


def confirm(stage: Stage, calendar: Calendar, delivery: Any, on: date) -> None:
    """The buyer confirms; one cloth in some thirty comes back. The invoice follows the same day."""
    lines = list(sales.delivery_lines(delivery))
    rejected = []
    if len(lines) > 3 and stage.dice.random() < 0.3:
        rejected = [Piece(lines[0].lot.code, WHOLE)]
    selling.confirm_delivery(
        delivery=delivery,
        on=on,
        actor=stage.by("gudang"),
        confirmed_by=delivery.order.buyer.contact or delivery.order.buyer.name,
        rejected=rejected,
        note="Warna kurang rata" if rejected else "",
    )
    invoice = selling.issue_invoice(
        order=delivery.order, on=on, actor=stage.by("pengelola"), due_on=on + timedelta(days=30)
    )
    late = stage.dice.choice((20, 25, 28, 45))
    calendar.add(on + timedelta(days=late), lambda day: pay(stage, calendar, invoice.number, day))


def pay(stage: Stage, calendar: Calendar, number: str, on: date) -> None:
    """The buyer pays; a state enterprise keeps half a percent back, and its slip comes later."""
    invoice = sales.invoice_by_number(cooperative=stage.cooperative, number=number)
    if invoice is None or sales.open_amount(invoice) <= 0:
        return
    open_now = sales.open_amount(invoice)
    tax = sales.tax_proposal(invoice, on=on) if invoice.buyer.withholds_tax else 0
    paid = selling.receive_payment(
        invoice=invoice,
        cash=open_now - tax,
        cash_place="bank",
        on=on,
        actor=stage.by("kasir"),
        final_tax=tax,
    )
    if tax:
        source = f"sales.payment:{paid.number}"
        calendar.add(on + SLIP_COMES_AFTER, lambda day: slip_comes(stage, source, day))


def gallery_day(stage: Stage, on: date) -> None:
    """Guests of the gallery buy two or three cloths, consigned ones and the cooperative's own."""
    ready = [
        *sellable(stage, "RGN-T", ["consignment", "purchase"]),
        *sellable(stage, "KLY-T", ["consignment", "purchase"]),
    ]
    if not ready:
        return
    chosen = stage.dice.sample(ready, min(len(ready), stage.dice.choice((1, 2, 2, 3))))
    pieces = [Piece(row.lot.code, WHOLE) for row in chosen]
    selling.sell_at_gallery(
        cooperative=stage.cooperative,
        pieces=pieces,
        on=on,
        actor=stage.by("kasir"),
        till=Till(paid_by=stage.dice.choice(("cash", "cash", "qris"))),
    )


def order_size(on: date) -> int:
    """More in the busy months, less of what is drawn by hand."""
    size = 36 if on.month in BUSY else 24
    return size // 2 if on.month % 2 else size


def month_of_orders(stage: Stage, calendar: Calendar, month: date) -> None:
    """One or two orders a month, more in the busy ones."""
    busy = month.month in BUSY
    calendar.add(
        month.replace(day=3),
        lambda day: take_order(stage, calendar, day, "bumn", order_size(day)),
    )
    other = "hotel" if month.month % 2 else "dinas"
    calendar.add(
        month.replace(day=6),
        lambda day: take_order(stage, calendar, day, other, 20 if busy else 12),
    )
    calendar.add(
        month.replace(day=9),
        lambda day: give_work(stage, calendar, day, code="RGN-T", basis="consignment", count=5),
    )
    for number in (4, 12, 19, 26):
        calendar.add(month.replace(day=number), lambda day: gallery_day(stage, day))
