"""Reads of the chart of accounts and of months open and closed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from canting.kernel.database import hot_cursor
from canting.kernel.dates import first_of_month, next_month
from canting.ledger.errors import UnknownAccount
from canting.ledger.models import Account, Book, FiscalPeriod, JournalEntry
from canting.ledger.selectors.refs import AccountRef, Head, account_name, as_date

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

_charts: dict[int, tuple[int, dict[str, AccountRef]]] = {}
_KEPT = "_chart_in_hand"
_HEAD_SQL = """
SELECT position, digest, opened_on, closed_through, chart_version
FROM ledger_book WHERE cooperative_id = %s
"""


def chart(*, cooperative_id: int, version: int) -> dict[str, AccountRef]:
    """Accounts by role and by code, kept between calls until the chart changes."""
    kept = _charts.get(cooperative_id)
    if kept and kept[0] == version:
        return kept[1]
    found: dict[str, AccountRef] = {}
    for row in Account.objects.filter(cooperative_id=cooperative_id).values_list(
        "id", "code", "role", "name", "party_kind", "active", "normal", "statement", "shown"
    ):
        ref = AccountRef(*row)
        found[ref.code] = ref
        if ref.role:
            found[ref.role] = ref
    _charts[cooperative_id] = (version, found)
    return found


def head(*, cooperative: Cooperative) -> Head:
    """The head of the chain as it stands, read without building a row of the table."""
    with hot_cursor() as cursor:
        cursor.execute(_HEAD_SQL, [cooperative.pk])
        row = cursor.fetchone()
    if row is None:
        raise Book.DoesNotExist
    position, digest, opened_on, closed_through, version = row
    return Head(position, digest, as_date(opened_on), as_date(closed_through), version)


def forget_chart(*, cooperative: Cooperative) -> None:
    """Let the next read see a chart that was just changed."""
    cooperative.__dict__.pop(_KEPT, None)


def _chart_of(cooperative: Cooperative) -> dict[str, AccountRef]:
    """The chart, looked up once for a cooperative in hand: a request reads it, a service changes it."""
    found: dict[str, AccountRef] | None = cooperative.__dict__.get(_KEPT)
    if found is None:
        version = head(cooperative=cooperative).chart_version
        found = chart(cooperative_id=cooperative.pk, version=version)
        cooperative.__dict__[_KEPT] = found
    return found


def lock_book(*, cooperative: Cooperative) -> Book:
    """The head of the chain, locked until the transaction ends."""
    return Book.objects.select_for_update().get(cooperative=cooperative)


def book(*, cooperative: Cooperative) -> Book:
    """The head of the chain as it stands: position, digest, closed months."""
    found = Book.objects.get(cooperative=cooperative)
    # Who has read the head need not read it again to know which chart is in force.
    cooperative.__dict__[_KEPT] = chart(cooperative_id=cooperative.pk, version=found.chart_version)
    return found


def next_month_to_close(*, book: Book) -> date:
    """The first day of the month that is next in turn to be closed."""
    return (
        next_month(first_of_month(book.closed_through))
        if book.closed_through
        else first_of_month(book.opened_on)
    )


def earliest_open_day(*, cooperative: Cooperative) -> date:
    """The first day that still takes entries."""
    head = book(cooperative=cooperative)
    return (
        next_month(first_of_month(head.closed_through)) if head.closed_through else head.opened_on
    )


def last_entry_date(*, cooperative: Cooperative) -> date | None:
    """The latest day that anything is booked on, or nothing while the book is empty."""
    days = JournalEntry.objects.filter(cooperative=cooperative).order_by("-entry_date")
    return days.values_list("entry_date", flat=True).first()


def first_entry_date(*, cooperative: Cooperative) -> date | None:
    """The earliest entry date in the books, or nothing when they are empty."""
    return (
        JournalEntry.objects.filter(cooperative=cooperative)
        .order_by("entry_date")
        .values_list("entry_date", flat=True)
        .first()
    )


def periods(*, cooperative: Cooperative) -> QuerySet[FiscalPeriod]:
    """Every closing and reopening of a month, newest first, with who did it."""
    return (
        FiscalPeriod.objects.filter(cooperative=cooperative).select_related("actor").order_by("-id")
    )


def last_act(*, cooperative: Cooperative, month: date) -> FiscalPeriod | None:
    """What was last done with a month: prepared, closed or opened again."""
    return periods(cooperative=cooperative).filter(month=month).first()


def accounts(*, cooperative: Cooperative) -> QuerySet[Account]:
    """The chart of accounts by code."""
    return Account.objects.filter(cooperative=cooperative).order_by("code")


def account_for(*, cooperative: Cooperative, role: str) -> AccountRef:
    """The account that plays a role in this cooperative's chart; UnknownAccount when none does."""
    found = _chart_of(cooperative).get(role)
    if found is None:
        forget_chart(cooperative=cooperative)
        found = _chart_of(cooperative).get(role)
    if found is None or found.role != role:
        raise UnknownAccount(account=role)
    return found


def account_ids(*, cooperative: Cooperative, roles: Collection[str]) -> list[int]:
    """The keys of the accounts that play these roles here, of those there are.

    By their keys the lines of accounts are found through an index; by a role they are not.
    """
    held = _chart_of(cooperative)
    return [held[role].id for role in roles if role in held]


def account_named(*, cooperative: Cooperative, name: str, version: int | None = None) -> AccountRef:
    """The account with this role or code now; UnknownAccount when there is none.

    Whoever has read the head of the chain gives the chart's version, which saves reading it again.
    """
    if version is None:
        version = head(cooperative=cooperative).chart_version
    held = chart(cooperative_id=cooperative.pk, version=version)
    found = held.get(name)
    if found is None and name:
        found = next((one for one in held.values() if one.shown == name), None)
    if found is None:
        raise UnknownAccount(account=name)
    return found


def accounts_like(*, cooperative: Cooperative, words: str) -> list[Account]:
    """Accounts whose code, ours or the shown one, begins so, or whose name has words that do."""
    low = words.strip().casefold()
    return [one for one in accounts(cooperative=cooperative) if low and _is_like(one, low)]


def _is_like(account: Account, low: str) -> bool:
    if account.code.startswith(low) or account.shown.casefold().startswith(low):
        return True
    name = account_name(account.role, account.name).casefold().split()
    return all(any(word.startswith(part) for word in name) for part in low.split())


def label(account: Account | AccountRef) -> str:
    """Code and name of an account as a person reads them."""
    return f"{account.shown_code} {account_name(account.role, account.name)}"


def cash_accounts(*, cooperative: Cooperative) -> list[Account]:
    """The open accounts where money lies, by code."""
    return list(
        Account.objects.filter(cooperative=cooperative, statement="cash", active=True).order_by(
            "code"
        )
    )


def lock_account(*, cooperative: Cooperative, role: str) -> None:
    """Hold one account until the transaction ends; others may post to it, not hold it."""
    list(
        Account.objects.select_for_update(no_key=True)
        .filter(cooperative=cooperative, role=role)
        .values_list("pk")
    )


def last_seal(*, cooperative: Cooperative) -> FiscalPeriod | None:
    """The closing whose checkpoint reaches furthest, or nothing before the first."""
    return periods(cooperative=cooperative).filter(act="close").first()


def last_closing(*, cooperative: Cooperative, month: date) -> FiscalPeriod | None:
    """The last time a month was closed, or nothing."""
    return periods(cooperative=cooperative).filter(month=month, act="close").first()
