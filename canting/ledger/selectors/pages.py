"""The lines of accounts page by page, with a running balance that never reads the whole account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, F, QuerySet, Sum, When

from canting.kernel.pagination import page_of
from canting.ledger.models import Account, JournalLine
from canting.ledger.rules import Side
from canting.ledger.selectors.balances import sums_until
from canting.ledger.selectors.refs import Sums, day_before

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A line and the balance after it, on the normal side."""

    line: JournalLine
    balance: int

    @property
    def debit(self) -> int:
        """The amount when it is a debit, else 0."""
        return self.line.amount if self.line.side == Side.DEBIT else 0

    @property
    def credit(self) -> int:
        """The amount when it is a credit, else 0."""
        return self.line.amount if self.line.side == Side.CREDIT else 0


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """One page of lines, newest first, between an opening and a closing balance of the filter."""

    rows: list[RunningLine]
    opening: int
    debit: int
    credit: int
    closing: int
    count: int
    next: str | None
    is_first: bool


def ledger_page(
    *,
    cooperative: Cooperative,
    accounts: Sequence[Account],
    since: date,
    until: date,
    party_id: int | None = None,
    after: str | None = None,
    size: int = PAGE_ROWS,
) -> LedgerPage:
    """The lines on some accounts (of one party) between two days, newest first.

    The opening balance is the closing balance of the time before under the same filter.
    """
    ids = [account.pk for account in accounts]
    normal = accounts[0].normal if accounts else Side.DEBIT
    found = _found(cooperative, ids, since, until, party_id)
    page = page_of(
        found.select_related("entry__actor", "party", "account"),
        order=["-entry_date", "-id"],
        after=after,
        size=size,
    )

    def sums(as_of: date) -> Sums:
        return sums_until(cooperative=cooperative, account_ids=ids, as_of=as_of, party_id=party_id)

    before, end = sums(day_before(since)), sums(until)
    return LedgerPage(
        rows=_running(page.rows, normal, found, sums),
        opening=before.on_side(normal),
        debit=end.debit - before.debit,
        credit=end.credit - before.credit,
        closing=end.on_side(normal),
        count=found.count(),
        next=page.next,
        is_first=page.is_first,
    )


def account_rows(
    *,
    cooperative: Cooperative,
    account: Account,
    since: date,
    until: date,
    party_id: int | None = None,
) -> Iterator[tuple[date, int, str, str, str, int, int]]:
    """Every line of an account, oldest first, for a sheet: read on and on, never all at once.

    Day, journal number, paper, words, party, debit, credit.
    """
    found = (
        _found(cooperative, [account.pk], since, until, party_id)
        .order_by("entry_date", "id")
        .values_list(
            "entry_date", "entry__position", "entry__paper", "entry__memo", "party__name", "side",
            "amount",
        )
    )  # fmt: skip
    for day, position, paper, memo, name, side, amount in found.iterator(chunk_size=2_000):
        is_debit = side == Side.DEBIT
        yield (
            day,
            position,
            paper,
            memo,
            name or "",
            amount if is_debit else 0,
            0 if is_debit else amount,
        )


def _found(
    cooperative: Cooperative, ids: Sequence[int], since: date, until: date, party_id: int | None
) -> QuerySet[JournalLine]:
    found = JournalLine.objects.filter(
        cooperative=cooperative,
        account_id__in=ids,
        entry_date__gte=since,
        entry_date__lte=until,
    )
    return found if party_id is None else found.filter(party_id=party_id)


def _running(
    lines: Sequence[JournalLine],
    normal: str,
    found: QuerySet[JournalLine],
    sums: Callable[[date], Sums],
) -> list[RunningLine]:
    """The balance after each line: that of the newest line's day, less what follows it that day."""
    if not lines:
        return []
    newest = lines[0]
    later = found.filter(entry_date=newest.entry_date, pk__gt=newest.pk).aggregate(
        net=Sum(Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount")))
    )["net"]
    net = sums(newest.entry_date).net - (later or 0)
    sign = 1 if normal == Side.DEBIT else -1
    rows = []
    for line in lines:
        rows.append(RunningLine(line, sign * net))
        net -= line.amount if line.side == Side.DEBIT else -line.amount
    return rows
