"""Reads of entries and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from canting.cooperatives.rules import PartyLike
from canting.ledger.models import Account, JournalEntry, JournalLine
from canting.ledger.rules import BusinessClass, Side
from canting.ledger.selectors.chart import account_ids
from canting.ledger.selectors.refs import AccountRef, LineRef, Posted

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

AT_ONCE = 500  # names in one question to the database


def posted_sources(*, cooperative: Cooperative, sources: Sequence[str]) -> dict[str, Posted]:
    """Which of these papers stand in the books already, by source."""
    found: dict[str, Posted] = {}
    for start in range(0, len(sources), AT_ONCE):
        rows = JournalEntry.objects.filter(
            cooperative=cooperative, source__in=sources[start : start + AT_ONCE]
        ).values_list("id", "position", "source", "digest")
        found.update({row[2]: Posted(*row) for row in rows})
    return found


def line_facts(*, entry_id: int) -> list[tuple[str, str, int, int | None]]:
    """The lines of an entry as comparable facts (role or code, side, amount, party)."""
    rows = JournalLine.objects.filter(entry_id=entry_id).values_list(
        "account__role", "account__code", "side", "amount", "party_id"
    )
    return sorted((role or code, side, amount, party) for role, code, side, amount, party in rows)


def lines_of(*, entry: JournalEntry) -> list[LineRef]:
    """The lines of an entry with account role (or code) and party."""
    rows = JournalLine.objects.filter(entry=entry).select_related("account", "party").order_by("id")
    return [
        LineRef(
            row.account.role or row.account.code,
            Side(row.side),
            row.amount,
            row.party,
            BusinessClass(row.business),
        )
        for row in rows
    ]


def entry(*, cooperative: Cooperative, position: int) -> JournalEntry | None:
    """The entry at this place of the chain, with who posted it."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative, position=position)
        .select_related("actor", "reverses")
        .first()
    )


def entry_with_lines(*, cooperative: Cooperative, position: int) -> JournalEntry | None:
    """The entry at this place with its lines, who posted it and what it reverses."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative, position=position)
        .select_related("actor", "reverses", "cooperative")
        .prefetch_related("lines__account", "lines__party")
        .first()
    )


def entry_by_source(*, cooperative: Cooperative, source: str) -> JournalEntry | None:
    """The entry that a paper posted, or nothing."""
    return JournalEntry.objects.filter(cooperative=cooperative, source=source).first()


def entries_of_paper(*, cooperative: Cooperative, paper: str) -> QuerySet[JournalEntry]:
    """Every entry that carries a paper's number, oldest first."""
    return JournalEntry.objects.filter(cooperative=cooperative, paper=paper).order_by("position")


def papers_of_series(*, cooperative: Cooperative, series: str) -> Iterator[str]:
    """The printed numbers of one series that stand in the books, each once."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative, paper__startswith=f"{series}/")
        .values_list("paper", flat=True)
        .distinct()
        .iterator()
    )


def standing_of(*, cooperative: Cooperative, sources: Sequence[str]) -> dict[str, bool]:
    """Which of these papers stand in the books, and whether each was reversed."""
    found: dict[str, bool] = {}
    for start in range(0, len(sources), AT_ONCE):
        part = sources[start : start + AT_ONCE]
        found.update(
            JournalEntry.objects.filter(cooperative=cooperative, source__in=part)
            .annotate(undone=Exists(JournalEntry.objects.filter(reverses=OuterRef("pk"))))
            .values_list("source", "undone")
        )
    return found


def standing_faults(*, cooperative: Cooperative, papers: Mapping[str, bool]) -> Iterator[str]:
    """What does not agree between papers, by source with whether each was put right, and entries."""
    standing = standing_of(cooperative=cooperative, sources=list(papers))
    for source, is_reversed in papers.items():
        number = {"number": source.partition(":")[2]}
        if source not in standing:
            yield _("%(number)s has no entry.") % number
        elif standing[source] != is_reversed:
            yield _("%(number)s and its entry do not agree on being reversed.") % number


def last_moved(
    *, cooperative: Cooperative, account: Account | AccountRef, since: date, until: date
) -> date | None:
    """The last day between two on which an account moved, or nothing."""
    return (
        JournalLine.objects.filter(
            cooperative=cooperative,
            account_id=account.pk,
            entry_date__gte=since,
            entry_date__lte=until,
        )
        .order_by("-entry_date")
        .values_list("entry_date", flat=True)
        .first()
    )


def last_taken(*, cooperative: Cooperative, role: str, party_id: int) -> str:
    """The paper that last lessened what we owe a party on an account and still stands; else a dash."""
    undone = reversed_entry_ids(cooperative=cooperative)
    lines = lines_of_roles(cooperative=cooperative, roles=[role], party_ids=[party_id])
    taken = lines.filter(side=Side.DEBIT, entry__reverses=None).exclude(entry_id__in=undone).last()
    return (taken.entry.paper or taken.entry.source) if taken else "-"


def is_reversed(*, entry: JournalEntry) -> JournalEntry | None:
    """The entry that reversed this one, or nothing."""
    return JournalEntry.objects.filter(reverses=entry).first()


def reversed_entry_ids(*, cooperative: Cooperative) -> set[int]:
    """The keys of all entries that a later one reversed."""
    found = JournalEntry.objects.filter(cooperative=cooperative, reverses__isnull=False)
    return set(found.values_list("reverses_id", flat=True))


def journal(
    *, cooperative: Cooperative, since: date | None = None, until: date | None = None
) -> QuerySet[JournalEntry]:
    """Entries with their lines, newest place first, between two days."""
    found = JournalEntry.objects.filter(cooperative=cooperative)
    if since:
        found = found.filter(entry_date__gte=since)
    if until:
        found = found.filter(entry_date__lte=until)
    return found.prefetch_related("lines__account", "lines__party").order_by("-position")


def account_lines(
    *,
    cooperative: Cooperative,
    account: Account | AccountRef,
    since: date | None = None,
    until: date | None = None,
    party_id: int | None = None,
) -> QuerySet[JournalLine]:
    """The lines on one account (of one party), newest first, each with its entry and party."""
    found = JournalLine.objects.filter(cooperative=cooperative, account_id=account.pk)
    if since:
        found = found.filter(entry_date__gte=since)
    if until:
        found = found.filter(entry_date__lte=until)
    if party_id:
        found = found.filter(party_id=party_id)
    return found.select_related("entry", "party").order_by("-entry_date", "-id")


def party_lines(
    *, cooperative: Cooperative, party: PartyLike, roles: Sequence[str], until: date | None = None
) -> QuerySet[JournalLine]:
    """The lines of one party on the accounts with these roles, oldest first."""
    ids = account_ids(cooperative=cooperative, roles=roles)
    found = JournalLine.objects.filter(
        cooperative=cooperative, party_id=party.id, account_id__in=ids
    )
    if until:
        found = found.filter(entry_date__lte=until)
    return found.select_related("entry", "account").order_by("entry_date", "id")


def lines_of_roles(
    *,
    cooperative: Cooperative,
    roles: Sequence[str],
    party_ids: Sequence[int] | None = None,
    until: date | None = None,
) -> QuerySet[JournalLine]:
    """The lines of many parties on the accounts with these roles, oldest first; one query."""
    ids = account_ids(cooperative=cooperative, roles=roles)
    found = JournalLine.objects.filter(cooperative=cooperative, account_id__in=ids)
    if party_ids is not None:
        found = found.filter(party_id__in=party_ids)
    if until:
        found = found.filter(entry_date__lte=until)
    return found.select_related("entry", "account", "party").order_by("entry_date", "id")
