"""Tables as text: which encoding, which delimiter, which records."""

import csv
import io
import re
from collections import Counter

from canting.kernel.tables_in.values import MOST_ROWS, BadSheet, Cell, NotASheet, SheetTooLarge

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_RECORDS = 60
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
# The mark that tables_out and spreadsheets put before text that must stay text.
TEXT_MARK = re.compile(r"^'(?=[=+\-@'\t\r\d])")
EXCEL_DELIMITER_LINE = re.compile(r'"?sep=([;,|\t])"?\r?\n', re.IGNORECASE)


def decode(data: bytes, filename: str) -> tuple[str, str]:
    """The text and its encoding: what the byte order mark says, UTF-8, else Windows' cp1252."""
    marked = next((encoding for mark, encoding in BOMS if data.startswith(mark)), None)
    if encoding := marked or _unmarked_utf16(data):
        return _decoded(data, encoding, filename), encoding
    try:
        return _checked(data.decode("utf-8"), filename), "utf-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", filename), "cp1252"


def _unmarked_utf16(data: bytes) -> str | None:
    head = data[:2000]
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_odd > len(head) // 4 and not zeros_even:
        return "utf-16-le"
    return "utf-16-be" if zeros_even > len(head) // 4 and not zeros_odd else None


def _decoded(data: bytes, encoding: str, filename: str) -> str:
    try:
        return _checked(data.decode(encoding), filename)
    except UnicodeDecodeError:
        raise BadSheet(filename=filename) from None


def _checked(text: str, filename: str) -> str:
    """The text without the end mark of old DOS programs; anything with control signs is none."""
    ended = text.rstrip("\x1a")
    if CONTROL.search(ended):
        raise NotASheet(filename=filename, found="binary")
    return ended


def read_records(text: str, filename: str) -> tuple[list[list[Cell]], str]:
    """Every record of the text, empty ones too, with the delimiter that fits it best."""
    named = EXCEL_DELIMITER_LINE.match(text)
    delimiter = named[1] if named else sniff(text)
    records: list[list[Cell]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(records) > MOST_ROWS:
                raise SheetTooLarge(filename=filename)
            records.append([unmarked(cell) for cell in record])
    except csv.Error:
        raise BadSheet(filename=filename) from None
    if named:
        records[0] = []
    return records, delimiter


def unmarked(cell: str) -> str:
    """The cell without spaces at its ends and without the apostrophe that keeps text as text."""
    return TEXT_MARK.sub("", cell.strip())


def sniff(text: str) -> str:
    """The delimiter that cuts most records into the same number of cells."""
    return max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> int:
    widths: Counter[int] = Counter()
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if record:
                widths[len(record)] += 1
            if sum(widths.values()) >= SAMPLE_RECORDS:
                break
    except csv.Error:
        return 0
    return max(((width - 1) * count for width, count in widths.items()), default=0)
