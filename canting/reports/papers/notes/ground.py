"""What the sections of the notes are made of, and what several of them draw on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from canting.kernel.dates import format_short_date
from canting.ledger import selectors as ledger
from canting.ledger.papers import StatementTable, TableRow
from canting.ledger.selectors import AccountBalance
from canting.ledger.statements import OPENING
from canting.reports.statements import (
    CashFlow,
    EquityChanges,
    Period,
    Surplus,
    cash_flow,
    equity_changes,
    surplus,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# Roles of every account that is kept by member, as related parties may have something on them.
OF_MEMBERS = (
    *("recv_member", "recv_member_on_sale", "recv_damage", "loan_member", "advance_maker"),
    *("onlend", "pay_maker", "wages_payable", "consign_payable", "savings_vol", "savings_time"),
    *("shu_payable", "round_deposit", "share_principal", "share_mandatory", "exit_payable"),
)


@dataclass(frozen=True, slots=True)
class NoteSection:
    """One section of the notes: its number and title, its words, its tables, whose text it is."""

    key: str
    number: int
    title: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[StatementTable, ...] = ()
    text: str = ""


class Ground:
    """The figures of a time and of the year's end before, each asked of the books once."""

    def __init__(self, cooperative: Cooperative, period: Period) -> None:
        self.cooperative = cooperative
        self.period = period
        self.then = date(period.until.year - 1, 12, 31)

    @cached_property
    def now_rows(self) -> list[AccountBalance]:
        """The trial balance of the last day."""
        return ledger.trial_balance(cooperative=self.cooperative, as_of=self.period.until)

    @cached_property
    def then_rows(self) -> list[AccountBalance]:
        """The trial balance at the end of the year before."""
        return ledger.trial_balance(cooperative=self.cooperative, as_of=self.then)

    @cached_property
    def moved(self) -> dict[str, AccountBalance]:
        """Debits and credits of the year until the last day, by role."""
        first = self.period.until.replace(month=1, day=1)
        rows = ledger.trial_balance(
            cooperative=self.cooperative, as_of=self.period.until, since=first
        )
        return {row.role or row.code: row for row in rows}

    @cached_property
    def opened(self) -> dict[int, int]:
        """What the beginning of the books put on each account in this year; credits above zero."""
        first = self.period.until.replace(month=1, day=1)
        rows = ledger.sums_by_kind(
            cooperative=self.cooperative, since=first, until=self.period.until
        )
        return {row.account_id: row.net for row in rows if row.kind == OPENING}

    @cached_property
    def surplus(self) -> Surplus:
        """The surplus of the time."""
        return surplus(
            cooperative=self.cooperative, since=self.period.since, until=self.period.until
        )

    @cached_property
    def equity(self) -> EquityChanges:
        """Changes in equity of the time."""
        return equity_changes(cooperative=self.cooperative, period=self.period)

    @cached_property
    def cash(self) -> CashFlow:
        """Cash flows of the time."""
        return cash_flow(cooperative=self.cooperative, period=self.period)

    @property
    def columns(self) -> tuple[str, str]:
        """The heads of two columns of balances: the last day and the year's end before."""
        return format_short_date(self.period.until), format_short_date(self.then)

    def accounts(self, statement: str, title: str, *, sign: int = 1) -> StatementTable | None:
        """The accounts of one line of the position, beside the year's end before; None when empty."""
        now = {row.code: row for row in self.now_rows if row.statement == statement}
        then = {row.code: row for row in self.then_rows if row.statement == statement}
        rows = [
            TableRow(
                (now.get(code) or then[code]).label,
                tuple(sign * one[code].net if code in one else 0 for one in (now, then)),
                key=code,
            )
            for code in sorted({*now, *then})
        ]
        return table(title, self.columns, [row for row in rows if any(row.amounts)])


def table(
    title: str, columns: tuple[str, ...], rows: Iterable[TableRow], lead: str = ""
) -> StatementTable | None:
    """A table with a sum of its columns at the end; None when it has no row."""
    found = list(rows)
    if not found:
        return None
    width = len(columns)
    total = tuple(sum(row.amounts[place] for row in found) for place in range(width))
    last = [TableRow(_("Together"), total, "total")] if len(found) > 1 else []
    return StatementTable(title, lead, columns, (*found, *last))


def there(*tables: StatementTable | None) -> tuple[StatementTable, ...]:
    """The tables that have something to say."""
    return tuple(one for one in tables if one is not None)


def by_number(rows: Mapping[str, int]) -> list[TableRow]:
    """Rows of one amount by their label."""
    return [TableRow(label, (amount,)) for label, amount in rows.items() if amount]
