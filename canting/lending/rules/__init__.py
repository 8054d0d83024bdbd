"""Partners' money: kinds of partners and contracts, who may act, which papers there are."""

from collections.abc import Mapping

from canting.cooperatives.rules import Role
from canting.kernel.texts import gettext_noop as _
from canting.lending.rules.schedule import (
    AGES,
    ANNUITY,
    EFFECTIVE,
    FLAT,
    METHODS,
    MOST_INSTALMENTS,
    RHYTHMS,
    Drawn,
    Instalment,
    Standing,
    Terms,
    ages,
    earned,
    plan,
    plan_of,
    proposed,
    settling,
    standings,
)

FACILITY, DRAW, REPAYMENT, ACCRUAL = (
    "lending.facility",
    "lending.draw",
    "lending.repayment",
    "lending.accrual",
)
ONLEND, INSTALMENT = "lending.onlend", "lending.instalment"
FACILITY_SERIES, DRAW_SERIES, REPAYMENT_SERIES, ACCRUAL_SERIES = "FP", "CM", "AM", "BT"
ONLEND_SERIES, INSTALMENT_SERIES = "PD", "AP"

BANK, PARTNER, OFFICE, OTHER = "bank", "partner", "office", "other"
FINANCIERS: Mapping[str, str] = {
    BANK: _("Bank (KUR or another loan)"),
    PARTNER: _("State company or partner (PUMK, TJSL)"),
    OFFICE: _("Government fund (Dinas, LPDB)"),
    OTHER: _("Another lawful source"),
}
PRINCIPAL, AGENT = "principal", "agent"
MODES: Mapping[str, str] = {
    PRINCIPAL: _("We owe it: a loan to the cooperative"),
    AGENT: _("It passes through: the members owe it to the partner"),
}
INTEREST, MARGIN, FEE = "interest", "margin", "fee"
CHARGES: Mapping[str, str] = {
    INTEREST: _("Interest"),
    MARGIN: _("Margin"),
    FEE: _("Service fee"),
}
PREPARED, APPROVED, PAID, POSTED, REVERSED = (
    "prepared",
    "approved",
    "paid",
    "posted",
    "reversed",
)
STATES: Mapping[str, str] = {
    PREPARED: _("waits for the board"),
    APPROVED: _("approved"),
    PAID: _("handed over"),
    POSTED: _("in the books"),
    REVERSED: _("put right"),
}
MOVES: Mapping[str, str] = {
    "drawn": _("Drawn"),
    "repaid": _("Repaid"),
    "passed_on": _("Passed on"),
}
# Accounts by which partners are owed, and the one by which members owe (posting.md 2.7).
OWED_ROLES = ("bank_loan", "partner_loan", "onlend_held")
PASSED_ON = "onlend"

DESK = frozenset({Role.CASHIER, Role.MANAGER})
LOOK = DESK | {Role.BOARD, Role.SUPERVISOR}
RIGHTS: Mapping[str, frozenset[Role]] = {
    "lending.view_facilities": LOOK,
    "lending.prepare_contracts": DESK,
    "lending.approve_contracts": frozenset({Role.BOARD}),
    "lending.record_money": DESK,
    "lending.correct_papers": DESK,
    "lending.view_own_funds": frozenset({Role.MEMBER}),
}
PAPERS: Mapping[str, tuple[str, str]] = {
    FACILITY: ("lending:facility_detail", "number"),
    DRAW: ("lending:draw_detail", "number"),
    REPAYMENT: ("lending:repayment_detail", "number"),
    ACCRUAL: ("lending:accrual_detail", "number"),
    ONLEND: ("lending:onlend_detail", "number"),
    INSTALMENT: ("lending:instalment_detail", "number"),
}


def owed_role(financier_kind: str, mode: str) -> str:
    """The account by which a partner is owed: 2204 when it passes through, 2201 of a bank, 2203."""
    if mode == AGENT:
        return "onlend_held"
    return "bank_loan" if financier_kind == BANK else "partner_loan"


__all__ = [
    "AGES",
    "ANNUITY",
    "EFFECTIVE",
    "FLAT",
    "METHODS",
    "MOST_INSTALMENTS",
    "RHYTHMS",
    "Drawn",
    "Instalment",
    "Standing",
    "Terms",
    "ages",
    "earned",
    "plan",
    "plan_of",
    "proposed",
    "settling",
    "standings",
]
