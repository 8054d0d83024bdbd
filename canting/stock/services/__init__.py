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
from canting.stock.services.opening import OpeningRow, book_opening, open_stock

__all__ = [
    "OpeningRow",
    "book_opening",
    "free_code",
    "hold_back",
    "issue",
    "lock_stock",
    "make_lot",
    "mirror",
    "new_code",
    "open_stock",
    "pool_lot",
    "receive",
    "release",
    "revalue",
    "transfer",
]
