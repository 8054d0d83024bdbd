"""Reads for the books as text: all entries by day, their lines, the kept months at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from canting.ledger.models import AccountMonth, Book, JournalEntry, JournalLine

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

CHUNK = 1_000
# Account's code, side, amount, party as kind:number, party's name, class of business.
LineFacts = tuple[str, str, int, str, str, str]


def kept_months(*, cooperative: Cooperative) -> tuple[int, list[tuple[date, str, int]]]:
    """The place of the chain's head, and month, account's code, debits less credits by month.

    One statement, so that both are of the same moment while others post.
    """
    head = Book.objects.filter(cooperative=OuterRef("cooperative_id")).values("position")
    rows = list(
        AccountMonth.objects.filter(cooperative=cooperative)
        .order_by("month", "account__code")
        .values_list("month", "account__code", "debit", "credit", Subquery(head))
    )
    until = rows[0][4] if rows else 0
    return until, [(month, code, debit - credit) for month, code, debit, credit, _head in rows]


def entries_by_day(*, cooperative: Cooperative, until: int) -> Iterator[tuple[Any, ...]]:
    """Entries up to a place of the chain by day, read piece by piece.

    Key, journal number, day, day of the paper, source, paper, kind, memo, digest, number of the
    entry that it reverses.
    """
    return (
        JournalEntry.objects.filter(cooperative=cooperative, position__lte=until)
        .order_by("entry_date", "position")
        .values_list(
            "id", "position", "entry_date", "own_date", "source", "paper", "kind", "memo",
            "digest", "reverses__position",
        )
        .iterator(chunk_size=CHUNK)
    )  # fmt: skip


def facts_by_entry(*, entry_ids: Sequence[int]) -> dict[int, list[LineFacts]]:
    """The lines of these entries in their order, by the entry's key; one query."""
    found: dict[int, list[LineFacts]] = defaultdict(list)
    rows = (
        JournalLine.objects.filter(entry_id__in=entry_ids)
        .order_by("entry_id", "id")
        .values_list(
            "entry_id", "account__code", "side", "amount", "party__kind", "party__number",
            "party__name", "business",
        )
    )  # fmt: skip
    for key, code, side, amount, kind, number, name, business in rows:
        party = f"{kind}:{number}" if number else ""
        found[key].append((code, side, amount, party, name or "", business))
    return found


def papers_between(*, cooperative: Cooperative, since: date, until: date) -> list[str]:
    """The printed numbers of papers that stand in the journal between two days, each once."""
    return list(
        JournalEntry.objects.filter(
            cooperative=cooperative, entry_date__gte=since, entry_date__lte=until
        )
        .exclude(paper="")
        .order_by("paper")
        .values_list("paper", flat=True)
        .distinct()
    )
