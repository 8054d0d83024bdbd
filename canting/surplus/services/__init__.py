"""Writes of the surplus; see the modules of this package."""

from canting.surplus.services.paying import Choice, correct_payout, note_printed, pay_parts
from canting.surplus.services.sharing import (
    Decision,
    approve_sharing,
    correct_sharing,
    prepare_cover,
    prepare_sharing,
    withdraw_sharing,
)

__all__ = [
    "Choice",
    "Decision",
    "approve_sharing",
    "correct_payout",
    "correct_sharing",
    "note_printed",
    "pay_parts",
    "prepare_cover",
    "prepare_sharing",
    "withdraw_sharing",
]
