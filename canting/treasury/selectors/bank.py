"""Reads of the bank's lines: open ones, what they may be, what the bank says on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.kernel.closing import StatementWord
from canting.ledger import selectors as ledger
from canting.treasury.models import BankLayout, BankLine, BankMatch, BankStatement
from canting.treasury.rules import MATCH_DAYS, Booked, Said, candidates_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account, JournalLine

# A match whose entry was reversed holds no longer: the bank's line waits for the right entry.
_HOLDS = BankMatch.objects.filter(
    line=OuterRef("pk"), journal_line__entry__reversed_by__isnull=True
)


class Figures(NamedTuple):
    """How an account stands: by the bank and by the book on the bank's last day."""

    said: int | None
    until: date | None
    booked: int
    waiting: int

    @property
    def apart(self) -> int:
        """What the bank says less what the book says."""
        return (self.said or 0) - self.booked


def lines(*, cooperative: Cooperative, account: Account) -> QuerySet[Any]:
    """The bank's lines of an account, each knowing whether it has its entry."""
    return BankLine.objects.filter(cooperative=cooperative, account=account).annotate(
        is_matched=Exists(_HOLDS)
    )


def line(*, cooperative: Cooperative, pk: int) -> BankLine | None:
    """One line of the bank, with whether it has its entry."""
    found = BankLine.objects.filter(cooperative=cooperative, pk=pk)
    return found.annotate(is_matched=Exists(_HOLDS)).select_related("account", "statement").first()


def statement(*, cooperative: Cooperative, pk: int) -> BankStatement | None:
    """One list that was read."""
    found = BankStatement.objects.filter(cooperative=cooperative, pk=pk)
    return found.select_related("account", "made_by").first()


def statements(*, cooperative: Cooperative, account: Account) -> QuerySet[BankStatement]:
    """The lists of an account, latest first."""
    found = BankStatement.objects.filter(cooperative=cooperative, account=account)
    return found.select_related("made_by").order_by("-until", "-id")


def layout(*, cooperative: Cooperative, digest: str) -> BankLayout | None:
    """What the columns of a list with this header mean, when it was told before."""
    return BankLayout.objects.filter(cooperative=cooperative, digest=digest).first()


def account_of(*, cooperative: Cooperative, code: str = "") -> Account | None:
    """The bank account with this code; the first one without a code."""
    accounts = cash.bank_accounts(cooperative=cooperative)
    return next((one for one in accounts if not code or one.code == code), None)


def open_entries(
    *,
    cooperative: Cooperative,
    account: Account,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[JournalLine]:
    """Lines of the book on the account that no line of the bank is; reversed pairs left out."""
    found = ledger.account_lines(cooperative=cooperative, account=account, since=since, until=until)
    return found.filter(
        bank_match__isnull=True, entry__reverses__isnull=True, entry__reversed_by__isnull=True
    )


def signed(entry: JournalLine) -> int:
    """What a line of the book moved on the bank's account; money out below zero."""
    return entry.amount if entry.side == "D" else -entry.amount


def booked(entry: JournalLine) -> Booked:
    """A line of the book as matching takes it."""
    words = f"{entry.entry.memo} {entry.entry.paper} {entry.party or ''}"
    return Booked(entry.pk, entry.entry_date, signed(entry), words)


def candidates(
    *, cooperative: Cooperative, account: Account, found: Iterable[BankLine], on: date
) -> Mapping[int, list[Booked]]:
    """For each of the bank's lines the entries it may be, the likeliest first; two queries."""
    said = [Said(one.pk, one.on, one.amount, one.text) for one in found]
    if not said:
        return {}
    days = int(house.parameter(cooperative=cooperative, name=MATCH_DAYS, on=on))
    room = timedelta(days=days)
    entries = open_entries(
        cooperative=cooperative,
        account=account,
        since=min(one.on for one in said) - room,
        until=max(one.on for one in said) + room,
    )
    return candidates_of(said, (booked(entry) for entry in entries), days)


def entries_of(found: BankLine) -> list[JournalLine]:
    """The lines of the book that a line of the bank is."""
    matches = found.matches.filter(journal_line__entry__reversed_by__isnull=True)
    rows = matches.select_related("journal_line__entry", "journal_line__party").order_by("id")
    return [match.journal_line for match in rows]


def figures(*, cooperative: Cooperative, account: Account) -> Figures:
    """How the account stands on the last day the bank has told us of."""
    last = statements(cooperative=cooperative, account=account).first()
    if last is None:
        return Figures(None, None, 0, 0)
    word = bank_statement(cooperative=cooperative, account=account, on=last.until)
    book = cash.bank_book(cooperative=cooperative, account=account, on=last.until)
    waiting = lines(cooperative=cooperative, account=account).filter(is_matched=False).count()
    return Figures(word.balance if word else None, last.until, book.balance, waiting)


def bank_statement(*, cooperative: Cooperative, account: Account, on: date) -> StatementWord | None:
    """What the bank's lists say of an account at the end of a day; None when they do not reach it.

    A list without balances says nothing of them: then the balance typed at the desk holds.
    """
    known = BankStatement.objects.filter(cooperative=cooperative, account=account, until__gte=on)
    if not known.exists():
        return None
    found = lines(cooperative=cooperative, account=account).filter(on__lte=on)
    last = found.order_by("-on", "-statement_id", "-place").first()
    if last is None or last.balance is None:
        return None
    waiting = found.filter(is_matched=False).count()
    return StatementWord(last.balance, waiting, "treasury:bank_page")


def wrong_sums(*, cooperative: Cooperative) -> list[BankLine]:
    """Lines of the bank whose entries do not add up to them, or lie on another account."""
    matches = BankMatch.objects.filter(line__cooperative=cooperative)
    rows = matches.annotate(
        side=F("journal_line__side"),
        moved=F("journal_line__amount"),
        of=F("journal_line__account_id"),
    ).select_related("line")
    sums: dict[int, int] = {}
    lines_by: dict[int, BankLine] = {}
    strange = set()
    for match in rows.iterator():
        one = match.line
        lines_by[one.pk] = one
        sums[one.pk] = sums.get(one.pk, 0) + (match.moved if match.side == "D" else -match.moved)
        if match.of != one.account_id:
            strange.add(one.pk)
    return [one for pk, one in lines_by.items() if sums[pk] != one.amount or pk in strange]
