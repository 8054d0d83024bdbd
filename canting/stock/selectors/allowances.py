"""What goods are written down by: papers, what stands of each lot, what has left since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.kernel.quantities import quantize
from canting.stock.models import Lot, StockBalance, WriteDown
from canting.stock.rules import PaperState, PlaceKind, WriteDownKind, allowance_left

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def write_downs(cooperative: Cooperative) -> QuerySet[WriteDown]:
    """Papers of write-downs with their goods, newest first."""
    return (
        WriteDown.objects.filter(cooperative=cooperative)
        .select_related("lot__item", "made_by")
        .order_by("-on", "-id")
    )


def write_down_by_number(*, cooperative: Cooperative, number: str) -> WriteDown | None:
    """The write-down of this number, or nothing."""
    return write_downs(cooperative).filter(number=number).first()


def write_down_kind(kind: str) -> str:
    """What a write-down paper did, in words."""
    names: dict[str, str] = {
        WriteDownKind.DOWN: _("Worth less than it cost"),
        WriteDownKind.BACK: _("Taken back, the price rose"),
        WriteDownKind.RELEASE: _("Released, the goods left"),
    }
    return names[kind]


def there_of(lot: Lot) -> tuple[Decimal, int]:
    """How much of a lot is ours, wherever it lies, and what it cost."""
    sums = (
        StockBalance.objects.filter(lot=lot)
        .exclude(place__kind=PlaceKind.CONSIGNED)
        .aggregate(q=Sum("quantity"), v=Sum("value"))
    )
    return quantize(sums["q"] or Decimal(0)), int(sums["v"] or 0)


def standing_allowance(lot: Lot) -> int:
    """What a lot is written down by now, whole rupiah."""
    found = WriteDown.objects.filter(lot=lot, state=PaperState.POSTED)
    return int(found.aggregate(total=Sum("amount"))["total"] or 0)


def last_write_down(lot: Lot) -> WriteDown | None:
    """The last paper of a lot that stands, or nothing."""
    return WriteDown.objects.filter(lot=lot, state=PaperState.POSTED).order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one lot is written down by, and what is there of it since its last paper."""

    lot: Lot
    standing: int
    written: Decimal
    there: Decimal
    cost: int

    @property
    def to_release(self) -> int:
        """What belongs to goods that have left since."""
        left = allowance_left(standing=self.standing, written=self.written, there=self.there)
        return self.standing - left

    @property
    def worth(self) -> int:
        """What the goods that are there stand at after their part of the allowance."""
        return self.cost - (self.standing - self.to_release)


def allowances(*, cooperative: Cooperative) -> list[Allowance]:
    """Every lot that is written down by something, by item; three queries for all together."""
    last: dict[int, WriteDown] = {}
    sums: dict[int, int] = {}
    papers = WriteDown.objects.filter(cooperative=cooperative, state=PaperState.POSTED)
    for paper in papers.select_related("lot__item").order_by("id"):
        last[paper.lot_id] = paper
        sums[paper.lot_id] = sums.get(paper.lot_id, 0) + paper.amount
    open_lots = [lot_id for lot_id, total in sums.items() if total]
    rows = (
        StockBalance.objects.filter(cooperative=cooperative, lot_id__in=open_lots)
        .exclude(place__kind=PlaceKind.CONSIGNED)
        .values_list("lot_id")
        .annotate(q=Sum("quantity"), v=Sum("value"))
    )
    there = {lot_id: (quantize(q), int(v)) for lot_id, q, v in rows}
    found = []
    for lot_id in open_lots:
        quantity, cost = there.get(lot_id, (Decimal(0), 0))
        paper = last[lot_id]
        found.append(Allowance(paper.lot, sums[lot_id], paper.quantity, quantity, cost))
    return sorted(found, key=lambda row: (row.lot.item.name, row.lot.pk))


def worth_writing_down(cooperative: Cooperative) -> list[tuple[str, str]]:
    """Goods with a value, the dearest first: code and name, for choosing one to write down."""
    rows = (
        StockBalance.objects.filter(cooperative=cooperative, value__gt=0)
        .exclude(place__kind=PlaceKind.CONSIGNED)
        .values_list("lot__code", "lot__item__code", "lot__item__name")
        .annotate(v=Sum("value"))
        .order_by("-v")[:200]
    )
    return [(code or item_code, name) for code, item_code, name, _value in rows]
