"""Settling with a leaver: her debts set off by a paper, the rest paid with a voucher."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cash.selectors import require_cash
from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries, reverse_entry
from canting.members.rules import MemberState
from canting.members.services import set_membership
from canting.savings import selectors
from canting.savings.errors import (
    AlreadyReversed,
    BadAmount,
    LeaverOwes,
    LeaverTied,
    MoreThanLeaverGets,
    MoreThanLeaverOwes,
    NotDecided,
    PaidBeforeDecided,
    ReasonNeeded,
    SameHand,
    YearStillOpen,
)
from canting.savings.models import Exit, ExitPaper, ExitPart
from canting.savings.rules import (
    EXIT_PAPER_EVENT,
    EXIT_PAPER_SOURCE,
    OWED_BY_HER,
    OWED_TO_HER,
    PAYMENT_SERIES,
    SET_OFF_SERIES,
    DepositState,
    ExitPaperKind,
    ExitState,
    taken_from,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import User

ACTS = {
    ExitPaperKind.PAYMENT: "savings.exit_paid",
    ExitPaperKind.SET_OFF: "savings.exit_set_off",
}
WORDS = {
    ExitPaperKind.PAYMENT: "Pembayaran kepada anggota keluar",
    ExitPaperKind.SET_OFF: "Perhitungan utang anggota keluar",
}


def _decided(leaving: Exit, on: date) -> Exit:
    """The leaving, locked; refused before the decision or when it ended."""
    leaving = selectors.lock_exit(cooperative=leaving.cooperative, number=leaving.number)
    if leaving.state != ExitState.APPROVED or leaving.decided_on is None:
        raise NotDecided(number=leaving.number)
    if on < leaving.decided_on:
        raise PaidBeforeDecided(date=format_date(on), decided=format_date(leaving.decided_on))
    return leaving


@transaction.atomic
def set_off(*, leaving: Exit, amount: int, on: date, actor: User) -> ExitPaper:
    """Set what a leaver owes off against what she gets (posting.md `exit_setoff`); no cash moves.

    Damage first, then material due, then material on sale; from her shares first. Raises
    NotDecided, BadAmount, MoreThanLeaverOwes or MoreThanLeaverGets.
    """
    leaving = _decided(leaving, on)
    member = leaving.member
    gets, owes = selectors.owed_to_her(member=member), selectors.owed_by_her(member=member)
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))
    for refusal, most in (
        (MoreThanLeaverOwes, sum(owes.values())),
        (MoreThanLeaverGets, sum(gets.values())),
    ):
        if amount > most:
            raise refusal(
                name=member.full_name, amount=format_rupiah(amount), most=format_rupiah(most)
            )
    parts = {
        **taken_from(amount=amount, there=gets, order=OWED_TO_HER),
        **taken_from(amount=amount, there=owes, order=OWED_BY_HER),
    }
    return _write(leaving, ExitPaperKind.SET_OFF, amount, parts, on, actor)


@transaction.atomic
def pay_exit(
    *,
    leaving: Exit,
    cash_place: str,
    on: date,
    actor: User,
    amount: int | None = None,
    taker: str = "",
) -> ExitPaper:
    """Pay a leaver what is left for her, or a part; with the last rupiah she has left.

    posting.md `exit_paid`: D exit_payable, savings_vol, shu_payable / K cash; two signatures: who
    decided does not pay. Raises NotDecided, SameHand, YearStillOpen, LeaverTied, LeaverOwes,
    BadAmount, MoreThanLeaverGets or NotEnoughCash.
    """
    leaving = _decided(leaving, on)
    member = leaving.member
    if leaving.decided_by_id == actor.pk:
        raise SameHand(number=leaving.number)
    _check_free(leaving, on)
    gets = selectors.owed_to_her(member=member)
    total = sum(gets.values())
    amount = total if amount is None else amount
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))
    if amount > total:
        raise MoreThanLeaverGets(
            name=member.full_name, amount=format_rupiah(amount), most=format_rupiah(total)
        )
    require_cash(cooperative=leaving.cooperative, place=cash_place, amount=amount, on=on)
    parts = taken_from(amount=amount, there=gets, order=OWED_TO_HER)
    return _write(
        leaving, ExitPaperKind.PAYMENT, amount, parts, on, actor, cash_place=cash_place,
        taker=taker.strip()[:120] or leaving.heirs or member.full_name,
    )  # fmt: skip


def _check_free(leaving: Exit, on: date) -> None:
    """Nothing ties her any more, she owes nothing, and the by-laws' year is closed."""
    cooperative, member = leaving.cooperative, leaving.member
    waits = parameter(cooperative=cooperative, name="exit.pay_after_year_close", on=on)
    year = (leaving.decided_on or on).year
    if waits and not ledger.year_is_closed(cooperative=cooperative, year=year):
        raise YearStillOpen(year=year)
    if ties := selectors.open_ties(member=member, on=on):
        raise LeaverTied(name=member.full_name, what=" ".join(tie.text for tie in ties[:4]))
    if owes := sum(selectors.owed_by_her(member=member).values()):
        raise LeaverOwes(name=member.full_name, amount=format_rupiah(owes))


def _write(
    leaving: Exit,
    kind: ExitPaperKind,
    amount: int,
    parts: Mapping[str, int],
    on: date,
    actor: User,
    **facts: str,
) -> ExitPaper:
    cooperative = leaving.cooperative
    series = PAYMENT_SERIES if kind == ExitPaperKind.PAYMENT else SET_OFF_SERIES
    made = ExitPaper.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=series, on=on),
        exit=leaving,
        kind=kind.value,
        amount=amount,
        on=on,
        made_by=actor,
        made_at=timezone.now(),
        **facts,
    )
    ExitPart.objects.bulk_create(
        ExitPart(paper=made, role=role, amount=part) for role, part in parts.items()
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action=ACTS[kind],
        subject=made.number,
        facts={"amount": amount, "leaving": leaving.number},
        for_party=leaving.member.party,
    )
    post_entries(cooperative=cooperative, drafts=[_draft_of(made, parts)], actor=actor)
    if not selectors.owed_to_her(member=leaving.member):
        _put(leaving, ExitState.PAID, MemberState.LEFT)
    return made


def _draft_of(made: ExitPaper, parts: Mapping[str, int]) -> Draft:
    party = made.exit.member.party
    lines = [debit(role, parts[role], party) for role in OWED_TO_HER if role in parts]
    lines += [credit(role, parts[role], party) for role in OWED_BY_HER if role in parts]
    if made.cash_place:
        lines.append(credit(made.cash_place, made.amount))
    return Draft(
        source=source_of_paper(made),
        entry_date=made.on,
        kind=EXIT_PAPER_EVENT[made.kind],
        memo=f"{WORDS[ExitPaperKind(made.kind)]} {made.exit.member.full_name}",
        lines=lines,
        paper=made.number,
    )


def source_of_paper(made: ExitPaper) -> str:
    """The source under which a payment or a set-off stands in the books."""
    return f"{EXIT_PAPER_SOURCE[made.kind]}:{made.number}"


def _put(leaving: Exit, state: ExitState, status: MemberState) -> None:
    leaving.state = state.value
    leaving.save(update_fields=["state"])
    set_membership(member=leaving.member, status=status, left_on=leaving.member.left_on)


@transaction.atomic
def correct_exit_paper(
    *,
    wrong: ExitPaper,
    reason: str,
    on: date,
    actor: User,
    amount: int | None = None,
    cash_place: str = "",
) -> ExitPaper | None:
    """Take a payment or a set-off back; with an amount it is written anew on this day.

    Raises ReasonNeeded, AlreadyReversed and all that the paper's own act raises.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative = wrong.cooperative
    wrong = selectors.lock_exit_paper(cooperative=cooperative, number=wrong.number)
    entry = ledger.entry_by_source(cooperative=cooperative, source=source_of_paper(wrong))
    if wrong.state == DepositState.REVERSED or entry is None:
        raise AlreadyReversed(number=wrong.number)
    wrong.state, wrong.reversal_reason = DepositState.REVERSED.value, reason.strip()[:200]
    wrong.save(update_fields=["state", "reversal_reason"])
    leaving = selectors.lock_exit(cooperative=cooperative, number=wrong.exit.number)
    _put(leaving, ExitState.APPROVED, MemberState.LEAVING)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.exit_paper_reversed",
        subject=wrong.number,
        facts={"reason": wrong.reversal_reason, "again": amount is not None},
        for_party=leaving.member.party,
    )
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    if amount is None:
        return None
    if wrong.kind == ExitPaperKind.SET_OFF:
        again = set_off(leaving=leaving, amount=amount, on=on, actor=actor)
    else:
        again = pay_exit(
            leaving=leaving, cash_place=cash_place or wrong.cash_place, on=on, actor=actor,
            amount=amount, taker=wrong.taker,
        )  # fmt: skip
    wrong.successor = again
    wrong.save(update_fields=["successor"])
    return again
