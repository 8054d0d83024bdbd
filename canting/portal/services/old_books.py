"""Writes of old books: kept as brought, booked whole or not at all, taken back while that is open.

What stood in the old book on the evening before the first day becomes opening balances; what its
rows tell of later days becomes dated entries and receipts. Every row is kept to be looked at.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.rules import DRAWERS
from canting.cash.selectors import require_cash
from canting.cooperatives.services import record
from canting.kernel.dates import format_date, local_day
from canting.kernel.errors import DomainError
from canting.kernel.sealed import seal
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft
from canting.ledger.services import post_entries, reverse_entry
from canting.portal import selectors
from canting.portal.errors import AlreadyBooked, NotBooked, NothingToBook, RowRefused, UndoNeedsWhy
from canting.portal.models import OldBook, OldBookRow, OldName
from canting.portal.rules.old_book import (
    KIND_OF_LAYOUT,
    STEP_OF_KIND,
    Booking,
    BookState,
    Receipt,
)
from canting.portal.rules.opening import by_day, closed_lines, entry_lines
from canting.portal.services.held import savings_of_lines
from canting.portal.services.start import begin_change
from canting.savings import selectors as savings
from canting.savings.services import (
    add_openings,
    correct_deposit,
    correct_withdrawal,
    deposit,
    take_back_openings,
    withdraw,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import JournalEntry

SOURCE = "portal.old_book"
OPENING = "opening"


@transaction.atomic
def keep_old_book(
    *,
    cooperative: Cooperative,
    name: str,
    data: bytes,
    digest: str,
    layout: str,
    actor: User,
) -> OldBook:
    """Keep a file to be asked about and booked; the same file comes back to what was answered.

    Raises AlreadyBooked, with who booked it and when.
    """
    selectors.lock_opening(cooperative=cooperative)
    before = selectors.same_file(cooperative=cooperative, digest=digest)
    refuse_booked(before)
    if kept := next((one for one in before if one.state == BookState.READ), None):
        return kept
    packed = base64.b64encode(zlib.compress(data)).decode()
    kept = OldBook.objects.create(
        cooperative=cooperative,
        number=selectors.next_old_book_number(cooperative=cooperative),
        name=name[:120],
        digest=digest,
        layout=layout,
        content=seal(packed),
        answers=before[0].answers if before else seal("{}"),
        made_by=actor,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.old_book_read",
        subject=f"{SOURCE}:{kept.number}",
        facts={"file": kept.name},
    )
    return kept


def refuse_booked(books: list[OldBook]) -> None:
    """Raise AlreadyBooked when one of these readings of a file stands in the books."""
    for one in books:
        if one.state == BookState.BOOKED and one.booked_at:
            raise AlreadyBooked(
                name=one.name,
                who=str(one.booked_by),
                date=format_date(local_day(one.booked_at, one.cooperative.zone)),
                number=one.number,
            )


def keep_answers(*, book: OldBook, answers: Mapping[str, Any]) -> OldBook:
    """Keep what was answered about a file that is not booked yet."""
    book.answers = seal(json.dumps(dict(answers)))
    book.save(update_fields=["answers"])
    return book


def drop_old_book(*, book: OldBook, actor: User) -> None:
    """Throw a file away that is not booked; the audit keeps that it was there."""
    if book.state != BookState.READ:
        raise NotBooked(name=book.name)
    record(
        cooperative_id=book.cooperative_id,
        actor=actor,
        action="portal.old_book_dropped",
        subject=f"{SOURCE}:{book.number}",
        facts={"file": book.name},
    )
    book.delete()


@transaction.atomic
def book_old_book(*, book: OldBook, booking: Booking, actor: User, now: datetime) -> OldBook:
    """Book an old book in one go: opening balances, entries, receipts, and its rows to look at.

    Booked already, it is answered as it stands. Raises AlreadyBooked for the same file under
    another number, OpeningSigned, RowRefused with the row, and what the ledger refuses.
    """
    cooperative = book.cooperative
    selectors.lock_opening(cooperative=cooperative)
    held = selectors.lock_old_book(book=book)
    if held.state == BookState.BOOKED:
        return held
    refuse_booked(selectors.same_file(cooperative=cooperative, digest=held.digest))
    if not (booking.is_opening or booking.entries or booking.receipts):
        raise NothingToBook(name=held.name)
    if booking.is_opening:
        begin_change(cooperative, STEP_OF_KIND[KIND_OF_LAYOUT[held.layout]])
    drafts = [*_opening_drafts(held, booking, actor), *_entry_drafts(held, booking)]
    _keep_rows(held, booking)
    remember_names(
        cooperative=cooperative, what=KIND_OF_LAYOUT[held.layout][:10], names=booking.names,
        actor=actor,
    )  # fmt: skip
    receipts = [_receipt(cooperative, one, booking.cash_place, actor) for one in booking.receipts]
    held.state, held.booked_by, held.booked_at = BookState.BOOKED, actor, now
    held.total, held.sources = booking.total, [draft.source for draft in drafts]
    held.facts = {"opening": booking.is_opening, "receipts": receipts, "place": booking.cash_place}
    held.save()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.old_book_booked",
        subject=f"{SOURCE}:{held.number}",
        facts={
            "file": held.name, "digest": held.digest, "rows": len(booking.history),
            "total": booking.total,
        },
    )  # fmt: skip
    if drafts:
        post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    for place in DRAWERS & {booking.cash_place}:
        require_cash(cooperative=cooperative, place=place, amount=0, on=cooperative.cutover_date)
    return held


def _opening_drafts(book: OldBook, booking: Booking, actor: User) -> list[Draft]:
    cooperative, on = book.cooperative, book.cooperative.cutover_date
    groups = [(since, entry_lines(group)) for since, group in by_day(booking.opening).items()]
    if booking.savings:
        lines = add_openings(cooperative=cooperative, rows=booking.savings, on=on, actor=actor)
        groups.append((None, closed_lines(lines)))
    return [
        Draft(
            source=f"{SOURCE}:{book.number}.{place}",
            entry_date=on,
            kind=OPENING,
            memo=_("Opening balance from %(file)s") % {"file": book.name},
            lines=lines,
            own_date=since,
        )
        for place, (since, lines) in enumerate(groups)
        if lines
    ]


def _entry_drafts(book: OldBook, booking: Booking) -> list[Draft]:
    return [
        Draft(
            source=f"{SOURCE}:{book.number}.r{one.row}",
            entry_date=one.on,
            kind="old_book",
            memo=one.text,
            lines=one.lines,
        )
        for one in booking.entries
    ]


def _receipt(cooperative: Cooperative, one: Receipt, place: str, actor: User) -> str:
    """Write the receipt, or the voucher of what was drawn; its number."""
    service: Any = deposit if one.amount > 0 else withdraw
    try:
        made = service(
            cooperative=cooperative,
            member=one.member,
            kind=one.kind,
            amount=abs(one.amount),
            cash_place=place,
            on=one.on,
            actor=actor,
        )
    except DomainError as refusal:
        raise RowRefused(row=one.row, why=str(refusal)) from refusal
    return str(made.number)


def _keep_rows(book: OldBook, booking: Booking) -> None:
    OldBookRow.objects.bulk_create(
        (
            OldBookRow(
                book=book,
                row=one.row,
                member_id=one.member_id,
                on=one.on,
                what=one.what,
                text=one.text[:160],
                amount=one.amount,
                effect=one.effect,
            )
            for one in booking.history
        ),
        batch_size=2000,
    )


def remember_names(
    *, cooperative: Cooperative, what: str, names: Mapping[str, str], actor: User
) -> None:
    """Remember what names of this kind of book mean here, for its next file."""
    OldName.objects.bulk_create(
        [
            OldName(
                cooperative=cooperative,
                what=what,
                old=old,
                ours=ours,
                made_by=actor,
            )
            for old, ours in names.items()
        ],
        update_conflicts=True,
        update_fields=["ours", "made_by", "made_at"],
        unique_fields=["cooperative", "what", "old"],
    )


@transaction.atomic
def undo_old_book(*, book: OldBook, reason: str, actor: User, now: datetime) -> OldBook:
    """Take a booked file back whole: receipts, entries and openings, each on its own day.

    Raises UndoNeedsWhy, NotBooked, OpeningSigned, PeriodClosed, and NotEnoughCash or LaterPaper
    when the money went out since. Members who came in with it stay.
    """
    if not reason.strip():
        raise UndoNeedsWhy()
    cooperative = book.cooperative
    selectors.lock_opening(cooperative=cooperative)
    held = selectors.lock_old_book(book=book)
    if held.state != BookState.BOOKED:
        raise NotBooked(name=held.name)
    if held.facts.get("opening"):
        begin_change(cooperative, STEP_OF_KIND[KIND_OF_LAYOUT[held.layout]])
    take_out_old_book(book=held, reason=reason, actor=actor)
    held.state, held.undone_by, held.undone_at = BookState.UNDONE, actor, now
    held.undo_reason = reason.strip()[:200]
    held.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.old_book_undone",
        subject=f"{SOURCE}:{held.number}",
        facts={"file": held.name, "reason": held.undo_reason},
    )
    return held


def take_out_old_book(*, book: OldBook, reason: str, actor: User) -> None:
    """Reverse all that a booked file brought; the caller holds it and notes why."""
    cooperative = book.cooperative
    for number in reversed(book.facts.get("receipts", [])):
        _take_back_receipt(cooperative, number, reason, actor)
    for source in reversed(book.sources):
        entry = ledger.entry_by_source(cooperative=cooperative, source=source)
        if entry is None:
            continue
        if entry.kind == OPENING:
            _take_back_savings(cooperative, entry, actor)
        reverse_entry(entry=entry, on=entry.entry_date, reason=reason, actor=actor)
    for place in DRAWERS:
        require_cash(cooperative=cooperative, place=place, amount=0, on=cooperative.cutover_date)


def _take_back_savings(cooperative: Cooperative, entry: JournalEntry, actor: User) -> None:
    rows = savings_of_lines(cooperative, ledger.lines_of(entry=entry))
    if rows:
        take_back_openings(cooperative=cooperative, rows=rows, actor=actor)


def _take_back_receipt(cooperative: Cooperative, number: str, reason: str, actor: User) -> None:
    paid = savings.deposit_by_number(cooperative=cooperative, number=number)
    if paid is not None:
        correct_deposit(wrong=paid, reason=reason, on=paid.deposit_date, actor=actor)
        return
    drawn = savings.withdrawal_by_number(cooperative=cooperative, number=number)
    if drawn is not None:
        correct_withdrawal(wrong=drawn, reason=reason, on=drawn.withdrawal_date, actor=actor)
