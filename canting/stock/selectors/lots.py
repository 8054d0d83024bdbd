"""Lots of cloth, their history, the moves of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from canting.stock.models import Lot, StockBalance, StockMove
from canting.stock.rules import PlaceKind, bare_code
from canting.stock.selectors.balances import on_hand

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party


def sellable_lots(cooperative: Cooperative, item: Item | None = None) -> QuerySet[StockBalance]:
    """Balances of cloth that may be sold: released, in the store or consigned; each with its lot."""
    return on_hand(cooperative, kinds=["product"], item=item).filter(
        place__kind__in=[PlaceKind.STORE, PlaceKind.CONSIGNED], lot__released_at__isnull=False
    )


def lots(cooperative: Cooperative, *, words: str = "", maker: Party | None = None) -> QuerySet[Lot]:
    """Lots of cloth, newest first; by words in code, item or maker."""
    found = Lot.objects.filter(cooperative=cooperative, is_pool=False)
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


def moves_of_source(*, cooperative: Cooperative, source: str) -> QuerySet[StockMove]:
    """The moves that a paper made, in the order it made them."""
    return (
        StockMove.objects.filter(cooperative=cooperative, source=source)
        .select_related("place__party", "lot__item")
        .order_by("id")
    )


def openings(cooperative: Cooperative) -> int:
    """How many times an opening stock was written, those undone since counted too."""
    return (
        StockMove.objects.filter(cooperative=cooperative, source__startswith="stock.opening:")
        .exclude(source__endswith=":undone")
        .values("source")
        .distinct()
        .count()
    )


def standing_opening(cooperative: Cooperative) -> str:
    """The source of the opening stock that was not undone since; "" for none."""
    found = (
        StockMove.objects.filter(
            cooperative=cooperative,
            source__startswith="stock.opening:",
            undoes__isnull=True,
            undone_by__isnull=True,
        )
        .values_list("source", flat=True)
        .first()
    )
    return found or ""


def item_moves(*, cooperative: Cooperative, item: Item) -> QuerySet[StockMove]:
    """Every move of a material or of the lots of a product, newest first."""
    return (
        StockMove.objects.filter(cooperative=cooperative, lot__item=item)
        .select_related("place__party", "lot", "actor")
        .order_by("-on", "-id")
    )
