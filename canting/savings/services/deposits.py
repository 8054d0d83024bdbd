"""Deposits: one, or a list in one go; each with its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from canting.cash.selectors import place_name
from canting.cooperatives.selectors import require_licence
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.members.errors import NotInCooperative
from canting.members.rules import MemberState
from canting.members.selectors import lock_member, require_staying
from canting.savings import selectors
from canting.savings.errors import (
    BadAmount,
    EmptyList,
    EntryShareComplete,
    HasLeft,
    MoreThanEntryShare,
    NotMemberYet,
)
from canting.savings.models import Deposit
from canting.savings.rules import ACCOUNT_ROLE, MEMO, SavingsKind, months_paid

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Payment:
    """What one member brought of one kind, in whole rupiah."""

    member: Member
    kind: str
    amount: int


def deposit(
    *,
    cooperative: Cooperative,
    member: Member,
    kind: str,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    replaces: Deposit | None = None,
) -> Deposit:
    """Take money from a member: entry share (by instalment too), regular share or voluntary savings.

    Shares are equity (UU 25/1992 art. 41), voluntary savings a debt that needs the licence. More
    than is left of the entry share is refused; nothing unpaid is booked as a receivable.
    """
    made = _take(
        cooperative=cooperative,
        payments=[Payment(member, kind, amount)],
        cash_place=cash_place,
        on=on,
        actor=actor,
        replaces=replaces,
    )
    return made[0]


def deposit_list(
    *,
    cooperative: Cooperative,
    payments: Sequence[Payment],
    cash_place: str,
    on: date,
    actor: User,
) -> list[Deposit]:
    """Take money from many members in one transaction, a receipt each: all or nothing."""
    if not payments:
        raise EmptyList()
    return _take(
        cooperative=cooperative, payments=payments, cash_place=cash_place, on=on, actor=actor
    )


@transaction.atomic
def _take(
    *,
    cooperative: Cooperative,
    payments: Sequence[Payment],
    cash_place: str,
    on: date,
    actor: User,
    replaces: Deposit | None = None,
) -> list[Deposit]:
    place_name(cooperative=cooperative, place=cash_place)
    for payment in sorted(payments, key=lambda p: p.member.pk):
        if payment.member.cooperative_id != cooperative.pk:
            raise NotInCooperative(name=payment.member.full_name)
        member = lock_member(cooperative=cooperative, number=payment.member.number)
        _check(cooperative, member, payment, on)
    _check_entry_shares(cooperative, payments, on)
    made = [_write(cooperative, payment, cash_place, on, actor, replaces) for payment in payments]
    if len(made) > 1:
        Deposit.objects.filter(pk__in=[d.pk for d in made]).update(list_reference=made[0].number)
    post_entries(cooperative=cooperative, drafts=[draft_of(d) for d in made], actor=actor)
    return made


def _check(cooperative: Cooperative, member: Member, payment: Payment, on: date) -> None:
    if payment.amount <= 0:
        raise BadAmount(amount=format_rupiah(payment.amount))
    if member.status == MemberState.LEFT:
        raise HasLeft(name=member.full_name)
    require_staying(member)
    if member.status == MemberState.APPLICANT and payment.kind != SavingsKind.ENTRY_SHARE:
        raise NotMemberYet(name=member.full_name)
    if payment.kind == SavingsKind.VOLUNTARY:
        require_licence(cooperative=cooperative, on=on, act=MEMO[SavingsKind.VOLUNTARY])


def _check_entry_shares(cooperative: Cooperative, payments: Sequence[Payment], on: date) -> None:
    """No member pays more than her entry share, also not in two lines of one list."""
    sums: dict[int, int] = {}
    for payment in payments:
        if payment.kind != SavingsKind.ENTRY_SHARE:
            continue
        member = payment.member
        sums[member.pk] = sums.get(member.pk, 0) + payment.amount
        left = selectors.entry_share_left(cooperative=cooperative, member=member, on=on)
        if sums[member.pk] > left:
            refusal = MoreThanEntryShare if left else EntryShareComplete
            raise refusal(
                name=member.full_name,
                left=format_rupiah(left),
                whole=format_rupiah(selectors.entry_share(cooperative=cooperative, on=on)),
                amount=format_rupiah(sums[member.pk]),
            )


def _months(cooperative: Cooperative, payment: Payment) -> tuple[date, date] | None:
    if payment.kind != SavingsKind.REGULAR_SHARE:
        return None
    return months_paid(
        since=selectors.dues_begin(cooperative=cooperative, member=payment.member),
        rate_on=selectors.regular_share_rate(cooperative=cooperative),
        before=selectors.regular_share_paid(cooperative=cooperative, member=payment.member),
        amount=payment.amount,
    )


def _write(
    cooperative: Cooperative,
    payment: Payment,
    cash_place: str,
    on: date,
    actor: User,
    replaces: Deposit | None,
) -> Deposit:
    first, last = _months(cooperative, payment) or (None, None)
    made = Deposit.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="KW", on=on),
        member=payment.member,
        kind=payment.kind,
        amount=payment.amount,
        deposit_date=on,
        first_month=first,
        last_month=last,
        cash_place=cash_place,
        replaces=replaces,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.deposited",
        subject=made.number,
        facts={"kind": payment.kind, "amount": payment.amount},
        for_party=payment.member.party,
    )
    return made


def source_of(made: Deposit) -> str:
    """The source under which a deposit stands in the books."""
    return f"savings.deposit:{made.number}"


def draft_of(made: Deposit) -> Draft:
    """The entry of a deposit: cash against the member's share or savings (posting.md 2.1)."""
    return Draft(
        source=source_of(made),
        entry_date=made.deposit_date,
        kind="savings_in" if made.kind == SavingsKind.VOLUNTARY else "shares_in",
        memo=f"{MEMO[SavingsKind(made.kind)]} {made.member.full_name}",
        lines=[
            debit(made.cash_place, made.amount),
            credit(ACCOUNT_ROLE[made.kind], made.amount, made.member.party),
        ],
        paper=made.number,
    )


@transaction.atomic
def note_printed(*, deposit: Deposit, actor: User) -> int:
    """Count a printing of the receipt; the first is 0, later ones carry "salinan ke-n"."""
    Deposit.objects.filter(pk=deposit.pk).update(copies=F("copies") + 1)
    deposit.refresh_from_db(fields=["copies"])
    record(
        cooperative_id=deposit.cooperative_id,
        actor=actor,
        action="savings.receipt_printed",
        subject=deposit.number,
        facts={"copy": deposit.copies - 1},
        for_party=deposit.member.party,
    )
    return deposit.copies - 1
