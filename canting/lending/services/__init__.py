"""Writes of partners' money; see the modules of this package."""

from canting.lending.services.contracts import (
    Deal,
    add_financier,
    approve_facility,
    correct_facility,
    prepare_facility,
)
from canting.lending.services.money import (
    accrue,
    cancel_accrual,
    correct_draw,
    correct_repayment,
    draw,
    repay,
)
from canting.lending.services.onlending import (
    Agreement,
    approve_onlend,
    correct_instalment,
    correct_onlend,
    forget_deducted,
    note_deducted,
    pay_out,
    prepare_onlend,
    receive_instalment,
)

__all__ = [
    "Agreement",
    "Deal",
    "accrue",
    "add_financier",
    "approve_facility",
    "approve_onlend",
    "cancel_accrual",
    "correct_draw",
    "correct_facility",
    "correct_instalment",
    "correct_onlend",
    "correct_repayment",
    "draw",
    "forget_deducted",
    "note_deducted",
    "pay_out",
    "prepare_facility",
    "prepare_onlend",
    "receive_instalment",
    "repay",
]
