"""Leaving: asked for, decided by the board, taken back while unpaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.selectors import parameter
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_date, last_of_month, next_month
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_entry
from canting.members.errors import NotInCooperative
from canting.members.rules import LEAVERS, MemberState
from canting.members.selectors import lock_member
from canting.members.services import set_membership
from canting.savings import selectors
from canting.savings.errors import (
    DecidedBeforeAsked,
    DecisionNeeded,
    ExitEnded,
    ExitHasPapers,
    ExitOpenTwice,
    HeirsNeeded,
    LeftBefore,
    ReasonNeeded,
)
from canting.savings.models import Exit
from canting.savings.rules import EXIT_SERIES, EXIT_SOURCE, Cause, DepositState, ExitState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Decision:
    """What the board decided: the number of the minutes and their day."""

    number: str
    on: date


@transaction.atomic
def ask_exit(
    *,
    cooperative: Cooperative,
    member: Member,
    cause: str,
    on: date,
    actor: User,
    reason: str = "",
    heirs: str = "",
) -> Exit:
    """Write down that a member asks to leave, or that she died; nothing moves before the decision.

    Raises NotInCooperative, HeirsNeeded, ExitOpenTwice or LeftBefore.
    """
    if member.cooperative_id != cooperative.pk:
        raise NotInCooperative(name=member.full_name)
    member = lock_member(cooperative=cooperative, number=member.number)
    if cause == Cause.DEATH and not heirs.strip():
        raise HeirsNeeded(name=member.full_name)
    if standing := selectors.open_exit(member=member):
        raise ExitOpenTwice(name=member.full_name, number=standing.number)
    if member.status == MemberState.LEFT and not selectors.owed_to_her(member=member):
        raise LeftBefore(name=member.full_name)
    made = _written(member, Cause(cause), on, actor, reason=reason, heirs=heirs)
    _note("savings.exit_asked", made, actor, {"cause": made.cause, "reason": made.reason})
    return made


def _written(member: Member, cause: str, on: date, actor: User, *, reason: str, heirs: str) -> Exit:
    return Exit.objects.create(
        cooperative=member.cooperative,
        number=next_number(cooperative=member.cooperative, series=EXIT_SERIES, on=on),
        member=member,
        cause=str(cause),
        reason=reason.strip()[:200],
        heirs=heirs.strip()[:120],
        asked_on=on,
        made_by=actor,
        made_at=timezone.now(),
    )


def _note(action: str, leaving: Exit, actor: User, facts: dict[str, object]) -> None:
    record(
        cooperative_id=leaving.cooperative_id,
        actor=actor,
        action=action,
        subject=leaving.number,
        facts=facts,
        for_party=leaving.member.party,
    )


@transaction.atomic
def approve_exit(*, leaving: Exit, decision: Decision, actor: User) -> Exit:
    """The board lets a member go: her shares become a debt the same day (posting.md `exit_approved`).

    D share_principal, share_mandatory / K exit_payable [member]; parts of surplus and savings stay
    where they are. Raises DecisionNeeded, DecidedBeforeAsked, ExitEnded; twice is once.
    """
    cooperative = leaving.cooperative
    leaving = selectors.lock_exit(cooperative=cooperative, number=leaving.number)
    if leaving.state == ExitState.APPROVED:
        return leaving
    if leaving.state != ExitState.ASKED:
        raise ExitEnded(number=leaving.number)
    if not decision.number.strip():
        raise DecisionNeeded(name=leaving.member.full_name)
    if decision.on < leaving.asked_on:
        raise DecidedBeforeAsked(date=format_date(decision.on), asked=format_date(leaving.asked_on))
    member = lock_member(cooperative=cooperative, number=leaving.member.number)
    has = selectors.holdings(cooperative=cooperative, member=member)
    months = int(parameter(cooperative=cooperative, name="exit.pay_within_months", on=decision.on))
    leaving.member = member
    leaving.state = ExitState.APPROVED.value
    leaving.decision, leaving.decided_on = decision.number.strip()[:80], decision.on
    leaving.decided_by, leaving.pay_by = actor, _term(decision.on, months)
    leaving.before = member.status
    leaving.entry_share, leaving.regular_share = has.entry_share, has.regular_share
    leaving.save()
    left_on = member.left_on or decision.on
    set_membership(member=member, status=MemberState.LEAVING, left_on=left_on)
    facts = {"decision": leaving.decision, "amount": leaving.moved}
    _note("savings.exit_approved", leaving, actor, facts)
    if leaving.moved:
        post_entries(cooperative=cooperative, drafts=[_draft_of(leaving, decision.on)], actor=actor)
    return leaving


def _term(decided_on: date, months: int) -> date:
    return last_of_month(next_month(first_of_month(decided_on), months))


def source_of_exit(leaving: Exit) -> str:
    """The source under which the decision stands in the books."""
    return f"{EXIT_SOURCE}:{leaving.number}"


def _draft_of(leaving: Exit, on: date) -> Draft:
    party = leaving.member.party
    return Draft(
        source=source_of_exit(leaving),
        entry_date=on,
        kind="exit_approved",
        memo=f"{leaving.member.full_name} keluar, {leaving.decision}",
        lines=nonzero(
            debit("share_principal", leaving.entry_share, party),
            debit("share_mandatory", leaving.regular_share, party),
            credit("exit_payable", leaving.moved, party),
        ),
        paper=leaving.number,
    )


@transaction.atomic
def correct_exit(
    *, wrong: Exit, reason: str, on: date, actor: User, instead: Decision | None = None
) -> Exit | None:
    """Take a leaving back while nothing is paid, so that the shares are hers again.

    With a decision instead, it is written and decided anew under its own number. Raises
    ReasonNeeded, ExitEnded or ExitHasPapers.
    """
    if not reason.strip():
        raise ReasonNeeded()
    cooperative = wrong.cooperative
    wrong = selectors.lock_exit(cooperative=cooperative, number=wrong.number)
    if wrong.state == ExitState.ENDED:
        raise ExitEnded(number=wrong.number)
    if standing := wrong.papers.filter(state=DepositState.POSTED).first():
        raise ExitHasPapers(number=wrong.number, paper=standing.number)
    was_decided = wrong.state != ExitState.ASKED
    _end(wrong, reason)
    _note("savings.exit_ended", wrong, actor, {"reason": wrong.end_reason})
    entry = ledger.entry_by_source(cooperative=cooperative, source=source_of_exit(wrong))
    if entry is not None:
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    if instead is None or not was_decided:
        return None
    again = _written(
        wrong.member, wrong.cause, wrong.asked_on, actor, reason=wrong.reason, heirs=wrong.heirs
    )
    wrong.successor = again
    wrong.save(update_fields=["successor"])
    return approve_exit(leaving=again, decision=instead, actor=actor)


def _end(wrong: Exit, reason: str) -> None:
    if wrong.state != ExitState.ASKED:
        member = lock_member(cooperative=wrong.cooperative, number=wrong.member.number)
        left_on = member.left_on if wrong.before in LEAVERS else None
        set_membership(member=member, status=wrong.before, left_on=left_on)
        wrong.member = member
    wrong.state, wrong.end_reason = ExitState.ENDED.value, reason.strip()[:200]
    wrong.save(update_fields=["state", "end_reason"])
