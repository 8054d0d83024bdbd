"""The chain read again: every digest computed anew, in one pass and bounded memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from canting.ledger.models import Book, FiscalPeriod, JournalEntry, JournalLine, YearAct
from canting.ledger.rules import GENESIS, SHORT, Checkpoint, digest_of
from canting.ledger.selectors.refs import entry_id

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CHUNK = 1_000


def chain_faults(*, cooperative: Cooperative, after: int = 0) -> Iterator[str]:
    """A sentence for each place where the chain is broken, from the entry after a position on.

    A digest that differs is told once, for its own entry; the pass goes on from the stored one.
    """
    book = Book.objects.filter(cooperative=cooperative).first()
    if book is None:
        yield _("The head of the book is missing.")
        return
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


def digests(*, cooperative: Cooperative, until: int) -> Iterator[tuple[int, str, str]]:
    """Every entry up to a place: its place, its digest computed from the beginning, the stored one.

    Ends at the first place where none stands.
    """
    previous, expected = GENESIS, 1
    while expected <= until:
        last = min(expected + CHUNK - 1, until)
        entries = JournalEntry.objects.filter(
            cooperative=cooperative, position__gte=expected, position__lte=last
        ).order_by("position")
        lines = _lines(cooperative.pk, expected, last)
        for entry in entries:
            if entry.position != expected:
                return
            previous = _computed(entry, previous, lines[entry.pk])
            yield entry.position, previous, entry.digest
            expected += 1
        if expected <= last:
            return


def checkpoint_faults(*, cooperative: Cooperative, checkpoint: Checkpoint) -> Iterator[str]:
    """A sentence when anything before a kept checkpoint was rewritten, with the first entry that was.

    With the kept file the entry is named; with the digest alone it is named when its own digest
    does not fit, else the two kept checkpoints are named between which it stands.
    """
    until = checkpoint.position or _position_of(cooperative, checkpoint.digest)
    kept = _kept_checkpoints(cooperative, until)
    sure, computed, reached = 0, GENESIS, 0
    for position, computed, stored in digests(cooperative=cooperative, until=until):
        reached = position
        was = checkpoint.entries[(position - 1) * SHORT : position * SHORT] or stored[:SHORT]
        if computed[:SHORT] != was or (not checkpoint.entries and computed != stored):
            yield _("Journal %(position)s was rewritten.") % {"position": position}
            return
        if position in kept and kept[position] != computed and not checkpoint.entries:
            break
        if kept.get(position) == computed:
            sure = position
    if reached < until and _is_missing(cooperative, reached + 1):
        yield _("Journal %(position)s is missing.") % {"position": reached + 1}
    elif reached != until or computed != checkpoint.digest:
        yield _(
            "What stood at journal %(position)s is not what the checkpoint says: one of the "
            "journals %(first)s to %(last)s was rewritten."
        ) % {"position": until, "first": sure + 1, "last": reached or until}


def content_fits(entry: JournalEntry) -> bool:
    """True when an entry's digest follows from its content and from the digest stored before it."""
    cooperative = entry.cooperative
    lines = _lines(cooperative.pk, entry.position, entry.position)
    before = _digest_at(cooperative, entry.position - 1)
    return _computed(entry, before, lines[entry.pk]) == entry.digest


def _is_missing(cooperative: Cooperative, position: int) -> bool:
    return not JournalEntry.objects.filter(cooperative=cooperative, position=position).exists()


def knows_checkpoint(*, cooperative: Cooperative, checkpoint: Checkpoint) -> bool:
    """True when a digest stands, or once stood, in this cooperative's books."""
    if checkpoint.cooperative:
        return checkpoint.cooperative == cooperative.slug
    facts = {"cooperative": cooperative}
    return (
        JournalEntry.objects.filter(digest=checkpoint.digest, **facts).exists()
        or FiscalPeriod.objects.filter(checkpoint=checkpoint.digest, **facts).exists()
        or YearAct.objects.filter(checkpoint=checkpoint.digest, **facts).exists()
    )


def checkpoint_file(*, cooperative: Cooperative, position: int | None = None) -> dict[str, Any]:
    """What is kept outside: place and digest of a checkpoint and the beginning of every digest."""
    until = Book.objects.get(cooperative=cooperative).position if position is None else position
    stored = (
        JournalEntry.objects.filter(cooperative=cooperative, position__lte=until)
        .order_by("position")
        .values_list("digest", flat=True)
    )
    entries = "".join(digest[:SHORT] for digest in stored.iterator(chunk_size=5_000))
    return {
        "cooperative": cooperative.slug,
        "name": cooperative.name,
        "position": until,
        "digest": _digest_at(cooperative, until),
        "entries": entries,
    }


def _position_of(cooperative: Cooperative, digest: str) -> int:
    """Where a digest stands or stood; the head of the chain when nothing remembers it."""
    facts = {"cooperative": cooperative}
    for found in (
        JournalEntry.objects.filter(digest=digest, **facts),
        FiscalPeriod.objects.filter(checkpoint=digest, **facts),
        YearAct.objects.filter(checkpoint=digest, **facts),
    ):
        position: int | None = found.values_list("position", flat=True).first()
        if position is not None:
            return position
    return Book.objects.get(cooperative=cooperative).position


def _kept_checkpoints(cooperative: Cooperative, until: int) -> dict[int, str]:
    found = FiscalPeriod.objects.filter(cooperative=cooperative, position__lte=until)
    return dict(found.order_by("id").values_list("position", "checkpoint"))


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
