"""Whatever a label says: an item by code or barcode, a batch, a piece of cloth, a paper, a word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from canting.catalogue import selectors as catalogue
from canting.stock.models import Batch, BatchBalance, Lot, StockBalance, StockMove
from canting.stock.selectors.balances import on_hand
from canting.stock.selectors.batches import batch_balances, batches_by_code
from canting.stock.selectors.lots import lot_by_code

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative

MOST = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What a code is, where it lies; `others` when it may mean several things; `paper` a source."""

    item: Item | None = None
    batch: Batch | None = None
    lot: Lot | None = None
    paper: str = ""
    here: list[StockBalance] = field(default_factory=list)
    batches: list[BatchBalance] = field(default_factory=list)
    others: list[Item] = field(default_factory=list)
    other_batches: list[Batch] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """True when nobody knows the code."""
        known = self.item or self.batch or self.lot or self.paper
        return not (known or self.others or self.other_batches)


def find(cooperative: Cooperative, typed: str) -> Found:
    """What a scanned or typed code means: item, batch, cloth, paper; else items by their words."""
    item = catalogue.item_by_label(cooperative=cooperative, code=typed)
    if item is not None:
        return _of_item(cooperative, item)
    batches = list(batches_by_code(cooperative, typed))
    if len(batches) == 1:
        return _of_batch(cooperative, batches[0])
    if batches:
        return Found(other_batches=batches)
    lot = lot_by_code(cooperative, typed)
    if lot is not None:
        here = on_hand(cooperative).filter(lot=lot)
        return Found(lot=lot, here=list(here))
    if "/" in typed:
        moves = StockMove.objects.filter(cooperative=cooperative, paper=typed.upper())
        source = moves.filter(undoes=None).values_list("source", flat=True).first()
        if source:
            return Found(paper=source)
    others = list(catalogue.search(cooperative=cooperative, words=typed)[:MOST])
    return _of_item(cooperative, others[0]) if len(others) == 1 else Found(others=others)


def _of_item(cooperative: Cooperative, item: Item) -> Found:
    return Found(
        item=item,
        here=list(on_hand(cooperative, item=item)[:MOST]),
        batches=list(batch_balances(cooperative, item=item)[:MOST]) if item.tracked else [],
    )


def _of_batch(cooperative: Cooperative, batch: Batch) -> Found:
    rows = list(batch_balances(cooperative, batch=batch))
    return Found(item=batch.item, batch=batch, batches=rows)
