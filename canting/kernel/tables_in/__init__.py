"""Tables that people bring: files of a spreadsheet, exports of other programs, pasted blocks."""

from canting.kernel.tables_in.headers import guess_columns, header_digest
from canting.kernel.tables_in.reader import paste_to_table, read_table
from canting.kernel.tables_in.values import (
    BadSheet,
    Cell,
    EmptySheet,
    EncryptedSheet,
    Kind,
    NoHeader,
    NoSuchSheet,
    NotASheet,
    Row,
    SheetTooLarge,
    Table,
)

__all__ = [
    "BadSheet",
    "Cell",
    "EmptySheet",
    "EncryptedSheet",
    "Kind",
    "NoHeader",
    "NoSuchSheet",
    "NotASheet",
    "Row",
    "SheetTooLarge",
    "Table",
    "guess_columns",
    "header_digest",
    "paste_to_table",
    "read_table",
]
