"""Bringing a file and taking it in: read again, compared with its control total, booked whole."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from canting.members.services import bring_member
from canting.portal import selectors, services
from canting.portal.errors import StillToAnswer
from canting.portal.old_books.answers import Answers
from canting.portal.old_books.ground import Plan
from canting.portal.old_books.people import newcomer_facts
from canting.portal.old_books.plan import check_control, fill, plan_old_book, waiting
from canting.portal.old_books.reading import read_old_book
from canting.portal.old_books.values import Reading
from canting.portal.rules.old_book import EXIT, NEW, BookState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.portal.models import OldBook


def digest_of_file(data: bytes) -> str:
    """The fingerprint by which a file is known again: SHA-256, 64 hexadecimal signs."""
    return hashlib.sha256(data).hexdigest()


def bring_old_book(
    *, cooperative: Cooperative, data: bytes, filename: str, actor: User
) -> tuple[OldBook, Reading]:
    """Read a file and keep it to be asked about; nothing is booked.

    Raises AlreadyBooked for a file that was booked before, BadSheet and UnknownOldBook for one
    that cannot be read.
    """
    digest = digest_of_file(data)
    services.refuse_booked(selectors.same_file(cooperative=cooperative, digest=digest))
    reading = read_old_book(data, filename=filename)
    kept = services.keep_old_book(
        cooperative=cooperative, name=filename, data=data, digest=digest,
        layout=reading.layout, actor=actor,
    )  # fmt: skip
    return kept, reading


def read_kept(book: OldBook) -> Reading:
    """A kept file read again with all that was answered about it."""
    answers = Answers.from_json(selectors.answers_of(book))
    return read_old_book(selectors.file_of(book), filename=book.name, answers=answers)


@transaction.atomic
def take_in(*, book: OldBook, actor: User, now: datetime) -> OldBook:
    """Book a kept file whole, or nothing of it; one that is booked already stays as it is.

    Raises StillToAnswer, ControlMissing, ControlDiffers with the difference, and what the plan
    and the services refuse; the members that came in with it are then out again, too.
    """
    book = selectors.lock_old_book(book=book)
    if book.state == BookState.BOOKED:
        return book
    plan = plan_old_book(cooperative=book.cooperative, reading=read_kept(book))
    _check(plan)
    if _bring_newcomers(plan, book):
        fill(plan)
    if plan.problems:
        raise plan.problems[0]
    return services.book_old_book(book=book, booking=plan.booking, actor=actor, now=now)


def _check(plan: Plan) -> None:
    left = waiting(plan)
    if left:
        raise StillToAnswer(count=len(left), first=left[0])
    if plan.problems:
        raise plan.problems[0]
    check_control(plan)


def _bring_newcomers(plan: Plan, book: OldBook) -> int:
    """Write down whoever was said to be new, in the state the old book says; how many."""
    left = {}
    if plan.reading.kind == EXIT:
        left = {plan.person_of(row).key: row["left_on"] for row in plan.rows}
    fresh = [one for one in plan.people.values() if one.choice == NEW]
    for person in fresh:
        person.member = bring_member(
            cooperative=book.cooperative,
            on=book.cooperative.cutover_date,
            import_reference=f"oldbook-{book.number}",
            **newcomer_facts(person, left_on=left.get(person.key)),
        )
    return len(fresh)
