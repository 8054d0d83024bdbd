"""What must always hold of the statements: they tie at every year's end and on the last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.reports.models import NoteText
from canting.reports.statements import books_of, year_to

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

NOTE_ACT = "reports.note_written"


def ends(cooperative: Cooperative) -> list[date]:
    """The last day of every year in the books, and the last day that anything moved."""
    last = ledger.last_entry_date(cooperative=cooperative)
    if last is None:
        return []
    first = ledger.book(cooperative=cooperative).opened_on.year
    return [*(date(year, 12, 31) for year in range(first, last.year)), last]


def statements_tie(cooperative: Cooperative) -> Iterator[str]:
    """Each pair of figures that must be one, of each year."""
    for end in ends(cooperative):
        for tie in books_of(cooperative=cooperative, period=year_to(end)).ties():
            if not tie.holds:
                yield _("%(day)s: %(what)s: %(one)s and %(other)s.") % {
                    "day": format_date(end),
                    "what": _(tie.label),
                    "one": format_rupiah(tie.one),
                    "other": format_rupiah(tie.other),
                }


def equity_rolls_forward(cooperative: Cooperative) -> Iterator[str]:
    """Each part of own capital on its own, so that two wrongs do not make a right."""
    for end in ends(cooperative):
        for column in books_of(cooperative=cooperative, period=year_to(end)).equity.columns:
            if column.difference:
                yield _("%(day)s: %(what)s does not roll forward by %(amount)s.") % {
                    "day": format_date(end),
                    "what": _(column.label),
                    "amount": format_rupiah(column.difference),
                }


def notes_are_as_written(cooperative: Cooperative) -> Iterator[str]:
    """Each text of the notes is the last one that the audit trail noted, and none is missing."""
    noted = house.facts_noted(cooperative=cooperative, actions=[NOTE_ACT])
    for note in NoteText.objects.filter(cooperative=cooperative).order_by("year", "section"):
        said = noted.pop(f"{note.section} {note.year}", None)
        if said is None or said.get("text") != note.text:
            yield _("The text “%(section)s” of %(year)s is not the one that was written.") % {
                "section": note.section,
                "year": note.year,
            }
    for subject in noted:
        yield _("The text “%(section)s” of the notes is gone.") % {"section": subject}


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "reports.statements_tie",
        gettext_lazy("The statements tie at every year's end and today"),
        statements_tie,
    ),
    Invariant(
        "reports.equity_rolls_forward",
        gettext_lazy("Every part of own capital rolls forward"),
        equity_rolls_forward,
    ),
    Invariant(
        "reports.notes_are_as_written",
        gettext_lazy("Texts of the notes are as somebody wrote them"),
        notes_are_as_written,
    ),
)
