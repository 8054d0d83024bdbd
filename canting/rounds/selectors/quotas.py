"""Quotas of scarce material: whose they are, what was asked of them, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.members import selectors as members
from canting.rounds.models import Need, Quota, QuotaPart, Round
from canting.rounds.rules.wanted import may_ask
from canting.rounds.selectors.output import recent_output

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.members.models import Member


def quotas_of(*, found: Round, on: date) -> dict[tuple[int, int], Decimal]:
    """The quota of each member and material (ids) in a round, base units; none given: no limit.

    An expired quota binds nobody any more: what was asked by then was asked within the total.
    """
    rows = QuotaPart.objects.filter(quota__round=found, quota__expires_on__gt=on)
    return {
        (member, item): quantity
        for member, item, quantity in rows.values_list("member_id", "quota__item_id", "quantity")
    }


def quota_rows(found: Round) -> QuerySet[Quota]:
    """The quotas of a round by material, with everyone's part."""
    return (
        Quota.objects.filter(round=found)
        .select_related("item", "round")
        .prefetch_related("parts__member")
        .order_by("item__name")
    )


def quota_of(*, found: Round, item: Item) -> Quota | None:
    """The quota of a material in a round, or nothing when everyone may ask."""
    return Quota.objects.filter(round=found, item=item).select_related("item", "round").first()


def asked_of(found: Round, item: Item, *, member: Member | None = None) -> Decimal:
    """Base units that members (or one member) ask of a material in a round."""
    rows = Need.objects.filter(round=found, item=item, withdrawn=False, member__isnull=False)
    if member is not None:
        rows = rows.filter(member=member)
    return rows.aggregate(asked=Sum("base_quantity"))["asked"] or Decimal(0)


def quota_way(quota: Quota, *, expired: bool) -> str:
    """What to do when more is asked than the quota leaves."""
    if expired:
        return _("All of it is asked for; say so to the office, or wait for the next round.")
    return _("What others have not asked for is open to all from %(day)s.") % {
        "day": format_date(quota.expires_on)
    }


def makers_by_output(*, found: Round, on: date) -> list[tuple[Member, int]]:
    """Every active member with the pieces accepted from her lately, in the order of numbers."""
    output = recent_output(found, on)
    return [
        (member, output.get(member.party_id, 0))
        for member in members.active_members(cooperative=found.cooperative).order_by(
            "party__number"
        )
    ]


@dataclass(frozen=True, slots=True)
class PartUse:
    """One maker's part of a scarce material and what she asks of it, base units."""

    member: Member
    quantity: Decimal
    asked: Decimal
    recent_pieces: int

    @property
    def used_percent(self) -> int:
        """How much of her part she asks for, 0 to 100."""
        return min(int(self.asked * 100 / self.quantity), 100) if self.quantity else 0


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """A quota with everyone's part, and what all together ask of the material."""

    quota: Quota
    parts: tuple[PartUse, ...]
    asked: Decimal

    @property
    def left(self) -> Decimal:
        """What nobody has asked for yet, base units."""
        return max(self.quota.total - self.asked, Decimal(0))


def quota_use(quota: Quota) -> QuotaUse:
    """A quota (with its parts read before) and how much of it is asked for; one query."""
    rows = Need.objects.filter(
        round=quota.round, item=quota.item, withdrawn=False, member__isnull=False
    )
    asked = dict(rows.values_list("member_id").annotate(Sum("base_quantity")))
    parts = sorted(quota.parts.all(), key=lambda part: (-part.quantity, part.member.number))
    return QuotaUse(
        quota=quota,
        parts=tuple(
            PartUse(
                part.member,
                part.quantity,
                asked.get(part.member_id, Decimal(0)),
                part.recent_pieces,
            )
            for part in parts
        ),
        asked=sum(asked.values(), Decimal(0)),
    )


def own_quotas(*, found: Round, member: Member, on: date) -> list[tuple[Quota, Decimal]]:
    """The scarce materials of a round and what a member may still ask of each, base units."""
    rows = []
    for quota in quota_rows(found):
        part = next((p.quantity for p in quota.parts.all() if p.member_id == member.pk), Decimal(0))
        room = may_ask(
            quota=part,
            asked=asked_of(found, quota.item, member=member),
            total=quota.total,
            asked_by_all=asked_of(found, quota.item),
            expired=on >= quota.expires_on,
        )
        rows.append((quota, room))
    return rows
