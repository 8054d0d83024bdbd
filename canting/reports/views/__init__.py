"""Pages of the statements."""

from canting.reports.views.details import flow_entries, member_gains, note_edit
from canting.reports.views.statements import (
    cash_page,
    equity_page,
    index,
    notes_page,
    position_page,
    promotion_page,
    surplus_page,
)

__all__ = [
    "cash_page",
    "equity_page",
    "flow_entries",
    "index",
    "member_gains",
    "note_edit",
    "notes_page",
    "position_page",
    "promotion_page",
    "surplus_page",
]
