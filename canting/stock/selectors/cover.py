"""How long materials last by their recent use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Min, Q, Sum

from canting.catalogue import selectors as catalogue
from canting.kernel.quantities import quantize
from canting.stock.models import StockBalance, StockMove
from canting.stock.rules import NOT_USE, USE_WEEKS, PlaceKind

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class CoverRow:
    """How long one material lasts by its recent use; weeks is None when nothing of it was used."""

    item: Item
    quantity: Decimal
    value: int
    weekly_use: Decimal
    weeks: Decimal | None
    lead_weeks: Decimal
    runs_out: date | None

    @property
    def is_short(self) -> bool:
        """True when it runs out before an order placed today would arrive."""
        return self.weeks is not None and self.weeks < self.lead_weeks


def cover(*, cooperative: Cooperative, on: date) -> list[CoverRow]:
    """Cover of every material in weeks, shortest first: stock now by the use of the last weeks.

    Use is what left the store for makers and buyers less what came back unused; a material that
    was never used stands last.
    """
    since = on - timedelta(weeks=USE_WEEKS)
    used, first = _use(cooperative, since, on)
    held = {
        row["lot__item_id"]: (quantize(row["q"]), row["v"])
        for row in StockBalance.objects.filter(
            cooperative=cooperative, place__kind=PlaceKind.STORE, lot__is_pool=True
        )
        .values("lot__item_id")
        .annotate(q=Sum("quantity"), v=Sum("value"))
    }
    rows = [
        _cover_row(item, *held.get(item.pk, (Decimal(0), 0)), used.get(item.pk, Decimal(0)),
                   first.get(item.pk, since), on)
        for item in catalogue.materials(cooperative=cooperative)
        if item.pk in held or item.pk in used
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.weeks is None, row.weeks or 0))


def _use(
    cooperative: Cooperative, since: date, on: date
) -> tuple[dict[int, Decimal], dict[int, date]]:
    moves = StockMove.objects.filter(
        cooperative=cooperative,
        place__kind=PlaceKind.STORE,
        lot__is_pool=True,
    )
    used = Q(on__gt=since, on__lte=on)
    for prefix in NOT_USE:
        used &= ~Q(source__startswith=prefix)
    # What goes into a blend is used; the wax that comes out of it is not given back unused.
    used &= ~Q(source__startswith="stock.blend", quantity__gt=0)
    rows = moves.values_list("lot__item_id").annotate(
        moved=Sum("quantity", filter=used), first=Min("on")
    )
    sums: dict[int, Decimal] = {}
    first: dict[int, date] = {}
    for item, moved, day in rows:
        first[item] = day
        if moved is not None:
            sums[item] = -quantize(moved)
    return sums, first


def _cover_row(
    item: Item, quantity: Decimal, value: int, used: Decimal, first: date, on: date
) -> CoverRow:
    days = max(min((on - first).days, USE_WEEKS * 7), 7)
    weekly = quantize(used * 7 / days)
    lead = (Decimal(item.lead_days) / 7).quantize(Decimal("0.1"))
    if weekly <= 0:
        return CoverRow(item, quantity, value, Decimal(0), None, lead, None)
    weeks = (quantity / weekly).quantize(Decimal("0.1"))
    runs_out = on + timedelta(days=min(int(weeks * 7), 3650))
    return CoverRow(item, quantity, value, weekly, weeks, lead, runs_out)
