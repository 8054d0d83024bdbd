"""Whose rows are whose: by number or NIK and name; who is unclear is chosen by a person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from canting.kernel.identity import mask_nik
from canting.kernel.sealed import fingerprints
from canting.members import selectors as members
from canting.members.rules.people import folded
from canting.portal.old_books.answers import Answers
from canting.portal.rules.old_book import NEW, OUT

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

_NIK = re.compile(r"\d{16}")
NEW_WORDS = frozenset({NEW, "baru", "anggota baru"})
OUT_WORDS = frozenset({OUT, "-", "tinggalkan", "tidak ikut"})
MOST_NEAR = 4


@dataclass(slots=True)
class Person:
    """Somebody whom an old book names, and who that is here.

    `choice` is a member's number, "new", "out" or nothing yet; `near` are members it may be.
    """

    key: str
    who: str
    name: str
    count: int = 0
    amount: int = 0
    choice: str = ""
    member: Member | None = None
    near: list[Member] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_clear(self) -> bool:
        """True when it is known what to do with her rows."""
        return bool(self.choice)

    @property
    def label(self) -> str:
        """Name and number as the old book writes them; a NIK stays covered."""
        who = mask_nik(self.who) if _NIK.fullmatch(self.who) else self.who
        return " · ".join(part for part in (self.name, who) if part) or f"#{self.key}"


class _Known:
    """The members of a cooperative by number, by NIK and by name."""

    def __init__(self, cooperative: Cooperative) -> None:
        self._scope = members.nik_scope(cooperative.pk)
        self.by_number: dict[str, Member] = {}
        self.by_mark: dict[str, Member] = {}
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.by_plain: dict[str, list[Member]] = defaultdict(list)
        for one in members.members(cooperative=cooperative):
            for number in filter(None, (one.number, one.old_number)):
                self.by_number.setdefault(number.casefold(), one)
                self.by_plain[_plain(number)].append(one)
            if one.nik_fingerprint:
                self.by_mark[one.nik_fingerprint] = one
            self.by_name[folded(one.full_name)].append(one)

    def numbered(self, who: str) -> Member | None:
        """The member whom a number or a NIK means exactly."""
        if _NIK.fullmatch(who):
            marks = fingerprints(who, scope=self._scope)
            return next((self.by_mark[mark] for mark in marks if mark in self.by_mark), None)
        return self.by_number.get(who.casefold()) if who else None

    def typed(self, text: str) -> Member | None:
        """The member whom a person typed: number, "number name" or a name that one has."""
        first = text.partition(" ")[0]
        named = self.by_name.get(folded(text), [])
        return (
            self.by_number.get(text.casefold())
            or self.by_number.get(first.casefold())
            or (named[0] if len(named) == 1 else None)
        )


def _plain(number: str) -> str:
    """A number without signs and leading zeros: KOP-003 and kop-3 look alike."""
    parts = re.findall(r"[a-z]+|\d+", number.lower())
    return "".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _agree(name: str, member: Member) -> bool:
    """Whether a name of the old book can be this member's: the same words, or some of them."""
    ours, theirs = set(folded(member.full_name).split()), set(folded(name).split())
    return not theirs or theirs <= ours or ours <= theirs


def people_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, Person]:
    """Everyone whom the rows name, by number (else by name), with how much is hers."""
    found: dict[str, Person] = {}
    for row in rows:
        key = row["who"] or folded(str(row["name"]))
        if key not in found:
            facts = row.get("facts") or {}
            found[key] = Person(str(row["row"]), row["who"], str(row["name"]), facts=facts)
        found[key].count += 1
        found[key].amount += row["amount"] or 0
    return found


def match_people(*, cooperative: Cooperative, people: Iterable[Person], answers: Answers) -> None:
    """Say who everyone is: what was chosen by hand, else number and name that agree."""
    known = _Known(cooperative)
    for person in people:
        _match(known, person, answers)


def _match(known: _Known, person: Person, answers: Answers) -> None:
    said = answers.people.get(person.key, "").strip()
    if said:
        _chosen(known, person, said)
        return
    found = known.numbered(person.who)
    named = known.by_name.get(folded(person.name), []) if person.name else []
    if found and _agree(person.name, found):
        person.member, person.choice = found, found.number
        return
    near = [found] if found else []
    near += [one for one in named if one not in near]
    if person.who and not _NIK.fullmatch(person.who):
        near += [one for one in known.by_plain.get(_plain(person.who), []) if one not in near]
    person.near = near[:MOST_NEAR]
    if not near and answers.newcomers and person.name:
        person.choice = NEW


def _chosen(known: _Known, person: Person, said: str) -> None:
    if said.casefold() in NEW_WORDS:
        person.choice = NEW
    elif said.casefold() in OUT_WORDS:
        person.choice = OUT
    elif found := known.typed(said):
        person.member, person.choice = found, found.number


def newcomer_facts(person: Person, *, left_on: date | None) -> dict[str, Any]:
    """What a new member is written down with: her number or NIK, name, and what the dump tells."""
    facts: dict[str, Any] = dict(person.facts)
    facts.setdefault("full_name", person.name)
    if _NIK.fullmatch(person.who):
        facts["nik"] = person.who
    elif person.who:
        facts["number"] = person.who[:20]
    if left_on:
        facts.update(status="left", left_on=left_on)
    return facts
