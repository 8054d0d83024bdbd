"""Pages of the treasurer's daily work; see the modules of this package."""

from canting.treasury.views.costs import (
    accrual_correct,
    accrual_detail,
    accrual_new,
    accrual_pay,
    costs_page,
    prepayment_correct,
    prepayment_detail,
    prepayment_new,
    spread_book,
    spread_cancel,
    spread_detail,
)
from canting.treasury.views.lines import bank_book, bank_line, bank_part
from canting.treasury.views.lists import bank_page, bank_read, bank_sure, bank_take_back
from canting.treasury.views.recurring import (
    recurring_change,
    recurring_detail,
    recurring_end,
    recurring_new,
    recurring_page,
    recurring_pass,
    recurring_post,
    recurring_rest,
)

__all__ = [
    "accrual_correct",
    "accrual_detail",
    "accrual_new",
    "accrual_pay",
    "bank_book",
    "bank_line",
    "bank_page",
    "bank_part",
    "bank_read",
    "bank_sure",
    "bank_take_back",
    "costs_page",
    "prepayment_correct",
    "prepayment_detail",
    "prepayment_new",
    "recurring_change",
    "recurring_detail",
    "recurring_end",
    "recurring_new",
    "recurring_page",
    "recurring_pass",
    "recurring_post",
    "recurring_rest",
    "spread_book",
    "spread_cancel",
    "spread_detail",
]
