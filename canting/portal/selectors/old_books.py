"""Reads of old books: the files brought, what is remembered of them, the rows kept to look at."""

from __future__ import annotations

import base64
import json
import zlib
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Sum

from canting.kernel.sealed import unseal
from canting.portal.models import OldBook, OldBookRow, OldName
from canting.portal.rules.old_book import KIND_OF_LAYOUT, STEP_OF_KIND, BookState
from canting.portal.rules.opening import Step

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def old_books(*, cooperative: Cooperative) -> QuerySet[OldBook]:
    """Every old book brought here, newest first, without the file itself."""
    return (
        OldBook.objects.filter(cooperative=cooperative)
        .select_related("made_by", "booked_by", "undone_by")
        .defer("content", "answers")
        .order_by("-number")
    )


def old_book(*, cooperative: Cooperative, number: int) -> OldBook | None:
    """One old book with its file, or nothing."""
    return (
        OldBook.objects.filter(cooperative=cooperative, number=number)
        .select_related("made_by", "booked_by", "undone_by", "cooperative")
        .first()
    )


def lock_old_book(*, book: OldBook) -> OldBook:
    """The same, held until the transaction ends."""
    return OldBook.objects.select_for_update().get(pk=book.pk)


def same_file(*, cooperative: Cooperative, digest: str) -> list[OldBook]:
    """The times this very file was brought before, the newest first."""
    found = OldBook.objects.filter(cooperative=cooperative, digest=digest)
    return list(found.select_related("booked_by", "cooperative").order_by("-number"))


def booked_file(*, cooperative: Cooperative, digest: str) -> OldBook | None:
    """The old book under which this very file stands in the books, or nothing."""
    books = same_file(cooperative=cooperative, digest=digest)
    return next((one for one in books if one.state == BookState.BOOKED), None)


def booked_old_books(*, cooperative: Cooperative) -> list[OldBook]:
    """Old books that stand in the books, by number."""
    found = OldBook.objects.filter(cooperative=cooperative, state=BookState.BOOKED)
    return list(found.defer("content", "answers").select_related("booked_by").order_by("number"))


def covered_steps(*, cooperative: Cooperative) -> dict[Step, list[OldBook]]:
    """The steps of the opening that old books fill, with the books."""
    found: dict[Step, list[OldBook]] = {}
    for book in booked_old_books(cooperative=cooperative):
        if book.facts.get("opening"):
            found.setdefault(STEP_OF_KIND[KIND_OF_LAYOUT[book.layout]], []).append(book)
    return found


def next_old_book_number(*, cooperative: Cooperative) -> int:
    """The number of the next old book."""
    last = OldBook.objects.filter(cooperative=cooperative).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def file_of(book: OldBook) -> bytes:
    """The file as it was brought."""
    return zlib.decompress(base64.b64decode(unseal(book.content)))


def answers_of(book: OldBook) -> dict[str, Any]:
    """What was answered about it, as plain values."""
    found: dict[str, Any] = json.loads(unseal(book.answers))
    return found


def old_names(*, cooperative: Cooperative, what: str) -> dict[str, str]:
    """What names of old books mean here, by the name."""
    found = OldName.objects.filter(cooperative=cooperative, what=what)
    return dict(found.values_list("old", "ours"))


def rows_of(*, book: OldBook) -> QuerySet[OldBookRow]:
    """The rows kept of a booked file, in its order."""
    return OldBookRow.objects.filter(book=book).select_related("member").order_by("row", "id")


def sums_of(*, book: OldBook) -> list[tuple[str, str, int, int]]:
    """What became of the rows: what, effect, how many, whole rupiah."""
    found = OldBookRow.objects.filter(book=book).values("what", "effect").order_by("what", "effect")
    rows = found.annotate(count=Count("id"), sum=Sum("amount"))
    return [(row["what"], row["effect"], row["count"], row["sum"]) for row in rows]


def history_of(*, cooperative: Cooperative, member: Member) -> QuerySet[OldBookRow]:
    """What old books told of a member, file by file; what was taken back is not told."""
    return (
        OldBookRow.objects.filter(
            book__cooperative=cooperative, book__state=BookState.BOOKED, member=member
        )
        .select_related("book")
        .order_by("book__number", "row")
    )
