"""Tax paid to the state."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.taxes import selectors
from canting.taxes.errors import (
    BadTaxAmount,
    MoreThanWithheld,
)
from canting.taxes.models import TaxPayment
from canting.taxes.rules import (
    MONEY_SERIES,
    PAYABLE,
    PAYMENT,
    VAT,
    VAT_IN,
)
from canting.taxes.services.common import locked, mark, reverse

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def pay_over(
    *,
    cooperative: Cooperative,
    kind: str,
    month: date,
    amount: int,
    place: str,
    on: date,
    actor: User,
    reference: str = "",
) -> TaxPayment:
    """Pay withheld tax or the VAT of a month to the state (D its payable, K money). Whole rupiah.

    With VAT the input VAT of that month and before is set off (D VAT payable, K input VAT).
    Raises BadTaxAmount, MoreThanWithheld, NotEnoughCash.
    """
    tax = PAYABLE[kind]
    ledger.lock_account(cooperative=cooperative, role=tax.role)
    if amount <= 0:
        raise BadTaxAmount(amount=format_rupiah(amount))
    left = selectors.unpaid(cooperative=cooperative, kind=kind, on=on)
    if amount > left:
        raise MoreThanWithheld(left=format_rupiah(left), amount=format_rupiah(amount))
    set_off = selectors.input_vat(cooperative=cooperative, month=month) if kind == VAT else 0
    require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    paper = TaxPayment.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=MONEY_SERIES, on=on),
        on=on,
        kind=kind,
        month=first_of_month(month),
        amount=amount,
        set_off=set_off,
        place=place,
        reference=reference.strip()[:60],
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.paid_over",
        subject=paper.number,
        facts={"tax": kind, "month": f"{month:%Y-%m}", "amount": amount, "set_off": set_off},
    )
    draft = Draft(
        source=f"{PAYMENT}:{paper.number}",
        entry_date=on,
        kind=tax.paid_kind,
        memo=f"{_(tax.label)}, {format_month(month)} {paper.reference}".strip(),
        lines=nonzero(
            debit(tax.role, amount + set_off), credit(VAT_IN, set_off), credit(place, amount)
        ),
        paper=paper.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def correct_payment(
    *,
    payment: TaxPayment,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> TaxPayment | None:
    """Reverse a payment to the state and, with a replacement, write it anew."""
    payment = locked(payment, reason)
    reverse(payment, PAYMENT, on, reason, actor)
    made = None
    if replacement is not None:
        made = pay_over(
            cooperative=payment.cooperative,
            kind=payment.kind,
            month=payment.month,
            on=on,
            actor=actor,
            **replacement,
        )
    mark(payment, made, reason, "taxes.corrected", actor)
    return made
