"""The chain read again: every digest computed anew, in one pass and bounded memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.ledger.models import Book, JournalEntry, JournalLine
from canting.ledger.rules import GENESIS, digest_of
from canting.ledger.selectors.refs import entry_id

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CHUNK = 1_000


def chain_faults(*, cooperative: Cooperative, after: int = 0) -> Iterator[str]:
    """A sentence for each place where the chain is broken, from the entry after a position on.

    A digest that differs is told once, for its own entry; the pass goes on from the stored one.
    """
    book = Book.objects.get(cooperative=cooperative)
    previous, expected = _digest_at(cooperative, after), after + 1
    while expected <= book.position:
        last = expected + CHUNK - 1
        entries = list(
            JournalEntry.objects.filter(
                cooperative=cooperative, position__gte=expected, position__lte=last
            ).order_by("position")
        )
        lines = _lines(cooperative.pk, expected, last)
        for entry in entries:
            yield from _missing(expected, entry.position)
            if _computed(entry, previous, lines[entry.pk]) != entry.digest:
                yield _("Journal %(position)s no longer matches its digest.") % {
                    "position": entry.position
                }
            previous, expected = entry.digest, entry.position + 1
        yield from _missing(expected, min(last, book.position) + 1)
        expected = last + 1
    yield from _head_faults(cooperative, book, previous)


def _head_faults(cooperative: Cooperative, book: Book, last_digest: str) -> Iterator[str]:
    beyond = JournalEntry.objects.filter(cooperative=cooperative, position__gt=book.position)
    if count := beyond.count():
        yield _("%(count)s entries stand behind the chain's head, journal %(position)s.") % {
            "count": count,
            "position": book.position,
        }
    if book.digest != last_digest:
        yield _("The chain's head does not carry the digest of journal %(position)s.") % {
            "position": book.position
        }


def _missing(first: int, found: int) -> Iterator[str]:
    for position in range(first, found):
        yield _("Journal %(position)s is missing.") % {"position": position}


def _digest_at(cooperative: Cooperative, position: int) -> str:
    found = JournalEntry.objects.filter(cooperative=cooperative, position=position)
    return found.values_list("digest", flat=True).first() or GENESIS


def _lines(cooperative_id: int, first: int, last: int) -> dict[int, list[list[object]]]:
    rows: Any = (
        JournalLine.objects.filter(
            entry_id__gte=entry_id(cooperative_id, first),
            entry_id__lte=entry_id(cooperative_id, last),
        )
        .order_by("entry_id", "id")
        .values_list(
            "entry_id", "account__code", "side", "amount", "party__kind", "party__number",
            "business",
        )
    )  # fmt: skip
    found: dict[int, list[list[object]]] = defaultdict(list)
    for entry, code, side, amount, kind, number, business in rows:
        found[entry].append([code, side, amount, f"{kind}:{number}" if kind else "", business])
    return found


def _computed(entry: JournalEntry, previous: str, lines: list[list[object]]) -> str:
    return digest_of(
        previous=previous,
        position=entry.position,
        source=entry.source,
        entry_date=entry.entry_date,
        own_date=entry.own_date,
        kind=entry.kind,
        memo=entry.memo,
        paper=entry.paper,
        posted_at=entry.posted_at.astimezone(UTC),
        lines=lines,
    )
