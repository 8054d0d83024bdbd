"""Writes of paying makers; see the modules of this package."""

from canting.settlement.services.agreed import end_consent, note_consent, set_bank_account
from canting.settlement.services.paying import (
    Choice,
    correct_slip,
    count_copy,
    note_slip_opened,
    pay_makers,
    slip_token,
)

__all__ = [
    "Choice",
    "correct_slip",
    "count_copy",
    "end_consent",
    "note_consent",
    "note_slip_opened",
    "pay_makers",
    "set_bank_account",
    "slip_token",
]
