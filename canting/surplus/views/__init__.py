"""Doors of the surplus; see the modules of this package."""

from canting.surplus.views.funds import fund_page
from canting.surplus.views.mine import my_slip_print, my_surplus
from canting.surplus.views.paying import (
    payout_batch,
    payout_correct,
    payout_detail,
    payout_list,
    payout_page,
    payout_print,
    transfer_export,
)
from canting.surplus.views.prepare import loss_prepare, sharing_prepare
from canting.surplus.views.sharing import (
    sharing_approve,
    sharing_correct,
    sharing_detail,
    sharing_export,
    sharing_list,
    sharing_print,
    sharing_withdraw,
    slips_print,
)

__all__ = [
    "fund_page",
    "loss_prepare",
    "my_slip_print",
    "my_surplus",
    "payout_batch",
    "payout_correct",
    "payout_detail",
    "payout_list",
    "payout_page",
    "payout_print",
    "sharing_approve",
    "sharing_correct",
    "sharing_detail",
    "sharing_export",
    "sharing_list",
    "sharing_prepare",
    "sharing_print",
    "sharing_withdraw",
    "slips_print",
    "transfer_export",
]
