"""What is being made: work orders, makers' parts, stages, value in work, advances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet, Sum

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.cooperatives import selectors as house
from canting.production.models import (
    Advance,
    Assignment,
    BuyBack,
    ClothReturn,
    MaterialFact,
    PieceReport,
    WorkMove,
    WorkOrder,
)
from canting.production.rules import (
    FROM_CUSTODY,
    OrderStatus,
    PaperState,
    Stages,
    over_reported,
    stages_of,
    sum_of,
)
from canting.sales import selectors as sales
from canting.stock.rules import Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party
    from canting.stock.models import Lot


def work_order(*, cooperative: Cooperative, number: str) -> WorkOrder | None:
    """The work order of this number, or nothing."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "product", "order_line")
        .first()
    )


def work_orders(*, cooperative: Cooperative, status: str = OrderStatus.OPEN) -> QuerySet[WorkOrder]:
    """Work orders of one status by due date, each with its pieces summed."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, status=status)
        .select_related("product")
        .annotate(
            accepted=Sum("assignments__accepted"),
            rejected=Sum("assignments__rejected"),
            reported=Sum("assignments__reported"),
        )
        .order_by("due_date", "id")
    )


def orders_of_line(*, cooperative: Cooperative, line_ids: Iterable[int]) -> QuerySet[WorkOrder]:
    """The work orders made from these lines of a buyer's order."""
    return (
        WorkOrder.objects.filter(cooperative=cooperative, order_line_id__in=list(line_ids))
        .select_related("product")
        .order_by("id")
    )


def lock_order(pk: int) -> WorkOrder:
    """The work order, held until the transaction ends."""
    return (
        WorkOrder.objects.select_for_update(of=("self",))
        .select_related("cooperative", "product")
        .get(pk=pk)
    )


def lock_assignment(pk: int) -> Assignment:
    """The assignment with its work order, held until the transaction ends."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .get(pk=pk)
    )


def lock_advance(pk: int) -> Advance:
    """The contract, held until the transaction ends."""
    return (
        Advance.objects.select_for_update(of=("self",))
        .select_related("cooperative", "product", "member__party")
        .get(pk=pk)
    )


def assignments(*, order: WorkOrder) -> QuerySet[Assignment]:
    """Every maker's part of a work order, in the order they were named."""
    return order.assignments.select_related("member__party").order_by("id")


def assignment(*, cooperative: Cooperative, number: str, party_id: int) -> Assignment | None:
    """One maker's part of the work order of this number, or nothing."""
    return (
        Assignment.objects.filter(
            cooperative=cooperative, work_order__number=number, member__party_id=party_id
        )
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .first()
    )


def assignment_of_member(
    *, cooperative: Cooperative, number: str, member_number: str
) -> Assignment | None:
    """The part of the member with this number, or nothing."""
    return (
        Assignment.objects.filter(
            cooperative=cooperative,
            work_order__number=number,
            member__party__number=member_number,
        )
        .select_related("work_order__product", "work_order__cooperative", "member__party")
        .first()
    )


def _open(cooperative: Cooperative) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(cooperative=cooperative, work_order__status=OrderStatus.OPEN)
        .filter(quantity__gt=F("accepted") + F("rejected"))
        .select_related("work_order__product", "member__party")
        .order_by("promised_date", "id")
    )


def open_assignments(*, cooperative: Cooperative) -> QuerySet[Assignment]:
    """Every part that still has pieces to come, the earliest promise first."""
    return _open(cooperative)


def assignments_of(cooperative: Cooperative, party: Party | int) -> list[Assignment]:
    """The open parts of one maker, the earliest promise first."""
    party_id = party if isinstance(party, int) else party.pk
    return list(_open(cooperative).filter(member__party_id=party_id))


def past_assignments_of(*, cooperative: Cooperative, party_id: int) -> QuerySet[Assignment]:
    """What a maker has brought to an end, the newest first."""
    return (
        Assignment.objects.filter(cooperative=cooperative, member__party_id=party_id)
        .filter(
            Q(quantity__lte=F("accepted") + F("rejected")) | ~Q(work_order__status=OrderStatus.OPEN)
        )
        .select_related("work_order__product", "member__party")
        .order_by("-id")
    )


def awaiting_inspection(cooperative: Cooperative) -> list[Assignment]:
    """Open parts with pieces brought as finished and not inspected, the earliest promise first."""
    found = _open(cooperative).filter(reported__gt=F("accepted") + F("rejected") + F("rework"))
    return list(found)


def late_assignments(*, cooperative: Cooperative, on: date) -> QuerySet[Assignment]:
    """Open parts whose promised day has passed."""
    return _open(cooperative).filter(promised_date__lt=on)


def stage_counts(order: WorkOrder) -> Stages:
    """Where all pieces of a work order stand, for its progress chart."""
    return sum_of(stages_of(row) for row in order.assignments.all())


def stages_at_makers(cooperative: Cooperative) -> Stages:
    """Where the pieces of all open work orders stand."""
    rows = Assignment.objects.filter(cooperative=cooperative, work_order__status=OrderStatus.OPEN)
    return sum_of(stages_of(row) for row in rows)


@dataclass(frozen=True)
class Flag:
    """A part with more pieces reported than assigned: kept, and for the office to look at."""

    assignment: Assignment
    over: int


def over_reports(*, cooperative: Cooperative) -> list[Flag]:
    """Open parts with more pieces reported than assigned."""
    rows = _open(cooperative).filter(reported__gt=F("quantity"))
    return [Flag(row, over_reported(row)) for row in rows]


def reports_of(*, assignment: Assignment) -> QuerySet[PieceReport]:
    """What was reported on one part, the newest first."""
    return assignment.reports.select_related("actor").order_by("-id")


def reports_by_reference(*, cooperative: Cooperative, reference: str) -> int:
    """How many reports a part has, for the reference of the next one."""
    return PieceReport.objects.filter(
        cooperative=cooperative, reference__startswith=f"{reference}/"
    ).count()


def norms_of(order: WorkOrder) -> list[tuple[Item, Decimal]]:
    """The material of one piece as the work order fixed it: item and quantity in its unit."""
    wanted = {int(pk): Decimal(quantity) for pk, quantity in order.norms.items()}
    items = catalogue.items(cooperative=order.cooperative, active_only=False)
    return sorted(
        ((item, wanted[item.pk]) for item in items if item.pk in wanted),
        key=lambda pair: pair[0].pk,
    )


def reference_on(*, cooperative: Cooperative, product: Item, grade: str, on: date) -> Reference:
    """What such a cloth was seen to cost elsewhere, with place and day; or that nobody knows."""
    row = catalogue.price_row(
        cooperative=cooperative, item=product, price_list=PriceList.MARKET, on=on, grade=grade
    )
    if row is None:
        return Reference()
    return Reference(row.amount, row.place or row.source[:80], row.valid_from.isoformat())


def value_in_work(order: WorkOrder) -> int:
    """What the order has in work just now, in rupiah."""
    return int(order.work_moves.aggregate(total=Sum("value"))["total"] or 0)


@dataclass(frozen=True)
class LotInWork:
    """A lot whose pieces are accepted and not yet finished goods."""

    lot: Lot
    quantity: int


def lots_in_work(order: WorkOrder) -> list[LotInWork]:
    """The accepted lots of an order that are still in work, in the order they came."""
    totals: dict[int, int] = {}
    lots: dict[int, Lot] = {}
    for move in order.work_moves.exclude(lot=None).select_related("lot").order_by("id"):
        if move.lot is not None:
            totals[move.lot.pk] = totals.get(move.lot.pk, 0) + move.quantity
            lots[move.lot.pk] = move.lot
    return [LotInWork(lots[pk], quantity) for pk, quantity in totals.items() if quantity > 0]


def work_moves(*, cooperative: Cooperative, sources: Iterable[str]) -> QuerySet[WorkMove]:
    """Moves of value in work that these papers made."""
    return WorkMove.objects.filter(cooperative=cooperative, source__in=list(sources)).order_by("id")


def finishes_of(order: WorkOrder) -> int:
    """How often an order's value was moved to finished goods by hand."""
    source = f"production.finish:{order.number}"
    found = WorkMove.objects.filter(cooperative_id=order.cooperative_id)
    return (
        found.filter(Q(source=source) | Q(source__startswith=f"{source}#"))
        .values("source")
        .distinct()
        .count()
    )


def material_fact(*, cooperative: Cooperative, number: str) -> MaterialFact | None:
    """The material fact of this number, or nothing."""
    return (
        MaterialFact.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "item", "member__party", "work_order", "successor")
        .first()
    )


def material_facts(
    *, cooperative: Cooperative, order: WorkOrder | None = None
) -> QuerySet[MaterialFact]:
    """Overuse, losses and recovered wax, the newest first, of all or of one work order."""
    found = MaterialFact.objects.filter(cooperative=cooperative)
    if order is not None:
        found = found.filter(work_order=order)
    return found.select_related("item", "member__party", "work_order").order_by("-id")


def custody_facts(*, cooperative: Cooperative, party_id: int) -> QuerySet[MaterialFact]:
    """What left one maker's custody without cloth, the newest first."""
    return material_facts(cooperative=cooperative).filter(
        member__party_id=party_id, kind__in=FROM_CUSTODY
    )


def cloth_return(*, cooperative: Cooperative, number: str) -> ClothReturn | None:
    """The return of cloth of this number, or nothing."""
    return (
        ClothReturn.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "member__party", "lot__item", "successor")
        .first()
    )


def cloth_returns(*, cooperative: Cooperative) -> QuerySet[ClothReturn]:
    """Cloth that went back to makers, the newest first."""
    return (
        ClothReturn.objects.filter(cooperative=cooperative)
        .select_related("member__party", "lot__item")
        .order_by("-id")
    )


def advance(*, cooperative: Cooperative, number: str) -> Advance | None:
    """The buy-back contract of this number, or nothing."""
    return (
        Advance.objects.filter(cooperative=cooperative, number=number)
        .select_related("cooperative", "product", "member__party", "successor")
        .first()
    )


def advances(*, cooperative: Cooperative) -> QuerySet[Advance]:
    """All buy-back contracts, the newest first."""
    return (
        Advance.objects.filter(cooperative=cooperative)
        .select_related("product", "member__party")
        .order_by("-id")
    )


def open_advances(*, cooperative: Cooperative, party_id: int | None = None) -> QuerySet[Advance]:
    """Contracts with pieces still to come, of all makers or of one."""
    found = advances(cooperative=cooperative).filter(
        state=PaperState.STANDING, brought__lt=F("pieces")
    )
    return found if party_id is None else found.filter(member__party_id=party_id)


@dataclass(frozen=True)
class BoughtBack:
    """A lot under a contract: its part of the advance, of the price and of the margin."""

    lot: Lot
    pieces: int
    advance_amount: int
    price: int
    share_booked: int
    sources: frozenset[str]


def bought_back(*, advance: Advance) -> list[BoughtBack]:
    """The lots that stand bought back under a contract, in the order they came."""
    rows: dict[int, list[BuyBack]] = {}
    for row in advance.buy_backs.select_related("lot").order_by("id"):
        rows.setdefault(row.lot_id, []).append(row)
    found = [
        BoughtBack(
            group[0].lot,
            sum(row.pieces for row in group),
            sum(row.advance_amount for row in group),
            sum(row.price for row in group),
            sum(row.share_booked for row in group),
            frozenset(row.source for row in group),
        )
        for group in rows.values()
    ]
    return [one for one in found if one.pieces > 0]


def buy_backs(*, cooperative: Cooperative, source: str) -> list[BuyBack]:
    """What one receipt bought back."""
    return list(
        BuyBack.objects.filter(cooperative=cooperative, source=source)
        .select_related("advance", "lot")
        .order_by("id")
    )


def held_margin_sources(
    cooperative: Cooperative, party: Party | int, on: date = date.max
) -> set[str]:
    """Ledger sources whose pay waits for the sale of the cloth (posting.md 2.4, buyback.pay_at).

    `on` is the day whose parameter decides; without it the latest rules.
    """
    if house.parameter(cooperative=cooperative, name="buyback.pay_at", on=on) != "sale":
        return set()
    party_id = party if isinstance(party, int) else party.pk
    rows = BuyBack.objects.filter(
        cooperative=cooperative, advance__member__party_id=party_id
    ).select_related("lot")
    return {row.source for row in rows if not sales.margin_payable(cooperative, row.lot)}
