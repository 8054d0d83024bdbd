"""What went back to makers of the cloth that was bought from them, against its price elsewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from canting.catalogue.rules import Compared, ComparedLine
from canting.production.models import ClothReturn
from canting.production.rules import PaperState
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _returns(cooperative: Cooperative, since: date, until: date) -> QuerySet[ClothReturn]:
    return ClothReturn.objects.filter(
        cooperative=cooperative,
        returned_on__range=(since, until),
        state=PaperState.STANDING,
        basis=Basis.PURCHASE,
    )


def cloth_given_back(*, cooperative: Cooperative, since: date, until: date) -> list[Compared]:
    """What each maker had got for cloth that went back to her, and would have elsewhere; one query."""
    seen = Q(lot__reference_price__gt=0)
    rows = (
        _returns(cooperative, since, until)
        .order_by("member__party_id")
        .values_list("member__party_id")
        .annotate(
            ours=Coalesce(Sum("value", filter=seen), 0),
            market=Coalesce(Sum(F("quantity") * F("lot__reference_price"), filter=seen), 0),
            unknown=Coalesce(Sum("value", filter=~seen), 0),
        )
    )
    return [Compared(*row) for row in rows]


def given_back_compared(
    *, cooperative: Cooperative, since: date, until: date, party_id: int
) -> list[ComparedLine]:
    """The same of one maker, paper by paper: both amounts below zero, oldest first."""
    rows = _returns(cooperative, since, until).filter(member__party_id=party_id)
    return [
        ComparedLine(
            one.returned_on,
            one.number,
            f"production.return:{one.number}",
            one.lot.item.name,
            Decimal(-one.quantity),
            -one.value,
            -one.quantity * one.lot.reference_price,
            one.lot.reference_place,
        )
        for one in rows.select_related("lot__item").order_by("returned_on", "id")
    ]
