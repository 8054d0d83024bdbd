"""Reads of what was sent and what is owed: deliveries, invoices, payments, credit notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.kernel.expected import Expected
from canting.sales import rules
from canting.sales.models import (
    CreditNote,
    Delivery,
    DeliveryLine,
    DoubtPaper,
    Invoice,
    Order,
    Payment,
    SaleLine,
)
from canting.sales.rules import DoubtKind, PaperState, PaymentKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def deliveries(*, cooperative: Cooperative) -> QuerySet[Delivery]:
    """Delivery notes with order and buyer, newest first."""
    return (
        Delivery.objects.filter(cooperative=cooperative)
        .select_related("order__buyer__party", "invoice", "successor", "made_by")
        .order_by("-sent_on", "-id")
    )


def delivery_by_number(*, cooperative: Cooperative, number: str) -> Delivery | None:
    """The delivery note with this number, or nothing."""
    return deliveries(cooperative=cooperative).filter(number=number).first()


def delivery_lines(delivery: Delivery) -> QuerySet[DeliveryLine]:
    """The lines of a delivery with lot and product, in the order they were scanned."""
    return delivery.lines.select_related("lot__item", "lot__maker", "order_line").order_by("id")


def waiting_deliveries(*, cooperative: Cooperative) -> QuerySet[Delivery]:
    """Deliveries that nobody has confirmed yet, oldest first."""
    found = deliveries(cooperative=cooperative).filter(state=PaperState.SENT)
    return found.order_by("sent_on", "id")


def uninvoiced_deliveries(order: Order) -> QuerySet[Delivery]:
    """Accepted deliveries of an order that stand on no invoice yet."""
    return order.deliveries.filter(
        state=PaperState.POSTED, invoice=None, accepted_value__gt=0
    ).order_by("confirmed_on", "id")


def _paid(kind: PaymentKind) -> Any:
    paid = Payment.objects.filter(invoice=OuterRef("pk"), kind=kind, state=PaperState.POSTED)
    return _total(paid, "amount")


def _total(rows: QuerySet[Any], name: str) -> Any:
    total = rows.order_by().values("invoice").annotate(sum=Sum(name)).values("sum")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), Value(0))


def invoices_with_open(*, cooperative: Cooperative) -> QuerySet[Any]:
    """Invoices that stand, with `open` and `retention_open` in whole rupiah, earliest due first."""
    returned = CreditNote.objects.filter(invoice=OuterRef("pk"), state=PaperState.POSTED)
    written_off = DoubtPaper.objects.filter(
        invoice=OuterRef("pk"), kind=DoubtKind.WRITE_OFF, state=PaperState.POSTED
    )
    return (
        Invoice.objects.filter(cooperative=cooperative, state=PaperState.POSTED)
        .select_related("buyer__party", "order", "sale")
        .annotate(
            open=F("receivable")
            - _paid(PaymentKind.INVOICE)
            - _total(returned, "lessens")
            - _total(written_off, "amount"),
            retention_open=F("retention") - _paid(PaymentKind.RETENTION),
        )
        .order_by("due_on", "id")
    )


def open_invoices(*, cooperative: Cooperative) -> QuerySet[Any]:
    """Invoices with something left to pay, now or of the part held back."""
    found = invoices_with_open(cooperative=cooperative)
    return found.filter(Q(open__gt=0) | Q(retention_open__gt=0))


def invoice_by_number(*, cooperative: Cooperative, number: str) -> Invoice | None:
    """The invoice with this number, whether it stands or was put right; or nothing."""
    return (
        Invoice.objects.filter(cooperative=cooperative, number=number)
        .select_related("buyer__party", "order", "sale", "successor", "made_by")
        .first()
    )


def open_amount(invoice: Invoice) -> int:
    """What is left to pay of an invoice now, in whole rupiah; nothing of one put right."""
    found = invoices_with_open(cooperative=invoice.cooperative).filter(pk=invoice.pk).first()
    return int(found.open) if found else 0


def retention_open(invoice: Invoice) -> int:
    """What is still held back of an invoice, in whole rupiah."""
    found = invoices_with_open(cooperative=invoice.cooperative).filter(pk=invoice.pk).first()
    return int(found.retention_open) if found else 0


def invoice_goods(invoice: Invoice) -> list[DeliveryLine | SaleLine]:
    """The sold lines an invoice stands for: accepted deliveries, or the lines of a sale."""
    if invoice.sale_id:
        return list(sale_lines_of(invoice.sale_id))
    found = DeliveryLine.objects.filter(delivery__invoice=invoice, accepted__gt=0)
    return list(found.select_related("lot__item", "delivery").order_by("delivery_id", "id"))


def sale_lines_of(sale_id: int) -> QuerySet[SaleLine]:
    """The lines of a nota with lot and product, in the order they were scanned."""
    found = SaleLine.objects.filter(sale_id=sale_id)
    return found.select_related("lot__item", "lot__maker").order_by("position", "id")


def worth_by_origin(invoice: Invoice) -> dict[str, int]:
    """The value of an invoice's goods by where they come from, for what is spread over them."""
    worth: dict[str, int] = {}
    for line in invoice_goods(invoice):
        worth[line.origin] = worth.get(line.origin, 0) + value_of(line)
    return worth


def value_of(line: DeliveryLine | SaleLine) -> int:
    """The price got for a sold line, in whole rupiah."""
    if isinstance(line, SaleLine):
        return line.net
    return rules.amount_of(line.accepted or line.quantity, line.price)


def payments(*, cooperative: Cooperative) -> QuerySet[Payment]:
    """Receipts and refunds with their buyer and paper, newest first."""
    return (
        Payment.objects.filter(cooperative=cooperative)
        .select_related("buyer__party", "order", "invoice", "successor", "made_by")
        .order_by("-paid_on", "-id")
    )


def payment_by_number(*, cooperative: Cooperative, number: str) -> Payment | None:
    """The receipt or voucher with this number, or nothing."""
    return payments(cooperative=cooperative).filter(number=number).first()


def payments_of(*, order: Order) -> QuerySet[Payment]:
    """Every payment of an order, in advance or on its invoices, oldest first."""
    found = payments(cooperative=order.cooperative)
    return found.filter(Q(order=order) | Q(invoice__order=order)).order_by("paid_on", "id")


def credit_notes(*, cooperative: Cooperative) -> QuerySet[CreditNote]:
    """Credit notes with their invoice, newest first."""
    return (
        CreditNote.objects.filter(cooperative=cooperative)
        .select_related(
            "invoice__buyer__party",
            "sale_line__lot__item",
            "delivery_line__lot__item",
            "successor",
            "made_by",
        )
        .order_by("-returned_on", "-id")
    )


def credit_note_by_number(*, cooperative: Cooperative, number: str) -> CreditNote | None:
    """The credit note with this number, or nothing."""
    return credit_notes(cooperative=cooperative).filter(number=number).first()


def last_use_of_advance(order: Order) -> str:
    """The refund or invoice that last took of what was paid in advance for an order."""
    back = order.payments.filter(kind=PaymentKind.REFUND, state=PaperState.POSTED)
    used = Invoice.objects.filter(order=order, state=PaperState.POSTED, down_payment_used__gt=0)
    last = back.order_by("id").last() or used.order_by("id").last()
    return last.number if last else "-"


def lock_credit_note(note: CreditNote) -> CreditNote:
    """The credit note again, held until the end of the transaction."""
    return (
        CreditNote.objects.select_for_update(of=("self",))
        .select_related("cooperative", "sale_line__lot", "delivery_line__lot")
        .get(pk=note.pk)
    )


def later_credit_note(note: CreditNote) -> CreditNote | None:
    """A credit note of the same line that came later, so that its value rests on this one."""
    same = CreditNote.objects.filter(
        sale_line=note.sale_line_id, delivery_line=note.delivery_line_id, state=PaperState.POSTED
    )
    return same.filter(pk__gt=note.pk).order_by("-id").first()


def paid_back(invoice: Invoice) -> tuple[int, str]:
    """What went back in money for goods returned, in whole rupiah, and the last note that did it."""
    notes = invoice.credit_notes.filter(state=PaperState.POSTED, lessens__lt=F("amount") + F("vat"))
    last = notes.order_by("-id").first()
    sums = notes.aggregate(back=Sum(F("amount") + F("vat") - F("lessens")))
    return sums["back"] or 0, last.number if last else ""


def paid_on(invoice: Invoice) -> int:
    """What its standing payments cleared of an invoice, in whole rupiah, retention aside."""
    paid = invoice.payments.filter(state=PaperState.POSTED, kind=PaymentKind.INVOICE)
    return paid.aggregate(sum=Sum("amount"))["sum"] or 0


def vat_kept(invoice: Invoice) -> int:
    """The VAT of an invoice that its buyer kept and pays himself, in whole rupiah."""
    paid = invoice.payments.filter(state=PaperState.POSTED)
    return paid.aggregate(sum=Sum("vat"))["sum"] or 0


def overdue(*, cooperative: Cooperative, on: date) -> QuerySet[Any]:
    """Invoices whose day has passed with something left to pay, oldest first."""
    return invoices_with_open(cooperative=cooperative).filter(open__gt=0, due_on__lt=on)


def expected_cash(*, cooperative: Cooperative, on: date, until: date) -> list[Expected]:
    """What buyers owe on invoices that fall due until a day; what is late counts as due on `on`.

    What they hold back has no day of its own and is left out.
    """
    found = invoices_with_open(cooperative=cooperative).filter(open__gt=0, due_on__lte=until)
    return [
        Expected(max(due_on, on), comes_in=left)
        for due_on, left in found.values_list("due_on", "open")
    ]


def lock_delivery(delivery: Delivery) -> Delivery:
    """The delivery again, held until the end of the transaction."""
    return (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("order__buyer__party", "cooperative")
        .get(pk=delivery.pk)
    )


def lock_invoice(invoice: Invoice) -> Invoice:
    """The invoice again, held until the end of the transaction."""
    return (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("buyer__party", "cooperative")
        .get(pk=invoice.pk)
    )


def lock_payment(payment: Payment) -> Payment:
    """The payment again, held until the end of the transaction."""
    return (
        Payment.objects.select_for_update(of=("self",))
        .select_related("buyer__party", "cooperative")
        .get(pk=payment.pk)
    )


def open_sums(*, cooperative: Cooperative, on: date) -> dict[str, int]:
    """What is open in all, what of it is overdue, what is held back; whole rupiah."""
    found = invoices_with_open(cooperative=cooperative)
    late = found.filter(due_on__lt=on).aggregate(sum=Sum("open"))["sum"]
    sums = found.aggregate(now=Sum("open"), held=Sum("retention_open"))
    return {"open": sums["now"] or 0, "late": late or 0, "held": sums["held"] or 0}


def is_brought(payment: Payment) -> bool:
    """Whether a down payment was made before the books began, so that no money moved here."""
    return payment.kind == PaymentKind.DOWN_PAYMENT and not payment.cash_place


def brought_down_payments(*, cooperative: Cooperative) -> QuerySet[Payment]:
    """Down payments of the old book that stand, with their orders, oldest first."""
    return (
        Payment.objects.filter(
            cooperative=cooperative,
            kind=PaymentKind.DOWN_PAYMENT,
            cash_place="",
            state=PaperState.POSTED,
        )
        .select_related("order", "buyer__party")
        .order_by("id")
    )


def place_of(payment: Payment) -> str:
    """The name of the cash place that a payment moved through; one of the old book through none."""
    if is_brought(payment):
        return _("the old book")
    return cash.place_name(cooperative=payment.cooperative, place=payment.cash_place)
