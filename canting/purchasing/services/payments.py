"""Paying suppliers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors as cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import credit, debit
from canting.purchasing import selectors
from canting.purchasing.errors import BadAmount, CashPlaceNeeded, MoreThanOwed
from canting.purchasing.models import Supplier, SupplierPayment
from canting.purchasing.rules import State
from canting.purchasing.services.common import (
    PaperHand,
    check_reason,
    mark_reversed,
    paper_facts,
    undo_source,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def pay_supplier(
    *,
    cooperative: Cooperative,
    supplier: Supplier,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    charge: int = 0,
    own_date: date | None = None,
    note: str = "",
    replaces: str = "",
) -> SupplierPayment:
    """Pay a supplier what is owed or part of it; the bank's charge is a cost of its own.

    posting.md 2.2 supplier_paid. Raises BadAmount, MoreThanOwed, NotEnoughCash.
    """
    if amount <= 0 or charge < 0:
        raise BadAmount(amount=format_rupiah(amount if amount <= 0 else charge))
    if not cash_place:
        raise CashPlaceNeeded(amount=format_rupiah(amount))
    supplier = Supplier.objects.select_for_update(of=("self",)).get(pk=supplier.pk)
    owed = selectors.owed_to(cooperative=cooperative, supplier=supplier)
    if amount > owed:
        raise MoreThanOwed(
            supplier=supplier.name, owed=format_rupiah(owed), amount=format_rupiah(amount)
        )
    cash.require_cash(cooperative=cooperative, place=cash_place, amount=amount + charge, on=on)
    number = next_number(cooperative=cooperative, series="BK", on=on)
    payment = SupplierPayment.objects.create(
        **paper_facts(
            cooperative=cooperative, number=number, on=on, own_date=own_date, actor=actor
        ),
        supplier=supplier,
        amount=amount,
        charge=charge,
        cash_place=cash_place,
        note=note,
        replaces=replaces,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.supplier_paid",
        subject=number,
        facts={"amount": amount, "charge": charge, "place": cash_place},
        for_party=supplier.party,
    )
    PaperHand(payment, f"purchasing.payment:{number}", actor).post(
        kind="supplier_paid",
        memo=selectors.payment_memo(payment),
        lines=[
            debit("pay_supplier", amount, supplier.party),
            debit("bank_charges", charge),
            credit(cash_place, amount + charge),
        ],
    )
    return payment


@transaction.atomic
def correct_payment(
    *,
    payment: SupplierPayment,
    reason: str,
    on: date,
    actor: User,
    amount: int = 0,
    cash_place: str = "",
    charge: int = 0,
    own_date: date | None = None,
) -> SupplierPayment | None:
    """Put a payment right: reverse it and, unless `amount` is 0, make the right one. Twice is once."""
    reason = check_reason(reason)
    payment = SupplierPayment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    cooperative = payment.cooperative
    if payment.state == State.REVERSED:
        return selectors.payment_by_number(cooperative=cooperative, number=payment.replaced_by)
    undo_source(
        cooperative=cooperative,
        source=f"purchasing.payment:{payment.number}",
        reason=reason,
        on=on,
        actor=actor,
    )
    successor = None
    if amount:
        successor = pay_supplier(
            cooperative=cooperative,
            supplier=payment.supplier,
            amount=amount,
            cash_place=cash_place,
            on=on,
            actor=actor,
            charge=charge,
            own_date=own_date or payment.own_date,
            replaces=payment.number,
        )
    mark_reversed(payment, reason=reason, successor=successor.number if successor else "")
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.payment_corrected",
        subject=payment.number,
        facts={"reason": reason, "successor": payment.replaced_by},
        for_party=payment.supplier.party,
    )
    return successor
