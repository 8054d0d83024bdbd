"""Reads of the notes' texts, and of who signs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.reports.models import NoteText
from canting.reports.rules.notes import SECTIONS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a section in a year: of which year it is (0: what a new cooperative begins with)."""

    section: str
    title: str
    text: str
    year: int
    written_by: str = ""

    def is_of(self, year: int) -> bool:
        """True when somebody wrote it for this year; else it was carried over."""
        return self.year == year


def notes_of(*, cooperative: Cooperative, year: int) -> dict[str, Note]:
    """Every section of a year: what was written for it, else for the latest year before; one query."""
    kept: dict[str, NoteText] = {}
    rows = NoteText.objects.filter(cooperative=cooperative, year__lte=year)
    for row in rows.select_related("written_by").order_by("year"):
        kept[row.section] = row
    found: dict[str, Note] = {}
    for key, section in SECTIONS.items():
        title = _(section.title)
        if key in kept:
            own = kept[key]
            found[key] = Note(key, title, own.text, own.year, str(own.written_by))
        else:
            found[key] = Note(key, title, _(section.usual) if section.usual else "", 0)
    return found


def note_text(*, cooperative: Cooperative, year: int, section: str) -> NoteText | None:
    """The text written for just this year, or nothing."""
    return NoteText.objects.filter(cooperative=cooperative, year=year, section=section).first()


@dataclass(frozen=True, slots=True)
class Signer:
    """One who signs: as what, and the name."""

    role: str
    name: str


def signers(*, cooperative: Cooperative) -> list[Signer]:
    """Everyone of the board, then everyone of the supervisors; empty lines where nobody is known.

    All of the board sign the annual report (UU 25/1992 art. 36, read second-hand).
    """
    titles = {Role.BOARD: _("Board"), Role.SUPERVISOR: _("Supervisors")}
    people = list(house.people(cooperative=cooperative))
    found: list[Signer] = []
    for role, title in titles.items():
        named = [Signer(title, one.user.full_name) for one in people if one.role == role]
        found += named or [Signer(title, "")]
    return found
