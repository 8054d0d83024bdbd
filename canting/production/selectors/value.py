"""Reads of value in making: norms, work in progress, what left makers' hands, what lies ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.production.models import Assignment, ClothReturn, MaterialFact, WorkMove, WorkOrder
from canting.production.rules import FROM_CUSTODY
from canting.production.selectors.work import open_assignments
from canting.stock import selectors as stock
from canting.stock.rules import PlaceKind, Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot, StockBalance


def norms_of(order: WorkOrder) -> list[tuple[Item, Decimal]]:
    """The material of one piece as the work order fixed it: item and quantity in its unit."""
    wanted = {int(pk): Decimal(quantity) for pk, quantity in order.norms.items()}
    items = catalogue.items(cooperative=order.cooperative, active_only=False)
    return sorted(
        ((item, wanted[item.pk]) for item in items if item.pk in wanted),
        key=lambda pair: pair[0].pk,
    )


def material_to_come(cooperative: Cooperative) -> list[tuple[Assignment, dict[Item, Decimal]]]:
    """Every open part of a work order with the material of one piece; two queries for all."""
    known = {item.pk: item for item in catalogue.items(cooperative=cooperative, active_only=False)}
    return [
        (
            one,
            {
                known[int(pk)]: Decimal(quantity)
                for pk, quantity in one.work_order.norms.items()
                if int(pk) in known
            },
        )
        for one in open_assignments(cooperative=cooperative)
    ]


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


def booked_by_papers(*, cooperative: Cooperative, role: str) -> dict[int, int]:
    """Debits less credits that our own papers (and their reversals) put on an account, by party.

    Openings and entries by hand are left out: no paper of ours answers for them.
    """
    lines = ledger.lines_of_roles(cooperative=cooperative, roles=[role])
    sums: dict[int, int] = {}
    for line in lines.select_related("entry__reverses"):
        origin = line.entry.reverses or line.entry
        if origin.source.startswith(("production.", "quality.")):
            sign = 1 if line.side == Side.DEBIT else -1
            sums[line.party_id or 0] = sums.get(line.party_id or 0, 0) + sign * line.amount
    return {party_id: amount for party_id, amount in sums.items() if amount}


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


def standing_finishes(order: WorkOrder) -> list[str]:
    """The sources of an order's finishes by hand that were not undone, the last one last."""
    stem = f"production.finish:{order.number}"
    moves = WorkMove.objects.filter(work_order=order).order_by("id")
    sources = dict.fromkeys(moves.values_list("source", flat=True))
    undone = {one.replace("finish_undone", "finish", 1) for one in sources if "_undone:" in one}
    made = [one for one in sources if one == stem or one.startswith(f"{stem}#")]
    return [one for one in made if one not in undone]


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


def held_by_makers(order: WorkOrder) -> list[StockBalance]:
    """Our material that the makers of an order hold just now, maker by maker."""
    parties = order.assignments.values_list("member__party_id", flat=True)
    held = stock.materials_in_custody(order.cooperative)
    return list(held.filter(place__party_id__in=list(parties)))


def materials_of(*, cooperative: Cooperative, party_id: int) -> list[StockBalance]:
    """Our material that one maker holds just now."""
    return list(stock.materials_in_custody(cooperative).filter(place__party_id=party_id))


@dataclass(frozen=True)
class ReadyCloth:
    """Cloth of one product and grade that may be sold; `consigned` of it is still its makers'."""

    name: str
    unit: str
    grade: str
    quantity: Decimal
    consigned: Decimal


def ready_cloth(*, cooperative: Cooperative) -> list[ReadyCloth]:
    """What lies ready to be sold by product and grade."""
    rows = (
        stock.sellable_lots(cooperative)
        .values("lot__item__name", "lot__item__unit", "lot__grade")
        .annotate(
            total=Sum("quantity"),
            theirs=Sum("quantity", filter=Q(place__kind=PlaceKind.CONSIGNED)),
        )
        .order_by("lot__item__name", "lot__grade")
    )
    return [
        ReadyCloth(
            row["lot__item__name"],
            row["lot__item__unit"],
            row["lot__grade"],
            row["total"],
            row["theirs"] or Decimal(0),
        )
        for row in rows
    ]
