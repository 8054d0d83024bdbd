"""The ground of planning an old book: what is known of the reading, people, accounts and sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from canting.kernel.errors import DomainError
from canting.members.rules.people import folded
from canting.portal.old_books.answers import Answers
from canting.portal.old_books.names import OldAccount
from canting.portal.old_books.people import Person, match_people, people_of
from canting.portal.old_books.values import Reading
from canting.portal.rules.old_book import OUT, Booking, Effect, HistoryRow

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Choice = tuple[str, str]


@dataclass(slots=True)
class Plan:
    """What would be booked of a reading: filled step by step by the module of its kind.

    `rows` are the rows that may be booked, in one shape for every layout of a kind.
    """

    cooperative: Cooperative
    reading: Reading
    rows: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    accounts: list[OldAccount] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    places: list[Choice] = field(default_factory=list)
    needs: dict[str, str] = field(default_factory=dict)
    booking: Booking = field(default_factory=Booking)
    problems: list[DomainError] = field(default_factory=list)
    said: int | None = None

    @property
    def answers(self) -> Answers:
        """What was answered about the file."""
        return self.reading.answers

    @property
    def opens_on(self) -> date:
        """The first day of the books here."""
        return self.cooperative.cutover_date

    @property
    def unclear_people(self) -> list[Person]:
        """Those of whom it is not known yet who they are."""
        return [one for one in self.people.values() if not one.is_clear]

    @property
    def unclear_accounts(self) -> list[OldAccount]:
        """Names without an account yet."""
        return [one for one in self.accounts if not one.choice]

    def find_people(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Gather and match everyone whom these rows name."""
        self.people = people_of(row for row in rows if row["row"] not in self.answers.out)
        match_people(
            cooperative=self.cooperative, people=self.people.values(), answers=self.answers
        )

    def person_of(self, row: Mapping[str, Any]) -> Person:
        """Whose a row is; of a row that is left out that is not asked."""
        found = self.people.get(row["who"] or folded(str(row["name"])))
        return found or Person(str(row["row"]), row["who"], str(row["name"]))

    def is_out(self, row: Mapping[str, Any], person: Person | None = None) -> bool:
        """Whether a row, or everything of its person, is left out by hand."""
        return row["row"] in self.answers.out or (person is not None and person.choice == OUT)

    def need(self, name: str, example: object) -> None:
        """Keep that the whole file needs an answer."""
        self.needs.setdefault(name, str(example))

    def keep(
        self,
        row: Mapping[str, Any],
        *,
        what: str,
        effect: Effect,
        person: Person | None = None,
        text: str = "",
    ) -> None:
        """Keep a row to be looked at, with what becomes of it."""
        member = person.member if person else None
        self.booking.history.append(
            HistoryRow(
                row=row["row"],
                what=what,
                amount=row["amount"] or 0,
                effect=effect,
                on=row.get("on"),
                text=text,
                member_id=member.pk if member else None,
            )
        )

    def sums(self) -> list[tuple[str, Effect, int, int]]:
        """What becomes of the rows: what, effect, how many, whole rupiah."""
        found: dict[tuple[str, Effect], list[int]] = {}
        for one in self.booking.history:
            counted = found.setdefault((one.what, one.effect), [0, 0])
            counted[0] += 1
            counted[1] += one.amount
        return [(what, effect, n, total) for (what, effect), (n, total) in sorted(found.items())]
