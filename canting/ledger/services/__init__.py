"""Writes of the books; see the modules of this package."""

from canting.ledger.services.chart import (
    change_account,
    move_cutover,
    open_account,
    open_book,
    show_codes,
)
from canting.ledger.services.manual import correct_manual, post_manual
from canting.ledger.services.months import close_month, prepare_close, reopen_month, sign_close
from canting.ledger.services.papers import hold_to_correct, mark_reversed, post, write
from canting.ledger.services.posting import (
    AUDIT_COLUMNS,
    ENTRY_COLUMNS,
    LINE_COLUMNS,
    post_entries,
    post_entry,
    reverse_entry,
    reverse_source,
)
from canting.ledger.services.proofs import proof_link
from canting.ledger.services.years import close_year, prepare_year, reopen_year

__all__ = [
    "AUDIT_COLUMNS",
    "ENTRY_COLUMNS",
    "LINE_COLUMNS",
    "change_account",
    "close_month",
    "close_year",
    "correct_manual",
    "hold_to_correct",
    "mark_reversed",
    "move_cutover",
    "open_account",
    "open_book",
    "post",
    "post_entries",
    "post_entry",
    "post_manual",
    "prepare_close",
    "prepare_year",
    "proof_link",
    "reopen_month",
    "reopen_year",
    "reverse_entry",
    "reverse_source",
    "show_codes",
    "sign_close",
    "write",
]
