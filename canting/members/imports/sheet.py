"""A sheet of members as it is kept: what was brought, what was put right, what was answered."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from canting.kernel.identity import mask_nik
from canting.kernel.tables_in import Cell, Row, Table
from canting.kernel.typed import shown
from canting.members.imports.columns import BY_FIELD, is_secret


@dataclass(frozen=True)
class Sheet:
    """Header and rows as brought (passwords thrown away), and everything a person did to them."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: Mapping[str, int]
    fixes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    answered: frozenset[str] = frozenset()
    stated: Mapping[str, str] = field(default_factory=dict)

    def cell(self, row: Row, name: str) -> Cell:
        """The cell of a field in a row: what was put in its place, else what was brought."""
        fixed = self.fixes.get(str(row.number), {}).get(name)
        if fixed is not None:
            return fixed
        place = self.columns.get(name)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def label(self, name: str) -> str:
        """The label over a field's column in the file, else the field's own."""
        place = self.columns.get(name)
        return self.header[place] if place is not None else str(BY_FIELD[name].label)

    def put_right(
        self,
        *,
        fixes: Mapping[str, Mapping[str, str]],
        left_out: frozenset[int],
        answered: frozenset[str],
        stated: Mapping[str, str],
    ) -> "Sheet":
        """The sheet with more cells put right; what was done before stays."""
        merged = {row: {**self.fixes.get(row, {}), **cells} for row, cells in fixes.items()}
        return replace(
            self,
            fixes={**self.fixes, **merged},
            left_out=left_out,
            answered=answered,
            stated={**self.stated, **stated},
        )

    def with_columns(self, columns: Mapping[str, int]) -> "Sheet":
        """The sheet read by other columns; what was put right in cells stays."""
        return replace(self, columns=dict(columns))


def brought_sheet(table: Table, columns: Mapping[str, int]) -> Sheet:
    """A table as it may be kept: the cells under a password label are emptied at once."""
    secret = {place for place, label in enumerate(table.header) if is_secret(label)}
    rows = tuple(
        Row(r.number, tuple("" if p in secret else cell for p, cell in enumerate(r.cells)))
        for r in table.rows
    )
    return Sheet(table.header, rows, dict(columns))


def _packed(cell: Cell) -> Any:
    if isinstance(cell, datetime | date | time):
        kind = "t" if isinstance(cell, time) else "m" if isinstance(cell, datetime) else "d"
        return {kind: cell.isoformat()}
    return cell


def _unpacked(cell: Any) -> Cell:
    if isinstance(cell, dict):
        ((kind, text),) = cell.items()
        if kind == "t":
            return time.fromisoformat(text)
        return datetime.fromisoformat(text) if kind == "m" else date.fromisoformat(text)
    plain: Cell = cell
    return plain


def sealed_text(sheet: Sheet) -> str:
    """The sheet as text, to be sealed: it holds NIK."""
    return json.dumps(
        {
            "header": sheet.header,
            "rows": [[row.number, [_packed(cell) for cell in row.cells]] for row in sheet.rows],
            "columns": dict(sheet.columns),
            "fixes": sheet.fixes,
            "left_out": sorted(sheet.left_out),
            "answered": sorted(sheet.answered),
            "stated": sheet.stated,
        },
        ensure_ascii=False,
    )


def opened_sheet(text: str) -> Sheet:
    """The sheet out of its text again."""
    kept = json.loads(text)
    return Sheet(
        header=tuple(kept["header"]),
        rows=tuple(
            Row(number, tuple(_unpacked(cell) for cell in cells)) for number, cells in kept["rows"]
        ),
        columns=kept["columns"],
        fixes=kept["fixes"],
        left_out=frozenset(kept["left_out"]),
        answered=frozenset(kept["answered"]),
        stated=kept["stated"],
    )


SAMPLES = 3
LONG_DIGITS = re.compile(r"\d[\d .,-]{8,}\d")


def column_samples(sheet: Sheet) -> list[list[str]]:
    """The first cells of each column for choosing what it holds; long digits are masked."""
    found = []
    for place in range(len(sheet.header)):
        cells = [str(r.cells[place]) for r in sheet.rows if r.cells[place] not in ("", None)]
        shown_cells = [LONG_DIGITS.sub(lambda m: mask_nik(m[0]), shown(c)) for c in cells[:SAMPLES]]
        found.append(shown_cells)
    return found
