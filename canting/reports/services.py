"""Writes of the notes: the text of a section for a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.reports import selectors
from canting.reports.errors import NoteTooLong, UnknownSection, YearTooLate
from canting.reports.models import NoteText
from canting.reports.rules.notes import MOST_SIGNS, SECTIONS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def write_note(
    *, cooperative: Cooperative, year: int, section: str, text: str, on: date, actor: User
) -> NoteText:
    """Write what a section says from a year on; later years carry it over until they are written.

    The text before stays in the audit trail. The same text again changes nothing. Raises
    UnknownSection, YearTooLate, NoteTooLong.
    """
    if section not in SECTIONS:
        raise UnknownSection(section=section, known=", ".join(SECTIONS))
    if year > on.year:
        raise YearTooLate(year=year, last=on.year)
    plain = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(plain) > MOST_SIGNS:
        raise NoteTooLong(signs=len(plain), most=MOST_SIGNS)
    kept = selectors.note_text(cooperative=cooperative, year=year, section=section)
    if kept is not None and kept.text == plain:
        return kept
    before = kept.text if kept is not None else ""
    made, _made = NoteText.objects.update_or_create(
        cooperative=cooperative,
        year=year,
        section=section,
        defaults={"text": plain, "written_by": actor, "written_at": timezone.now()},
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="reports.note_written",
        subject=f"{section} {year}",
        facts={"before": before, "text": plain},
    )
    return made
