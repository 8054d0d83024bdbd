"""Reads of rounds: lists, one round, its needs by item and by member, the state people see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from canting.rounds.models import Need, PlanLine, Round
from canting.rounds.rules import OVER, NeedSource, PriceRule, RoundState, ShareRule

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def state_name(state: str) -> str:
    """A state of a round as people read it."""
    names: dict[str, str] = {
        RoundState.COLLECTING: _("collecting needs"),
        RoundState.PLANNED: _("planned"),
        RoundState.ORDERED: _("ordered"),
        RoundState.RECEIVED: _("goods have come"),
        RoundState.SHARED: _("shared out"),
        RoundState.SETTLED: _("closed"),
        RoundState.CANCELLED: _("cancelled"),
    }
    return names[state]


def share_rule_name(rule: str) -> str:
    """Who comes first when there is too little, as people read it."""
    names: dict[str, str] = {
        ShareRule.ACTIVE: _("active makers first, by recent output"),
        ShareRule.FIRST: _("who asked first comes first"),
        ShareRule.PROPORTION: _("everyone in proportion"),
    }
    return names[rule]


def price_rule_name(rule: str) -> str:
    """What a share costs, as people read it."""
    names: dict[str, str] = {
        PriceRule.LANDED: _("what it cost us with freight"),
        PriceRule.LIST: _("the price list for members"),
    }
    return names[rule]


def source_name(source: str) -> str:
    """How a need came, as people read it."""
    names: dict[str, str] = {
        NeedSource.PHONE: _("from her phone"),
        NeedSource.DESK: _("at the desk"),
        NeedSource.PASTE: _("from a message"),
        NeedSource.WORK_ORDER: _("from a work order"),
        NeedSource.REORDER: _("stock runs low"),
    }
    return names[source]


def rounds(*, cooperative: Cooperative, states: Collection[str] = ()) -> QuerySet[Round]:
    """Rounds with their counts of needs and members, the newest first; of these states if any."""
    found = Round.objects.filter(cooperative=cooperative)
    if states:
        found = found.filter(state__in=states)
    standing = Q(needs__withdrawn=False)
    return found.annotate(
        need_count=Count("needs", filter=standing),
        member_count=Count("needs__member", filter=standing, distinct=True),
    ).order_by("-opened_on", "-id")


def open_rounds(*, cooperative: Cooperative) -> QuerySet[Round]:
    """Rounds that are neither closed nor cancelled, the nearest deadline first."""
    found = Round.objects.filter(cooperative=cooperative).exclude(state__in=OVER)
    return found.order_by("deadline", "id")


def collecting_rounds(*, cooperative: Cooperative, on: date) -> QuerySet[Round]:
    """Rounds in which members may still ask on this day, the nearest deadline first."""
    return open_rounds(cooperative=cooperative).filter(
        state=RoundState.COLLECTING, deadline__gte=on
    )


def round_by_number(*, cooperative: Cooperative, number: str) -> Round | None:
    """The round of this number, or nothing."""
    return (
        Round.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "made_by")
        .first()
    )


def lock_round(found: Round) -> Round:
    """The same round, locked until the deed is done; with its cooperative."""
    return (
        Round.objects.select_for_update(of=("self",)).select_related("cooperative").get(pk=found.pk)
    )


def numbers(*, cooperative: Cooperative) -> QuerySet[Round]:
    """Every number given to a round."""
    return Round.objects.filter(cooperative=cooperative).order_by("id")


def standing_needs(found: Round) -> QuerySet[Need]:
    """Needs that were not withdrawn, who asked first comes first."""
    return (
        found.needs.filter(withdrawn=False)
        .select_related("member__party", "item")
        .order_by("asked_at", "id")
    )


def plan_lines(found: Round) -> QuerySet[PlanLine]:
    """The agreed plan, by supplier and item."""
    return found.plan_lines.select_related("supplier__party", "item").order_by(
        "supplier__name", "item__name", "id"
    )


@dataclass(frozen=True, slots=True)
class ItemNeed:
    """What is asked of one material: by members, for the store, by how many."""

    item: Item
    members: Decimal
    store: Decimal
    people: int

    @property
    def total(self) -> Decimal:
        """Everything asked of it, base units."""
        return self.members + self.store


@dataclass(frozen=True, slots=True)
class MemberNeeds:
    """What one member asks for, or the store itself (no member)."""

    member: Member | None
    needs: tuple[Need, ...]


def needs_by_item(needs: Sequence[Need]) -> list[ItemNeed]:
    """Needs summed by material, by name."""
    by_item: dict[int, list[Need]] = {}
    for need in needs:
        by_item.setdefault(need.item_id, []).append(need)
    rows = [
        ItemNeed(
            item=group[0].item,
            members=sum((n.base_quantity for n in group if n.member_id), Decimal(0)),
            store=sum((n.base_quantity for n in group if not n.member_id), Decimal(0)),
            people=len({n.member_id for n in group if n.member_id}),
        )
        for group in by_item.values()
    ]
    return sorted(rows, key=lambda row: row.item.name)


def needs_by_member(needs: Sequence[Need]) -> list[MemberNeeds]:
    """Needs of each member by name; the store's own last."""
    by_member: dict[int, list[Need]] = {}
    for need in needs:
        by_member.setdefault(need.member_id or 0, []).append(need)
    rows = [MemberNeeds(group[0].member, tuple(group)) for group in by_member.values()]
    return sorted(rows, key=lambda r: (r.member is None, r.member.full_name if r.member else ""))


def needs_of_member(*, cooperative: Cooperative, member: Member) -> QuerySet[Need]:
    """What a member asked for in rounds that are under way or over, the newest round first."""
    return (
        Need.objects.filter(cooperative=cooperative, member=member, withdrawn=False)
        .select_related("round", "item")
        .order_by("-round__opened_on", "-round_id", "id")
    )
