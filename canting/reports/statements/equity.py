"""Changes in equity: opening, what added to it and took from it, the result, closing.

Columns after Permenkop UKM 2/2024 as koperasi.md 3.2 tells them; rows are the kinds of entries that
moved own capital. Every figure is the books' own sum in whole rupiah.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.kernel.texts import gettext_noop
from canting.ledger import selectors as ledger
from canting.ledger import statements
from canting.ledger.rules import YEAR_CLOSE
from canting.ledger.statements import OPENING
from canting.reports.statements.period import Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SURPLUS = "surplus"
COLUMNS: Mapping[str, str] = {**statements.EQUITY, SURPLUS: gettext_noop("Surplus")}


@dataclass(frozen=True, slots=True)
class EquityColumn:
    """One part of own capital: what it was, what moved it by kind of entry, what it is."""

    key: str
    label: str
    opening: int
    moves: Mapping[str, int]
    result: int
    closing: int

    @property
    def difference(self) -> int:
        """Closing less all that leads to it: zero, or the books are broken."""
        return self.closing - self.opening - sum(self.moves.values()) - self.result


@dataclass(frozen=True, slots=True)
class EquityChanges:
    """The statement of changes in equity of a time."""

    period: Period
    columns: tuple[EquityColumn, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of entries that moved any column, in alphabetical order."""
        return tuple(sorted({kind for column in self.columns for kind in column.moves}))

    @property
    def closing(self) -> int:
        """Own capital at the end."""
        return sum(column.closing for column in self.columns)

    @property
    def difference(self) -> int:
        """What does not roll forward, over all columns: zero, or the books are broken."""
        return sum(abs(column.difference) for column in self.columns)


def equity_changes(*, cooperative: Cooperative, period: Period) -> EquityChanges:
    """How own capital moved in a time. What was taken over when the books began is opening.

    Closing stands as the statement of financial position tells it; the moves come from the lines,
    and the result from the statement of surplus, so that the three prove each other.
    """
    before = _columns_at(cooperative, period.eve)
    after = _columns_at(cooperative, period.until)
    moves, opened = _moves(cooperative, period)
    result = statements.surplus(
        cooperative=cooperative, since=period.since, until=period.until
    ).after_tax.total
    return EquityChanges(
        period,
        tuple(
            EquityColumn(
                key,
                label,
                before.get(key, 0) + opened[key],
                dict(moves[key]),
                result if key == SURPLUS else 0,
                after.get(key, 0),
            )
            for key, label in COLUMNS.items()
        ),
    )


def _columns_at(cooperative: Cooperative, as_of: date) -> dict[str, int]:
    position = statements.financial_position(cooperative=cooperative, as_of=as_of)
    found: dict[str, int] = defaultdict(int)
    for line in position.equity:
        found[line.key if line.key in statements.EQUITY else SURPLUS] += line.amount
    return found


def _moves(
    cooperative: Cooperative, period: Period
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """What moved each column by kind, and what the beginning of the books put there."""
    accounts = {
        account.pk: account
        for account in ledger.accounts(cooperative=cooperative)
        if "3" <= account.code < "4"
    }
    moves: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    opened: dict[str, int] = defaultdict(int)
    for row in ledger.sums_by_kind(
        cooperative=cooperative,
        since=period.since,
        until=period.until,
        account_ids=list(accounts),
    ):
        if row.kind == YEAR_CLOSE:
            continue
        account = accounts[row.account_id]
        column = account.statement if account.statement in statements.EQUITY else SURPLUS
        if row.kind == OPENING:
            opened[column] += row.net
        else:
            moves[column][row.kind] += row.net
    whole: dict[str, dict[str, int]] = defaultdict(dict)
    for column, kinds in moves.items():
        whole[column] = {kind: net for kind, net in kinds.items() if net}
    return whole, opened
