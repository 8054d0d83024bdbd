"""Writes of the stock; see the modules of this package."""

from canting.stock.services.batches import (
    chosen_batch,
    name_batch,
    old_batch,
    stop_tracking,
    track_item,
)
from canting.stock.services.blending import (
    WAXES,
    blend_wax,
    correct_blend,
    keep_recipe,
    repack,
    weight_of,
)
from canting.stock.services.counting import (
    FIRST,
    SECOND,
    Decision,
    add_found,
    book_count,
    correct_count,
    drop_count,
    enter_count,
    open_count,
)
from canting.stock.services.lots import free_code, hold_back, make_lot, new_code, pool_lot, release
from canting.stock.services.moves import (
    issue,
    mirror,
    receive,
    revalue,
    transfer,
)
from canting.stock.services.moving import Moving, lock_stock
from canting.stock.services.transfers import correct_transfer, move_goods, open_store
from canting.stock.services.writing_down import (
    Price,
    correct_write_down,
    release_write_downs,
    write_down,
)

__all__ = [
    "FIRST",
    "SECOND",
    "WAXES",
    "Decision",
    "Moving",
    "Price",
    "add_found",
    "blend_wax",
    "book_count",
    "chosen_batch",
    "correct_blend",
    "correct_count",
    "correct_transfer",
    "correct_write_down",
    "drop_count",
    "enter_count",
    "free_code",
    "hold_back",
    "issue",
    "keep_recipe",
    "lock_stock",
    "make_lot",
    "mirror",
    "move_goods",
    "name_batch",
    "new_code",
    "old_batch",
    "open_count",
    "open_store",
    "pool_lot",
    "receive",
    "release",
    "release_write_downs",
    "repack",
    "revalue",
    "stop_tracking",
    "track_item",
    "transfer",
    "weight_of",
    "write_down",
]
