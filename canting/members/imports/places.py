"""Villages as they are written in sheets, found in the ministry's list; else kept as written."""

from __future__ import annotations

from django.utils.translation import gettext as _

from canting.members.imports.rows import WARN, ReviewedRow
from canting.members.rules import Region, find_regency, find_village


def put_place(row: ReviewedRow, region_code: str) -> None:
    """Give the row its village's code where the written names mean exactly one; never guess.

    "Patokan, Kraksaan" in one cell names the district as well.
    """
    values = row.values
    written = values.get("village", "")
    if not written:
        return
    written, _comma, after = written.partition(",")
    district = values.get("district") or after.strip()
    within = find_regency(values.get("regency", ""), near=region_code)
    if not within:
        row.add(WARN, "village", _("The regency is not known; the address stays as written."))
        return
    match = find_village(written, within=within, district=district)
    if match.found:
        values["village_code"] = match.found.code
        row.shown["village"] = match.found.name
        return
    row.add(WARN, "village", _sentence(match.ambiguous, match.suggested))


def _sentence(ambiguous: tuple[Region, ...], suggested: Region | None) -> str:
    if ambiguous:
        return _("There are several of this name. Write one of: %(choices)s.") % {
            "choices": "; ".join(f"{r.name}, {r.district}" for r in ambiguous)
        }
    if suggested:
        return _("Not in the list of villages. Is it %(name)s, %(district)s?") % {
            "name": suggested.name,
            "district": suggested.district,
        }
    return _("Not in the list of villages; the address stays as written.")
