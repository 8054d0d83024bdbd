"""Looking through a sheet before anything goes in: each cell, each row, rows against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_date
from canting.kernel.errors import DomainError
from canting.kernel.identity import mask_nik, nik_facts
from canting.kernel.tables_in import Row
from canting.members.errors import NikInText
from canting.members.imports.cells import NoName, read_cell, seen, value_shown
from canting.members.imports.columns import BY_FIELD, MONEY
from canting.members.imports.doubles import mark_doubles
from canting.members.imports.places import put_place
from canting.members.imports.rows import ERROR, WARN, ReviewedRow
from canting.members.imports.totals import Total, is_total_row, totals
from canting.members.rules import MemberState, holds_nik

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.imports.sheet import Sheet


@dataclass
class Review:
    """A sheet looked through: its rows, what columns were not taken, the sums beside the file's."""

    rows: list[ReviewedRow]
    fields: list[str]
    not_taken: list[str]
    totals: list[Total]
    total_rows: list[int]

    @property
    def wrong_cells(self) -> int:
        """How many cells are refused."""
        return sum(len(row.errors) for row in self.rows)

    @property
    def open_questions(self) -> int:
        """How many cells wait for an answer."""
        return sum(len(row.questions) for row in self.rows)

    @property
    def accepted(self) -> list[ReviewedRow]:
        """The rows that would go in."""
        return [row for row in self.rows if not row.left_out and not row.errors]

    @property
    def totals_differ(self) -> bool:
        """True when a sum that the file or a person states is not what was read."""
        return any(not total.is_equal for total in self.totals)

    @property
    def is_ready(self) -> bool:
        """True when everything can go in: no refusal, no open question, sums equal, a row at least."""
        return bool(self.accepted) and not (
            self.wrong_cells or self.open_questions or self.totals_differ
        )


def review(*, cooperative: Cooperative, sheet: Sheet, today: date) -> Review:
    """Look through every row of a sheet against itself, the others and the members there are."""
    rows: list[ReviewedRow] = []
    total_rows: list[Row] = []
    for row in sheet.rows:
        if is_total_row(sheet, row):
            total_rows.append(row)
        else:
            rows.append(_reviewed(sheet, row, len(rows) + 1, today))
    for reviewed in rows:
        _check_row(reviewed)
        put_place(reviewed, cooperative.region_code)
    mark_doubles(cooperative=cooperative, rows=[row for row in rows if not row.left_out])
    taken = set(sheet.columns.values())
    return Review(
        rows=rows,
        fields=[name for name in BY_FIELD if name in sheet.columns],
        not_taken=[label for place, label in enumerate(sheet.header) if place not in taken],
        totals=totals(sheet, [row for row in rows if not row.left_out], total_rows),
        total_rows=[row.number for row in total_rows],
    )


def _reviewed(sheet: Sheet, row: Row, place: int, today: date) -> ReviewedRow:
    found = ReviewedRow(
        row.number, place, {}, {}, left_out=row.number in sheet.left_out, answered=sheet.answered
    )
    for name in sheet.columns:
        column, cell = BY_FIELD[name], sheet.cell(row, name)
        found.shown[name] = seen(column.kind, cell)
        try:
            found.values[name] = read_cell(name, column.kind, cell, today)
        except DomainError as refusal:
            found.add(ERROR, name, str(refusal))
        else:
            if column.kind in ("money", "phone", "date", "nik"):
                found.shown[name] = value_shown(column.kind, found.values[name])
    if "full_name" not in sheet.columns:
        found.add(ERROR, "full_name", str(NoName()))
    _spread(found)
    return found


def _spread(found: ReviewedRow) -> None:
    """Parts of one cell into the fields they belong to; a column of its own wins."""
    phones = found.values.pop("phone", None)
    if phones is not None:
        found.values["phone"], found.values["other_phone"] = [*phones, "", ""][:2]
    for name, text in (found.values.pop("address", None) or {}).items():
        if not found.values.get(name):
            found.values[name] = text
    amounts = {name: found.values.pop(name, None) for name in MONEY}
    found.values["brought"] = {name: amount for name, amount in amounts.items() if amount}


def _has_nik(value: object) -> bool:
    return isinstance(value, str) and holds_nik(value)


def _check_row(row: ReviewedRow) -> None:
    values = row.values
    for name in [name for name, value in values.items() if name != "nik" and _has_nik(value)]:
        row.shown[name] = mask_nik(row.shown.get(name, ""))
        row.add(ERROR, name if name in BY_FIELD else "address", str(NikInText()))
    left_on, state = values.get("left_on"), values.get("status")
    if left_on and state == MemberState.MEMBER:
        row.add(
            WARN, "status",
            _("Active, but with an exit date (%(date)s). She goes in as a member; the date does not.")
            % {"date": format_date(left_on)},
        )  # fmt: skip
    if left_on and not state and "status" not in {i.field for i in row.errors}:
        values["status"] = MemberState.LEFT
        row.add(WARN, "left_on", _("With an exit date and no state she goes in as one who left."))
    joined_on = values.get("joined_on")
    if joined_on and left_on and left_on < joined_on:
        row.add(ERROR, "left_on", _("She would have left before she joined. Look at both dates."))
    nik, born = values.get("nik"), values.get("birth_date")
    if nik and born and not nik_facts(nik).agrees_with(born):
        row.add(
            WARN, "nik",
            _("The birth date %(date)s is not the one inside the NIK. One of the two is wrong.")
            % {"date": format_date(born)},
        )  # fmt: skip
