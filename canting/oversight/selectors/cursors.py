"""The place in a list that is joined from several tables, as a page's address carries it."""

from __future__ import annotations

from datetime import date

from canting.oversight.rules import Kind


def write_place(day: date, kind: Kind, ref: int) -> str:
    """A place as text, such as 2026-11-24.reversed.120."""
    return f"{day.isoformat()}.{kind.value}.{ref}"


def read_place(text: str | None) -> tuple[date, str, int] | None:
    """The place in such a text; nothing when it names none, so that the first page is shown."""
    parts = (text or "").split(".")
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 18:
        return None
    try:
        return date.fromisoformat(parts[0]), Kind(parts[1]).value, int(parts[2])
    except ValueError:
        return None
