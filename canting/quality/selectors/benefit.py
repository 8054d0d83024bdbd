"""What makers got for cloth and for work, against what it brings elsewhere; standing slips alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import Compared, ComparedLine, PriceList
from canting.production.rules import Fault, PaperState
from canting.quality.models import Inspection, InspectionLine
from canting.quality.rules import Result
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MAKER = "inspection__member__party_id"


def _lines(
    cooperative: Cooperative, since: date, until: date, basis: str
) -> QuerySet[InspectionLine]:
    return InspectionLine.objects.filter(
        cooperative=cooperative,
        inspection__inspected_on__range=(since, until),
        inspection__state=PaperState.STANDING,
        basis=basis,
    ).order_by(MAKER)


def cloth_benefit(*, cooperative: Cooperative, since: date, until: date) -> list[Compared]:
    """What each maker got for cloth bought or bought back, and would have elsewhere; one query.

    The price elsewhere is the one kept with the cloth on the day it came in.
    """
    seen = Q(reference_price__gt=0)
    rows = (
        _lines(cooperative, since, until, Basis.PURCHASE)
        .values_list(MAKER)
        .annotate(
            ours=Coalesce(Sum("value", filter=seen), 0),
            market=Coalesce(Sum(F("quantity") * F("reference_price"), filter=seen), 0),
            unknown=Coalesce(Sum("value", filter=~seen), 0),
        )
    )
    return [Compared(*row) for row in rows]


def wage_benefit(*, cooperative: Cooperative, since: date, until: date) -> list[Compared]:
    """The wage each maker earned by the piece, and what others pay for the same; two queries.

    Counted are accepted pieces, with what they got more for a repair that was our fault, and
    rejected ones that were paid. The wage elsewhere is that of the price lists on the day.
    """
    found: dict[int, Compared] = {}
    for rows in (_accepted(cooperative, since, until), _paid_rejects(cooperative, since, until)):
        for party, ours, market, unknown in rows:
            before = found.get(party, Compared(party, 0, 0, 0))
            found[party] = Compared(
                party, before.ours + ours, before.market + market, before.unknown + unknown
            )
    return [found[party] for party in sorted(found)]


def _accepted(
    cooperative: Cooperative, since: date, until: date
) -> list[tuple[int, int, int, int]]:
    return _summed(_accepted_lines(cooperative, since, until), MAKER)


def _accepted_lines(cooperative: Cooperative, since: date, until: date) -> QuerySet[InspectionLine]:
    """Accepted pieces with what was earned (`earned`) and what others pay a piece (`outside`)."""
    more = Case(
        When(
            inspection__repair_of__isnull=False,
            inspection__fault=Fault.OURS,
            then=F("inspection__repair_of__extra_wage"),
        ),
        default=Value(0),
        output_field=BigIntegerField(),
    )
    outside = catalogue.price_in_force(
        price_list=PriceList.OUTSIDE_WAGE,
        item="inspection__product_id",
        on="inspection__inspected_on",
        grade="grade",
    )
    return _lines(cooperative, since, until, Basis.COMMISSION).annotate(
        more=more,
        outside=Subquery(outside),
        earned=F("quantity") * (F("price") + F("more")),
    )


def _paid_rejects(
    cooperative: Cooperative, since: date, until: date
) -> list[tuple[int, int, int, int]]:
    return _summed(_reject_slips(cooperative, since, until), "member__party_id")


def _reject_slips(cooperative: Cooperative, since: date, until: date) -> QuerySet[Inspection]:
    """Rejected pieces that were paid, likewise."""
    outside = catalogue.price_in_force(
        price_list=PriceList.OUTSIDE_WAGE, item="product_id", on="inspected_on", grade="grade"
    )
    rejects = Inspection.objects.filter(
        cooperative=cooperative,
        inspected_on__range=(since, until),
        state=PaperState.STANDING,
        basis=Basis.COMMISSION,
        result=Result.REJECT,
        pay__gt=0,
    ).order_by("member__party_id")
    return rejects.annotate(outside=Subquery(outside), earned=F("pay"))


def _summed(rows: QuerySet[Any], maker: str) -> list[tuple[int, int, int, int]]:
    seen = Q(outside__gt=0)
    return list(
        rows.values_list(maker).annotate(
            ours=Coalesce(Sum("earned", filter=seen), 0),
            market=Coalesce(Sum(F("quantity") * F("outside"), filter=seen), 0),
            unknown=Coalesce(Sum("earned", filter=Q(outside__isnull=True)), 0),
        )
    )


def wage_compared(
    *, cooperative: Cooperative, since: date, until: date, party_id: int
) -> list[ComparedLine]:
    """The wages of one maker beside those elsewhere, slip by slip, oldest first."""
    lines: QuerySet[Any] = _accepted_lines(cooperative, since, until).filter(**{MAKER: party_id})
    rejects: QuerySet[Any] = _reject_slips(cooperative, since, until).filter(
        member__party_id=party_id
    )
    slips = [
        *((one, one.inspection) for one in lines.select_related("inspection__product")),
        *((one, one) for one in rejects.select_related("product")),
    ]
    found = [
        _slip_line(slip, one.grade, one.quantity, one.earned, one.quantity * (one.outside or 0))
        for one, slip in slips
    ]
    return sorted(found, key=lambda line: line.day)


def cloth_compared(
    *, cooperative: Cooperative, since: date, until: date, party_id: int
) -> list[ComparedLine]:
    """Cloth bought from one maker beside its price elsewhere, slip by slip, oldest first."""
    lines = _lines(cooperative, since, until, Basis.PURCHASE).filter(**{MAKER: party_id})
    return [
        _slip_line(
            one.inspection,
            one.grade,
            one.quantity,
            one.value,
            one.quantity * (one.reference_price or 0),
            one.reference_place,
        )
        for one in lines.select_related("inspection__product").order_by(
            "inspection__inspected_on", "id"
        )
    ]


def _slip_line(
    slip: Inspection, grade: str, quantity: int, ours: int, market: int, seen: str = ""
) -> ComparedLine:
    return ComparedLine(
        slip.inspected_on,
        slip.number,
        f"quality.inspection:{slip.number}",
        f"{slip.product.name} {grade}".strip(),
        Decimal(quantity),
        ours,
        market,
        seen,
    )
