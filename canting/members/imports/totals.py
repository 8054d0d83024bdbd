"""Sums of the savings columns: what the file states beside what was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from canting.kernel.errors import DomainError
from canting.kernel.money import parse_rupiah
from canting.kernel.tables_in import Row
from canting.kernel.typed import clean
from canting.members.imports.columns import MONEY

if TYPE_CHECKING:
    from canting.members.imports.rows import ReviewedRow
    from canting.members.imports.sheet import Sheet

TOTAL = re.compile(r"^(?:grand |sub ?)?(?:total|jumlah|jml)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Total:
    """One savings column: the sum that is stated (none: nobody stated one) and the sum read."""

    field: str
    stated: int | None
    read: int
    typed: str = ""

    @property
    def difference(self) -> int:
        """Read less stated."""
        return 0 if self.stated is None else self.read - self.stated

    @property
    def is_equal(self) -> bool:
        """True when both are the same, or nothing is stated."""
        return self.stated is None or self.read == self.stated


def is_total_row(sheet: Sheet, row: Row) -> bool:
    """True for the row of sums under the list: it says so in its first word and names nobody."""
    words = [clean(cell) for cell in row.cells if isinstance(cell, str) and cell]
    if not words or not TOTAL.match(words[0]):
        return False
    name = clean(sheet.cell(row, "full_name"))
    return not name or bool(TOTAL.match(name))


def _amount(cell: object) -> int | None:
    try:
        return parse_rupiah(cell)
    except DomainError:
        return None


def totals(sheet: Sheet, rows: Sequence[ReviewedRow], total_rows: Sequence[Row]) -> list[Total]:
    """The sums of every savings column; a sum typed by a person goes before the file's own."""
    found = []
    for name in MONEY:
        if name not in sheet.columns:
            continue
        typed = sheet.stated.get(name, "")
        in_file = [_amount(sheet.cell(row, name)) for row in total_rows]
        stated = _amount(typed) if typed else next((a for a in reversed(in_file) if a), None)
        read = sum(row.values["brought"].get(name, 0) for row in rows)
        found.append(Total(name, stated, read, typed))
    return found
