"""Pages of the books."""

from canting.ledger.views.book import (
    account_change,
    account_ledger,
    account_list,
    account_style,
    book,
    trial_balance_page,
)
from canting.ledger.views.checkpoints import (
    chain_verify,
    checkpoint_keep,
    checkpoint_list,
    period_report,
)
from canting.ledger.views.entries import (
    entry_correct,
    entry_create,
    entry_detail,
    entry_list,
    paper_entry,
)
from canting.ledger.views.exports import book_export, export_list, year_export
from canting.ledger.views.periods import period_close, period_list, period_prepare, period_reopen
from canting.ledger.views.proof import paper_proof
from canting.ledger.views.years import (
    year_close,
    year_file,
    year_list,
    year_prepare,
    year_reopen,
)

__all__ = [
    "account_change",
    "account_ledger",
    "account_list",
    "account_style",
    "book",
    "book_export",
    "chain_verify",
    "checkpoint_keep",
    "checkpoint_list",
    "entry_correct",
    "entry_create",
    "entry_detail",
    "entry_list",
    "export_list",
    "paper_entry",
    "paper_proof",
    "period_close",
    "period_list",
    "period_prepare",
    "period_reopen",
    "period_report",
    "trial_balance_page",
    "year_close",
    "year_export",
    "year_file",
    "year_list",
    "year_prepare",
    "year_reopen",
]
