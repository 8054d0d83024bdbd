"""The one writer of entries, and reversal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from canting.kernel.database import add_to_sums, insert_rows
from canting.kernel.dates import first_of_month
from canting.ledger import selectors
from canting.ledger.errors import (
    AccountClosed,
    AlreadyReversed,
    BeforeBooks,
    PartyNeeded,
    PeriodClosed,
    ReasonNeeded,
    SourceConflict,
    UnknownAccount,
    WrongParty,
)
from canting.ledger.models import JournalEntry
from canting.ledger.rules import YEAR_CLOSE, Draft, Line, Side, check_balanced, digest_of
from canting.ledger.selectors import AccountRef, Head, Posted

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

ENTRY_COLUMNS = (
    "id",
    "cooperative_id",
    "position",
    "source",
    "entry_date",
    "own_date",
    "kind",
    "memo",
    "paper",
    "posted_at",
    "actor_id",
    "reverses_id",
    "digest",
)
LINE_COLUMNS = (
    "cooperative_id",
    "entry_id",
    "entry_date",
    "account_id",
    "party_id",
    "side",
    "amount",
    "business",
)
AUDIT_COLUMNS = (
    "cooperative_id",
    "made_at",
    "actor_id",
    "action",
    "subject",
    "facts",
)
_TAKE_SQL = (
    "UPDATE ledger_book SET position = position + %s WHERE cooperative_id = %s"
    " RETURNING position, digest, opened_on, closed_through, chart_version"
)


@dataclass
class _Rows:
    """The rows of a batch, gathered before they are written table by table."""

    entries: list[tuple[Any, ...]]
    lines: list[tuple[Any, ...]]
    audit: list[tuple[Any, ...]]
    months: dict[tuple[int, Any], list[int]]
    party_months: dict[tuple[int, int, Any], list[int]]


@transaction.atomic(savepoint=False)
def post_entries(*, cooperative: Cooperative, drafts: Sequence[Draft], actor: User) -> list[Posted]:
    """Post entries in one go: positions, digests, rows, kept balances; one path for one or many.

    A draft whose source stands in the books already is answered with that entry when its lines
    are the same, and refused when they differ. Call it last in a service: it takes the chain.
    """
    for draft in drafts:
        check_balanced(draft.lines)
    with connection.cursor() as cursor:
        head = _take(cursor, cooperative.pk, len(drafts))
        done = _already_posted(cooperative, drafts)
        fresh = [draft for draft in drafts if draft.source not in done]
        if done:
            cursor.execute(
                "UPDATE ledger_book SET position = position - %s WHERE cooperative_id = %s",
                [len(drafts) - len(fresh), cooperative.pk],
            )
        if not fresh:
            return [done[draft.source] for draft in drafts]
        start = head.position - len(drafts)
        rows, posted = _gather(cooperative, fresh, actor, head, start)
        _write(cursor, cooperative.pk, rows, posted[-1].digest)
    made = {p.source: p for p in posted} | done
    return [made[draft.source] for draft in drafts]


def post_entry(*, cooperative: Cooperative, draft: Draft, actor: User) -> Posted:
    """Post one entry: a batch of one."""
    return post_entries(cooperative=cooperative, drafts=[draft], actor=actor)[0]


def _take(cursor: Any, cooperative_id: int, count: int) -> Head:
    cursor.execute(_TAKE_SQL, [count, cooperative_id])
    position, digest, opened_on, closed_through, version = cursor.fetchone()
    return Head(
        position, digest, selectors.as_date(opened_on), selectors.as_date(closed_through), version
    )


def _already_posted(cooperative: Cooperative, drafts: Sequence[Draft]) -> dict[str, Posted]:
    found = selectors.posted_sources(cooperative=cooperative, sources=[d.source for d in drafts])
    if not found:
        return {}
    by_source = {draft.source: draft for draft in drafts}
    for source, posted in found.items():
        if selectors.line_facts(entry_id=posted.id) != _facts(by_source[source]):
            raise SourceConflict(source=by_source[source].paper or source)
    return found


def _facts(draft: Draft) -> list[tuple[str, str, int, int | None]]:
    return sorted(
        (line.account, str(line.side), line.amount, line.party.id if line.party else None)
        for line in draft.lines
    )


def _check_date(head: Head, on: date) -> None:
    if head.closed_through and on <= head.closed_through:
        raise PeriodClosed(date=selectors.day(on), closed=selectors.day(head.closed_through))
    if on < head.opened_on:
        raise BeforeBooks(date=selectors.day(on), opened=selectors.day(head.opened_on))


def _account_of(
    chart: dict[str, AccountRef], line: Line, cooperative_id: int, kind: str
) -> AccountRef:
    account = chart.get(line.account)
    if account is None:
        raise UnknownAccount(account=line.account)
    # An account closed in the course of the year still gives its result to equity.
    if not account.active and kind != YEAR_CLOSE:
        raise AccountClosed(account=account.label)
    if line.party is None:
        if account.party_kind:
            raise PartyNeeded(account=account.label, kind=account.party_kind)
    elif line.party.cooperative_id != cooperative_id or (
        account.party_kind and line.party.kind != account.party_kind
    ):
        raise WrongParty(party=line.party.number, account=account.label, kind=account.party_kind)
    return account


def _gather(
    cooperative: Cooperative, drafts: Sequence[Draft], actor: User, head: Head, start: int
) -> tuple[_Rows, list[Posted]]:
    chart = selectors.chart(cooperative_id=cooperative.pk, version=head.chart_version)
    adapt_date = connection.ops.adapt_datefield_value
    now = timezone.now()
    moment = connection.ops.adapt_datetimefield_value(now)
    rows = _Rows([], [], [], defaultdict(lambda: [0, 0, 0]), defaultdict(lambda: [0, 0, 0]))
    posted: list[Posted] = []
    digest = head.digest
    for position, draft in enumerate(drafts, start + 1):
        _check_date(head, draft.entry_date)
        entry_id = selectors.entry_id(cooperative.pk, position)
        entry_date = adapt_date(draft.entry_date)
        month = adapt_date(first_of_month(draft.entry_date))
        content = _add_lines(rows, chart, draft, cooperative.pk, entry_id, entry_date, month)
        digest = _digest(digest, position, draft, now, content)
        own_date = adapt_date(draft.own_date or draft.entry_date)
        rows.entries.append(
            (entry_id, cooperative.pk, position, draft.source, entry_date, own_date, draft.kind,
             draft.memo[:200], draft.paper, moment, actor.pk, draft.reverses, digest)
        )  # fmt: skip
        rows.audit.append((cooperative.pk, moment, actor.pk, "ledger.posted", draft.source, "{}"))
        posted.append(Posted(entry_id, position, draft.source, digest))
    return rows, posted


def _add_lines(
    rows: _Rows,
    chart: dict[str, AccountRef],
    draft: Draft,
    cooperative_id: int,
    entry_id: int,
    entry_date: Any,
    month: Any,
) -> list[list[object]]:
    content: list[list[object]] = []
    for line in draft.lines:
        account = _account_of(chart, line, cooperative_id, draft.kind)
        party = line.party
        column = 0 if line.side == Side.DEBIT else 1
        _count(rows.months[(account.id, month)], column, line.amount)
        if party:
            _count(rows.party_months[(account.id, party.id, month)], column, line.amount)
        rows.lines.append(
            (cooperative_id, entry_id, entry_date, account.id, party.id if party else None,
             line.side.value, line.amount, line.business.value)
        )  # fmt: skip
        content.append(
            [account.code, line.side.value, line.amount,
             f"{party.kind}:{party.number}" if party else "", line.business.value]
        )  # fmt: skip
    return content


def _count(sums: list[int], column: int, amount: int) -> None:
    sums[column] += amount
    sums[2] += 1


def _digest(
    previous: str, position: int, draft: Draft, now: datetime, lines: list[list[object]]
) -> str:
    return digest_of(
        previous=previous,
        position=position,
        source=draft.source,
        entry_date=draft.entry_date,
        own_date=draft.own_date or draft.entry_date,
        kind=draft.kind,
        memo=draft.memo[:200],
        paper=draft.paper,
        posted_at=now,
        lines=lines,
    )


def _write(cursor: Any, cooperative_id: int, rows: _Rows, digest: str) -> None:
    insert_rows(cursor, "ledger_journalentry", ENTRY_COLUMNS, rows.entries)
    insert_rows(cursor, "ledger_journalline", LINE_COLUMNS, rows.lines)
    add_to_sums(
        cursor,
        "ledger_accountmonth",
        ["cooperative_id", "account_id", "month"],
        ["debit", "credit", "lines"],
        [(cooperative_id, *key, *sums) for key, sums in sorted(rows.months.items())],
    )
    if rows.party_months:
        add_to_sums(
            cursor,
            "ledger_partymonth",
            ["cooperative_id", "account_id", "party_id", "month"],
            ["debit", "credit", "lines"],
            [(cooperative_id, *key, *sums) for key, sums in sorted(rows.party_months.items())],
        )
    insert_rows(cursor, "cooperatives_auditrecord", AUDIT_COLUMNS, rows.audit)
    cursor.execute(
        "UPDATE ledger_book SET digest = %s WHERE cooperative_id = %s", [digest, cooperative_id]
    )


@transaction.atomic
def reverse_entry(*, entry: JournalEntry, on: date, reason: str, actor: User) -> Posted:
    """Undo an entry by its mirror image on an open day, with the reason beside it."""
    if not reason.strip():
        raise ReasonNeeded()
    lines = selectors.lines_of(entry=entry)
    mirror = [
        Line(ref.account, ref.side.other, ref.amount, ref.party, ref.business) for ref in lines
    ]
    source = f"ledger.reversal:{entry.position}"
    before = selectors.posted_sources(cooperative=entry.cooperative, sources=[source])
    if before:
        raise AlreadyReversed(position=entry.position, by=before[source].position)
    draft = Draft(
        source=source,
        entry_date=on,
        kind="reversal",
        memo=f"{reason.strip()[:120]} (jurnal {entry.position})",
        lines=mirror,
        own_date=on,
        paper=entry.paper,
        reverses=entry.pk,
    )
    return post_entry(cooperative=entry.cooperative, draft=draft, actor=actor)


def reverse_source(
    *, cooperative: Cooperative, source: str, on: date, reason: str, actor: User
) -> None:
    """Reverse the entry of a paper, where it has one: goods without value, say, post nothing."""
    entry = selectors.entry_by_source(cooperative=cooperative, source=source)
    if entry is not None:
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
