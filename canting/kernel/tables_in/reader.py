"""One door for every table a cooperative may bring: the kind is told by the first bytes."""

import re
from collections.abc import Sequence

from canting.kernel.tables_in.headers import find_header
from canting.kernel.tables_in.html import read_html
from canting.kernel.tables_in.text import decode, read_records
from canting.kernel.tables_in.values import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    EmptySheet,
    Kind,
    NoHeader,
    NotASheet,
    Row,
    SheetTooLarge,
    Table,
)
from canting.kernel.tables_in.workbooks import check_zip, read_workbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
FOREIGN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"RIFF", "WEBP"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"MZ", "EXE"),
)
SHORT_SIGNATURE = 2
HTML = re.compile(r"\s*<(?:!doctype|html|head|body|meta|table|style|\?xml|!--|div)", re.IGNORECASE)
UNNAMED = "?"


def read_table(data: bytes, *, filename: str = "", sheet: str | None = None) -> Table:
    """The table in a file of any kind (xlsx, ods, xls, HTML, text), or BadSheet with the reason.

    The name is only for the refusal. Without `sheet`, the first visible sheet that is not empty.
    """
    name = filename or UNNAMED
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(filename=name)
    if not data.strip():
        raise EmptySheet(filename=name)
    if data.startswith((ZIP, OLE)):
        kind: Kind = check_zip(data, name) if data.startswith(ZIP) else "xls"
        cells, used, sheets = read_workbook(data, name, sheet)
        return _table(cells, name, kind, sheet=used, sheets=sheets)
    _refuse_foreign(data, name)
    text, encoding = decode(data, name)
    if HTML.match(text):
        return _table(read_html(text, name), name, "html", encoding=encoding)
    records, delimiter = read_records(text, name)
    return _table(records, name, "text", encoding=encoding, delimiter=delimiter)


def paste_to_table(text: str) -> Table:
    """The table in a block copied from a spreadsheet: tabs, lines, quoted cells."""
    if len(text) > MOST_BYTES:
        raise SheetTooLarge(filename=UNNAMED)
    records, delimiter = read_records(text.lstrip("\ufeff"), UNNAMED)
    return _table(records, UNNAMED, "paste", delimiter=delimiter)


def _refuse_foreign(data: bytes, filename: str) -> None:
    for signature, found in FOREIGN:
        # A text may begin with two such letters: those kinds have zero bytes as well.
        if data.startswith(signature) and (
            len(signature) > SHORT_SIGNATURE or b"\x00" in data[:1000]
        ):
            raise NotASheet(filename=filename, found=found)
    if data[4:8] == b"ftyp":
        raise NotASheet(filename=filename, found="HEIC")


def _table(
    cells: Sequence[Sequence[Cell]],
    filename: str,
    kind: Kind,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    sheets: tuple[str, ...] = (),
) -> Table:
    if not any(_trimmed(row) for row in cells):
        raise EmptySheet(filename=filename)
    place = find_header(cells)
    if place is None:
        raise NoHeader(filename=filename)
    header = tuple(str(cell) for cell in _trimmed(cells[place]))
    rows = _rows(cells, place, len(header))
    if len(rows) > MOST_ROWS or _is_too_wide(header, rows):
        raise SheetTooLarge(filename=filename)
    return Table(header, rows, kind, place + 1, encoding, delimiter, sheet, sheets)


def _rows(cells: Sequence[Sequence[Cell]], header: int, width: int) -> tuple[Row, ...]:
    rows = []
    for place in range(header + 1, len(cells)):
        filled = _trimmed(cells[place])
        if filled:
            padding = ("",) * (width - len(filled))
            rows.append(Row(place + 1, (*filled, *padding)))
    return tuple(rows)


def _is_too_wide(header: Sequence[str], rows: Sequence[Row]) -> bool:
    widths = [len(header), *(len(row.cells) for row in rows)]
    return max(widths) > MOST_COLUMNS or sum(widths) > MOST_CELLS


def _trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    """The row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return row[:end]
