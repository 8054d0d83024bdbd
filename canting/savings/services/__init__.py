"""Writes of shares and savings; see the modules of this package."""

from canting.savings.services.corrections import correct_deposit
from canting.savings.services.deposits import (
    Payment,
    deposit,
    deposit_list,
    note_printed,
)
from canting.savings.services.interest import book_interest, correct_interest
from canting.savings.services.openings import add_openings, open_savings, take_back_openings
from canting.savings.services.withdrawals import (
    correct_withdrawal,
    keep_refusal,
    withdraw,
)

__all__ = [
    "Payment",
    "add_openings",
    "book_interest",
    "correct_deposit",
    "correct_interest",
    "correct_withdrawal",
    "deposit",
    "deposit_list",
    "keep_refusal",
    "note_printed",
    "open_savings",
    "take_back_openings",
    "withdraw",
]
