"""Cash flows, direct and indirect: two roads from the opening to the closing of cash.

The direct form sums the money of the entries by what it was for; the indirect one begins with the
result and takes it to the same figure by the kept balances of the accounts. Whole rupiah.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.ledger import selectors as ledger
from canting.ledger import statements
from canting.ledger.rules import FIRST_OF_SURPLUS
from canting.ledger.statements import OPENING
from canting.reports.rules.flows import (
    HEADINGS,
    NO_FLOW,
    WAYS,
    Choices,
    Paid,
    class_of,
    kinds_under,
    known_kind,
    unknown_entry,
)
from canting.reports.statements.period import Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.ledger.models import Account


# Stands for all entries whose kind does not say what their money was for.
UNKNOWN = "other_entries"


@dataclass(frozen=True, slots=True)
class CashFlow:
    """The statement of cash flows of a time.

    `direct` holds headings, `changes` the lines of the position that moved the result away from
    cash, `noncash` what entries moved between the classes without money, by kind and class.
    """

    period: Period
    opening: int
    direct: Mapping[str, int]
    result: int
    taken_over: int
    elsewhere: Mapping[str, int]
    changes: Mapping[str, int]
    noncash: Mapping[tuple[str, str], int]
    closing: int

    def total(self, heads: str) -> int:
        """The sum of one class (op, inv, fin) in the direct form."""
        return sum(v for key, v in self.direct.items() if key.startswith(f"{heads}."))

    @property
    def movement(self) -> int:
        """What all headings add to cash."""
        return sum(self.direct.values())

    @property
    def adjustments(self) -> Mapping[str, int]:
        """What operating entries moved without money, by kind, as the indirect form adds it back."""
        return {kind: -v for (kind, flow), v in self.noncash.items() if flow == "O"}

    @property
    def indirect(self) -> int:
        """Cash from operations by the indirect road."""
        moved = (self.elsewhere, self.changes, self.adjustments)
        return self.result - self.taken_over + sum(sum(part.values()) for part in moved)

    @property
    def difference(self) -> int:
        """How far the direct form is from the cash accounts: zero, or the books are broken."""
        return self.closing - self.opening - self.movement

    @property
    def between(self) -> int:
        """How far the two forms are from each other: zero, or the books are broken."""
        return self.total("op") - self.indirect


def choices_on(*, cooperative: Cooperative, on: date) -> Choices:
    """Where interest and the spending of funds stand on a day."""
    known = house.all_parameters()
    own = house.own_values(cooperative=cooperative)
    names = ("reports.interest_flow", "reports.funds_flow")
    return Choices(*(house.in_force(known[n], own.get(n, []), on).value for n in names))


@dataclass
class _Chart:
    """The accounts with their class under the choices."""

    accounts: Mapping[int, Account]
    choices: Choices

    @property
    def cash(self) -> list[int]:
        return [pk for pk, account in self.accounts.items() if account.flow == "C"]

    def paid(self, pk: int) -> Paid:
        account = self.accounts[pk]
        plain = Paid(account.role, account.statement, account.party_kind, account.flow)
        return plain._replace(flow=self.choices.flow(plain))


def cash_flow(*, cooperative: Cooperative, period: Period) -> CashFlow:
    """The cash flows of a time in both forms.

    What the books took over when they began is opening, no movement; moving money between cash
    places is none either; a set-off in an entry is no money.
    """
    accounts = {account.pk: account for account in ledger.accounts(cooperative=cooperative)}
    chart = _Chart(accounts, choices_on(cooperative=cooperative, on=period.until))
    all_moves = ledger.sums_by_kind(cooperative=cooperative, since=period.since, until=period.until)
    by_kind, strange = _direct_by_kind(cooperative, period, chart)
    direct: dict[str, int] = defaultdict(int)
    for lines in by_kind.values():
        for heading, amount in lines.items():
            direct[heading] += amount
    before, after = (
        {row.account_id: -row.net for row in ledger.trial_balance(cooperative=cooperative, as_of=d)}
        for d in (period.eve, period.until)
    )
    opened = {row.account_id: row.net for row in all_moves if row.kind == OPENING}
    result = statements.surplus(
        cooperative=cooperative, since=period.since, until=period.until
    ).after_tax.total
    return CashFlow(
        period=period,
        opening=-sum(before.get(pk, 0) + opened.get(pk, 0) for pk in chart.cash),
        direct={key: direct[key] for key in HEADINGS if direct.get(key)},
        result=result,
        taken_over=sum(net for pk, net in opened.items() if _is_result(accounts[pk])),
        elsewhere=_elsewhere(chart, all_moves),
        changes=_changes(chart, before, after, opened),
        noncash=_noncash(chart, all_moves, by_kind, strange),
        closing=-sum(after.get(pk, 0) for pk in chart.cash),
    )


def _is_result(account: Account) -> bool:
    return account.code >= FIRST_OF_SURPLUS


def _direct_by_kind(
    cooperative: Cooperative, period: Period, chart: _Chart
) -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    """Headings of the money that moved, by kind of entry; and the kinds that say nothing of it.

    Those are read entry by entry and stand together under `UNKNOWN`.
    """
    rows = ledger.sums_by_kind(
        cooperative=cooperative, since=period.since, until=period.until, beside=chart.cash
    )
    cash: dict[str, int] = defaultdict(int)
    moved: dict[str, list[tuple[Paid, int]]] = defaultdict(list)
    for row in rows:
        if chart.accounts[row.account_id].flow == "C":
            cash[row.kind] -= row.net
        else:
            moved[row.kind].append((chart.paid(row.account_id), row.net))
    found: dict[str, dict[str, int]] = {}
    for kind in sorted({*cash, *moved} & WAYS.keys()):
        found[kind] = _gathered(chart, known_kind(kind, cash[kind], moved[kind]))
    strange = frozenset({*cash, *moved} - WAYS.keys() - NO_FLOW)
    if strange:
        found[UNKNOWN] = _unknown(cooperative, period, chart)
    return found, strange


def _unknown(cooperative: Cooperative, period: Period, chart: _Chart) -> dict[str, int]:
    lines: list[tuple[str, int]] = []
    for entry in ledger.entry_sums(
        cooperative=cooperative,
        since=period.since,
        until=period.until,
        beside=chart.cash,
        without=sorted({*WAYS, *NO_FLOW}),
    ):
        cash = -sum(net for pk, net in entry if chart.accounts[pk].flow == "C")
        moved = [(chart.paid(pk), net) for pk, net in entry if chart.accounts[pk].flow != "C"]
        lines += unknown_entry(cash, moved)
    return _gathered(chart, lines)


def _gathered(chart: _Chart, lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for heading, amount in lines:
        sums[chart.choices.heading(heading)] += amount
    return {heading: amount for heading, amount in sums.items() if amount}


def _elsewhere(chart: _Chart, moves: Sequence[ledger.KindSum]) -> dict[str, int]:
    """What of the result stands under another class by choice (interest under financing)."""
    found: dict[str, int] = defaultdict(int)
    for row in moves:
        account = chart.accounts[row.account_id]
        if row.kind in NO_FLOW or not _is_result(account):
            continue
        if chart.paid(row.account_id).flow != "O":
            found[account.role or account.code] -= row.net
    return {key: amount for key, amount in found.items() if amount}


def _changes(
    chart: _Chart,
    before: Mapping[int, int],
    after: Mapping[int, int],
    opened: Mapping[int, int],
) -> dict[str, int]:
    """What operating accounts of the position gave or took, by line, from the kept balances."""
    found: dict[str, int] = defaultdict(int)
    for pk, account in chart.accounts.items():
        if account.code < "3" and chart.paid(pk).flow == "O":
            found[account.statement] += after.get(pk, 0) - before.get(pk, 0) - opened.get(pk, 0)
    order = [*statements.ASSETS, *statements.LIABILITIES]
    return {key: found[key] for key in order if found.get(key)}


def _noncash(
    chart: _Chart,
    moves: Sequence[ledger.KindSum],
    by_kind: Mapping[str, Mapping[str, int]],
    strange: frozenset[str],
) -> dict[tuple[str, str], int]:
    """What each kind of entry moved in a class beyond its money, by kind and class."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in moves:
        flow = chart.paid(row.account_id).flow
        if flow != "C" and row.kind not in NO_FLOW:
            found[UNKNOWN if row.kind in strange else row.kind, flow] += row.net
    for kind, lines in by_kind.items():
        for heading, amount in lines.items():
            found[kind, class_of(heading)] -= amount
    return {key: found[key] for key in sorted(found) if found[key]}


ROWS_AT_ONCE, MOST_READS = 200, 10


@dataclass(frozen=True, slots=True)
class FlowEntry:
    """An entry with the money of it that stands under one heading."""

    entry: ledger.CashEntry
    amount: int


def entries_under(
    *, cooperative: Cooperative, heading: str, period: Period, before: int, most: int
) -> tuple[list[FlowEntry], int]:
    """The entries whose money stands under a heading, newest first, and where the next ones begin.

    Of an entry that pays for several things its own part is told. The second value is the journal
    number to go on before; 0 when there is nothing more.
    """
    accounts = {account.pk: account for account in ledger.accounts(cooperative=cooperative)}
    chart = _Chart(accounts, choices_on(cooperative=cooperative, on=period.until))
    under = kinds_under(chart.choices, heading)
    without = sorted({*WAYS, *NO_FLOW} - under)
    found: list[FlowEntry] = []
    for _read in range(MOST_READS):
        rows = ledger.cash_entries(
            cooperative=cooperative,
            since=period.since,
            until=period.until,
            cash=chart.cash,
            without=without,
            before=before,
            most=ROWS_AT_ONCE,
        )
        sums = ledger.account_sums(
            cooperative=cooperative, positions=[row.position for row in rows]
        )
        for row in rows:
            before = row.position
            amount = _parts(chart, row, sums[row.position]).get(heading, 0)
            if amount:
                found.append(FlowEntry(row, amount))
                if len(found) == most:
                    return found, before
        if len(rows) < ROWS_AT_ONCE:
            return found, 0
    return found, before


def _parts(
    chart: _Chart, row: ledger.CashEntry, lines: Sequence[tuple[int, int]]
) -> dict[str, int]:
    """The headings of one entry's money."""
    moved = [(chart.paid(pk), net) for pk, net in lines if chart.accounts[pk].flow != "C"]
    if row.kind in WAYS:
        return _gathered(chart, known_kind(row.kind, row.amount, moved))
    return _gathered(chart, unknown_entry(row.amount, moved))
