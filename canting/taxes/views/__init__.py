"""Pages of taxes; see the modules of this package."""

from canting.taxes.views.month import fact_page, month_export, month_page, slips_issue
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
    "fact_page",
    "month_export",
    "month_page",
    "payment_correct",
    "payment_detail",
    "payment_new",
    "slip_correct",
    "slip_detail",
    "slip_paper",
    "slips_issue",
]
