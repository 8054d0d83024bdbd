"""The shop's till: material over the counter, to members and to whoever walks in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.purchasing.errors import BadLimit, LimitNeedsReason, MemberNeeded, SoldElsewhere
from canting.purchasing.models import CreditLimit, HandOut
from canting.purchasing.rules import TILL, Mode
from canting.purchasing.selectors import OutLine
from canting.purchasing.services.corrections import correct_hand_out
from canting.purchasing.services.handouts import hand_out
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Checkout:
    """Who buys and how it is paid: nobody's name is a guest, money handed over 0 is the exact sum."""

    member: Member | None = None
    guest: str = ""
    mode: str = Mode.CASH
    cash_place: str = TILL
    tendered: int = 0


def sell_at_till(
    *,
    cooperative: Cooperative,
    lines: Sequence[OutLine],
    checkout: Checkout,
    on: date,
    actor: User,
) -> HandOut:
    """Sell material over the counter: members at their list and on credit, others at the public one.

    A hand-out (KB) like any other (posting.md 2.3), with its change. Raises MemberNeeded,
    TooLittleMoney, and whatever `hand_out` refuses.
    """
    if checkout.member is None and checkout.mode != Mode.CASH:
        raise MemberNeeded()
    return hand_out(
        cooperative=cooperative,
        member=checkout.member,
        buyer_name="" if checkout.member else checkout.guest.strip()[:120],
        lines=lines,
        mode=checkout.mode,
        basis=Basis.PURCHASE,
        on=on,
        actor=actor,
        cash_place=checkout.cash_place if checkout.mode == Mode.CASH else None,
        at_till=True,
        tendered=checkout.tendered,
    )


def cancel_at_till(*, paper: HandOut, reason: str, on: date, actor: User) -> None:
    """Take a sale of the till back: the goods are in the store again, the money goes out.

    Whoever sells there may; the right one is sold anew. Raises SoldElsewhere, and whatever
    `correct_hand_out` refuses.
    """
    if not paper.at_till:
        raise SoldElsewhere(number=paper.number)
    correct_hand_out(paper=paper, reason=reason, on=on, actor=actor)


@transaction.atomic
def set_credit_limit(
    *, member: Member, amount: int, valid_from: date, reason: str, actor: User
) -> CreditLimit:
    """Set how much a member may owe for material from a day on; whole rupiah, 0 is no credit.

    Raises BadLimit, LimitNeedsReason. Earlier rows stay, so that past decisions can be read.
    """
    if amount < 0:
        raise BadLimit(amount=format_rupiah(amount))
    if not reason.strip():
        raise LimitNeedsReason()
    made = CreditLimit.objects.create(
        cooperative=member.cooperative,
        member=member,
        amount=amount,
        valid_from=valid_from,
        reason=reason.strip()[:160],
        set_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=member.cooperative_id,
        actor=actor,
        action="purchasing.limit_set",
        subject=member.number,
        facts={"amount": amount, "from": str(valid_from), "reason": made.reason},
        for_party=member.party,
    )
    return made
