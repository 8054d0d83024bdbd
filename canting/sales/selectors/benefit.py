"""What makers got of sales: consigned cloth, and margins that a sale made other than was booked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from canting.catalogue.rules import Compared, ComparedLine
from canting.kernel.database import rupiah_of
from canting.sales.models import DeliveryLine, SaleLine
from canting.sales.rules import PaperState
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _consigned(cooperative: Cooperative, since: date, until: date) -> QuerySet[SaleLine]:
    """Lines of consigned cloth sold, of notas that stand."""
    return SaleLine.objects.filter(
        sale__cooperative=cooperative,
        sale__sold_on__range=(since, until),
        sale__state=PaperState.POSTED,
        basis=Basis.CONSIGNMENT,
        lot__maker__isnull=False,
    )


def consigned_benefit(*, cooperative: Cooperative, since: date, until: date) -> list[Compared]:
    """What each owner got of consigned cloth (price less fee) and would have elsewhere; one query."""
    seen = Q(reference_price__gt=0)
    rows = (
        _consigned(cooperative, since, until)
        .order_by("lot__maker_id")
        .values_list("lot__maker_id")
        .annotate(
            ours=Coalesce(Sum(F("net") - F("fee"), filter=seen), 0),
            market=Coalesce(Sum(rupiah_of("quantity", "reference_price"), filter=seen), 0),
            unknown=Coalesce(Sum(F("net") - F("fee"), filter=~seen), 0),
        )
    )
    return [Compared(*row) for row in rows]


def consigned_fees(*, cooperative: Cooperative, since: date, until: date) -> dict[int, int]:
    """The fee that each owner of consigned cloth left with us, by party; one query."""
    rows = (
        _consigned(cooperative, since, until)
        .order_by("lot__maker_id")
        .values_list("lot__maker_id")
        .annotate(total=Sum("fee"))
    )
    return dict(rows)


def margins_trued_up(*, cooperative: Cooperative, since: date, until: date) -> dict[int, int]:
    """What sales added to (or took from) the booked share of makers, by party; two queries.

    Where no price elsewhere is known, the cloth itself is not compared, and so is its margin.
    """
    at_once = SaleLine.objects.filter(
        sale__cooperative=cooperative,
        sale__sold_on__range=(since, until),
        sale__state=PaperState.POSTED,
    )
    sent = DeliveryLine.objects.filter(
        delivery__cooperative=cooperative,
        delivery__confirmed_on__range=(since, until),
        delivery__state=PaperState.POSTED,
    )
    found: dict[int, int] = {}
    for lines in (at_once, sent):
        rows = (
            lines.filter(lot__maker__isnull=False, lot__reference_price__gt=0)
            .exclude(true_up=0)
            .order_by("lot__maker_id")
            .values_list("lot__maker_id")
            .annotate(total=Sum("true_up"))
        )
        for maker, total in rows:
            found[maker] = found.get(maker, 0) + total
    return found


def consigned_compared(
    *, cooperative: Cooperative, since: date, until: date, party_id: int
) -> list[ComparedLine]:
    """Consigned cloth of one owner that was sold, nota by nota, oldest first."""
    rows = (
        _consigned(cooperative, since, until)
        .filter(lot__maker_id=party_id)
        .annotate(market=rupiah_of("quantity", "reference_price"))
        .select_related("sale", "lot__item")
        .order_by("sale__sold_on", "id")
    )
    return [
        ComparedLine(
            one.sale.sold_on,
            one.sale.number,
            f"sales.sale:{one.sale.number}",
            one.lot.item.name,
            one.quantity,
            one.net - one.fee,
            one.market if one.reference_price else 0,
            one.reference_place,
        )
        for one in rows
    ]
