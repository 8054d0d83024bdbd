"""Money that members leave for a round: taken, used for their shares, given back, kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cash import selectors as cash_papers
from canting.cash import services as cash
from canting.kernel.money import format_rupiah
from canting.members.selectors import require_staying
from canting.rounds import selectors
from canting.rounds.errors import FundUsed, MoreThanLeft
from canting.rounds.models import Fund, FundMove, Round
from canting.rounds.rules import OVER, FundKind, FundState, MoveKind, RoundState
from canting.rounds.services.common import check_reason, check_state, told

if TYPE_CHECKING:
    from canting.cooperatives.models import Party, User
    from canting.members.models import Member

TAKES_MONEY = frozenset(state for state in RoundState if state not in OVER)


@transaction.atomic
def take_deposit(
    *, found: Round, member: Member, amount: int, cash_place: str, on: date, actor: User
) -> Fund:
    """Take money that a member leaves for this round: a debt to her with a receipt (KW).

    posting.md `round_deposit`. Raises WrongState, BadAmount, UnknownPlace.
    """
    found = selectors.lock_round(found)
    check_state(found, TAKES_MONEY)
    require_staying(member)
    paper = cash.take_held(
        cooperative=found.cooperative,
        party=member.party,
        amount=amount,
        place=cash_place,
        memo=selectors.deposit_memo(found),
        on=on,
        actor=actor,
    )
    made = Fund.objects.create(
        round=found,
        cooperative=found.cooperative,
        kind=FundKind.DEPOSIT,
        party=member.party,
        amount=amount,
        paper=paper.number,
        on=on,
        made_by=actor,
        made_at=timezone.now(),
    )
    told(
        found,
        "deposit_taken",
        actor,
        on=on,
        for_party=member.party,
        amount=amount,
        paper=paper.number,
    )
    return made


@transaction.atomic
def correct_deposit(
    *,
    fund: Fund,
    reason: str,
    on: date,
    actor: User,
    amount: int = 0,
    cash_place: str = "",
) -> Fund | None:
    """Put the receipt of a deposit right: undone, and with an amount written anew.

    Refused when anything of it is used, given back or kept (FundUsed), or when the money is no
    longer in the drawer. A second time answers with nothing.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(fund.round)
    fund = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    if fund.state != FundState.STANDING:
        return None
    gone = fund.used + fund.returned + fund.kept
    if gone or fund.carried:
        raise FundUsed(used=format_rupiah(gone or fund.amount), number=fund.paper)
    paper = cash_papers.paper(cooperative=found.cooperative, number=fund.paper)
    member = selectors.member_of_fund(fund)
    fund.state, fund.reason = FundState.WITHDRAWN.value, reason
    fund.save(update_fields=["state", "reason"])
    successor = None
    if amount and member is not None and paper is not None:
        successor = take_deposit(
            found=found,
            member=member,
            amount=amount,
            cash_place=cash_place or paper.place,
            on=on,
            actor=actor,
        )
    if paper is not None:
        cash.correct_paper(paper=paper, reason=reason, on=on, actor=actor, by_keeper=True)
    told(
        found,
        "deposit_corrected",
        actor,
        on=on,
        for_party=fund.party,
        paper=fund.paper,
        reason=reason,
    )
    return successor


def lay_on(*, funds: Sequence[Fund], amount: int, kind: str, paper: str, on: date) -> int:
    """Take an amount from these deposits, the oldest first; answers what could be taken.

    The funds must be locked; each part is kept as a move, so that it can be undone.
    """
    taken = 0
    for fund in funds:
        part = min(fund.left, amount - taken)
        if part <= 0:
            continue
        field = str(kind)
        setattr(fund, field, getattr(fund, field) + part)
        fund.save(update_fields=[field])
        FundMove.objects.create(fund=fund, kind=kind, amount=part, paper=paper, on=on)
        taken += part
    return taken


def undo_moves(*, paper: str, cooperative_id: int) -> int:
    """Give back to the deposits what a hand-out or voucher had taken; answers how much."""
    moves = FundMove.objects.filter(
        paper=paper, undone=False, fund__cooperative_id=cooperative_id
    ).select_related("fund")
    total = 0
    for move in moves:
        fund = Fund.objects.select_for_update(of=("self",)).get(pk=move.fund_id)
        setattr(fund, move.kind, getattr(fund, move.kind) - move.amount)
        fund.save(update_fields=[move.kind])
        move.undone = True
        move.save(update_fields=["undone"])
        total += move.amount
    return total


@transaction.atomic
def give_back(
    *, found: Round, party: Party, amount: int, cash_place: str, on: date, actor: User
) -> str:
    """Give a member back what is left of hers in this round; answers the voucher's number (BK).

    posting.md `round_deposit_returned`. What was kept for another round goes first once the round
    is over. Raises BadAmount, MoreThanLeft, NotEnoughCash.
    """
    found = selectors.lock_round(found)
    funds = selectors.lock_deposits(found=found, party=party)
    left = selectors.free_of(funds)
    if amount > left:
        raise MoreThanLeft(name=party.name, left=format_rupiah(left), amount=format_rupiah(amount))
    paper = cash.give_back_held(
        cooperative=found.cooperative,
        party=party,
        amount=amount,
        place=cash_place,
        memo=selectors.deposit_memo(found),
        on=on,
        actor=actor,
    )
    _unkeep(funds, amount - sum(fund.left for fund in funds))
    lay_on(funds=funds, amount=amount, kind=MoveKind.RETURNED, paper=paper.number, on=on)
    told(
        found, "deposit_returned", actor, on=on, for_party=party, amount=amount, paper=paper.number
    )
    return paper.number


def _unkeep(funds: Sequence[Fund], amount: int) -> None:
    """Free so much of what was kept, so that it can be given back or used."""
    for fund in funds:
        part = min(selectors.kept_free(fund), amount)
        if part <= 0:
            continue
        fund.kept -= part
        fund.save(update_fields=["kept"])
        amount -= part


@transaction.atomic
def undo_return(*, found: Round, number: str, reason: str, on: date, actor: User) -> int:
    """Put a voucher right by which money went back: it lies here again; answers how much.

    Raises ReasonNeeded, AlreadyReversed.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(found)
    paper = cash_papers.lock_paper(cooperative=found.cooperative, number=number)
    amount = undo_moves(paper=number, cooperative_id=found.cooperative_id)
    cash.correct_paper(paper=paper, reason=reason, on=on, actor=actor, by_keeper=True)
    if found.state in OVER:
        keep_rests(found=found, on=on)
    told(found, "return_undone", actor, on=on, for_party=paper.party, paper=number, reason=reason)
    return amount


def keep_rests(*, found: Round, on: date) -> int:
    """Keep what is left of every deposit for another round, or until it is fetched."""
    total = 0
    for fund in selectors.lock_deposits(found=found):
        total += lay_on(funds=[fund], amount=fund.left, kind=MoveKind.KEPT, paper="", on=on)
    return total


@transaction.atomic
def carry_over(*, found: Round, party: Party, on: date, actor: User) -> int:
    """Use in this round what a member's earlier rounds kept of hers; answers how much.

    No money moves and nothing is posted: it was and stays her money held by us. A second time
    there is nothing left to carry. Raises WrongState.
    """
    found = selectors.lock_round(found)
    check_state(found, TAKES_MONEY)
    total = 0
    for fund in selectors.kept_funds(cooperative=found.cooperative, party=party, lock=True):
        part = selectors.kept_free(fund)
        if part <= 0:
            continue
        fund.carried_on += part
        fund.save(update_fields=["carried_on"])
        Fund.objects.create(
            round=found,
            cooperative=found.cooperative,
            kind=FundKind.DEPOSIT,
            party=party,
            amount=part,
            carried=True,
            paper=fund.paper,
            on=on,
            made_by=actor,
            made_at=timezone.now(),
        )
        total += part
    if total:
        told(found, "deposit_carried", actor, on=on, for_party=party, amount=total)
    return total
