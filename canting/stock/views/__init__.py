"""The doors of the stock; see the modules of this package."""

from canting.stock.views.batches import batch_detail, item_track
from canting.stock.views.blends import (
    blend_correct,
    blend_detail,
    blend_list,
    blend_new,
    recipe_edit,
    recipe_new,
    repack_new,
)
from canting.stock.views.counts import (
    count_book,
    count_correct,
    count_detail,
    count_drop,
    count_enter,
    count_found,
    count_list,
    count_new,
    count_print,
)
from canting.stock.views.pages import (
    custody_list,
    item_card,
    lot_detail,
    lot_list,
    my_materials,
    stock_page,
    store_new,
    store_page,
)
from canting.stock.views.scan import scan_page
from canting.stock.views.transfers import (
    transfer_correct,
    transfer_detail,
    transfer_list,
    transfer_new,
    transfer_print,
)
from canting.stock.views.write_downs import (
    write_down_correct,
    write_down_detail,
    write_down_list,
    write_down_new,
    write_down_release,
)

__all__ = [
    "batch_detail",
    "blend_correct",
    "blend_detail",
    "blend_list",
    "blend_new",
    "count_book",
    "count_correct",
    "count_detail",
    "count_drop",
    "count_enter",
    "count_found",
    "count_list",
    "count_new",
    "count_print",
    "custody_list",
    "item_card",
    "item_track",
    "lot_detail",
    "lot_list",
    "my_materials",
    "recipe_edit",
    "recipe_new",
    "repack_new",
    "scan_page",
    "stock_page",
    "store_new",
    "store_page",
    "transfer_correct",
    "transfer_detail",
    "transfer_list",
    "transfer_new",
    "transfer_print",
    "write_down_correct",
    "write_down_detail",
    "write_down_list",
    "write_down_new",
    "write_down_release",
]
