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

__all__ = [
    "ASSETS",
    "EQUITY",
    "LIABILITIES",
    "UNKNOWN",
    "CashFlow",
    "EquityChanges",
    "EquityColumn",
    "FinancialPosition",
    "Period",
    "Split",
    "StatementLine",
    "Surplus",
    "cash_flow",
    "equity_changes",
    "financial_position",
    "month_end_kept",
    "surplus",
    "year_to",
]
