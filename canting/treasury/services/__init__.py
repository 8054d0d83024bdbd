"""Acts on the bank's lines; see the modules of this package."""

from canting.treasury.services.matching import (
    book_line,
    match_line,
    match_sure,
    part_line,
)
from canting.treasury.services.reading import guessed_columns, read_statement, take_back

__all__ = [
    "book_line",
    "guessed_columns",
    "match_line",
    "match_sure",
    "part_line",
    "read_statement",
    "take_back",
]
