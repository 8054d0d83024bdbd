"""Writes of the books: the one writer of entries, reversal, chart, months."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from canting.cooperatives.models import Cooperative, User
from canting.cooperatives.services import record
from canting.kernel.database import add_to_sums, insert_rows
from canting.kernel.dates import first_of_month, last_of_month, next_month
from canting.ledger import selectors
from canting.ledger.errors import (
    AccountClosed,
    AlreadyReversed,
    BadCode,
    BeforeBooks,
    CodeTaken,
    MonthNotNext,
    MonthNotOver,
    MonthNotReady,
    NothingToReopen,
    PartyNeeded,
    PeriodClosed,
    ReasonNeeded,
    SourceConflict,
    UnknownAccount,
    WrongParty,
)
from canting.ledger.models import Account, Book, FiscalPeriod, JournalEntry
from canting.ledger.rules import CHART, Draft, Line, Side, check_balanced, digest_of
from canting.ledger.selectors import AccountRef, Head, Posted

ENTRY_COLUMNS = (
    "id, cooperative_id, position, source, entry_date, own_date, kind, memo, paper, posted_at,"
    " actor_id, reverses_id, digest"
).split(", ")
LINE_COLUMNS = (
    "cooperative_id, entry_id, entry_date, account_id, party_id, side, amount, business".split(", ")
)
AUDIT_COLUMNS = "cooperative_id, made_at, actor_id, action, subject, facts".split(", ")
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


def open_book(*, cooperative: Cooperative, actor: User) -> Book:
    """Give a new cooperative its chart of accounts and an empty chain."""
    with transaction.atomic():
        book, made = Book.objects.get_or_create(
            cooperative=cooperative,
            defaults={"opened_on": cooperative.cutover_date, "chart_version": secrets.randbits(30)},
        )
        if made:
            Account.objects.bulk_create(
                Account(
                    cooperative=cooperative,
                    code=row.code,
                    role=row.role,
                    normal=row.normal,
                    party_kind=row.party,
                    statement=row.statement,
                    split=row.split,
                    flow=row.flow,
                )
                for row in CHART
            )
            record(
                cooperative_id=cooperative.pk,
                actor=actor,
                action="ledger.book_opened",
                subject="book",
            )
        return book


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


def _account_of(chart: dict[str, AccountRef], line: Line, cooperative_id: int) -> AccountRef:
    account = chart.get(line.account)
    if account is None:
        raise UnknownAccount(account=line.account)
    if not account.active:
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
    rows = _Rows([], [], [], defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0]))
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
        account = _account_of(chart, line, cooperative_id)
        party = line.party
        column = 0 if line.side == Side.DEBIT else 1
        rows.months[(account.id, month)][column] += line.amount
        if party:
            rows.party_months[(account.id, party.id, month)][column] += line.amount
        rows.lines.append(
            (cooperative_id, entry_id, entry_date, account.id, party.id if party else None,
             line.side.value, line.amount, line.business.value)
        )  # fmt: skip
        content.append(
            [account.code, line.side.value, line.amount,
             f"{party.kind}:{party.number}" if party else "", line.business.value]
        )  # fmt: skip
    return content


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
        ["debit", "credit"],
        [(cooperative_id, *key, *sums) for key, sums in sorted(rows.months.items())],
    )
    if rows.party_months:
        add_to_sums(
            cursor,
            "ledger_partymonth",
            ["cooperative_id", "account_id", "party_id", "month"],
            ["debit", "credit"],
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


@transaction.atomic
def open_account(
    *, cooperative: Cooperative, number: str, name: str, like: str, actor: User
) -> Account:
    """Open an account beside the standard ones, placed in the statements like a standard role."""
    model = next(row for row in CHART if row.role == like)
    if not number.isdigit() or not 4 <= len(number) <= 8 or number[0] != model.code[0]:
        raise BadCode(number=number)
    if taken := Account.objects.filter(cooperative=cooperative, code=number).first():
        raise CodeTaken(number=number, name=str(taken))
    account = Account.objects.create(
        cooperative=cooperative,
        code=number,
        name=name,
        normal=model.normal,
        party_kind=model.party,
        statement=model.statement,
        split=model.split,
        flow=model.flow,
    )
    _touch_chart(cooperative)
    record(
        cooperative_id=cooperative.pk, actor=actor, action="ledger.account_opened", subject=number
    )
    return account


@transaction.atomic
def change_account(
    *,
    cooperative: Cooperative,
    number: str,
    actor: User,
    name: str | None = None,
    active: bool | None = None,
) -> Account:
    """Rename an account, close it to new entries or open it again; code and class never change."""
    account = Account.objects.filter(cooperative=cooperative, code=number).first()
    if account is None:
        raise UnknownAccount(account=number)
    account.name = account.name if name is None else name
    account.active = account.active if active is None else active
    account.save(update_fields=["name", "active"])
    _touch_chart(cooperative)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.account_changed",
        subject=number,
        facts={"name": account.name, "active": account.active},
    )
    return account


def _touch_chart(cooperative: Cooperative) -> None:
    Book.objects.filter(cooperative=cooperative).update(chart_version=secrets.randbits(30))


@transaction.atomic
def move_cutover(*, cooperative: Cooperative, opened_on: date, actor: User) -> None:
    """Set the first day of the books; refused once an entry stands before it."""
    first = selectors.first_entry_date(cooperative=cooperative)
    if first and first < opened_on:
        raise BeforeBooks(date=selectors.day(first), opened=selectors.day(opened_on))
    Book.objects.filter(cooperative=cooperative).update(opened_on=opened_on)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="ledger.cutover_moved",
        subject="book",
        facts={"opened_on": opened_on},
    )


@transaction.atomic
def close_month(*, cooperative: Cooperative, month: date, on: date, actor: User) -> FiscalPeriod:
    """Close the next month: from then on no door books into it. Suspense must be empty."""
    book = selectors.lock_book(cooperative=cooperative)
    month = first_of_month(month)
    expected = selectors.next_month_to_close(book=book)
    if month != expected:
        raise MonthNotNext(next=selectors.month_name(expected), month=selectors.month_name(month))
    end = last_of_month(month)
    if on <= end:
        raise MonthNotOver(
            month=selectors.month_name(month), **{"from": selectors.day(next_month(month))}
        )
    if left := selectors.balance(cooperative=cooperative, role="suspense", as_of=end):
        raise MonthNotReady(month=selectors.month_name(month), what=selectors.suspense_left(left))
    book.closed_through = end
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "close", actor, "")


@transaction.atomic
def reopen_month(*, cooperative: Cooperative, reason: str, actor: User) -> FiscalPeriod:
    """Open the last closed month again: a logged act of the board, with its reason."""
    if not reason.strip():
        raise ReasonNeeded()
    book = selectors.lock_book(cooperative=cooperative)
    if book.closed_through is None:
        raise NothingToReopen()
    month = first_of_month(book.closed_through)
    before = selectors.day_before(month)
    book.closed_through = before if before >= book.opened_on else None
    book.save(update_fields=["closed_through"])
    return _note_period(book, month, "reopen", actor, reason.strip())


def _note_period(book: Book, month: date, act: str, actor: User, reason: str) -> FiscalPeriod:
    period = FiscalPeriod.objects.create(
        cooperative_id=book.cooperative_id,
        month=month,
        act=act,
        made_at=timezone.now(),
        actor=actor,
        reason=reason,
        checkpoint=book.digest,
        position=book.position,
    )
    record(
        cooperative_id=book.cooperative_id,
        actor=actor,
        action=f"ledger.month_{act}d" if act == "close" else "ledger.month_reopened",
        subject=month.isoformat(),
        facts={"reason": reason, "checkpoint": book.digest},
    )
    return period
