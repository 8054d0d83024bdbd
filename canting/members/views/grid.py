"""What the grid of an import shows: rows and cells as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canting.kernel.money import format_rupiah
from canting.members.imports import BY_FIELD, Review, ReviewedRow, Sheet

if TYPE_CHECKING:
    from canting.cooperatives.models import PastedSheet

SHOWN_ROWS = 100


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: what it shows, or a box to put it right with what is the matter."""

    field: str
    label: str
    css: str
    shown: str
    name: str
    typed: str
    level: str
    text: str
    asks: bool
    is_answered: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its number in the spreadsheet, its cells, whether it is left out."""

    number: int
    name: str
    cells: list[GridCell]
    left_out: bool
    has_issues: bool
    other: list[str]


def _cell(sheet: Sheet, row: ReviewedRow, field: str) -> GridCell:
    column, issue = BY_FIELD[field], row.issue_of(field)
    is_open = issue in row.questions if issue else False
    is_bad = issue is not None and issue.level == "error"
    level = "" if row.left_out or issue is None else "bad" if is_bad else "ask"
    typed = ""
    if level and column.kind != "nik":
        fixed = sheet.fixes.get(str(row.number), {}).get(field)
        typed = row.shown.get(field, "") if fixed is None else fixed
    return GridCell(
        field=field,
        label=str(column.label),
        css="n" if column.kind == "money" else "",
        shown=row.shown.get(field, ""),
        name=f"c-{row.number}-{field}" if level else "",
        typed=typed,
        level=level,
        text=issue.text if issue else "",
        asks=bool(issue and issue.level == "ask"),
        is_answered=bool(issue and issue.level == "ask" and not is_open),
    )


def grid_context(
    *, kept: PastedSheet, sheet: Sheet, found: Review, everything: bool
) -> dict[str, Any]:
    """Rows with something the matter first in number, then as many others as fit a page."""
    grave = [row for row in found.rows if row.issues or row.left_out]
    shown = found.rows if everything else found.rows[:SHOWN_ROWS]
    if not everything and len(found.rows) > SHOWN_ROWS:
        numbers = {row.number for row in grave}
        shown = grave + [row for row in shown if row.number not in numbers]
    first = next((i for row in found.rows for i in [*row.errors, *row.questions]), None)
    at = next((row.number for row in found.rows if row.errors or row.questions), 0)
    return {
        "kept": kept,
        "found": found,
        "fields": [(name, str(BY_FIELD[name].label), sheet.label(name)) for name in found.fields],
        "rows": [
            GridRow(
                number=row.number,
                name=row.name,
                cells=[_cell(sheet, row, name) for name in found.fields],
                left_out=row.left_out,
                has_issues=bool(row.issues),
                other=[i.text for i in row.issues if i.field not in found.fields],
            )
            for row in shown
        ],
        "hidden": len(found.rows) - len(shown),
        "first_url": f"#c-{at}-{first.field}" if first else "",
        "totals": [
            {
                "field": total.field,
                "label": str(BY_FIELD[total.field].label),
                "stated": "" if total.stated is None else format_rupiah(total.stated),
                "read": format_rupiah(total.read),
                "difference": format_rupiah(total.difference),
                "is_equal": total.is_equal,
                "is_stated": total.stated is not None,
                "typed": total.typed,
            }
            for total in found.totals
        ],
    }
