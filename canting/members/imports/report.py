"""What an import says of itself: for programs as plain values, for people as their file again."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.kernel.tables_out import Column, write_xlsx
from canting.members.imports.cells import cell_out
from canting.members.imports.columns import BY_FIELD
from canting.members.imports.rows import ERROR, Issue, ReviewedRow

if TYPE_CHECKING:
    from canting.members.imports.review import Review
    from canting.members.imports.sheet import Sheet


def as_report(
    *, sheet: Sheet, found: Review, numbers: dict[int, str] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Accepted and refused rows (each row in one of both) and warnings; every NIK is masked.

    `row` counts the rows under the heading from 1, `line` is the row as the spreadsheet shows it.
    """
    numbers = numbers or {}
    places = {row.number: row.place for row in found.rows}
    refused = [
        _fact(sheet, row, issue, places)
        for row in found.rows
        if row.errors
        for issue in row.issues
        if issue.level == ERROR
    ]
    refused += [
        _about_row(row.place, row.number, _("Left out by hand."))
        for row in found.rows
        if row.left_out
    ]
    warnings = [
        _fact(sheet, row, issue, places)
        for row in found.rows
        if not row.left_out
        for issue in row.issues
        if issue.level != ERROR
    ]
    warnings += [
        _about_row(None, number, _("Read as the row of sums, not as a member."))
        for number in found.total_rows
    ]
    accepted = [_accepted(row, numbers) for row in found.accepted]
    return {"accepted": accepted, "refused": refused, "warnings": warnings}


def _accepted(row: ReviewedRow, numbers: dict[int, str]) -> dict[str, Any]:
    values = row.values
    return {
        "row": row.place,
        "line": row.number,
        "name": row.name,
        "number": numbers.get(row.number) or values.get("number") or "",
        "phone": values.get("phone") or None,
        "other_phone": values.get("other_phone") or None,
        "joined_on": str(values["joined_on"]) if values.get("joined_on") else None,
    }


def _about_row(place: int | None, line: int, reason: str) -> dict[str, Any]:
    return {
        "row": place, "line": line, "column": "", "field": "", "value": "", "reason": reason,
    }  # fmt: skip


def _fact(sheet: Sheet, row: ReviewedRow, issue: Issue, places: dict[int, int]) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "row": row.place,
        "line": row.number,
        "column": sheet.label(issue.field),
        "field": issue.field,
        "value": row.shown.get(issue.field, ""),
        "reason": issue.text,
    }
    if issue.rows:
        fact["rows"] = [places[number] for number in issue.rows]
    return fact


def error_file(*, sheet: Sheet, found: Review) -> IO[bytes]:
    """The file again as it stands now, with a last column that says what is wrong in each row."""
    kinds = {place: BY_FIELD[name].kind for name, place in sheet.columns.items()}
    field_at = {place: name for name, place in sheet.columns.items()}
    columns = [
        Column(label, "identity" if kinds.get(place) in ("nik", "number", "phone") else "text")
        for place, label in enumerate(sheet.header)
    ]
    issues = {row.number: [i for i in row.issues if i.level == ERROR] for row in found.rows}
    issues |= {r.number: issues[r.number] + r.questions for r in found.rows}

    def line(row: Any) -> list[str]:
        cells = [
            cell_out(sheet.cell(row, field_at[place]) if place in field_at else cell)
            for place, cell in enumerate(row.cells[: len(sheet.header)])
        ]
        said = [f"{sheet.label(i.field)}: {i.text}" for i in issues.get(row.number, [])]
        return [*cells, " ".join(said)]

    return write_xlsx(
        [*columns, Column(_("Errors"), "text", 60)],
        (line(row) for row in sheet.rows),
        sheet=_("Members"),
    )
