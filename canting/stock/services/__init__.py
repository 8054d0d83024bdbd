"""Writes of the stock; see the modules of this package."""

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
    "free_code",
    "hold_back",
    "issue",
    "lock_stock",
    "make_lot",
    "mirror",
    "new_code",
    "pool_lot",
    "receive",
    "release",
    "revalue",
    "transfer",
]
