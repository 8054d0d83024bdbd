"""The doors of shares and savings; see the modules of this package."""

from canting.savings.views.cards import (
    card_print,
    how_to_check,
    member_card,
    my_card,
    my_receipt,
    my_savings,
)
from canting.savings.views.counter import (
    deposit_for,
    deposit_hint,
    deposit_list_new,
    deposit_new,
)
from canting.savings.views.exits import (
    exit_correct,
    exit_decide,
    exit_detail,
    exit_list,
    exit_new,
)
from canting.savings.views.interest import interest_correct, interest_detail, interest_page
from canting.savings.views.leavers import (
    exit_paper_correct,
    exit_paper_detail,
    exit_pay,
    exit_set_off,
)
from canting.savings.views.papers import (
    deposit_correct,
    deposit_detail,
    deposit_list,
    deposit_print,
    deposit_undo,
    list_print,
)
from canting.savings.views.withdrawals import (
    withdrawal_correct,
    withdrawal_detail,
    withdrawal_new,
)

__all__ = [
    "card_print",
    "deposit_correct",
    "deposit_detail",
    "deposit_for",
    "deposit_hint",
    "deposit_list",
    "deposit_list_new",
    "deposit_new",
    "deposit_print",
    "deposit_undo",
    "exit_correct",
    "exit_decide",
    "exit_detail",
    "exit_list",
    "exit_new",
    "exit_paper_correct",
    "exit_paper_detail",
    "exit_pay",
    "exit_set_off",
    "how_to_check",
    "interest_correct",
    "interest_detail",
    "interest_page",
    "list_print",
    "member_card",
    "my_card",
    "my_receipt",
    "my_savings",
    "withdrawal_correct",
    "withdrawal_detail",
    "withdrawal_new",
]
