"""Betulkan: a deposit is reversed and, where another should stand, written anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash.selectors import require_cash
from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.services import reverse_entry
from canting.savings import selectors
from canting.savings.errors import AlreadyReversed, LaterPaper, ReasonNeeded
from canting.savings.models import Deposit
from canting.savings.rules import ACCOUNT_ROLE, DepositState
from canting.savings.services.deposits import Payment, deposit, source_of

if TYPE_CHECKING:
    from canting.cooperatives.models import User


@transaction.atomic
def correct_deposit(
    *,
    wrong: Deposit,
    reason: str,
    on: date,
    actor: User,
    instead: Payment | None = None,
    cash_place: str = "",
) -> Deposit | None:
    """Reverse a deposit on an open day and, unless it is only taken back, write the right one.

    Refused when the money is no longer there: withdrawn, or paid back at an exit.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative = wrong.cooperative
    wrong = selectors.lock_deposit(cooperative=cooperative, number=wrong.number)
    if wrong.state == DepositState.REVERSED:
        raise AlreadyReversed(number=wrong.number)
    _check_still_there(wrong)
    place = cash_place or wrong.cash_place
    back = wrong.amount - (instead.amount if instead and place == wrong.cash_place else 0)
    if back > 0:
        require_cash(cooperative=cooperative, place=wrong.cash_place, amount=back, on=on)
    entry = ledger.entry_by_source(cooperative=cooperative, source=source_of(wrong))
    if entry is None:
        raise AlreadyReversed(number=wrong.number)
    wrong.state, wrong.reversal_reason = DepositState.REVERSED.value, reason.strip()[:200]
    wrong.save(update_fields=["state", "reversal_reason"])
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    right = None
    if instead:
        right = deposit(
            cooperative=cooperative,
            member=instead.member,
            kind=instead.kind,
            amount=instead.amount,
            cash_place=place,
            on=on,
            actor=actor,
            replaces=wrong,
        )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.deposit_corrected",
        subject=wrong.number,
        facts={"reason": wrong.reversal_reason, "instead": right.number if right else ""},
        for_party=wrong.member.party,
    )
    return right


def _check_still_there(wrong: Deposit) -> None:
    left = ledger.party_balance(
        cooperative=wrong.cooperative, role=ACCOUNT_ROLE[wrong.kind], party=wrong.member.party
    )
    if left < wrong.amount:
        raise LaterPaper(
            number=wrong.number,
            name=wrong.member.full_name,
            left=format_rupiah(left),
            later=ledger.last_taken(
                cooperative=wrong.cooperative,
                role=ACCOUNT_ROLE[wrong.kind],
                party_id=wrong.member.party_id,
            ),
        )
