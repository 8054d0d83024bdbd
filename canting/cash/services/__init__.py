"""Writes of the cash desk; see the modules of this package."""

from canting.cash.services.advances import give_advance, settle_advance
from canting.cash.services.balances import write_bank_balance
from canting.cash.services.correction import MAKERS, correct_paper
from canting.cash.services.counts import confirm_count, count_drawer, undo_count
from canting.cash.services.held import give_back_held, take_held
from canting.cash.services.papers import move_cash, pay_cash, receive_cash
from canting.cash.services.prints import note_print
from canting.cash.services.suspense import clear_suspense, receive_unknown

__all__ = [
    "MAKERS",
    "clear_suspense",
    "confirm_count",
    "correct_paper",
    "count_drawer",
    "give_advance",
    "give_back_held",
    "move_cash",
    "note_print",
    "pay_cash",
    "receive_cash",
    "receive_unknown",
    "settle_advance",
    "take_held",
    "undo_count",
    "write_bank_balance",
]
