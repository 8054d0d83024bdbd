"""Writes of the stock; see the modules of this package."""

from canting.stock.services.batches import (
    chosen_batch,
    name_batch,
    old_batch,
    stop_tracking,
    track_item,
)
from canting.stock.services.lots import free_code, hold_back, make_lot, new_code, pool_lot, release
from canting.stock.services.moves import (
    issue,
    lock_stock,
    mirror,
    receive,
    revalue,
    transfer,
)

__all__ = [
    "chosen_batch",
    "free_code",
    "hold_back",
    "issue",
    "lock_stock",
    "make_lot",
    "mirror",
    "name_batch",
    "new_code",
    "old_batch",
    "pool_lot",
    "receive",
    "release",
    "revalue",
    "stop_tracking",
    "track_item",
    "transfer",
]
