"""Writes of invoices: a claim for what was accepted; it never makes revenue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.sales import selectors
from canting.sales.errors import DependsOnIt, NothingToInvoice, TooMuchPaid
from canting.sales.models import Buyer, Delivery, Invoice, Order, Sale
from canting.sales.rules import InvoiceKind, InvoiceParts, OrderStatus, PaperState
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
    reopened,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def issue_invoice(
    *,
    order: Order,
    on: date,
    actor: User,
    due_on: date | None = None,
    deliveries: Sequence[str] | None = None,
    own_date: date | None = None,
) -> Invoice:
    """Invoice what was accepted of an order: all of it, or the delivery notes of these numbers.

    The down payment is used in proportion, the retention held back; both as `order_invoice_parts`
    shows them before. A VAT payer's invoice bears VAT on top (posting.md 2.5 ppn_invoice).
    """
    order = selectors.lock_order(order)
    chosen = _chosen(order, deliveries)
    total = sum(delivery.accepted_value for delivery in chosen)
    if not total:
        raise NothingToInvoice(order=order.number)
    for delivery in chosen:
        refuse_before(
            on=on, before=delivery.confirmed_on or delivery.sent_on, paper=delivery.number
        )
    vat = selectors.vat_of_deliveries(chosen, on=on)
    parts = selectors.invoice_parts_of(order, total=total, vat=vat)
    invoice = _create(
        cooperative=order.cooperative,
        kind=InvoiceKind.ORDER,
        buyer=order.buyer,
        order=order,
        parts=parts,
        on=on,
        due_on=due_on,
        actor=actor,
    )
    Delivery.objects.filter(pk__in=[d.pk for d in chosen]).update(invoice=invoice)
    _post(invoice, on, own_date, actor)
    _close_when_done(order, actor)
    return invoice


def _close_when_done(order: Order, actor: User) -> None:
    """An order closes by itself when nothing is left to send, to invoice or to give back."""
    progress, money = selectors.order_progress(order), selectors.order_money(order)
    if not (progress.left or progress.waiting or money.not_invoiced or money.advance_left):
        order.status = OrderStatus.CLOSED
        order.save(update_fields=["status"])
        record(
            cooperative_id=order.cooperative_id,
            actor=actor,
            action="sales.order_closed",
            subject=order.number,
            facts={"reason": "", "left": 0},
            for_party=order.buyer.party,
        )


def _chosen(order: Order, numbers: Sequence[str] | None) -> list[Delivery]:
    found = list(selectors.uninvoiced_deliveries(order).select_for_update(of=("self",)))
    if numbers is None:
        return found
    return [delivery for delivery in found if delivery.number in set(numbers)]


def due_day(*, cooperative: Cooperative, on: date) -> date:
    """The day an invoice of this day is due by the cooperative's rule."""
    days = int(parameter(cooperative=cooperative, name="sales.payment_days", on=on))
    return on + timedelta(days=days)


def _create(
    *,
    cooperative: Cooperative,
    kind: InvoiceKind,
    buyer: Buyer,
    parts: InvoiceParts,
    on: date,
    due_on: date | None,
    actor: User,
    order: Order | None = None,
    sale: Sale | None = None,
) -> Invoice:
    return Invoice.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="FK", on=on),
        kind=kind,
        buyer=buyer,
        order=order,
        sale=sale,
        issued_on=on,
        due_on=max(due_on or due_day(cooperative=cooperative, on=on), on),
        total=parts.total,
        vat=parts.vat,
        down_payment_used=parts.down_payment_used,
        retention=parts.retention,
        receivable=parts.receivable,
        made_by=actor,
    )


def _post(invoice: Invoice, on: date, own_date: date | None, actor: User) -> None:
    party = invoice.buyer.party
    record(
        cooperative_id=invoice.cooperative_id,
        actor=actor,
        action="sales.invoiced",
        subject=invoice.number,
        facts={"order": invoice.order.number if invoice.order else "", "total": invoice.total},
        for_party=party,
    )
    draft = Draft(
        source=f"sales.invoice:{invoice.number}",
        entry_date=on,
        own_date=own_date,
        kind="invoice",
        memo=_("Invoice %(invoice)s, %(buyer)s")
        % {"invoice": invoice.number, "buyer": invoice.buyer.name},
        lines=nonzero(
            debit("recv_buyer", invoice.receivable, party),
            debit("down_payment", invoice.down_payment_used, party),
            debit("recv_retention", invoice.retention, party),
            credit("unbilled", invoice.total, party),
            credit("ppn_out", invoice.vat),
        ),
        paper=invoice.number,
    )
    post_entries(cooperative=invoice.cooperative, drafts=[draft], actor=actor)


def invoice_of_sale(*, sale: Sale, on: date, due_on: date | None, actor: User) -> Invoice:
    """The invoice of a sale on credit; the sale's own entry already made the claim."""
    if sale.buyer is None:
        raise NothingToInvoice(order=sale.number)
    parts = InvoiceParts(total=sale.total, down_payment_used=0, retention=0, vat=sale.vat)
    return _create(
        cooperative=sale.cooperative,
        kind=InvoiceKind.SALE,
        buyer=sale.buyer,
        sale=sale,
        parts=parts,
        on=on,
        due_on=due_on,
        actor=actor,
    )


@transaction.atomic
def bring_invoice(
    *,
    cooperative: Cooperative,
    buyer: Buyer,
    number: str,
    amount: int,
    issued_on: date,
    due_on: date,
    actor: User,
    retention: int = 0,
) -> Invoice:
    """Bring an unpaid invoice of the old books over under its old number, whole rupiah.

    It posts nothing: the opening balances hold the claim. Brought twice it is the same one.
    """
    known = selectors.invoice_by_number(cooperative=cooperative, number=number)
    if known is not None:
        if known.total != amount + retention:
            raise TooMuchPaid(
                paper=number, open=format_rupiah(known.total), amount=format_rupiah(amount)
            )
        return known
    invoice = Invoice.objects.create(
        cooperative=cooperative,
        number=number,
        kind=InvoiceKind.OPENING,
        buyer=buyer,
        issued_on=issued_on,
        due_on=due_on,
        total=amount + retention,
        retention=retention,
        receivable=amount,
        made_by=actor,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.invoice_brought",
        subject=number,
        facts={"amount": amount, "retention": retention},
        for_party=buyer.party,
    )
    return invoice


@transaction.atomic
def take_back_invoice(*, cooperative: Cooperative, number: str, actor: User) -> None:
    """Drop an invoice that was brought over, while nothing was paid on it; it had posted nothing."""
    invoice = selectors.invoice_by_number(cooperative=cooperative, number=number)
    if invoice is None or invoice.kind != InvoiceKind.OPENING:
        return
    invoice = selectors.lock_invoice(invoice)
    refuse_settled(invoice)
    undone = invoice.payments.first()
    if undone is not None:
        what = _("the reversed %(payment)s stands on it, so it stays.")
        raise DependsOnIt(paper=number, what=what % {"payment": undone.number})
    party = invoice.buyer.party
    invoice.delete()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.invoice_taken_back",
        subject=number,
        for_party=party,
    )


@transaction.atomic
def correct_invoice(
    *,
    invoice: Invoice,
    reason: str,
    on: date,
    actor: User,
    again: bool = True,
    due_on: date | None = None,
    deliveries: Sequence[str] | None = None,
) -> Invoice | None:
    """Reverse an invoice of an order and, unless only cancelled, issue it anew.

    Refused once something was paid on it or came back; an invoice of a sale is put right by the sale.
    """
    check_reason(reason)
    invoice = selectors.lock_invoice(invoice)
    refuse_reversed(invoice)
    refuse_before(on=on, before=invoice.issued_on, paper=invoice.number)
    refuse_settled(invoice)
    if invoice.order is None:
        what = _("it belongs to a sale; put the sale right instead.")
        raise DependsOnIt(paper=invoice.number, what=what)
    order = reopened(selectors.lock_order(invoice.order))
    invoice.deliveries.update(invoice=None)
    mark_reversed(invoice, None)
    reverse_source(
        cooperative=invoice.cooperative,
        source=f"sales.invoice:{invoice.number}",
        on=on,
        reason=reason,
        actor=actor,
    )
    if not again:
        return None
    made = issue_invoice(order=order, on=on, actor=actor, due_on=due_on, deliveries=deliveries)
    mark_reversed(invoice, made)
    return made


def refuse_settled(invoice: Invoice) -> None:
    """Refuse to touch an invoice on which something was paid or returned."""
    paid = invoice.payments.filter(state=PaperState.POSTED).first()
    if paid is not None:
        what = _("%(payment)s was paid on it; put that right first.")
        raise DependsOnIt(paper=invoice.number, what=what % {"payment": paid.number})
    doubt = invoice.doubts.filter(state=PaperState.POSTED).first()
    if doubt is not None:
        what = _("%(paper)s wrote of it off; put that right first.")
        raise DependsOnIt(paper=invoice.number, what=what % {"paper": doubt.number})
    back = invoice.credit_notes.filter(state=PaperState.POSTED).first()
    if back is not None:
        what = _("goods came back on %(note)s; put that right first.")
        raise DependsOnIt(paper=invoice.number, what=what % {"note": back.number})
