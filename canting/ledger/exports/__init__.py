"""The books to take along: as text for other programs, and a whole year in one archive."""

from canting.ledger.exports.archive import year_archive
from canting.ledger.exports.text import plain_text, text_accounts

__all__ = ["plain_text", "text_accounts", "year_archive"]
