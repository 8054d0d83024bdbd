"""Excel and OpenDocument workbooks through calamine, with the doors closed to bombs first."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import timedelta

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from canting.kernel.tables_in.values import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED_BYTES,
    BadSheet,
    Cell,
    EmptySheet,
    EncryptedSheet,
    Kind,
    NoSuchSheet,
    NotASheet,
    SheetTooLarge,
)

CHUNK = 1 << 20
OVERLAP = 1_000
UNBOUNDED = 1 << 60
MOST_MEMBERS = 5_000
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# A spreadsheet keeps 15 digits; a whole number below that is exact.
EXACT_BELOW = 10**15
FILLED_CELL = re.compile(rb'<c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"[^>]{0,200}?(/?)>')
# A filled cell or a filled row that OpenDocument repeats so often that it must be a trap.
ODS_BOMB = re.compile(
    rb"<table:table-cell(?=[^>]*office:value-type)[^>]*number-columns-repeated=\"\d{4,}\""
    rb"|<table:table-row[^>]*number-rows-repeated=\"\d{4,}\"[^>]*>"
    rb"(?:(?!</table:table-row)[\s\S]){0,300}?office:value-type"
)


def check_zip(data: bytes, filename: str) -> Kind:
    """xlsx or ods, after looking into every part for size, passwords and cells far outside."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _checked_archive(archive, filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError):
        raise BadSheet(filename=filename) from None


def _checked_archive(archive: zipfile.ZipFile, filename: str) -> Kind:
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedSheet(filename=filename)
    is_ods = "content.xml" in names and "mimetype" in names
    if not is_ods and not any(name.startswith("xl/") for name in names):
        raise NotASheet(filename=filename, found="zip")
    if is_ods and b"spreadsheet" not in archive.read("mimetype")[:200]:
        raise NotASheet(filename=filename, found="odt")
    if is_ods and b"encryption-data" in archive.read("META-INF/manifest.xml")[:CHUNK]:
        raise EncryptedSheet(filename=filename)
    if len(members) > MOST_MEMBERS:
        raise SheetTooLarge(filename=filename)
    _measure(archive, members, filename)
    return "ods" if is_ods else "xlsx"


def _measure(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], filename: str) -> None:
    """Unpacks every part once, counting: the sizes a zip file declares can be lies."""
    left = MOST_UNPACKED_BYTES
    for member in members:
        before, reach = b"", (0, 0)
        for part in _parts(archive, member):
            left -= len(part)
            seen = before + part
            reach = _reach(member.filename, seen, reach)
            # Empty room up to the farthest filled cell costs memory as filled room does.
            if left <= 0 or reach[0] * reach[1] > MOST_CELLS or reach[1] > MOST_COLUMNS:
                raise SheetTooLarge(filename=filename)
            before = seen[-OVERLAP:]


def _parts(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    member.file_size = UNBOUNDED  # else reading stops at the declared size
    with archive.open(member) as stream:
        while part := stream.read(CHUNK):
            yield part


def _reach(name: str, part: bytes, reach: tuple[int, int]) -> tuple[int, int]:
    """The last row and the last column that hold something, as far as seen."""
    if name == "content.xml" and ODS_BOMB.search(part):
        return MOST_CELLS, MOST_CELLS
    if not name.startswith("xl/worksheets/"):
        return reach
    filled = [(row, column) for column, row, closed in FILLED_CELL.findall(part) if not closed]
    rows = max((int(row) for row, _column in filled), default=0)
    columns = max(
        (_column_number(letters) for letters in {column for _row, column in filled}), default=0
    )
    return max(reach[0], rows), max(reach[1], columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("@")
    return number


def read_workbook(
    data: bytes, filename: str, sheet: str | None
) -> tuple[list[list[Cell]], str, tuple[str, ...]]:
    """The cells of the asked sheet, or of the first visible one that is not empty."""
    if ENCRYPTED_STREAM in data:
        raise EncryptedSheet(filename=filename)
    try:
        with load_workbook(io.BytesIO(data)) as workbook:
            names = _sheet_names(workbook)
            if sheet is not None and sheet not in names:
                raise NoSuchSheet(sheet=sheet, sheets=", ".join(names))
            for name in [sheet] if sheet is not None else names:
                if cells := _cells(workbook, name, filename):
                    return cells, name, names
    except PasswordError:
        raise EncryptedSheet(filename=filename) from None
    except (CalamineError, OSError, ValueError):
        raise BadSheet(filename=filename) from None
    raise EmptySheet(filename=filename)


def _sheet_names(workbook: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    )


def _cells(workbook: CalamineWorkbook, name: str, filename: str) -> list[list[Cell]]:
    sheet = workbook.get_sheet_by_name(name)
    if (
        sheet.total_height > MOST_ROWS * 2
        or sheet.total_width > MOST_COLUMNS
        or sheet.height * sheet.width > MOST_CELLS
    ):
        raise SheetTooLarge(filename=filename)
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: object) -> Cell:
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < EXACT_BELOW else value
    if isinstance(value, timedelta):
        return str(value)
    return value.strip() if isinstance(value, str) else value  # type: ignore[return-value]
