"""Writes of fixed assets and grants; see the modules of this package."""

from canting.assets.services.depreciation import cancel_depreciation, depreciate
from canting.assets.services.disposals import correct_disposal, dispose
from canting.assets.services.grants import correct_grant, receive_grant, release_grant
from canting.assets.services.register import (
    Thing,
    buy_asset,
    check_thing,
    correct_asset,
    take_over_asset,
)

__all__ = [
    "Thing",
    "buy_asset",
    "cancel_depreciation",
    "check_thing",
    "correct_asset",
    "correct_disposal",
    "correct_grant",
    "depreciate",
    "dispose",
    "receive_grant",
    "release_grant",
    "take_over_asset",
]
