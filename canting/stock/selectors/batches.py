"""Batches of materials: which may leave, where they lie, what expires, where they went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from canting.kernel.quantities import quantize
from canting.stock.models import Batch, BatchBalance, StockMove
from canting.stock.rules import (
    BatchFree,
    PlaceKind,
    batch_code,
    in_order_of_use,
)

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Place


def batches_free(place: Place, item: Item, on: date) -> list[BatchFree]:
    """How much of each batch may leave a place on a day, in the order they should be used.

    A batch may not fall below zero at the end of that day or of any later one.
    """
    here = {
        row.batch_id: row
        for row in BatchBalance.objects.filter(
            place=place, batch__item=item, quantity__gt=0
        ).select_related("batch")
    }
    free = {key: row.quantity for key, row in here.items()}
    running = dict(free)
    later = (
        StockMove.objects.filter(place=place, batch_id__in=list(here), on__gt=on)
        .values_list("batch_id", "on")
        .annotate(moved=Sum("quantity"))
        .order_by("-on")
    )
    for batch_id, _day, moved in later:
        running[batch_id] -= quantize(moved)  # SQLite sums decimals as floats
        free[batch_id] = min(free[batch_id], running[batch_id])
    return in_order_of_use(
        (
            BatchFree(key, row.batch.code, row.batch.expires_on, max(free[key], Decimal(0)))
            for key, row in here.items()
        ),
        on,
    )


def batch_of_item(item: Item, code: str) -> Batch | None:
    """The batch of an item by its code, however it is typed; or nothing."""
    return Batch.objects.filter(item=item, code=batch_code(code)).first()


def batches_by_code(cooperative: Cooperative, code: str) -> QuerySet[Batch]:
    """The batches of this code, whatever they are of: two suppliers may write the same code."""
    bare = batch_code(code)
    found = Batch.objects.filter(cooperative=cooperative, code=bare or "-")
    return found.select_related("item").order_by("item__name")


def batch_by_number(cooperative: Cooperative, number: int) -> Batch | None:
    """One batch by its own number in the house, or nothing."""
    found = Batch.objects.filter(cooperative=cooperative, pk=number)
    return found.select_related("item").first()


def batch_balances(
    cooperative: Cooperative, *, item: Item | None = None, batch: Batch | None = None
) -> QuerySet[BatchBalance]:
    """Where batches lie now, of one item or one batch, earliest expiry first."""
    found = BatchBalance.objects.filter(cooperative=cooperative, quantity__gt=0)
    if item is not None:
        found = found.filter(batch__item=item)
    if batch is not None:
        found = found.filter(batch=batch)
    return found.select_related("batch__item", "place__party").order_by(
        "batch__expires_on", "batch__code", "place_id"
    )


def batch_moves(batch: Batch) -> QuerySet[StockMove]:
    """Every move of a batch, newest first."""
    found = StockMove.objects.filter(batch=batch)
    return found.select_related("place__party", "actor").order_by("-on", "-id")


@dataclass(frozen=True, slots=True)
class BatchChoice:
    """A batch as a form offers it."""

    item: str
    code: str
    expires_on: date | None
    quantity: Decimal
    unit: str


def batch_choices(place: Place) -> list[BatchChoice]:
    """The batches that lie at a place, by item, in the order they should be used."""
    rows = (
        BatchBalance.objects.filter(place=place, quantity__gt=0)
        .select_related("batch__item")
        .order_by("batch__item__name", "batch__expires_on", "batch_id")
    )
    found = [
        BatchChoice(
            row.batch.item.code,
            row.batch.code,
            row.batch.expires_on,
            row.quantity,
            row.batch.item.unit,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.item, one.expires_on or date.max))


@dataclass(frozen=True, slots=True)
class Expiring:
    """A batch that expires soon, or has: how much of it is there in the stores and at makers."""

    batch: Batch
    quantity: Decimal
    expires_on: date
    days: int

    @property
    def is_over(self) -> bool:
        """True when the day has passed."""
        return self.days < 0


def expiring(*, cooperative: Cooperative, on: date, days: int) -> list[Expiring]:
    """Batches still there that expire within so many days of `on`, or have, the earliest first."""
    rows = (
        BatchBalance.objects.filter(
            cooperative=cooperative,
            quantity__gt=0,
            batch__expires_on__lte=on + timedelta(days=days),
            place__kind__in=[PlaceKind.STORE, PlaceKind.CUSTODY],
        )
        .select_related("batch__item")
        .order_by("batch__expires_on", "batch_id")
    )
    sums: dict[int, tuple[Batch, Decimal]] = {}
    for row in rows:
        batch, before = sums.get(row.batch_id, (row.batch, Decimal(0)))
        sums[row.batch_id] = (batch, before + row.quantity)
    return [
        Expiring(batch, quantity, batch.expires_on, (batch.expires_on - on).days)
        for batch, quantity in sums.values()
        if batch.expires_on
    ]


def batch_names(parts: Iterable[int]) -> dict[int, str]:
    """The codes of batches by their numbers."""
    return dict(Batch.objects.filter(pk__in=list(parts)).values_list("pk", "code"))


def batches_of_source(*, cooperative: Cooperative, sources: Sequence[str]) -> dict[
    tuple[str, int], list[str]
]:  # fmt: skip
    """Which batches a paper moved, by source and item; for the lines of its page."""
    rows = (
        StockMove.objects.filter(
            cooperative=cooperative, source__in=list(sources), batch__isnull=False
        )
        .values_list("source", "batch__item_id", "batch__code")
        .order_by("id")
    )
    found: dict[tuple[str, int], list[str]] = {}
    for source, item_id, code in rows:
        codes = found.setdefault((source, item_id), [])
        if code not in codes:
            codes.append(code)
    return found
