"""What must agree between the statements; drawn on the pages and asked by verify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from canting.kernel.texts import gettext_noop
from canting.ledger.statements import FinancialPosition, Surplus, financial_position, surplus
from canting.reports.statements.cash import CashFlow, cash_flow
from canting.reports.statements.equity import EquityChanges, equity_changes
from canting.reports.statements.period import Period

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures of different statements that must be the same."""

    key: str
    label: str
    one: int
    other: int

    @property
    def holds(self) -> bool:
        """True when they agree."""
        return self.one == self.other

    @property
    def difference(self) -> int:
        """How far they are apart."""
        return self.one - self.other


@dataclass(frozen=True, slots=True)
class Books:
    """The four statements of the books of one time."""

    position: FinancialPosition
    result: Surplus
    equity: EquityChanges
    cash: CashFlow

    def ties(self) -> tuple[Tie, ...]:
        """Everything that must agree between them."""
        cash = next(line.amount for line in self.position.assets if line.key == "cash")
        shared = self.result.after_tax
        return (
            position_tie(self.position),
            Tie(
                "surplus_whose",
                gettext_noop("Members' and others' parts are the surplus"),
                shared.member + shared.nonmember,
                shared.total,
            ),
            equity_tie(self.equity),
            Tie(
                "equity_position",
                gettext_noop("Closing equity is the equity of the position"),
                self.equity.closing,
                self.position.total_equity,
            ),
            *cash_ties(self.cash),
            Tie(
                "cash_position",
                gettext_noop("Closing cash is the cash of the position"),
                self.cash.closing,
                cash,
            ),
        )


def position_tie(found: FinancialPosition) -> Tie:
    """Assets against what stands beside them."""
    return Tie(
        "position",
        gettext_noop("Assets are liabilities and equity"),
        found.total_assets,
        found.total_liabilities + found.total_equity,
    )


def equity_tie(found: EquityChanges) -> Tie:
    """Every part of own capital rolls forward from its opening to its closing."""
    return Tie(
        "equity",
        gettext_noop("Opening, movements and the surplus are the closing equity"),
        sum(c.opening + sum(c.moves.values()) + c.result for c in found.columns),
        found.closing,
    )


def cash_ties(found: CashFlow) -> tuple[Tie, Tie]:
    """Cash rolls forward, and both forms agree."""
    return (
        Tie(
            "cash",
            gettext_noop("Opening cash and all flows are the closing cash"),
            found.opening + found.movement,
            found.closing,
        ),
        Tie(
            "cash_forms",
            gettext_noop("Direct and indirect cash from operations agree"),
            found.total("op"),
            found.indirect,
        ),
    )


def books_of(*, cooperative: Cooperative, period: Period) -> Books:
    """The four statements of the books of a time."""
    return Books(
        financial_position(cooperative=cooperative, as_of=period.until),
        surplus(cooperative=cooperative, since=period.since, until=period.until),
        equity_changes(cooperative=cooperative, period=period),
        cash_flow(cooperative=cooperative, period=period),
    )
