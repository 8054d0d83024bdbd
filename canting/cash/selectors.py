"""Reads of the cash desk: where money lies, how much is there, its papers and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from canting.cash.errors import NotADrawer, NotEnoughCash, UnknownPlace, UnknownPurpose
from canting.cash.models import AdvanceNota, BankBalance, CashPaper, DrawerCount
from canting.cash.rules import (
    DRAWERS,
    KEPT_PURPOSES,
    PAPER_SOURCE,
    PLACES,
    PURPOSES,
    Purpose,
    week_of,
)
from canting.kernel.dates import format_date
from canting.kernel.expected import Expected
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account, JournalEntry

WEEKS, WEEKS_AHEAD = 13, 4


@dataclass(frozen=True, slots=True)
class Week:
    """Money in and out of all places in seven days, and what was there at their end."""

    ends: date
    came_in: int
    went_out: int
    balance: int
    is_expected: bool = False


def places(cooperative: Cooperative) -> list[tuple[str, str]]:
    """Where money can come in and go out: account role and the name people read."""
    return [
        (account.role, ledger.account_name(account.role, account.name))
        for account in place_accounts(cooperative=cooperative)
    ]


def place_accounts(*, cooperative: Cooperative) -> list[Account]:
    """The accounts of the cash places, in the order of the list."""
    named = {account.role: account for account in ledger.cash_accounts(cooperative=cooperative)}
    return [named[role] for role in PLACES if role in named]


@dataclass(frozen=True, slots=True)
class BankBook:
    """What the book says of a bank account at a day's end, and whether it was ever used."""

    balance: int
    moved: bool


def bank_accounts(*, cooperative: Cooperative) -> list[Account]:
    """The accounts that a bank keeps for us, by code; money on its way is in none of them."""
    return [
        account
        for account in ledger.cash_accounts(cooperative=cooperative)
        if account.role not in DRAWERS | {"qris_transit"}
    ]


def bank_book(*, cooperative: Cooperative, account: Account, on: date) -> BankBook:
    """What the book says of a bank account at the end of a day."""
    sums = ledger.sums_until(cooperative=cooperative, account_ids=[account.pk], as_of=on)
    return BankBook(sums.on_side(account.normal), sums.lines > 0)


def typed_balance(*, cooperative: Cooperative, account: Account, on: date) -> BankBalance | None:
    """The balance last typed from the bank's statement for the end of a day."""
    found = BankBalance.objects.filter(cooperative=cooperative, account=account, on=on)
    return found.order_by("-id").first()


def typed_balances(*, cooperative: Cooperative) -> QuerySet[BankBalance]:
    """Every balance typed from a statement, newest first."""
    found = BankBalance.objects.filter(cooperative=cooperative)
    return found.select_related("account", "made_by").order_by("-id")


def place_name(*, cooperative: Cooperative, place: str) -> str:
    """The name of a cash place; UnknownPlace when it is none."""
    found = dict(places(cooperative)).get(place)
    if found is None:
        raise UnknownPlace(place=place)
    return found


def drawer_name(*, cooperative: Cooperative, place: str) -> str:
    """The name of a drawer that can be counted; NotADrawer for the bank."""
    name = place_name(cooperative=cooperative, place=place)
    if place not in DRAWERS:
        raise NotADrawer(place=name)
    return name


def purpose(key: str) -> Purpose:
    """What money is for, by its key; UnknownPurpose when it is not on the list."""
    found = PURPOSES.get(key) or KEPT_PURPOSES.get(key)
    if found is None:
        raise UnknownPurpose(purpose=key)
    return found


def require_cash(*, cooperative: Cooperative, place: str, amount: int, on: date) -> None:
    """Refuse a payment that a drawer cannot make on that day, or that would empty a later day.

    Call it inside the service's transaction before anything is moved: it holds the drawer until
    the end, so that two cashiers cannot take the same money. The bank is not refused here.
    """
    name = place_name(cooperative=cooperative, place=place)
    if place not in DRAWERS:
        return
    ledger.lock_account(cooperative=cooperative, role=place)
    day, left = ledger.least_from(cooperative=cooperative, role=place, since=on)
    if left < amount:
        raise NotEnoughCash(
            place=name,
            left=format_rupiah(left),
            date=format_date(day),
            amount=format_rupiah(amount),
        )


def paper(*, cooperative: Cooperative, number: str) -> CashPaper | None:
    """A paper of the desk by its number, with who made it and what replaced it."""
    return (
        CashPaper.objects.filter(cooperative=cooperative, number=number)
        .select_related("made_by", "party", "successor", "refers_to", "cooperative")
        .first()
    )


def lock_paper(*, cooperative: Cooperative, number: str) -> CashPaper:
    """The same, held until the transaction ends."""
    return CashPaper.objects.select_for_update(of=("self",)).get(
        cooperative=cooperative, number=number
    )


def papers(*, cooperative: Cooperative, kind: str) -> QuerySet[CashPaper]:
    """The papers of one kind, newest first."""
    return (
        CashPaper.objects.filter(cooperative=cooperative, kind=kind)
        .select_related("party", "made_by")
        .order_by("-id")
    )


def notas(*, paper: CashPaper) -> QuerySet[AdvanceNota]:
    """The receipts behind a settled advance, in order."""
    return AdvanceNota.objects.filter(paper=paper).order_by("position")


def entry_of(*, paper: CashPaper) -> JournalEntry:
    """The entry that a paper posted; every paper has one, so LookupError means broken books."""
    source = f"{PAPER_SOURCE}:{paper.number}"
    entry = ledger.entry_by_source(cooperative=paper.cooperative, source=source)
    if entry is None:
        raise LookupError(source)
    return entry


def follower(*, paper: CashPaper) -> CashPaper | None:
    """A standing paper that rests on this one, such as the clearing of money in suspense."""
    return CashPaper.objects.filter(refers_to=paper, state="posted").first()


def left_in_suspense(*, paper: CashPaper) -> int:
    """How much of money received in suspense is not cleared yet."""
    if paper.state != "posted":
        return 0
    cleared = CashPaper.objects.filter(refers_to=paper, state="posted").aggregate(
        total=Sum("amount")
    )["total"]
    return paper.amount - (cleared or 0)


def in_suspense(*, cooperative: Cooperative) -> list[tuple[CashPaper, int]]:
    """Money whose owner is not known yet, oldest first, with what is left of each."""
    found = (
        CashPaper.objects.filter(cooperative=cooperative, kind="suspense", state="posted")
        .select_related("made_by")
        .order_by("on", "id")
    )
    cleared = dict(
        CashPaper.objects.filter(cooperative=cooperative, kind="clearing", state="posted")
        .values_list("refers_to_id")
        .annotate(total=Sum("amount"))
    )
    left = [(paper, paper.amount - cleared.get(paper.pk, 0)) for paper in found]
    return [(paper, amount) for paper, amount in left if amount]


def count(*, cooperative: Cooperative, number: str) -> DrawerCount | None:
    """A count of a drawer by its number."""
    return (
        DrawerCount.objects.filter(cooperative=cooperative, number=number)
        .select_related("counted_by", "confirmed_by", "cooperative")
        .first()
    )


def lock_count(*, cooperative: Cooperative, number: str) -> DrawerCount:
    """The same, held until the transaction ends."""
    return DrawerCount.objects.select_for_update(of=("self",)).get(
        cooperative=cooperative, number=number
    )


def counts(*, cooperative: Cooperative) -> QuerySet[DrawerCount]:
    """Every count of a drawer, newest first."""
    return (
        DrawerCount.objects.filter(cooperative=cooperative)
        .select_related("counted_by", "confirmed_by")
        .order_by("-id")
    )


def counted_since(*, cooperative: Cooperative, place: str, day: date) -> bool:
    """True when a drawer has a confirmed count of that day or later."""
    return DrawerCount.objects.filter(
        cooperative=cooperative, place=place, on__gte=day, state="confirmed"
    ).exists()


def weeks(*, cooperative: Cooperative, on: date, accounts: Sequence[Account]) -> list[Week]:
    """The last thirteen weeks of all cash places together, oldest first; moves between them apart.

    A week ends on the weekday of `on`.
    """
    ids = [account.pk for account in accounts]
    since = on - timedelta(days=7 * WEEKS - 1)
    came, went = [0] * WEEKS, [0] * WEEKS
    days = ledger.daily_sums(
        cooperative=cooperative,
        account_ids=ids,
        since=since,
        until=on,
        without=["cash_transfer"],
    )
    for day, debit, credit in days:
        place = week_of(day, on)
        came[place] += debit
        went[place] += credit
    balance = ledger.sums_until(cooperative=cooperative, account_ids=ids, as_of=on).net
    found = []
    for place in range(WEEKS):
        found.append(Week(on - timedelta(days=7 * place), came[place], went[place], balance))
        balance -= came[place] - went[place]
    return found[::-1]


def last_day_ahead(on: date) -> date:
    """The end of the last week that is looked ahead to."""
    return on + timedelta(days=7 * WEEKS_AHEAD)


def weeks_ahead(*, expected: Iterable[Expected], on: date, balance: int) -> list[Week]:
    """The four weeks from tomorrow on, with what is due in each; due today is in the first."""
    came, went = [0] * WEEKS_AHEAD, [0] * WEEKS_AHEAD
    for one in expected:
        place = max((one.day - on).days - 1, 0) // 7
        if place < WEEKS_AHEAD:
            came[place] += one.comes_in
            went[place] += one.goes_out
    found = []
    for place in range(WEEKS_AHEAD):
        balance += came[place] - went[place]
        ends = on + timedelta(days=7 * (place + 1))
        found.append(Week(ends, came[place], went[place], balance, is_expected=True))
    return found
