"""Pages of the bank's lines; see the modules of this package."""

from canting.treasury.views.lines import bank_book, bank_line, bank_part
from canting.treasury.views.lists import bank_page, bank_read, bank_sure, bank_take_back

__all__ = [
    "bank_book",
    "bank_line",
    "bank_page",
    "bank_part",
    "bank_read",
    "bank_sure",
    "bank_take_back",
]
