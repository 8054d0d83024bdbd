"""Pages of taxes; see the modules of this package."""

from canting.taxes.views.facts import buyer_slip, fact_page, pkp_page
from canting.taxes.views.fakturs import faktur_correct, faktur_detail, faktur_new
from canting.taxes.views.held import held_list
from canting.taxes.views.month import month_export, month_page, slips_issue
from canting.taxes.views.papers import (
    bill_correct,
    bill_detail,
    bill_new,
    payment_correct,
    payment_detail,
    payment_new,
    slip_correct,
    slip_detail,
    slip_paper,
)

__all__ = [
    "bill_correct",
    "bill_detail",
    "bill_new",
    "buyer_slip",
    "fact_page",
    "faktur_correct",
    "faktur_detail",
    "faktur_new",
    "held_list",
    "month_export",
    "month_page",
    "payment_correct",
    "payment_detail",
    "payment_new",
    "pkp_page",
    "slip_correct",
    "slip_detail",
    "slip_paper",
    "slips_issue",
]
