"""Lots of cloth, their history, the moves of a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from canting.kernel.quantities import quantize
from canting.stock.models import Lot, Place, StockBalance, StockMove
from canting.stock.rules import PlaceKind, bare_code
from canting.stock.selectors.balances import on_hand

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party


def sellable_lots(cooperative: Cooperative, item: Item | None = None) -> QuerySet[StockBalance]:
    """Balances of cloth that may be sold: released, in the main store or consigned, with their lots."""
    here = Q(place__kind=PlaceKind.STORE, place__name="") | Q(place__kind=PlaceKind.CONSIGNED)
    return on_hand(cooperative, kinds=["product"], item=item).filter(
        here, lot__released_at__isnull=False
    )


def lots(
    cooperative: Cooperative, *, words: str = "", maker: Party | None = None, here: bool = False
) -> QuerySet[Lot]:
    """Lots of cloth, newest first; by words in code, item or maker; only those still `here`."""
    found = Lot.objects.filter(cooperative=cooperative, is_pool=False)
    if here:
        found = found.filter(balances__quantity__gt=0).distinct()
    if words:
        found = found.filter(
            Q(code__startswith=bare_code(words) or "-")
            | Q(item__name__icontains=words)
            | Q(item__motif__icontains=words)
            | Q(maker__name__icontains=words)
        )
    if maker is not None:
        found = found.filter(maker=maker)
    return found.select_related("item", "maker").order_by("-id")


def lot_by_code(cooperative: Cooperative, code: str) -> Lot | None:
    """The lot of a cloth code typed with or without dash, in any case; or nothing."""
    bare = bare_code(code)
    if not bare:
        return None
    return (
        Lot.objects.filter(cooperative=cooperative, code=bare)
        .select_related("item", "maker")
        .first()
    )


def history(lot: Lot) -> QuerySet[StockMove]:
    """Every move of a lot in the order it was written, with place, actor and what undid it."""
    return (
        StockMove.objects.filter(lot=lot)
        .select_related("place__party", "actor", "undoes", "undone_by")
        .order_by("id")
    )


def last_taker(place: Place, lot: Lot) -> str:
    """The paper that last took pieces of a lot from a place and still stands; empty when none."""
    taken = history(lot).filter(place=place, quantity__lt=0, undoes=None, undone_by=None)
    last = taken.last()
    return (last.paper or last.source) if last else ""


def moves_of_source(*, cooperative: Cooperative, source: str) -> QuerySet[StockMove]:
    """The moves that a paper made, in the order it made them."""
    return (
        StockMove.objects.filter(cooperative=cooperative, source=source)
        .select_related("place__party", "lot__item")
        .order_by("id")
    )


def lots_of_source(*, cooperative: Cooperative, source: str) -> QuerySet[Lot]:
    """The lots of cloth that a paper began, in the order it began them."""
    found = Lot.objects.filter(cooperative=cooperative, source=source, is_pool=False)
    return found.select_related("item").order_by("id")


def item_moves(*, cooperative: Cooperative, item: Item) -> QuerySet[StockMove]:
    """Every move of a material or of the lots of a product, newest first."""
    return (
        StockMove.objects.filter(cooperative=cooperative, lot__item=item)
        .select_related("place__party", "lot", "actor")
        .order_by("-on", "-id")
    )


@dataclass(frozen=True, slots=True)
class ClothRow:
    """All lots of one product: how many are here, how many may be sold, what they are worth."""

    code: str
    name: str
    motif: str
    unit: str
    quantity: Decimal
    sellable: Decimal
    consigned: Decimal
    away: Decimal
    value: int


def cloth_by_item(cooperative: Cooperative) -> list[ClothRow]:
    """Cloth by product: in the store, of which released, consigned, on the road to buyers."""
    rows = (
        StockBalance.objects.filter(
            cooperative=cooperative, quantity__gt=0, lot__item__kind="product"
        )
        .values("lot__item__code", "lot__item__name", "lot__item__motif", "lot__item__unit")
        .annotate(
            total=Sum("value"),
            store=Sum("quantity", filter=Q(place__kind=PlaceKind.STORE)),
            sellable=Sum(
                "quantity", filter=Q(place__kind=PlaceKind.STORE, lot__released_at__isnull=False)
            ),
            consigned=Sum("quantity", filter=Q(place__kind=PlaceKind.CONSIGNED)),
            away=Sum("quantity", filter=Q(place__kind=PlaceKind.OUTBOUND)),
        )
        .order_by("lot__item__name")
    )
    nothing = Decimal(0)
    return [
        ClothRow(
            row["lot__item__code"],
            row["lot__item__name"],
            row["lot__item__motif"],
            row["lot__item__unit"],
            quantize(row["store"] or nothing),
            quantize(row["sellable"] or nothing),
            quantize(row["consigned"] or nothing),
            quantize(row["away"] or nothing),
            row["total"],
        )
        for row in rows
    ]


def balances_of(lot: Lot) -> QuerySet[StockBalance]:
    """Where a lot lies now."""
    found = StockBalance.objects.filter(lot=lot, quantity__gt=0)
    return found.select_related("place__party", "lot__item").order_by("place_id")


def places_of_lots(lot_ids: Iterable[int]) -> dict[int, list[StockBalance]]:
    """Where these lots lie now; one query."""
    found: dict[int, list[StockBalance]] = {}
    rows = StockBalance.objects.filter(lot_id__in=list(lot_ids), quantity__gt=0)
    for row in rows.select_related("place__party").order_by("place_id"):
        found.setdefault(row.lot_id, []).append(row)
    return found
