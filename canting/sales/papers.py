"""What the papers of selling say: delivery note, invoice, receipt, nota; the templates lay it out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.cooperatives.selectors import parameter
from canting.kernel.dates import format_date, format_long_date, format_time
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.papers import render
from canting.kernel.phones import format_phone
from canting.kernel.qr import qr_svg
from canting.kernel.quantities import format_quantity
from canting.ledger.services import proof_link
from canting.sales import selectors
from canting.sales.rules import PaidBy, PaperState, PaymentKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Delivery, Invoice, Payment, Sale

ZERO = Decimal(0)


def _common(cooperative: Cooperative, number: str, made_by: str, copy: int) -> dict[str, Any]:
    return {
        "cooperative": {
            "name": cooperative.name,
            "place": cooperative.address or cooperative.place,
        },
        "place": cooperative.place,
        "number": number,
        "made_by": made_by,
        "copy": copy,
    }


def _needs_stamp(cooperative: Cooperative, amount: int, on: date) -> bool:
    """Whether a paper that states this sum needs a duty stamp (UU 10/2020: above Rp5.000.000)."""
    above = int(parameter(cooperative=cooperative, name="paper.duty_above", on=on))
    return amount > above


def _proof(cooperative: Cooperative, number: str) -> dict[str, str]:
    """The code that shows whether this payment is in the books; none without a public address."""
    link = proof_link(cooperative=cooperative, paper=number)
    return {
        "qr": str(qr_svg(link)) if link else "",
        "qr_words": _("Scan it: is this payment in the books?"),
    }


def delivery_note(delivery: Delivery, *, link: str = "", copy: int = 0) -> bytes:
    """Surat jalan on A5 without prices; with a link, a QR for the buyer to confirm."""
    order, buyer = delivery.order, delivery.order.buyer
    lines = list(selectors.delivery_lines(delivery))
    pieces = sum((line.quantity for line in lines), ZERO)
    values = _common(delivery.cooperative, delivery.number, str(delivery.made_by), copy) | {
        "title": _("Delivery note"),
        "draft": delivery.state == PaperState.REVERSED,
        "facts": [
            [_("To the buyer"), buyer.name],
            [_("Address"), buyer.address or "-"],
            [_("Date"), format_date(delivery.sent_on)],
            [_("Order"), order.number],
            [_("Your PO number"), order.buyer_reference or "-"],
            [_("Driver or carrier"), delivery.driver or "-"],
        ],
        "headers": [_("No."), _("Code"), _("Cloth"), _("Grade"), _("Pieces")],
        "lines": [
            [
                str(place),
                line.lot.label,
                line.lot.item.name,
                line.lot.grade,
                format_quantity(line.quantity, line.lot.item.unit),
            ]
            for place, line in enumerate(lines, 1)
        ],
        "total": [_("Pieces"), format_quantity(pieces)],
        "signers": [
            [_("Sent by"), str(delivery.made_by)],
            [_("Driver or carrier"), delivery.driver],
            [_("Received by, date and time"), ""],
        ],
        "qr": str(qr_svg(link)) if link else "",
        "qr_says": _("Scan to count, check and confirm."),
    }
    return render("sales/papers/delivery_note.typ", values)


def invoice(invoice: Invoice, *, on: date, copy: int = 0) -> bytes:
    """Invoice on A4 in words, with our bank account. It is no tax invoice and is never titled so."""
    cooperative, buyer = invoice.cooperative, invoice.buyer
    order = invoice.order
    paid = invoice.receivable - selectors.open_amount(invoice)
    totals = [[_("Value"), format_rupiah(invoice.total)]]
    if invoice.vat:
        totals.append([_("VAT"), format_rupiah(invoice.vat)])
    if invoice.down_payment_used:
        totals.append([_("Down payment used"), format_rupiah(-invoice.down_payment_used)])
    if invoice.retention:
        totals.append([_("Held back until the end"), format_rupiah(-invoice.retention)])
    totals.append([_("To pay"), format_rupiah(invoice.receivable)])
    values = _common(cooperative, invoice.number, str(invoice.made_by), copy) | {
        "title": _("Sales invoice"),
        "draft": invoice.state == PaperState.REVERSED,
        "facts": [
            [_("To the buyer"), buyer.name],
            [_("Address"), buyer.address or "-"],
            [_("Date"), format_long_date(invoice.issued_on)],
            [_("Due on"), format_long_date(invoice.due_on)],
            [_("Order"), order.number if order else "-"],
            [_("Your PO number"), (order.buyer_reference if order else "") or "-"],
        ],
        "headers": [_("No."), _("Cloth"), _("Pieces"), _("Price"), _("Amount")],
        "lines": _goods(invoice),
        "totals": totals,
        "words": in_words(invoice.receivable) if invoice.receivable else "",
        "paid": _("Paid so far: %(amount)s") % {"amount": format_rupiah(paid)} if paid else "",
        "bank": str(parameter(cooperative=cooperative, name="sales.bank_details", on=on)),
        "bank_label": _("Please pay to"),
        "stamp": _needs_stamp(cooperative, invoice.receivable, invoice.issued_on),
        "place_day": f"{cooperative.place}, {format_long_date(invoice.issued_on)}",
        "signers": [[cooperative.name, str(invoice.made_by)]],
    }
    return render("sales/papers/invoice.typ", values)


def _goods(invoice: Invoice) -> list[list[str]]:
    """The goods of an invoice, those of one product and price as one line."""
    rows: dict[tuple[str, int], list[Any]] = {}
    for line in selectors.invoice_goods(invoice):
        name = f"{line.lot.item.name} {line.lot.grade}".strip()
        pieces = getattr(line, "accepted", None) or line.quantity
        row = rows.setdefault((name, line.price), [ZERO, 0])
        row[0] += pieces
        row[1] += selectors.value_of(line)
    return [
        [
            str(place),
            name,
            format_quantity(pieces),
            format_rupiah(price),
            format_rupiah(worth),
        ]
        for place, ((name, price), (pieces, worth)) in enumerate(rows.items(), 1)
    ]


def receipt(payment: Payment, *, copy: int = 0) -> bytes:
    """Receipt on A5, in words; above the limit with room for a duty stamp. A refund is a voucher."""
    cooperative, buyer = payment.cooperative, payment.buyer
    back = payment.kind == PaymentKind.REFUND
    payer, payee = (cooperative.name, buyer.name) if back else (buyer.name, cooperative.name)
    facts = [
        [_("Paid to") if back else _("Received from"), payee if back else payer],
        [_("Amount"), format_rupiah(payment.cash)],
        [_("In words"), in_words(payment.cash)],
        [_("For"), purpose(payment)],
    ]
    for label, amount in (
        (_("Final tax withheld"), payment.final_tax),
        (_("PPh 22 withheld"), payment.pph22),
        (_("PPh 23 withheld"), payment.pph23),
        (_("VAT kept by a collecting buyer"), payment.vat),
        (_("Penalty"), payment.penalty),
    ):
        if amount:
            facts.append([label, format_rupiah(amount)])
    values = _common(cooperative, payment.number, str(payment.made_by), copy) | {
        "title": _("Payment voucher") if back else _("Receipt"),
        "draft": payment.state == PaperState.REVERSED,
        "facts": facts,
        "stamp": _needs_stamp(cooperative, payment.cash, payment.paid_on),
        "place_day": f"{cooperative.place}, {format_long_date(payment.paid_on)}",
        **_proof(cooperative, payment.number),
        "signers": [
            [_("Received by"), buyer.name if back else str(payment.made_by)],
            [_("Payer"), str(payment.made_by) if back else buyer.name],
        ],
    }
    return render("sales/papers/receipt.typ", values)


def purpose(payment: Payment) -> str:
    """What a payment is for, in one sentence."""
    order = payment.order.number if payment.order else ""
    invoice = payment.invoice.number if payment.invoice else ""
    sentences: dict[str, str] = {
        PaymentKind.DOWN_PAYMENT: _("Down payment for order %(order)s"),
        PaymentKind.REFUND: _("Rest of the down payment for order %(order)s, paid back"),
        PaymentKind.INVOICE: _("Payment of invoice %(invoice)s"),
        PaymentKind.RETENTION: _("What was held back of invoice %(invoice)s"),
    }
    return sentences[payment.kind] % {"order": order, "invoice": invoice}


def paid_by_name(paid_by: str) -> str:
    """How a sale was paid, as people say it."""
    names: dict[str, str] = {
        PaidBy.CASH: _("Cash"),
        PaidBy.QRIS: _("QRIS"),
        PaidBy.BANK: _("Bank transfer"),
        PaidBy.CREDIT: _("On credit"),
    }
    return names[paid_by]


def nota(sale: Sale, *, size: str = "58mm", copy: int = 0) -> bytes:
    """The nota of a sale on a roll; the price of each piece, never whose account it goes to."""
    cooperative = sale.cooperative
    lines = list(selectors.sale_lines_of(sale.pk))
    pieces = sum((line.quantity for line in lines), ZERO)
    totals = [[_("Discount"), format_rupiah(-sale.discount)]] if sale.discount else []
    if sale.vat:
        totals.append([_("VAT"), format_rupiah(sale.vat)])
    if sale.rounding:
        totals.append([_("Rounding"), format_rupiah(sale.rounding)])
    received = sale.received
    totals.append(
        [_("%(count)s pieces") % {"count": format_quantity(pieces)}, format_rupiah(received)]
    )
    values = _common(cooperative, sale.number, str(sale.made_by), copy) | {
        "size": size,
        "title": _("Nota"),
        "draft": sale.state == PaperState.REVERSED,
        "day": format_date(sale.sold_on),
        "time": format_time(sale.made_at, cooperative.zone),
        "buyer": sale.buyer.name if sale.buyer else sale.guest,
        "lines": [
            [
                f"{line.lot.label} {line.lot.item.name} {line.lot.grade}".strip(),
                _("%(quantity)s x %(price)s")
                % {
                    "quantity": format_quantity(line.quantity),
                    "price": format_rupiah(line.price),
                },
                format_rupiah(line.net + line.discount),
            ]
            for line in lines
        ],
        "totals": totals,
        "words": in_words(received),
        "paid_by": paid_by_name(sale.paid_by),
        "phone": format_phone(cooperative.phone) if cooperative.phone else "",
        **_proof(cooperative, sale.number),
        "thanks": _("Thank you. Ask for the story of your cloth by its code."),
    }
    return render("sales/papers/nota.typ", values)
