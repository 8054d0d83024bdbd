"""What buying together saved each member in a year, added up by the database.

This is what the report of members' economy (laporan promosi ekonomi anggota) takes from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from canting.kernel.money import share
from canting.members import selectors as members
from canting.rounds.models import Round, Share
from canting.rounds.selectors.proof import Saving, sold, trips_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

SEEN = Q(market_amount__gt=0)
SUMS = {
    "ours": Coalesce(Sum("amount", filter=SEEN), 0),
    "market": Coalesce(Sum("market_amount"), 0),
    "unknown": Coalesce(Sum("amount", filter=~SEEN), 0),
    "unknown_shares": Count("pk", filter=~SEEN),
}


@dataclass(frozen=True, slots=True)
class MemberYear:
    """What buying together saved one member in a year, whole rupiah; trips beside the goods."""

    member: Member
    saving: Saving
    rounds: int
    trips: int

    @property
    def paid(self) -> int:
        """What she paid for everything that she got."""
        return self.saving.paid

    @property
    def alternative(self) -> int:
        """What the part of it with a known market price would have cost alone."""
        return self.saving.market

    @property
    def saved(self) -> int:
        """That less what she paid for the same; below zero when alone was cheaper."""
        return self.saving.saved


def _of_year(cooperative: Cooperative, year: int) -> QuerySet[Share]:
    days = (date(year, 1, 1), date(year, 12, 31))
    # A need without a member is the store's own: it has no shares that are sold.
    return sold(cooperative).filter(handed_on__range=days, need__member__isnull=False).order_by()


def savings_of_year(*, cooperative: Cooperative, year: int) -> list[MemberYear]:
    """What each member paid, would have paid alone and saved in a calendar year, by name.

    The sums are the database's; the trips that a round saved are divided equally over those who
    got something in it, to the rupiah. What is not known stays out and is told beside.
    """
    rows = (
        _of_year(cooperative, year)
        .values("need__member__party_id")
        .annotate(
            ours=SUMS["ours"],
            market=SUMS["market"],
            unknown=SUMS["unknown"],
            unknown_shares=SUMS["unknown_shares"],
            rounds=Count("round", distinct=True),
        )
    )
    who = members.members_of_parties(
        cooperative=cooperative, party_ids=[row["need__member__party_id"] for row in rows]
    )
    trips = _trips_by_party(cooperative, year)
    made = [
        MemberYear(
            member=who[row["need__member__party_id"]],
            saving=Saving(row["ours"], row["market"], row["unknown"], row["unknown_shares"]),
            rounds=row["rounds"],
            trips=trips.get(row["need__member__party_id"], 0),
        )
        for row in rows
    ]
    return sorted(made, key=lambda row: row.member.full_name)


def _trips_by_party(cooperative: Cooperative, year: int) -> dict[int, int]:
    """Each member's part of the trips that the rounds first shared out in this year saved."""
    first = (
        sold(cooperative)
        .filter(need__member__isnull=False)
        .order_by()
        .values("round")
        .annotate(day=Min("handed_on"))
        .filter(day__year=year)
        .values("round")
    )
    sums: dict[int, int] = {}
    with_trips = Round.objects.filter(pk__in=first, travellers__gt=0).select_related("cooperative")
    for found in with_trips.order_by("id"):
        trips = trips_of(found)
        got = sold(cooperative).filter(round=found, need__member__isnull=False).order_by()
        parties = sorted(set(got.values_list("need__member__party_id", flat=True)))
        parts = share(trips.saved, [1] * len(parties)) if trips else [0] * len(parties)
        for party_id, part in zip(parties, parts, strict=True):
            sums[party_id] = sums.get(party_id, 0) + part
    return sums


def saving_of_member(*, cooperative: Cooperative, member: Member, year: int) -> Saving:
    """What buying together saved one member in a calendar year."""
    sums = _of_year(cooperative, year).filter(need__member=member).aggregate(**SUMS)
    return Saving(**sums)
