"""What was read of an old book: rows, what a person must be asked, and the totals of both sides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from canting.kernel.dates import BadDate, parse_date
from canting.kernel.money import BadRupiah, format_rupiah, parse_rupiah
from canting.kernel.tables_in import Cell, Row, Table
from canting.kernel.typed import clean

_TAG = re.compile(r"<[^<>]*(?:>|$)")


@dataclass(frozen=True, slots=True)
class Question:
    """What is unclear in one cell: the row as the spreadsheet shows it, column, value, the doubt."""

    row: int
    column: str
    value: str
    doubt: str


@dataclass(slots=True)
class Reading:
    """One file as it was read; `totals` are added up here, `said` are what the old book says."""

    layout: str
    kind: str
    rows: list[dict[str, object]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)

    @property
    def differences(self) -> dict[str, tuple[int, int]]:
        """The totals in whole rupiah that differ: what the old book says, what its rows add up to."""
        return {
            name: (said, self.totals.get(name, 0))
            for name, said in self.said.items()
            if said != self.totals.get(name, 0)
        }

    def ask(self, row: int, column: str, value: object, doubt: object) -> None:
        """Keep what a person must be asked about a cell."""
        self.questions.append(Question(row, column, clean(value), str(doubt)))

    def add(self, name: str, amount: int) -> None:
        """Add whole rupiah to a total."""
        self.totals[name] = self.totals.get(name, 0) + amount

    def amount(self, row: int, column: str, cell: Cell) -> int | None:
        """Whole rupiah of a cell; None when it is empty, or asked because it can be read two ways."""
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        try:
            return parse_rupiah(str(_plain(cell)))
        except BadRupiah as doubt:
            self.ask(row, column, cell, doubt)
            return None

    def day(self, row: int, column: str, cell: Cell) -> date | None:
        """The day of a cell; None when it holds none (a dash, 0000-00-00) or cannot be read."""
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        try:
            return parse_date(str(cell), today=date.max)
        except BadDate as doubt:
            self.ask(row, column, cell, doubt)
            return None

    def compare(self, row: int, column: str, said: int | None, counted: int) -> None:
        """Ask when a total beside its parts is not their sum."""
        if said is not None and said != counted:
            self.ask(
                row,
                column,
                said,
                _("The total is %(said)s, its parts add up to %(sum)s.")
                % {"said": format_rupiah(said), "sum": format_rupiah(counted)},
            )

    def ask_damaged(self, name: str, column: str) -> None:
        """Ask about a number that is another one without its last zeros: a spreadsheet's work."""
        numbers = {str(row[name]) for row in self.rows}
        whole = {
            one.rstrip("0").rstrip("."): one for one in numbers if "." in one and one[-1] == "0"
        }
        for row in self.rows:
            if (other := whole.get(str(row[name]))) is not None:
                self.ask(
                    int(str(row["row"])),
                    column,
                    row[name],
                    _("It may be a damaged “%(other)s”: a spreadsheet drops zeros at the end.")
                    % {"other": other},
                )


def _plain(cell: Cell) -> Cell:
    """A whole number of a spreadsheet without its ".0"."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def untagged(cell: Cell) -> str:
    """A cell as text without HTML tags, also those that a narrow column cut off."""
    return clean(_TAG.sub("", str(cell)))


def by_label(table: Table, row: Row) -> Mapping[str, Cell]:
    """The cells of a row by the label above them."""
    return dict(zip(table.header, row.cells, strict=False))
