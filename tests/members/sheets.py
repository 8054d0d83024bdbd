"""Sheets for the import tests, written as text the way people save them."""

from pathlib import Path
from typing import Any

from canting.cooperatives.services import keep_sheet
from canting.kernel.tables_in import read_table
from canting.members.imports import brought_sheet, mapping_for, review, sealed_text

LAYOUTS = Path(__file__).resolve().parent.parent / "data" / "layouts"


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def table_of(source: bytes | str):
    if isinstance(source, str):
        return read_table((LAYOUTS / source).read_bytes(), filename=source)
    return read_table(source, filename="anggota.csv")


def sheet_of(cooperative, source, columns=None):
    table = table_of(source)
    guessed, _known = mapping_for(cooperative=cooperative, header=table.header)
    return brought_sheet(table, columns or guessed)


def looked_through(cooperative, source, today, **changes):
    sheet = sheet_of(cooperative, source)
    if changes:
        empty: dict[str, Any] = {
            "fixes": {},
            "left_out": frozenset(),
            "answered": frozenset(),
            "stated": {},
        }
        sheet = sheet.put_right(**{**empty, **changes})
    return sheet, review(cooperative=cooperative, sheet=sheet, today=today)


def kept(cooperative, actor, sheet):
    return keep_sheet(
        cooperative=cooperative, kind="members", name="anggota.csv", text=sealed_text(sheet),
        actor=actor,
    )  # fmt: skip


def issues(found, level=None):
    return [
        (row.place, issue.field)
        for row in found.rows
        for issue in row.issues
        if level in (None, issue.level)
    ]
