"""Writes of what buyers pay on invoices: money, tax they withheld, penalties; and retentions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import place_name, require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.sales import rules, selectors
from canting.sales.errors import DependsOnIt, NothingPaid, TooMuchPaid
from canting.sales.models import Invoice, Payment
from canting.sales.rules import PaymentKind
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import User


@transaction.atomic
def receive_payment(
    *,
    invoice: Invoice,
    cash: int,
    cash_place: str,
    on: date,
    actor: User,
    final_tax: int = 0,
    pph22: int = 0,
    penalty: int = 0,
    slip: str = "",
    note: str = "",
    own_date: date | None = None,
) -> Payment:
    """Take a payment on an invoice: money, tax withheld by the buyer, a penalty he kept.

    Final tax settles our own open liability first, the rest waits on its account (posting.md 2.5);
    PPh 22 is a claim on the tax office; a penalty lessens revenue. Whole rupiah.
    """
    parts = {"cash": cash, "final_tax": final_tax, "pph22": pph22, "penalty": penalty}
    invoice = selectors.lock_invoice(invoice)
    refuse_reversed(invoice)
    refuse_before(on=own_date or on, before=invoice.issued_on, paper=invoice.number)
    amount = _checked_sum(invoice, parts, selectors.open_amount(invoice))
    place_name(cooperative=invoice.cooperative, place=cash_place)
    to_liability = min(
        final_tax, selectors.unpaid_final_tax(cooperative=invoice.cooperative, on=on)
    )
    lines = nonzero(
        debit(cash_place, cash),
        debit("pph_final_payable", to_liability),
        debit("pph_final_withheld", final_tax - to_liability),
        debit("pph22_prepaid", pph22),
        *_penalty_lines(invoice, penalty),
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
    )


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


def _checked_sum(invoice: Invoice, parts: dict[str, int], left: int) -> int:
    amount = sum(parts.values())
    if amount <= 0 or min(parts.values()) < 0:
        raise NothingPaid()
    if amount > left:
        raise TooMuchPaid(
            paper=invoice.number, open=format_rupiah(left), amount=format_rupiah(amount)
        )
    return amount


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


def _event_kind(payment: Payment) -> str:
    if payment.kind == PaymentKind.RETENTION:
        return "retention_received"
    return "pph22_no_certificate" if payment.pph22 else "payment_received"


@transaction.atomic
def correct_payment(
    *,
    payment: Payment,
    reason: str,
    on: date,
    actor: User,
    cash: int | None = None,
    cash_place: str = "",
    final_tax: int = 0,
    pph22: int = 0,
    penalty: int = 0,
    slip: str = "",
) -> Payment | None:
    """Reverse a payment on an invoice or retention and, with an amount, write it anew."""
    check_reason(reason)
    payment = selectors.lock_payment(payment)
    refuse_reversed(payment)
    refuse_before(on=on, before=payment.paid_on, paper=payment.number)
    invoice = payment.invoice
    if invoice is None:
        what = _("it is a down payment; put it right on the order.")
        raise DependsOnIt(paper=payment.number, what=what)
    invoice = selectors.lock_invoice(invoice)
    _refuse_if_used(payment, invoice, _typed_sum(cash, final_tax, pph22, penalty))
    if payment.cash:
        require_cash(
            cooperative=payment.cooperative, place=payment.cash_place, amount=payment.cash, on=on
        )
    mark_reversed(payment, None)
    reverse_source(
        cooperative=payment.cooperative,
        source=f"sales.payment:{payment.number}",
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
            final_tax=final_tax,
            pph22=pph22,
            penalty=penalty,
            slip=slip,
        )
    mark_reversed(payment, made)
    return made


def _typed_sum(cash: int | None, *kept: int) -> int:
    return 0 if cash is None else cash + sum(kept)


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
