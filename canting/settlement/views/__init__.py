"""The doors of paying makers; see the modules of this package."""

from canting.settlement.views.agreed import consent_end, consent_list, maker_detail
from canting.settlement.views.mine import my_money, my_slip, my_slip_print, slip_by_token
from canting.settlement.views.pay import batch_detail, pay_page, transfer_list
from canting.settlement.views.slips import (
    slip_correct,
    slip_detail,
    slip_list,
    slip_picture,
    slip_print,
    slip_send,
)

__all__ = [
    "batch_detail",
    "consent_end",
    "consent_list",
    "maker_detail",
    "my_money",
    "my_slip",
    "my_slip_print",
    "pay_page",
    "slip_by_token",
    "slip_correct",
    "slip_detail",
    "slip_list",
    "slip_picture",
    "slip_print",
    "slip_send",
    "transfer_list",
]
