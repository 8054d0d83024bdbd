"""Betulkan: a paper of the desk reversed, and the right one written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import AlreadyReversed, KeptElsewhere, OnlyCancelled, SomethingFollows
from canting.cash.models import CashPaper
from canting.cash.rules import DRAWERS, HELD
from canting.cash.services.advances import give_advance
from canting.cash.services.papers import move_cash, pay_cash, receive_cash
from canting.cash.services.suspense import receive_unknown
from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded, WrongSide
from canting.ledger.services import reverse_entry

if TYPE_CHECKING:
    from canting.cooperatives.models import User

MAKERS: Mapping[str, Callable[..., CashPaper]] = {
    "receipt": receive_cash,
    "payment": pay_cash,
    "transfer": move_cash,
    "advance": give_advance,
    "suspense": receive_unknown,
}


@transaction.atomic
def correct_paper(
    *,
    paper: CashPaper,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
    by_keeper: bool = False,
) -> CashPaper | None:
    """Reverse a paper on an open day and, where `replacement` is given, write the right one.

    Refused while a later paper rests on it, or when a drawer or an advance would fall below zero;
    a paper of money held for a member is undone by its keeper alone, who counts what is left.
    """
    if not reason.strip():
        raise ReasonNeeded()
    paper = selectors.lock_paper(cooperative=paper.cooperative, number=paper.number)
    if paper.state == "reversed":
        raise AlreadyReversed(number=paper.number)
    if paper.kind in HELD and not by_keeper:
        raise KeptElsewhere(number=paper.number, what=paper.memo)
    if following := selectors.follower(paper=paper):
        raise SomethingFollows(number=paper.number, follower=following.number)
    entry = selectors.entry_of(paper=paper)
    for place in sorted(DRAWERS & {paper.place, paper.other_place}):
        ledger.lock_account(cooperative=paper.cooperative, role=place)
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    made = _replaced(paper, replacement, actor)
    paper.state = "reversed"
    paper.reason = reason.strip()[:120]
    paper.successor = made
    paper.save(update_fields=["state", "reason", "successor"])
    _check_left(paper, on)
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action="cash.corrected",
        subject=paper.number,
        facts={"reason": reason, "successor": made.number if made else ""},
    )
    return made


def _replaced(
    paper: CashPaper, replacement: Mapping[str, Any] | None, actor: User
) -> CashPaper | None:
    if replacement is None:
        return None
    make = MAKERS.get(paper.kind)
    if make is None:
        raise OnlyCancelled(number=paper.number)
    whose = {"staff": paper.party} if paper.kind == "advance" else {}
    return make(cooperative=paper.cooperative, actor=actor, **whose, **replacement)


def _check_left(paper: CashPaper, on: date) -> None:
    """What the reversal took must have been there: in the drawer, and of an advance with staff."""
    cooperative = paper.cooperative
    for place in sorted(DRAWERS & {paper.place, paper.other_place}):
        selectors.require_cash(cooperative=cooperative, place=place, amount=0, on=min(on, paper.on))
    if paper.kind == "advance" and paper.party:
        left = ledger.party_balance(
            cooperative=cooperative, role="staff_advance", party=paper.party
        )
        if left < 0:
            account = ledger.account_for(cooperative=cooperative, role="staff_advance")
            raise WrongSide(
                party=paper.party.name, left=format_rupiah(left), account=ledger.label(account)
            )
