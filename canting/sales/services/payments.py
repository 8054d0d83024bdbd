"""Writes of what buyers pay on invoices: money, tax they withheld, penalties; and retentions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import place_name, require_cash
from canting.cooperatives.services import attach, next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.sales import rules, selectors
from canting.sales.errors import DependsOnIt, MoreVatThanInvoiced, NothingPaid, TooMuchPaid
from canting.sales.models import Invoice, Payment
from canting.sales.rules import PaymentKind
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)
from canting.taxes import services as taxes
from canting.taxes.rules import FINAL_TAX, VAT

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import User


class Kept(TypedDict, total=False):
    """What a buyer may keep from a payment, in whole rupiah."""

    final_tax: int
    pph22: int
    pph23: int
    vat: int
    penalty: int


def _parts(cash: int, kept: Kept) -> dict[str, int]:
    return {
        "cash": cash,
        "final_tax": kept.get("final_tax", 0),
        "pph22": kept.get("pph22", 0),
        "pph23": kept.get("pph23", 0),
        "vat": kept.get("vat", 0),
        "penalty": kept.get("penalty", 0),
    }


@transaction.atomic
def receive_payment(
    *,
    invoice: Invoice,
    cash: int,
    cash_place: str,
    on: date,
    actor: User,
    slip: str = "",
    slip_on: date | None = None,
    note: str = "",
    own_date: date | None = None,
    **kept: Unpack[Kept],
) -> Payment:
    """Take a payment on an invoice: money, tax withheld by the buyer, a penalty he kept.

    Final tax settles our own open liability first, the rest waits on its account (posting.md 2.5);
    PPh 22 and 23 are claims on the tax office; VAT that a collecting buyer pays himself leaves what
    we owe; a penalty lessens revenue. What was withheld waits for its slip. Whole rupiah.
    """
    parts = _parts(cash, kept)
    invoice = selectors.lock_invoice(invoice)
    refuse_reversed(invoice)
    refuse_before(on=own_date or on, before=invoice.issued_on, paper=invoice.number)
    amount = _checked_sum(invoice, parts, selectors.open_amount(invoice))
    _check_vat(invoice, parts["vat"])
    place_name(cooperative=invoice.cooperative, place=cash_place)
    lines = nonzero(
        debit(cash_place, cash),
        *_tax_lines(invoice, parts, on),
        *_penalty_lines(invoice, parts["penalty"]),
        credit("recv_buyer", amount, invoice.buyer.party),
    )
    return _write(
        invoice,
        PaymentKind.INVOICE,
        parts | {"amount": amount},
        {"cash_place": cash_place, "slip": slip, "note": note},
        on,
        own_date,
        lines,
        actor,
        slip_on or own_date or on,
    )


def _tax_lines(invoice: Invoice, parts: Mapping[str, int], on: date) -> list[Line]:
    final = parts["final_tax"]
    open_tax = selectors.unpaid_final_tax(cooperative=invoice.cooperative, on=on)
    return [
        debit("pph_final_payable", min(final, open_tax)),
        debit("pph_final_withheld", final - min(final, open_tax)),
        debit("pph22_prepaid", parts["pph22"]),
        debit("pph23_prepaid", parts["pph23"]),
        debit("ppn_out", parts["vat"]),
    ]


@transaction.atomic
def receive_retention(
    *,
    invoice: Invoice,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    note: str = "",
    own_date: date | None = None,
) -> Payment:
    """Take what a buyer had held back; it is no revenue again. Whole rupiah."""
    invoice = selectors.lock_invoice(invoice)
    refuse_reversed(invoice)
    refuse_before(on=own_date or on, before=invoice.issued_on, paper=invoice.number)
    parts = {"cash": amount}
    _checked_sum(invoice, parts, selectors.retention_open(invoice))
    place_name(cooperative=invoice.cooperative, place=cash_place)
    lines = [debit(cash_place, amount), credit("recv_retention", amount, invoice.buyer.party)]
    return _write(
        invoice,
        PaymentKind.RETENTION,
        parts | {"amount": amount},
        {"cash_place": cash_place, "note": note},
        on,
        own_date,
        lines,
        actor,
    )


def keep_slip_photo(*, payment: Payment, photo: UploadedFile[Any], actor: User) -> None:
    """Keep the photo of the buyer's slip beside the payment. Raises BadUpload."""
    attach(cooperative=payment.cooperative, subject=payment.number, upload=photo, actor=actor)


def _checked_sum(invoice: Invoice, parts: dict[str, int], left: int) -> int:
    amount = sum(parts.values())
    if amount <= 0 or min(parts.values()) < 0:
        raise NothingPaid()
    if amount > left:
        raise TooMuchPaid(
            paper=invoice.number, open=format_rupiah(left), amount=format_rupiah(amount)
        )
    return amount


def _check_vat(invoice: Invoice, vat: int) -> None:
    """Refuse more VAT kept, over all payments, than the invoice bears."""
    if not vat:
        return
    left = invoice.vat - selectors.vat_kept(invoice)
    if vat > left:
        raise MoreVatThanInvoiced(
            paper=invoice.number, vat=format_rupiah(max(left, 0)), amount=format_rupiah(vat)
        )


def _penalty_lines(invoice: Invoice, penalty: int) -> list[Line]:
    if not penalty:
        return []
    parts = rules.by_origin(penalty, selectors.worth_by_origin(invoice))
    return [
        debit(rules.penalty_role(origin), part, None, rules.business_of(origin))
        for origin, part in parts.items()
    ]


def _write(
    invoice: Invoice,
    kind: PaymentKind,
    amounts: dict[str, int],
    facts: dict[str, str],
    on: date,
    own_date: date | None,
    lines: list[Line],
    actor: User,
    slip_on: date | None = None,
) -> Payment:
    payment = Payment.objects.create(
        cooperative=invoice.cooperative,
        number=next_number(cooperative=invoice.cooperative, series="KW", on=on),
        kind=kind,
        buyer=invoice.buyer,
        order=invoice.order,
        invoice=invoice,
        paid_on=on,
        made_by=actor,
        **amounts,
        **facts,
    )
    _note_held(payment, slip_on)
    retention = kind == PaymentKind.RETENTION
    record(
        cooperative_id=invoice.cooperative_id,
        actor=actor,
        action="sales.retention_received" if retention else "sales.payment_received",
        subject=payment.number,
        facts={"invoice": invoice.number, **amounts},
        for_party=invoice.buyer.party,
    )
    memo = _("Retention of %(invoice)s, %(buyer)s") if retention else _("%(invoice)s, %(buyer)s")
    draft = Draft(
        source=f"sales.payment:{payment.number}",
        entry_date=on,
        own_date=own_date,
        kind=_event_kind(payment),
        memo=memo % {"invoice": invoice.number, "buyer": invoice.buyer.name},
        lines=lines,
        paper=payment.number,
    )
    post_entries(cooperative=invoice.cooperative, drafts=[draft], actor=actor)
    return payment


def _note_held(payment: Payment, slip_on: date | None) -> None:
    """Keep each tax the buyer withheld beside the payment, with his slip when he gave one."""
    withheld = {
        FINAL_TAX: payment.final_tax,
        "pph22": payment.pph22,
        "pph23": payment.pph23,
        VAT: payment.vat,
    }
    held = [
        taxes.HeldFromUs(
            kind=kind,
            party=payment.buyer.party,
            on=payment.paid_on,
            tax=tax,
            source=f"sales.payment:{payment.number}",
            paper=payment.number,
            slip_number=payment.slip,
            slip_on=slip_on,
        )
        for kind, tax in withheld.items()
    ]
    taxes.note_held(cooperative=payment.cooperative, held=held)


def _event_kind(payment: Payment) -> str:
    if payment.kind == PaymentKind.RETENTION:
        return "retention_received"
    if payment.pph22:
        return "pph22_no_certificate"
    return "pph23_service" if payment.pph23 else "payment_received"


@transaction.atomic
def correct_payment(
    *,
    payment: Payment,
    reason: str,
    on: date,
    actor: User,
    cash: int | None = None,
    cash_place: str = "",
    slip: str = "",
    slip_on: date | None = None,
    **kept: Unpack[Kept],
) -> Payment | None:
    """Reverse a payment on an invoice or retention and, with an amount, write it anew.

    Tax the buyer withheld goes with it; written anew it waits for the slip again unless one is given.
    """
    check_reason(reason)
    payment = selectors.lock_payment(payment)
    refuse_reversed(payment)
    refuse_before(on=on, before=payment.paid_on, paper=payment.number)
    invoice = payment.invoice
    if invoice is None:
        what = _("it is a down payment; put it right on the order.")
        raise DependsOnIt(paper=payment.number, what=what)
    invoice = selectors.lock_invoice(invoice)
    _refuse_if_used(payment, invoice, _typed_sum(cash, kept))
    if payment.cash:
        require_cash(
            cooperative=payment.cooperative, place=payment.cash_place, amount=payment.cash, on=on
        )
    mark_reversed(payment, None)
    source = f"sales.payment:{payment.number}"
    taxes.forget_held(cooperative=payment.cooperative, source=source)
    reverse_source(
        cooperative=payment.cooperative,
        source=source,
        on=on,
        reason=reason,
        actor=actor,
    )
    if cash is None:
        return None
    place = cash_place or payment.cash_place
    if payment.kind == PaymentKind.RETENTION:
        made = receive_retention(invoice=invoice, amount=cash, cash_place=place, on=on, actor=actor)
    else:
        made = receive_payment(
            invoice=invoice,
            cash=cash,
            cash_place=place,
            on=on,
            actor=actor,
            slip=slip,
            slip_on=slip_on,
            **kept,
        )
    mark_reversed(payment, made)
    return made


def _typed_sum(cash: int | None, kept: Kept) -> int:
    return 0 if cash is None else sum(_parts(cash, kept).values())


def _refuse_if_used(payment: Payment, invoice: Invoice, new_amount: int) -> None:
    """Refuse while money went back out of it for goods returned, or its tax was set off."""
    what = _("%(paper)s rests on it; put that right first.")
    back, note = selectors.paid_back(invoice)
    if back and payment.kind == PaymentKind.INVOICE:
        paid = selectors.paid_on(invoice) - payment.amount + new_amount
        if paid < back:
            raise DependsOnIt(paper=payment.number, what=what % {"paper": note})
    source = f"sales.payment:{payment.number}"
    entry = ledger.entry_by_source(cooperative=payment.cooperative, source=source)
    rows = ledger.lines_of(entry=entry) if entry else []
    waiting = sum(row.amount for row in rows if row.account == "pph_final_withheld")
    left = ledger.balance(cooperative=payment.cooperative, role="pph_final_withheld")
    if waiting > left:
        paper = selectors.last_tax_payment(cooperative=payment.cooperative)
        raise DependsOnIt(paper=payment.number, what=what % {"paper": paper})
