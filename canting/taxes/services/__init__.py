"""Writes of taxes; see the modules of this package."""

from canting.taxes.services.bills import correct_bill, pay_bill
from canting.taxes.services.facts import state_fact
from canting.taxes.services.fakturs import correct_input_vat, write_input_vat
from canting.taxes.services.held import HeldFromUs, forget_held, note_held, write_buyer_slip
from canting.taxes.services.payments import correct_payment, pay_over
from canting.taxes.services.slips import (
    Kept,
    correct_slip,
    forget_withheld,
    issue_slips,
    note_withheld,
)

__all__ = [
    "HeldFromUs",
    "Kept",
    "correct_bill",
    "correct_input_vat",
    "correct_payment",
    "correct_slip",
    "forget_held",
    "forget_withheld",
    "issue_slips",
    "note_held",
    "note_withheld",
    "pay_bill",
    "pay_over",
    "state_fact",
    "write_buyer_slip",
    "write_input_vat",
]
