"""Pages of the cash desk."""

from canting.cash.views.advances import advance_list, advance_settle
from canting.cash.views.balances import bank_balance
from canting.cash.views.counts import count_confirm, count_detail, count_list, count_undo
from canting.cash.views.desk import cash_move, cash_page, cash_record
from canting.cash.views.slips import paper_correct, paper_detail, paper_print
from canting.cash.views.suspense import suspense_clear, suspense_list

__all__ = [
    "advance_list",
    "advance_settle",
    "bank_balance",
    "cash_move",
    "cash_page",
    "cash_record",
    "count_confirm",
    "count_detail",
    "count_list",
    "count_undo",
    "paper_correct",
    "paper_detail",
    "paper_print",
    "suspense_clear",
    "suspense_list",
]
