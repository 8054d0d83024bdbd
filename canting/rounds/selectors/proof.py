"""Proof of saving: our price against the member's alternative, and trips that nobody had to make.

Only what is known is counted: a share without a market price is told as not known, and a saving
below zero stays below zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.rounds.models import Round, Share
from canting.rounds.rules import ShareOutState, ShareState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Saving:
    """What shares cost here and would have cost alone; shares without a market price apart."""

    ours: int = 0
    market: int = 0
    unknown: int = 0
    unknown_shares: int = 0

    @property
    def saved(self) -> int:
        """Less paid than alone, whole rupiah; below zero when alone was cheaper."""
        return self.market - self.ours

    @property
    def paid(self) -> int:
        """Everything paid here, compared or not, whole rupiah."""
        return self.ours + self.unknown

    @property
    def known(self) -> bool:
        """Whether there is anything to compare."""
        return self.market > 0


@dataclass(frozen=True, slots=True)
class ItemSaving:
    """The saving on one material, with where and when the market price was seen."""

    name: str
    saving: Saving
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trips:
    """Trips that were not made: how many people, what one costs and who says so."""

    people: int
    cost: int
    source: str

    @property
    def saved(self) -> int:
        """What these trips would have cost, whole rupiah."""
        return self.people * self.cost


def sold(cooperative: Cooperative) -> QuerySet[Share]:
    """Shares that were sold to members and handed out; material in trust saves nobody money."""
    return (
        Share.objects.filter(
            round__cooperative=cooperative,
            share_out__state=ShareOutState.STANDING,
            state=ShareState.HANDED,
            amount__gt=0,
        )
        .select_related("item", "need__member__party", "round")
        .order_by("id")
    )


def saving_of(shares: Iterable[Share]) -> Saving:
    """The saving on these shares together."""
    ours = market = unknown = count = 0
    for share in shares:
        if share.market_amount:
            ours += share.amount
            market += share.market_amount
        else:
            unknown += share.amount
            count += 1
    return Saving(ours, market, unknown, count)


def _seen(share: Share) -> str:
    """Where and on which day the market price was seen."""
    day = date.fromisoformat(share.market_date) if share.market_date else None
    return f"{share.market_place} ({format_date(day)})" if day else share.market_place


def _grouped(shares: Iterable[Share]) -> list[ItemSaving]:
    groups: dict[str, list[Share]] = {}
    for share in shares:
        groups.setdefault(share.item.name, []).append(share)
    return [
        ItemSaving(
            name,
            saving_of(group),
            tuple(sorted({_seen(s) for s in group if s.market_amount})),
        )
        for name, group in sorted(groups.items())
    ]


@dataclass(frozen=True, slots=True)
class Proof:
    """What buying together saved: altogether, by material, and in trips."""

    total: Saving
    items: tuple[ItemSaving, ...]
    trips: Trips | None


def proof_of_round(found: Round, *, member: Member | None = None) -> Proof:
    """The proof of one round, for all or for one member."""
    shares = sold(found.cooperative).filter(round=found)
    if member is not None:
        shares = shares.filter(need__member=member)
    rows = list(shares)
    trips = None if member is not None else trips_of(found)
    return Proof(saving_of(rows), tuple(_grouped(rows)), trips)


def trips_of(found: Round) -> Trips | None:
    """The trips of a round that were not made; nothing when people or cost are not known."""
    if not found.travellers:
        return None
    on = found.opened_on
    definition = house.all_parameters()["rounds.trip_cost"]
    own = house.own_values(cooperative=found.cooperative).get("rounds.trip_cost", [])
    value = house.in_force(definition, own, on)
    return Trips(found.travellers, int(value.value), value.source) if value.value else None


def years_with_shares(*, cooperative: Cooperative) -> list[int]:
    """Calendar years in which shares were handed out, the newest first."""
    days = sold(cooperative).order_by().dates("handed_on", "year", order="DESC")
    return [day.year for day in days]


def sum_of(savings: Iterable[Saving]) -> Saving:
    """Several savings together."""
    rows = list(savings)
    return Saving(
        sum(one.ours for one in rows),
        sum(one.market for one in rows),
        sum(one.unknown for one in rows),
        sum(one.unknown_shares for one in rows),
    )


@dataclass(frozen=True, slots=True)
class RoundProof:
    """One round of a year with what it saved."""

    round: Round
    proof: Proof


def proofs_of_year(*, cooperative: Cooperative, year: int) -> list[RoundProof]:
    """Each round whose shares were handed out in a year, the newest first, with its proof."""
    ids = (
        sold(cooperative)
        .filter(handed_on__range=(date(year, 1, 1), date(year, 12, 31)))
        .order_by()
        .values_list("round_id", flat=True)
        .distinct()
    )
    found = Round.objects.filter(pk__in=list(ids)).select_related("cooperative")
    return [RoundProof(one, proof_of_round(one)) for one in found.order_by("-opened_on", "-id")]
