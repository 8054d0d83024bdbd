"""Reads of sharing: the one calculation put together from what came and who asked; its results."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.cooperatives import selectors as house
from canting.purchasing.rules import Mode
from canting.rounds.models import Need, Round, Share, ShareOut, ShareOutItem
from canting.rounds.rules import DifferenceBy, PriceRule, ShareOutState, ShareState
from canting.rounds.rules.sharing import (
    Came,
    Claim,
    Portion,
    Shared,
    Terms,
    Why,
    digest_of,
    step_of,
    work_out,
)
from canting.rounds.selectors import arrivals
from canting.rounds.selectors.output import recent_output
from canting.rounds.selectors.quotas import quotas_of
from canting.rounds.selectors.rounds import standing_needs

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.members.models import Member

ZERO = Decimal(0)


def why_text(why: str) -> str:
    """Why a share is what it is, as people read it."""
    names: dict[str, str] = {
        Why.FULL: _("as asked"),
        Why.MORE: _("a little more, within the tolerance"),
        Why.SHORT: _("too little came"),
        Why.OVER_QUOTA: _("her quota is full"),
        Why.NOT_ACTIVE: _("active makers came first"),
        Why.LATER: _("others asked before"),
        Why.ABSENT: _("left out this time"),
    }
    return names.get(why, "")


def share_state_name(state: str) -> str:
    """A state of a share as people read it."""
    names: dict[str, str] = {
        ShareState.WAITING: _("waits to be fetched and paid"),
        ShareState.HANDED: _("handed out"),
        ShareState.RELEASED: _("went to the store"),
    }
    return names[state]


@dataclass(frozen=True, slots=True)
class Proposal:
    """How what has come would be shared out now: these very figures are booked, or none."""

    shared: tuple[Shared, ...]
    items: Mapping[int, Item]
    needs: Mapping[int, Need]
    struck: frozenset[str]
    absent: frozenset[str]
    position: int
    difference_by: str = DifferenceBy.MEMBERS

    @property
    def digest(self) -> str:
        """The name of these figures."""
        return digest_of(self.shared, self.position)

    @property
    def charged(self) -> int:
        """What all members together are charged, whole rupiah."""
        return sum(one.charged for one in self.shared)

    @property
    def gives(self) -> bool:
        """Whether anybody gets anything."""
        return any(p.quantity for one in self.shared for p in one.portions)

    def by_member(self) -> list[MemberShare]:
        """What each member gets and is charged together, by name."""
        rows: dict[int, MemberShare] = {}
        for one in self.shared:
            for portion in one.portions:
                member = self.needs[portion.key].member
                if member is None:
                    continue
                row = rows.setdefault(member.pk, MemberShare(member, [], 0))
                row.lines.append((self.items[one.key], portion))
                row.amount += portion.amount
        return sorted(rows.values(), key=lambda row: row.member.full_name)


@dataclass(slots=True)
class MemberShare:
    """One member's part of a proposal: each material, and what she is charged together."""

    member: Member
    lines: list[tuple[Item, Portion]]
    amount: int


def terms_of(found: Round, *, difference_by: str = DifferenceBy.MEMBERS) -> Terms:
    """The terms of sharing that a round was opened with, and who bears what bills said more."""
    return Terms(
        rule=found.share_rule,
        price_rule=found.price_rule,
        margin_percent=found.margin_percent,
        tolerance_percent=found.tolerance_percent,
        difference_by=difference_by,
    )


def proposal(
    *,
    found: Round,
    on: date,
    struck: Collection[str] = (),
    absent: Collection[str] = (),
    steps: Mapping[str, Decimal] | None = None,
) -> Proposal:
    """Work out how what has come and is not shared would be shared now.

    `struck` are codes of materials left for later, `absent` numbers of members left out. The same
    facts give the same figures. May raise NoPrice of the catalogue.
    """
    rows = [row for row in arrivals.came(found) if row.unshared and row.item.code not in struck]
    # Hundreds of members ask for a few materials: each is read once, not with every need.
    needs = list(
        standing_needs(found)
        .filter(member__isnull=False)
        .select_related(None)
        .prefetch_related("member__party", "item")
    )
    asking = _asking(found, absent, on)
    claims = _claims(asking, needs, {row.item.pk for row in rows})
    came = [
        Came(
            key=row.item.pk,
            code=row.item.code,
            arrived=row.unshared,
            landed=row.unshared_cost,
            step=(steps or {}).get(row.item.code) or usual_step(found, row.item),
            claims=tuple(claims.get(row.item.pk, ())),
            price=_list_price(found, row.item, on),
            billed_more=row.unshared_more,
        )
        for row in rows
    ]
    terms = terms_of(found, difference_by=_difference_by(found, came, on))
    shared = work_out(came, terms)
    if others := _stand_ins(found, asking, needs, shared, on):
        came = [replace(one, claims=(*one.claims, *others.get(one.key, ()))) for one in came]
        shared = work_out(came, terms)
    return Proposal(
        shared=tuple(shared),
        items={row.item.pk: row.item for row in rows},
        needs={need.pk: need for need in needs},
        struck=frozenset(struck),
        absent=frozenset(absent),
        position=next_position(found),
        difference_by=terms.difference_by,
    )


def _difference_by(found: Round, came: Sequence[Came], on: date) -> str:
    """Who bears what bills said above the order; asked only when a bill did."""
    if not any(one.billed_more for one in came):
        return DifferenceBy.MEMBERS
    name = "rounds.price_difference"
    return str(house.parameter(cooperative=found.cooperative, name=name, on=on))


def next_position(found: Round) -> int:
    """The place that the next sharing of a round takes; an undone one keeps its own."""
    last = found.share_outs.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


@dataclass(frozen=True, slots=True)
class _Asking:
    """What every claim of a round is judged by."""

    got: Mapping[int, Decimal]
    output: Mapping[int, int]
    quotas: Mapping[tuple[int, int], Decimal]
    absent: Collection[str]

    def claim(self, need: Need, member: Member, asked: Decimal, first: int) -> Claim:
        """What a need still asks, with the rank of who asked first."""
        quota = self.quotas.get((member.pk, need.item_id))
        got = self.got.get(need.pk, ZERO)
        return Claim(
            key=need.pk,
            asked=asked,
            first=first,
            output=self.output.get(member.party_id, 0),
            quota=None if quota is None else max(quota - got, ZERO),
            paying=need.mode != Mode.CUSTODY,
            absent=member.number in self.absent,
        )


def _asking(found: Round, absent: Collection[str], on: date) -> _Asking:
    return _Asking(
        got_before(found), recent_output(found, on), quotas_of(found=found, on=on), absent
    )


def _claims(asking: _Asking, needs: Sequence[Need], wanted: set[int]) -> dict[int, list[Claim]]:
    claims: dict[int, list[Claim]] = {}
    for first, need in enumerate(needs):
        asked = need.base_quantity - asking.got.get(need.pk, ZERO)
        if need.item_id in wanted and asked > 0 and need.member is not None:
            claims.setdefault(need.item_id, []).append(
                asking.claim(need, need.member, asked, first)
            )
    return claims


def _stand_ins(
    found: Round, asking: _Asking, needs: Sequence[Need], shared: Sequence[Shared], on: date
) -> dict[int, list[Claim]]:
    """Claims on what stands in for a material that came short and is not on its way any more.

    Only of those who said that a substitute is right for them, in the order they asked; what is
    still to come of the material itself is waited for.
    """
    willing = [need for need in needs if need.substitute_ok]
    if not willing:
        return {}
    allowed = catalogue.substitutes(items=[need.item for need in willing], on=on)
    given = {p.key: p.quantity for one in shared for p in one.portions}
    lacks = {
        need.pk: need.base_quantity - asking.got.get(need.pk, ZERO) - given.get(need.pk, ZERO)
        for need in needs
    }
    short: dict[int, Decimal] = {}
    for need in needs:
        short[need.item_id] = short.get(need.item_id, ZERO) + max(lacks[need.pk], ZERO)
    for row in arrivals.came(found):
        short[row.item.pk] = max(short.get(row.item.pk, ZERO) - row.to_come, ZERO)
    here = {one.key for one in shared}
    claims: dict[int, list[Claim]] = {}
    for place, need in enumerate(willing, len(needs)):
        other = next((o for o in allowed.get(need.item_id, ()) if o.pk in here), None)
        asked = min(lacks[need.pk], short[need.item_id])
        if other is None or asked <= 0 or need.member is None:
            continue
        short[need.item_id] -= asked
        claims.setdefault(other.pk, []).append(asking.claim(need, need.member, asked, place))
    return claims


def got_before(found: Round) -> dict[int, Decimal]:
    """What each need (id) got in standing share-outs; released shares do not count."""
    rows = (
        _standing(found)
        .exclude(state=ShareState.RELEASED)
        .values("need_id")
        .annotate(got=Sum("base_quantity"))
    )
    return {row["need_id"]: Decimal(row["got"]) for row in rows}


def usual_step(found: Round, item: Item) -> Decimal:
    """The step a material was last shared by, or the usual one of its unit."""
    last = (
        ShareOutItem.objects.filter(item=item, share_out__cooperative=found.cooperative_id)
        .order_by("-id")
        .values_list("step", flat=True)
        .first()
    )
    return step_of(item.unit) if last is None else Decimal(last)


def _list_price(found: Round, item: Item, on: date) -> int:
    if found.price_rule != PriceRule.LIST:
        return 0
    return catalogue.price_of(
        cooperative=found.cooperative, item=item, price_list=PriceList.MEMBER, on=on
    )


def _standing(found: Round) -> QuerySet[Share]:
    return Share.objects.filter(round=found, share_out__state=ShareOutState.STANDING)


def share_outs(found: Round) -> QuerySet[ShareOut]:
    """The share-outs of a round, the newest first."""
    return found.share_outs.select_related("made_by").order_by("-position")


def share_out_at(*, found: Round, position: int) -> ShareOut | None:
    """One share-out of a round by its place, or nothing."""
    return share_outs(found).filter(position=position).first()


def share_out_items(one: ShareOut) -> QuerySet[ShareOutItem]:
    """What a share-out shared, by material."""
    return one.items.select_related("item").order_by("item__name")


def shares_of(found: Round) -> QuerySet[Share]:
    """Every share of a round that stands, by member and material."""
    return (
        _standing(found)
        .select_related("need__member__party", "need__item", "item", "share_out")
        .order_by("need__member__full_name", "item__name", "share_out__position")
    )


def shares_in(one: ShareOut) -> QuerySet[Share]:
    """The shares of one share-out, by member and material; also of one that was undone."""
    return one.shares.select_related("need__member__party", "need__item", "item").order_by(
        "need__member__full_name", "item__name"
    )


def waiting_shares(found: Round, *, member: Member | None = None) -> QuerySet[Share]:
    """Shares that wait for their member and her money."""
    shares = shares_of(found).filter(state=ShareState.WAITING)
    return shares if member is None else shares.filter(need__member=member)


def lock_waiting(found: Round, member: Member) -> list[Share]:
    """The waiting shares of one member, locked."""
    return list(
        Share.objects.select_for_update(of=("self",))
        .filter(
            round=found,
            share_out__state=ShareOutState.STANDING,
            state=ShareState.WAITING,
            need__member=member,
        )
        .select_related("need__member__party", "need__item", "item", "share_out")
        .order_by("id")
    )


def shares_of_member(*, found: Round, member: Member) -> QuerySet[Share]:
    """What one member got or gets in a round."""
    return shares_of(found).filter(need__member=member)


def shares_of_hand_out(*, found: Round, number: str) -> QuerySet[Share]:
    """The shares that one hand-out carried."""
    return shares_of(found).filter(hand_out=number)


def uncharged(found: Round) -> tuple[int, int]:
    """How many members wait to be charged, and for how much together."""
    shares = waiting_shares(found).filter(Q(amount__gt=0))
    sums = shares.aggregate(sum=Sum("amount"))
    return shares.order_by().values("need__member").distinct().count(), sums["sum"] or 0


def nobody_charged(found: Round, *, on: date) -> tuple[int, int]:
    """Members whom closing now would never charge, and how much: waiting shares and unshared goods."""
    amounts: dict[int, int] = {}
    for share in waiting_shares(found):
        key = share.need.member_id or 0
        amounts[key] = amounts.get(key, 0) + share.amount
    for row in proposal(found=found, on=on).by_member():
        amounts[row.member.pk] = amounts.get(row.member.pk, 0) + row.amount
    owed = [amount for amount in amounts.values() if amount]
    return len(owed), sum(owed)


def share_note(found: Round) -> str:
    """What a hand-out of this round says it is from."""
    return _("Buying together %(number)s") % {"number": found.number}
