"""Pages of the statements."""

from canting.reports.views.details import flow_entries, note_edit
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
    "note_edit",
    "notes_page",
    "position_page",
    "promotion_page",
    "surplus_page",
]
