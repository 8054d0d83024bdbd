"""Writes of shares and savings; see the modules of this package."""

from canting.savings.services.corrections import correct_deposit
from canting.savings.services.deposits import (
    Payment,
    deposit,
    deposit_list,
    note_printed,
)
from canting.savings.services.exits import Decision, approve_exit, ask_exit, correct_exit
from canting.savings.services.interest import book_interest, correct_interest
from canting.savings.services.leavers import correct_exit_paper, pay_exit, set_off
from canting.savings.services.openings import add_openings, open_savings, take_back_openings
from canting.savings.services.withdrawals import (
    correct_withdrawal,
    keep_refusal,
    withdraw,
)

__all__ = [
    "Decision",
    "Payment",
    "add_openings",
    "approve_exit",
    "ask_exit",
    "book_interest",
    "correct_deposit",
    "correct_exit",
    "correct_exit_paper",
    "correct_interest",
    "correct_withdrawal",
    "deposit",
    "deposit_list",
    "keep_refusal",
    "note_printed",
    "open_savings",
    "pay_exit",
    "set_off",
    "take_back_openings",
    "withdraw",
]
