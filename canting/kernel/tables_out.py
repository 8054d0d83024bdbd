"""Tables for spreadsheets: numbers stay numbers, dates dates, no text runs as a formula."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any, Literal

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.typed import shown

ColumnKind = Literal["text", "identity", "money", "quantity", "number", "date", "datetime"]
NUMBER_FORMATS = {
    "text": "@",
    "identity": "@",
    "money": "#,##0",
    "quantity": "General",
    "number": "0",
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
}
DEFAULT_WIDTHS = {"text": 28, "identity": 20, "datetime": 17}
MOST_ROWS = 1_048_575
IN_MEMORY = 2 * 1024 * 1024
PIECE = 500
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARKED_BEFORE = (*STARTS_FORMULA, "'")


class TableTooLong(DomainError):
    """A spreadsheet has no room for so many rows."""

    code = "kernel.table_too_long"
    message = _(
        "A spreadsheet holds at most 1,048,575 rows. Choose a shorter time or fewer records."
    )


class TextTooLong(DomainError):
    """A cell of a spreadsheet has no room for so long a text."""

    code = "kernel.text_too_long"
    message = _(
        "The text that begins with “%(begin)s” is too long for a cell of a spreadsheet (32,767 "
        "signs). Shorten it or leave the column out."
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what its cells are, its width in signs, and where a row keeps it.

    `of` is a path of names ("buyer.name") or what makes the cell of a row.
    """

    title: Any
    kind: ColumnKind = "text"
    width: int | None = None
    of: str | Callable[[Any], Any] = ""


def column(
    of: str | Callable[[Any], Any], title: Any, kind: ColumnKind = "text", width: int | None = None
) -> Column:
    """A column that finds its cell in a row: "buyer.name", or what makes it."""
    return Column(title, kind, width, of)


def cells_of(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    """The cells of each row, one row at a time; a query is read in pieces, not held whole.

    Moments are told in the zone that holds now; a path that meets nothing gives an empty cell.
    """
    found = rows.iterator(chunk_size=PIECE) if isinstance(rows, QuerySet) else rows
    for row in found:
        yield [_cell(row, one) for one in columns]


def in_pieces(rows: QuerySet[Any, Any], size: int = PIECE) -> Iterator[list[Any]]:
    """The rows of a query some hundred at a time, for what is looked up for many at once."""
    found = rows.iterator(chunk_size=size)
    while piece := list(islice(found, size)):
        yield piece


def _cell(row: Any, one: Column) -> Any:
    value = one.of(row) if callable(one.of) else _at(row, one.of)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def _at(row: Any, path: str) -> Any:
    for name in path.split("."):
        if row is None:
            return None
        row = getattr(row, name)
    return row


def write_xlsx(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, sheet: str = "Data"
) -> IO[bytes]:
    """An open file with one worksheet, ready to be sent; rows are taken one by one.

    Identity numbers are text and keep their digits. Moments must be local and without a zone.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller sends it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        worksheet = workbook.add_worksheet(sheet)
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = []
        for place, column in enumerate(columns):
            cell_format = workbook.add_format({"num_format": NUMBER_FORMATS[column.kind]})
            formats.append(cell_format)
            width = column.width or DEFAULT_WIDTHS.get(column.kind, 14)
            worksheet.set_column(place, place, width, cell_format)
        worksheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            worksheet.write_string(0, place, str(column.title), bold)
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise TableTooLong()
            for place, value in enumerate(row):
                _write_cell(worksheet, (number, place), value, columns[place], formats[place])
    file.seek(0)
    return file


def _write_cell(
    worksheet: Any, at: tuple[int, int], value: Any, column: Column, cell_format: Any
) -> None:
    if value is None or value == "":
        return
    if column.kind in ("text", "identity") or isinstance(value, str | bool):
        if worksheet.write_string(*at, str(value), cell_format):
            raise TextTooLong(begin=shown(value))
    elif isinstance(value, date):
        worksheet.write_datetime(*at, _local(value), cell_format)
    else:
        worksheet.write_number(*at, value, cell_format)


def _local(value: date) -> date:
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError("A spreadsheet knows no zone: give the cooperative's local time.")
    return value


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """An open file of UTF-8 text with semicolons, as an Indonesian spreadsheet opens it.

    Text that a spreadsheet could run or shorten has an apostrophe in front, which
    `tables_in.read_table` takes off again.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller sends it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_marked(str(column.title)) for column in columns])
    for row in rows:
        writer.writerow(
            [_plain(value, column.kind) for value, column in zip(row, columns, strict=True)]
        )
    text.detach()
    file.seek(0)
    return file


def _plain(value: Any, kind: ColumnKind) -> str:
    """A cell as text; decimals with a comma, days as 2026-11-24."""
    if value is None:
        return ""
    if kind == "identity":
        return f"'{value}" if str(value)[:1].isdecimal() else _marked(str(value))
    if isinstance(value, str | bool) or kind == "text":
        return _marked(str(value))
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return str(_local(value)) if isinstance(value, date) else str(value)


def _marked(text: str) -> str:
    """Text with the apostrophe when it could run, or begins with what looks like one."""
    after = text[1:2]
    looks_marked = text[:1] == "'" and (after in MARKED_BEFORE or after.isdecimal())
    return f"'{text}" if looks_marked or text.startswith(STARTS_FORMULA) else text
