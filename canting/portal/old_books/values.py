"""What was read of an old book: rows, what a person must be asked, and the totals of both sides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.utils.translation import gettext as _

from canting.kernel.dates import BadDate, parse_date
from canting.kernel.money import BadRupiah, format_rupiah, parse_rupiah
from canting.kernel.tables_in import Cell, Row, Table
from canting.kernel.typed import clean
from canting.portal.imports import in_indonesian
from canting.portal.old_books.answers import Answers

_TAG = re.compile(r"<[^<>]*(?:>|$)")
# A figure that the English way writes with commas for thousands, or with a decimal point.
_ENGLISH = re.compile(r"(?:rp\.?|idr)?\s*-?\(?\d[\d,]*(?:\.\d{1,2})?\)?", re.IGNORECASE)
_SIGNS = re.compile(r"\d[.,]\d")
_YEARLESS = re.compile(r"(?!00)(\d{1,2}[/. -](?:\d{1,2}|[a-z]+))\.?", re.IGNORECASE)
# A year of two figures is read as 1970 to 2069: no list of a program is older.
_TWO_FIGURES = date(2049, 12, 31)
# Two kinds of doubt: a cell without a value, and one that has a value which may be wrong.
VALUE, STANDS = "value", "stands"


@dataclass(frozen=True, slots=True)
class Question:
    """What is unclear in one cell: the row as the spreadsheet shows it, column, value, the doubt.

    `needs` is "value" where a value must be typed or the row left out, "stands" where a person
    may also say that it is right as it stands.
    """

    row: int
    column: str
    value: str
    doubt: str
    needs: str = VALUE

    @property
    def key(self) -> str:
        """By what its answer is kept."""
        return f"{self.row}:{self.column}"


@dataclass(slots=True)
class Reading:
    """One file as it was read; `totals` are added up here, `said` are what the old book says.

    `needs` are questions about the whole file, by name of the answer, with a cell as example.
    `skipped` are rows that only say balances or sums: they are left out, and shown.
    """

    layout: str
    kind: str
    rows: list[dict[str, object]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    first: list[list[str]] = field(default_factory=list)
    samples: list[tuple[str, str]] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)

    @property
    def differences(self) -> dict[str, tuple[int, int]]:
        """The totals in whole rupiah that differ: what the old book says, what its rows add up to."""
        return {
            name: (said, self.totals.get(name, 0))
            for name, said in self.said.items()
            if said != self.totals.get(name, 0)
        }

    def ask(self, row: int, column: str, value: object, doubt: object, needs: str = STANDS) -> None:
        """Keep what a person must be asked about a cell, unless she said it already."""
        key = f"{row}:{column}"
        if row in self.answers.out or (needs == STANDS and key in self.answers.fine):
            return
        self.questions.append(Question(row, column, clean(value), str(doubt), needs))

    def asked(self, row: int, column: str) -> bool:
        """Whether the last question is about this cell."""
        return bool(self.questions) and self.questions[-1].key == f"{row}:{column}"

    def need(self, name: str, example: object) -> None:
        """Keep that the whole file needs an answer; the first cell that shows why is named."""
        self.needs.setdefault(name, clean(example))

    def skip(self, row: int, text: object) -> None:
        """Keep that a row was left out: it only says a balance or a sum."""
        self.skipped.append((row, clean(text)))

    def add(self, name: str, amount: int) -> None:
        """Add whole rupiah to a total."""
        self.totals[name] = self.totals.get(name, 0) + amount

    def typed(self, row: int, column: str, cell: Cell) -> Cell:
        """The cell, or what a person typed in its place."""
        if not self.answers.cells:
            return cell
        return self.answers.cells.get(f"{row}:{column}", cell)

    def amount(self, row: int, column: str, cell: Cell) -> int | None:
        """Whole rupiah of a cell; None when it is empty, or asked because it can be read two ways."""
        cell = self.typed(row, column, cell)
        if isinstance(cell, int) and not isinstance(cell, bool):
            return cell
        text = str(_plain(cell))
        try:
            amount = _rupiah(text)
        except BadRupiah as doubt:
            return self._other_way(row, column, text, doubt)
        if self.answers.numbers == "en" and _SIGNS.search(text):
            return self._english(row, column, text)
        self._sample(text, amount)
        return amount

    def _other_way(self, row: int, column: str, text: str, doubt: BadRupiah) -> int | None:
        """A figure that dots for thousands cannot be: read as the file was said to write, or asked."""
        if _ENGLISH.fullmatch(text.strip()):
            if self.answers.numbers == "en":
                return self._english(row, column, text)
            if not self.answers.numbers:
                self.need("numbers", text)
        self.ask(row, column, text, doubt, VALUE)
        return None

    def _english(self, row: int, column: str, text: str) -> int | None:
        try:
            amount = parse_rupiah(in_indonesian(text.strip(), "en"))
        except BadRupiah as doubt:
            self.ask(row, column, text, doubt, VALUE)
            return None
        self._sample(text, amount)
        return amount

    def _sample(self, text: str, amount: int | None) -> None:
        if len(self.samples) < 3 and amount is not None and _SIGNS.search(text):
            self.samples.append((clean(text), format_rupiah(amount)))

    def day(self, row: int, column: str, cell: Cell) -> date | None:
        """The day of a cell; None when it holds none (a dash, 0000-00-00) or cannot be read.

        A day without a year has the year that was said of the file; else that is asked.
        """
        cell = self.typed(row, column, cell)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date):
            return cell
        text = clean(cell)
        if found := _YEARLESS.fullmatch(text):
            if self.answers.year is None:
                self.need("year", text)
                return None
            text = f"{found[1]} {self.answers.year}".replace("/", "-").replace(".", "-")
            text = text.replace(" ", "-")
        try:
            return _date(text)
        except BadDate as doubt:
            self.ask(row, column, cell, doubt, VALUE)
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


@lru_cache(maxsize=4096)
def _rupiah(text: str) -> int | None:
    """A figure of a list comes again and again: it is read once."""
    return parse_rupiah(text)


@lru_cache(maxsize=4096)
def _date(text: str) -> date | None:
    """A day of a list, too."""
    return parse_date(text, today=_TWO_FIGURES)


def _plain(cell: Cell) -> Cell:
    """A whole number of a spreadsheet without its ".0"."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def untagged(cell: Cell) -> str:
    """A cell as text without HTML tags, also those that a narrow column cut off."""
    return clean(_TAG.sub("", str(cell)))


def by_label(table: Table, row: Row) -> Mapping[str, Cell]:
    """The cells of a row by the label above them."""
    return dict(zip(table.header, row.cells, strict=False))
