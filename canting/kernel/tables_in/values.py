"""What a read sheet is, and every way a file can be refused."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_CELLS = 4_000_000
MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED_BYTES = 300 * 1024 * 1024

Cell = str | int | float | bool | date | datetime | time
Kind = Literal["xlsx", "ods", "xls", "html", "text", "paste"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells, "" where empty.

    There are at least as many cells as the header has; more when the row holds more.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet with the header found and the empty rows left out."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: Kind
    header_line: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


class BadSheet(DomainError):
    """The file cannot be read as a table."""

    code = "kernel.bad_sheet"
    message = _(
        "The file “%(filename)s” cannot be read as a table; it may be damaged. Open it in Excel, "
        "save it as .xlsx and send that file."
    )


class NotASheet(BadSheet):
    """The file is a picture, a PDF, a text document or a program."""

    code = "kernel.not_a_sheet"
    message = _(
        "The file “%(filename)s” is no table (it is %(found)s). Send an Excel file (.xlsx, .xls, "
        ".ods) or a .csv file."
    )


class EmptySheet(BadSheet):
    """There is nothing in the file."""

    code = "kernel.empty_sheet"
    message = _("There are no rows in “%(filename)s”. Send a file with a heading and rows below.")


class NoHeader(BadSheet):
    """No row looks like column names."""

    code = "kernel.no_header"
    message = _(
        "“%(filename)s” has no row of column names. Add one above the data, for example "
        "Nama, NIK, Alamat."
    )


class SheetTooLarge(BadSheet):
    """The file is beyond the limits."""

    code = "kernel.sheet_too_large"
    message = _(
        "The file “%(filename)s” is too large: at most 20 MB, 200,000 rows and 500 columns. "
        "Divide it into smaller files."
    )


class EncryptedSheet(BadSheet):
    """The file has a password."""

    code = "kernel.encrypted_sheet"
    message = _(
        "The file “%(filename)s” is protected by a password. Save it without the password "
        "and send it again."
    )


class NoSuchSheet(BadSheet):
    """The workbook has no sheet of that name."""

    code = "kernel.no_such_sheet"
    message = _("There is no sheet “%(sheet)s”. The file has: %(sheets)s. Choose one of them.")
