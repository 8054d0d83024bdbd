"""Quotas of scarce material: whose they are, what was asked of them, what is still open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.members import selectors as members
from canting.rounds.models import Need, Quota, QuotaPart, Round
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
