"""The statements on A4, fit to sign, and as sheets with real numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from canting.kernel.dates import format_long_date
from canting.kernel.papers import render_pages
from canting.ledger import selectors as ledger
from canting.ledger.papers import StatementTable, as_sheet
from canting.ledger.papers.month import checkpoint_values
from canting.reports import selectors
from canting.reports.papers.notes import NoteSection

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# More columns than this do not fit upright.
MOST_UPRIGHT = 6


@dataclass(frozen=True)
class Printed:
    """One statement on paper: its title and time, its tables, the notes' sections, words below."""

    title: str
    lead: str
    tables: Sequence[StatementTable] = ()
    sections: Sequence[NoteSection] = ()
    words: Sequence[str] = field(default=())

    @property
    def all_tables(self) -> list[StatementTable]:
        """Its own tables and those of its sections."""
        return [*self.tables, *(one for part in self.sections for one in part.tables)]

    @property
    def columns(self) -> int:
        """The most columns that any of its tables has."""
        return max((len(one.columns) for one in self.all_tables), default=0)


def as_pdf(
    cooperative: Cooperative,
    statements: Sequence[Printed],
    *,
    as_of: date,
    made_by: str,
    provisional: bool,
) -> bytes:
    """The statements one after the other, each on a page of its own, with places to sign at the end.

    The whole of the board and the supervisors sign, by name. Where the month is closed, its
    checkpoint stands above the names: the book for the meeting proves the journal itself.
    """
    closed = ledger.last_closing(cooperative=cooperative, month=as_of.replace(day=1))
    wide = any(one.columns > MOST_UPRIGHT for one in statements)
    values = {
        "size": "a4-landscape" if wide else "a4",
        "lang": (get_language() or "id")[:2],
        "cooperative": {"name": cooperative.name, "place": cooperative.place},
        "title": statements[0].title,
        "made_by": made_by,
        "note": _("Provisional: the month is not closed.") if provisional else "",
        "statements": [_statement(one) for one in statements],
        "checkpoint": checkpoint_values(closed) if closed and not provisional else "",
        "place_and_day": f"{cooperative.place}, {format_long_date(as_of)}".lstrip(", "),
        "signers": [
            {"role": one.role, "name": one.name}
            for one in selectors.signers(cooperative=cooperative)
        ],
    }
    return render_pages("reports/papers/statement.typ", values, format="pdf")[0]


def _statement(one: Printed) -> dict[str, Any]:
    return {
        "title": one.title,
        "lead": one.lead,
        # What the heading has said already no table says again.
        "tables": [_table(part, own=part.title == one.title) for part in one.tables],
        "sections": [
            {
                "number": part.number,
                "title": part.title,
                "words": list(part.words),
                "points": list(part.points),
                "tables": [_table(table) for table in part.tables],
            }
            for part in one.sections
        ],
        "words": list(one.words),
    }


def _table(table: StatementTable, *, own: bool = False) -> dict[str, Any]:
    return {
        "title": "" if own else str(table.title),
        "lead": "" if own else str(table.lead),
        "columns": [str(column) for column in table.columns],
        "rows": [
            {"label": str(row.label), "kind": row.kind, "amounts": row.shown} for row in table.rows
        ],
    }


def as_xlsx(statements: Iterable[Printed]) -> IO[bytes]:
    """All tables one under the other in a sheet; amounts are numbers."""
    return as_sheet([table for one in statements for table in one.all_tables])
