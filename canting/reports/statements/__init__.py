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
    opening_position,
    surplus,
)
from canting.reports.statements.cash import UNKNOWN, CashFlow, FlowEntry, cash_flow, entries_under
from canting.reports.statements.equity import EquityChanges, EquityColumn, equity_changes
from canting.reports.statements.period import Period, month_end_kept, year_to
from canting.reports.statements.promotion import (
    PARTS,
    GainLine,
    MemberGain,
    Promotion,
    member_lines,
    promotion,
)
from canting.reports.statements.ties import (
    Books,
    Tie,
    books_of,
    cash_ties,
    equity_tie,
    position_tie,
)

__all__ = [
    "ASSETS",
    "EQUITY",
    "LIABILITIES",
    "PARTS",
    "UNKNOWN",
    "Books",
    "CashFlow",
    "EquityChanges",
    "EquityColumn",
    "FinancialPosition",
    "FlowEntry",
    "GainLine",
    "MemberGain",
    "Period",
    "Promotion",
    "Split",
    "StatementLine",
    "Surplus",
    "Tie",
    "books_of",
    "cash_flow",
    "cash_ties",
    "entries_under",
    "equity_changes",
    "equity_tie",
    "financial_position",
    "member_lines",
    "month_end_kept",
    "opening_position",
    "position_tie",
    "promotion",
    "surplus",
    "year_to",
]
