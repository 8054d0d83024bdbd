"""Taking money out: voluntary savings may go, shares stay until the member leaves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cash.selectors import require_cash
from canting.cooperatives.selectors import require_licence
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries, reverse_entry
from canting.members.errors import NotInCooperative
from canting.members.selectors import lock_member
from canting.savings import selectors
from canting.savings.errors import (
    AlreadyReversed,
    BadAmount,
    NotEnoughSavings,
    ReasonNeeded,
    SharesStay,
)
from canting.savings.models import Withdrawal
from canting.savings.rules import ACCOUNT_ROLE, MEMO, SHARES, DepositState, SavingsKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@transaction.atomic
def withdraw(
    *,
    cooperative: Cooperative,
    member: Member,
    kind: str,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
) -> Withdrawal:
    """Pay voluntary savings back; shares are refused while she is a member (UU 25/1992 art. 41).

    Raises SharesStay, LicenceNeeded, NotEnoughSavings or NotEnoughCash; nothing moves then.
    """
    if member.cooperative_id != cooperative.pk:
        raise NotInCooperative(name=member.full_name)
    member = lock_member(cooperative=cooperative, number=member.number)
    has = ledger.party_balance(cooperative=cooperative, role=ACCOUNT_ROLE[kind], party=member.party)
    if kind in SHARES:
        raise SharesStay(
            kind=MEMO[SavingsKind(kind)], name=member.full_name, amount=format_rupiah(has)
        )
    require_licence(cooperative=cooperative, on=on, act=MEMO[SavingsKind.VOLUNTARY])
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))
    if amount > has:
        raise NotEnoughSavings(
            name=member.full_name, left=format_rupiah(has), amount=format_rupiah(amount)
        )
    require_cash(cooperative=cooperative, place=cash_place, amount=amount, on=on)
    made = Withdrawal.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="BK", on=on),
        member=member,
        amount=amount,
        withdrawal_date=on,
        cash_place=cash_place,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.withdrawn",
        subject=made.number,
        facts={"amount": amount},
        for_party=member.party,
    )
    post_entries(cooperative=cooperative, drafts=[_draft_of(made)], actor=actor)
    return made


def _draft_of(made: Withdrawal) -> Draft:
    return Draft(
        source=f"savings.withdrawal:{made.number}",
        entry_date=made.withdrawal_date,
        kind="savings_out",
        memo=f"Penarikan simpanan sukarela {made.member.full_name}",
        lines=[
            debit("savings_vol", made.amount, made.member.party),
            credit(made.cash_place, made.amount),
        ],
        paper=made.number,
    )


def keep_refusal(
    *, cooperative: Cooperative, member: Member, kind: str, amount: int, refusal: str, actor: User
) -> None:
    """Keep in the audit that somebody asked for shares back and why it was refused (posting.md 2.1).

    Called outside the refused transaction, so that the line stays when that one is rolled back.
    """
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.refused",
        subject=member.number,
        facts={"kind": kind, "amount": amount, "why": refusal},
        for_party=member.party,
    )


@transaction.atomic
def correct_withdrawal(
    *,
    wrong: Withdrawal,
    reason: str,
    on: date,
    actor: User,
    amount: int | None = None,
    cash_place: str = "",
) -> Withdrawal | None:
    """Take a withdrawal back, so that the savings are hers again; with an amount, pay it out anew.

    Raises ReasonNeeded, AlreadyReversed and all that withdraw raises; nothing moves then.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative = wrong.cooperative
    wrong = selectors.lock_withdrawal(cooperative=cooperative, number=wrong.number)
    source = f"savings.withdrawal:{wrong.number}"
    entry = ledger.entry_by_source(cooperative=cooperative, source=source)
    if wrong.state == DepositState.REVERSED or entry is None:
        raise AlreadyReversed(number=wrong.number)
    wrong.state, wrong.reversal_reason = DepositState.REVERSED.value, reason.strip()[:200]
    wrong.save(update_fields=["state", "reversal_reason"])
    record(
        cooperative_id=wrong.cooperative_id,
        actor=actor,
        action="savings.withdrawal_reversed",
        subject=wrong.number,
        facts={"reason": wrong.reversal_reason, "again": amount is not None},
        for_party=wrong.member.party,
    )
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    if amount is None:
        return None
    wrong.successor = withdraw(
        cooperative=cooperative,
        member=wrong.member,
        kind=SavingsKind.VOLUNTARY.value,
        amount=amount,
        cash_place=cash_place or wrong.cash_place,
        on=on,
        actor=actor,
    )
    wrong.save(update_fields=["successor"])
    return wrong.successor
