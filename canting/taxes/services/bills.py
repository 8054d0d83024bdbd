"""Services and rents paid less their tax."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.taxes import selectors
from canting.taxes.errors import (
    BadTaxAmount,
)
from canting.taxes.models import ServiceBill
from canting.taxes.rules import (
    BILL,
    BILL_KINDS,
    MONEY_SERIES,
    WITHHOLDINGS,
)
from canting.taxes.services.common import locked, mark, reverse
from canting.taxes.services.slips import Kept, forget_withheld, note_withheld

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def pay_bill(
    *,
    cooperative: Cooperative,
    kind: str,
    party: Party,
    memo: str,
    gross: int,
    place: str,
    on: date,
    actor: User,
) -> ServiceBill:
    """Pay a service or rent less the tax we must keep (D cost gross, K tax, K money the rest).

    Raises BadTaxAmount, NotEnoughCash.
    """
    bill = BILL_KINDS[kind]
    if gross <= 0:
        raise BadTaxAmount(amount=format_rupiah(gross))
    tax = selectors.bill_tax(cooperative=cooperative, kind=kind, party=party, gross=gross, on=on)
    require_cash(cooperative=cooperative, place=place, amount=gross - tax, on=on)
    paper = ServiceBill.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=MONEY_SERIES, on=on),
        on=on,
        kind=kind,
        party=party,
        memo=memo.strip()[:120],
        gross=gross,
        tax=tax,
        place=place,
        made_by=actor,
        made_at=timezone.now(),
    )
    source = f"{BILL}:{paper.number}"
    kept = Kept(bill.tax, party, on, gross, tax, source, paper.number)
    note_withheld(cooperative=cooperative, kept=[kept])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.bill_paid",
        subject=paper.number,
        facts={"gross": gross, "tax": tax},
        for_party=party,
    )
    draft = Draft(
        source=source,
        entry_date=on,
        kind=bill.entry,
        memo=f"{party.name}: {paper.memo}",
        lines=nonzero(
            debit(bill.role, gross),
            credit(WITHHOLDINGS[bill.tax].role, tax),
            credit(place, gross - tax),
        ),
        paper=paper.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def correct_bill(
    *,
    bill: ServiceBill,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> ServiceBill | None:
    """Reverse a paid service or rent with its tax and, with a replacement, write it anew.

    Raises SlipGivenOut while its tax stands on a slip.
    """
    bill = locked(bill, reason)
    forget_withheld(cooperative=bill.cooperative, source=f"{BILL}:{bill.number}")
    reverse(bill, BILL, on, reason, actor)
    made = None
    if replacement is not None:
        made = pay_bill(cooperative=bill.cooperative, on=on, actor=actor, **replacement)
    mark(bill, made, reason, "taxes.corrected", actor)
    return made
