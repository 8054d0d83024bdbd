"""What members saved on material that was sold to them, against the market price kept with each line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from canting.catalogue.rules import Compared, ComparedLine
from canting.kernel.database import rupiah_of
from canting.purchasing.models import HandOutLine
from canting.purchasing.rules import Mode, State

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _sold(cooperative: Cooperative, since: date, until: date) -> QuerySet[HandOutLine]:
    """Lines of material sold to members, of papers that stand."""
    found = HandOutLine.objects.filter(
        hand_out__cooperative=cooperative,
        hand_out__on__range=(since, until),
        hand_out__member__isnull=False,
        amount__gt=0,
    )
    return found.exclude(hand_out__state=State.REVERSED).exclude(hand_out__mode=Mode.CUSTODY)


def material_benefit(*, cooperative: Cooperative, since: date, until: date) -> list[Compared]:
    """What each member paid for material and would have paid elsewhere; one query.

    Quantities and prices are those of the papers that stand; a line whose market price nobody
    noted counts as not known. Shares of rounds are among them: they are handed out by the same
    papers. Material in trust is sold to nobody.
    """
    seen = Q(reference_price__gt=0)
    rows = (
        _sold(cooperative, since, until)
        .order_by("hand_out__member__party_id")
        .values_list("hand_out__member__party_id")
        .annotate(
            ours=Coalesce(Sum("amount", filter=seen), 0),
            market=Coalesce(Sum(rupiah_of("base_quantity", "reference_price"), filter=seen), 0),
            unknown=Coalesce(Sum("amount", filter=~seen), 0),
        )
    )
    return [Compared(*row) for row in rows]


def material_compared(
    *, cooperative: Cooperative, since: date, until: date, party_id: int
) -> list[ComparedLine]:
    """The same of one member, line by line, oldest first."""
    rows = (
        _sold(cooperative, since, until)
        .filter(hand_out__member__party_id=party_id)
        .annotate(market=rupiah_of("base_quantity", "reference_price"))
        .select_related("hand_out", "item")
        .order_by("hand_out__on", "id")
    )
    return [
        ComparedLine(
            row.hand_out.on,
            row.hand_out.number,
            f"purchasing.hand_out:{row.hand_out.number}",
            row.item.name,
            row.base_quantity,
            row.amount,
            row.market if row.reference_price else 0,
            row.reference_place,
        )
        for row in rows
    ]
