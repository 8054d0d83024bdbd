"""Writes of QRIS money reaching the bank, and putting such a settlement right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.sales import selectors
from canting.sales.errors import NothingPaid, QrisTooMuch
from canting.sales.models import QrisSettlement
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def settle_qris(
    *,
    cooperative: Cooperative,
    gross: int,
    fee: int,
    on: date,
    actor: User,
    reference: str = "",
    own_date: date | None = None,
) -> QrisSettlement:
    """QRIS money reached the bank less the acquirer's fee, which is our cost, never the buyer's.

    Never more than is on its way. PBI 23/6/2021 art. 52: the buyer may not be charged the fee.
    """
    ledger.lock_account(cooperative=cooperative, role="qris_transit")
    left = selectors.qris_on_its_way(cooperative=cooperative, on=on)
    if gross <= 0 or fee < 0 or fee >= gross:
        raise NothingPaid()
    if gross > left:
        raise QrisTooMuch(
            amount=format_rupiah(gross), left=format_rupiah(left), date=ledger.day(on)
        )
    settled = QrisSettlement.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="QS", on=on),
        settled_on=on,
        gross=gross,
        fee=fee,
        reference=reference,
        made_by=actor,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.qris_settled",
        subject=settled.number,
        facts={"gross": gross, "fee": fee},
    )
    draft = Draft(
        source=f"sales.qris:{settled.number}",
        entry_date=on,
        own_date=own_date,
        kind="qris_settled",
        memo=_("QRIS at the bank %(reference)s") % {"reference": reference},
        lines=nonzero(
            debit("bank", gross - fee),
            debit("bank_charges", fee),
            credit("qris_transit", gross - fee),
            credit("qris_transit", fee),
        ),
        paper=settled.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return settled


@transaction.atomic
def correct_qris_settlement(
    *,
    settled: QrisSettlement,
    reason: str,
    on: date,
    actor: User,
    gross: int | None = None,
    fee: int = 0,
    reference: str = "",
) -> QrisSettlement | None:
    """Reverse what the acquirer paid out, so that it is on its way again; with a sum, write it anew.

    Whole rupiah; what the bank holds is not asked, as of every bank account.
    """
    check_reason(reason)
    cooperative = settled.cooperative
    ledger.lock_account(cooperative=cooperative, role="qris_transit")
    settled = selectors.lock_qris(settled)
    refuse_reversed(settled)
    refuse_before(on=on, before=settled.settled_on, paper=settled.number)
    mark_reversed(settled, None)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.qris_corrected",
        subject=settled.number,
        facts={"reason": reason.strip(), "again": bool(gross)},
    )
    reverse_source(
        cooperative=cooperative,
        source=f"sales.qris:{settled.number}",
        on=on,
        reason=reason,
        actor=actor,
    )
    if gross is None:
        return None
    made = settle_qris(
        cooperative=cooperative, gross=gross, fee=fee, on=on, actor=actor, reference=reference
    )
    mark_reversed(settled, made)
    return made
