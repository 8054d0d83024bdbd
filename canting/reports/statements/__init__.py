"""The statements as frozen values: position, surplus, equity, cash flows, members' economy."""

from canting.ledger.statements import (
    ASSETS,
    EQUITY,
    LIABILITIES,
    FinancialPosition,
    Split,
    StatementLine,
    Surplus,
    financial_position,
    surplus,
)
from canting.reports.statements.cash import UNKNOWN, CashFlow, cash_flow
from canting.reports.statements.equity import EquityChanges, EquityColumn, equity_changes
from canting.reports.statements.period import Period, month_end_kept, year_to
from canting.reports.statements.promotion import PARTS, MemberGain, Promotion, promotion

__all__ = [
    "ASSETS",
    "EQUITY",
    "LIABILITIES",
    "PARTS",
    "UNKNOWN",
    "CashFlow",
    "EquityChanges",
    "EquityColumn",
    "FinancialPosition",
    "MemberGain",
    "Period",
    "Promotion",
    "Split",
    "StatementLine",
    "Surplus",
    "cash_flow",
    "equity_changes",
    "financial_position",
    "month_end_kept",
    "promotion",
    "surplus",
    "year_to",
]
