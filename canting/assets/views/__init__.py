"""Pages of fixed assets and grants; see the modules of this package."""

from canting.assets.views.depreciation import run_book, run_cancel, run_detail, run_list
from canting.assets.views.disposals import disposal_correct, disposal_detail, disposal_new
from canting.assets.views.grants import (
    grant_correct,
    grant_detail,
    grant_list,
    grant_new,
    grant_release,
)
from canting.assets.views.register import (
    asset_correct,
    asset_detail,
    asset_list,
    asset_new,
    asset_take_over,
)

__all__ = [
    "asset_correct",
    "asset_detail",
    "asset_list",
    "asset_new",
    "asset_take_over",
    "disposal_correct",
    "disposal_detail",
    "disposal_new",
    "grant_correct",
    "grant_detail",
    "grant_list",
    "grant_new",
    "grant_release",
    "run_book",
    "run_cancel",
    "run_detail",
    "run_list",
]
