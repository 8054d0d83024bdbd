"""The same person twice: in the sheet, or in the sheet and among the members there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.sealed import fingerprints
from canting.members import selectors
from canting.members.imports.rows import ASK, ERROR, WARN, ReviewedRow
from canting.members.rules.people import folded

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Rows = Sequence[ReviewedRow]
Key = Callable[[ReviewedRow], Hashable]


def mark_doubles(*, cooperative: Cooperative, rows: Rows) -> None:
    """Note every pair that may be one person; both rows are named and neither overwrites the other."""
    _against_members(cooperative, rows)
    same_nik = _doubled_nik(rows)
    _doubled_numbers(rows)
    _doubled_names(rows, same_nik)


def _groups(rows: Rows, key: Key) -> list[list[ReviewedRow]]:
    found: dict[Hashable, list[ReviewedRow]] = defaultdict(list)
    for row in rows:
        value = key(row)
        if value:
            found[value].append(row)
    return [group for group in found.values() if len(group) > 1]


def _named(group: Rows, but: ReviewedRow) -> str:
    return ", ".join(
        _("row %(row)s (%(name)s)") % {"row": other.number, "name": other.name}
        for other in group
        if other is not but
    )


def _mark(group: Rows, level: str, name: str, text: str) -> None:
    numbers = tuple(row.number for row in group)
    for row in group:
        row.add(level, name, text % {"others": _named(group, row)}, numbers)


def _doubled_nik(rows: Rows) -> set[int]:
    """Two rows with one NIK: a person decides; until then it is taken for neither of them."""
    marked: set[int] = set()
    for group in _groups(rows, lambda row: row.values.get("nik")):
        _mark(
            group, ASK, "nik",
            _(
                "The same NIK as %(others)s. One person twice: leave one row out. Two persons: type "
                "the right NIK. Otherwise both go in without a NIK."
            ),
        )  # fmt: skip
        for row in group:
            row.values["nik"] = None
            marked.add(row.number)
    return marked


def plain_number(text: str) -> str:
    """A number without case, signs and leading zeros: KOP-003 and kop-3 look alike."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    return "".join(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _doubled_numbers(rows: Rows) -> None:
    for group in _groups(rows, lambda row: str(row.values.get("number") or "").casefold()):
        _mark(
            group, ERROR, "number",
            _("The same member number as %(others)s. Each member has her own; empty gives a new one."),
        )  # fmt: skip
    for group in _groups(rows, lambda row: plain_number(str(row.values.get("number") or ""))):
        if len({str(row.values["number"]).casefold() for row in group}) > 1:
            _mark(group, WARN, "number", _("This number looks like the one of %(others)s."))
    for group in _groups(rows, lambda row: str(row.values.get("old_number") or "").casefold()):
        _mark(group, WARN, "old_number", _("The same number as %(others)s."))


def _name_and_dusun(row: ReviewedRow) -> Hashable:
    name = folded(row.name)
    return (name, folded(str(row.values.get("dusun") or ""))) if name else None


def _doubled_names(rows: Rows, but: set[int]) -> None:
    for group in _groups([r for r in rows if r.number not in but], _name_and_dusun):
        if group[0].values.get("dusun"):
            _mark(group, ASK, "full_name", _("Name and dusun as in %(others)s. Another person?"))
        else:
            _mark(group, WARN, "full_name", _("The same name as %(others)s."))


def _against_members(cooperative: Cooperative, rows: Rows) -> None:
    known = selectors.known_people(cooperative=cooperative)
    by_mark = {person.nik_fingerprint: person for person in known if person.nik_fingerprint}
    by_number = {person.number.casefold(): person for person in known}
    by_name: dict[str, list[selectors.Known]] = defaultdict(list)
    for person in known:
        by_name[folded(person.full_name)].append(person)
    scope = selectors.nik_scope(cooperative.pk)
    for row in rows:
        nik = row.values.get("nik")
        marks = fingerprints(nik, scope=scope) if nik else []
        owner = next((by_mark[mark] for mark in marks if mark in by_mark), None)
        if owner:
            _already(row, "nik", owner)
        number = str(row.values.get("number") or "").casefold()
        if number in by_number:
            _already(row, "number", by_number[number])
        elif not owner:
            _same_name(row, by_name.get(folded(row.name), []))


def _already(row: ReviewedRow, name: str, person: selectors.Known) -> None:
    row.add(
        ERROR, name,
        _("It already belongs to %(name)s (%(number)s). Leave the row out, or put it right.")
        % {"name": person.full_name, "number": person.number},
    )  # fmt: skip


def _same_name(row: ReviewedRow, namesakes: Sequence[selectors.Known]) -> None:
    values = row.values
    for person in namesakes:
        is_same = any(
            values.get(fact) and values[fact] == getattr(person, fact)
            for fact in ("phone", "old_number")
        )
        if is_same:
            _already(row, "full_name", person)
            return
    if namesakes:
        row.add(
            ASK, "full_name",
            _("There is a member of this name: %(who)s. Another person?")
            % {"who": ", ".join(f"{p.number} {p.dusun}".strip() for p in namesakes[:3])},
        )  # fmt: skip
