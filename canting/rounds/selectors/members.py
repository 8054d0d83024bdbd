"""What a member sees of her rounds: what she asked, gets, owes, and when it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.kernel.member_text import m_
from canting.rounds.models import Need, Round, Share
from canting.rounds.rules import OVER, RoundState, ShareState
from canting.rounds.selectors import arrivals, money, proof, shares
from canting.rounds.selectors.rounds import open_rounds, standing_needs

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One thing she asked for: how much, how much she got, what it cost, and why not more."""

    need: Need
    shares: tuple[Share, ...]

    @property
    def got(self) -> Decimal:
        """What was handed to her or waits for her, base units."""
        return sum(
            (s.base_quantity for s in self.shares if s.state != ShareState.RELEASED), Decimal(0)
        )

    @property
    def amount(self) -> int:
        """What it costs her, whole rupiah."""
        return sum(s.amount for s in self.shares if s.state != ShareState.RELEASED)

    @property
    def waits(self) -> bool:
        """Whether something of it waits to be fetched."""
        return any(s.state == ShareState.WAITING for s in self.shares)


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round as one member sees it."""

    round: Round
    state: str
    lines: tuple[OwnLine, ...]
    held: money.HeldOf | None
    expected: date | None
    saving: proof.Saving
    may_ask: bool

    @property
    def amount(self) -> int:
        """What all her shares cost, whole rupiah."""
        return sum(line.amount for line in self.lines)

    @property
    def from_deposit(self) -> int:
        """What her deposit paid of it."""
        return sum(s.from_deposit for line in self.lines for s in line.shares)

    @property
    def to_pay(self) -> int:
        """What waits to be paid at the desk when she fetches it."""
        waiting = [s for line in self.lines for s in line.shares if s.state == ShareState.WAITING]
        owed = sum(s.amount for s in waiting)
        return max(owed - (self.held.left if self.held else 0), 0)

    @property
    def waits(self) -> bool:
        """Whether something waits for her at the office."""
        return any(line.waits for line in self.lines)


def own_state_name(state: str) -> str:
    """A state of a round in a member's words."""
    names: dict[str, str] = {
        RoundState.COLLECTING: m_("You can still ask"),
        RoundState.PLANNED: m_("Being ordered"),
        RoundState.ORDERED: m_("On its way"),
        RoundState.RECEIVED: m_("It has come and is being shared"),
        RoundState.SHARED: m_("Shared out"),
        RoundState.SETTLED: m_("Finished"),
        RoundState.CANCELLED: m_("Called off"),
    }
    return names[state]


def own_why(why: str) -> str:
    """Why a share is not what she asked, in a member's words."""
    names: dict[str, str] = {
        "more": m_("a little more came"),
        "short": m_("too little came for everybody"),
        "over_quota": m_("your part of what is scarce was full"),
        "not_active": m_("members who are making cloth came first"),
        "later": m_("others had asked before"),
    }
    return names.get(why, "")


def own_round(*, found: Round, member: Member, on: date) -> OwnRound:
    """One round as this member sees it; nothing of anybody else's is in it."""
    orders = arrivals.orders_of(found)
    by_need: dict[int, list[Share]] = {}
    for share in shares.shares_of_member(found=found, member=member):
        by_need.setdefault(share.need_id, []).append(share)
    needs = standing_needs(found).filter(member=member)
    waiting = arrivals.waiting_orders(orders)
    held = [one for one in money.held_by_member(found) if one.party.pk == member.party_id]
    return OwnRound(
        round=found,
        state=arrivals.stage(found, arrivals.came(found, orders=orders), orders),
        lines=tuple(OwnLine(need, tuple(by_need.get(need.pk, ()))) for need in needs),
        held=held[0] if held else None,
        expected=max((order.promised_on for order in waiting), default=None)
        or (None if orders or found.state in OVER else found.needed_by),
        saving=proof.proof_of_round(found, member=member).total,
        may_ask=found.state == RoundState.COLLECTING and found.deadline >= on,
    )


@dataclass(frozen=True, slots=True)
class HomeCard:
    """The card of buying together on a member's first page."""

    round: Round
    own: OwnRound


def home_card(*, cooperative: Cooperative, member: Member, on: date) -> HomeCard | None:
    """The round that concerns her most: what waits for her, what she asked for, what she may join."""
    found = list(open_rounds(cooperative=cooperative))
    if not found:
        return None
    hers = [one for one in found if one.needs.filter(member=member, withdrawn=False).exists()]
    owns = [own_round(found=one, member=member, on=on) for one in hers]
    for own in owns:
        if own.waits:
            return HomeCard(own.round, own)
    if owns:
        return HomeCard(owns[0].round, owns[0])
    joinable = [one for one in found if one.state == RoundState.COLLECTING and one.deadline >= on]
    if not joinable:
        return None
    return HomeCard(joinable[0], own_round(found=joinable[0], member=member, on=on))


def rounds_of_member(*, cooperative: Cooperative, member: Member, on: date) -> list[Round]:
    """Rounds that concern a member: hers, and those she may still join; the newest first."""
    hers = Round.objects.filter(
        cooperative=cooperative, needs__member=member, needs__withdrawn=False
    )
    joinable = Round.objects.filter(
        cooperative=cooperative, state=RoundState.COLLECTING, deadline__gte=on
    )
    ids = set(hers.values_list("pk", flat=True)) | set(joinable.values_list("pk", flat=True))
    return list(Round.objects.filter(pk__in=ids).order_by("-opened_on", "-id"))
