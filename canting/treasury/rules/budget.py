"""A budget beside what became of it: the sections of the result, signs, and what a year begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from canting.kernel.money import half_up
from canting.kernel.texts import gettext_noop as _

REVENUE, COST, TAX = "revenue", "cost", "tax"
OPERATING, COOPERATIVE, OTHER = "operating_expense", "cooperative_expense", "other"
# In the order of the statement of result; what counts as income there, and what as cost.
SECTIONS: Mapping[str, str] = {
    REVENUE: _("Revenue"),
    COST: _("Cost of sales"),
    OPERATING: _("Running costs"),
    COOPERATIVE: _("Costs of the cooperative"),
    OTHER: _("Other income and expense"),
    TAX: _("Income tax"),
}
INCOME = frozenset({REVENUE, OTHER})
_OF_STATEMENT = {
    "member_revenue": REVENUE,
    "other_revenue": REVENUE,
    "member_cost": COST,
    "other_cost": COST,
}


def section_of(statement: str) -> str:
    """The section in which an account of revenue or cost counts, by its line of the statement."""
    return _OF_STATEMENT.get(statement, statement)


def section_sign(statement: str, normal: str) -> int:
    """1 where an account adds to its section, -1 where it lowers it (returns, other expense)."""
    adds = "K" if section_of(statement) in INCOME else "D"
    return 1 if normal == adds else -1


def raised(amount: int, percent: Decimal) -> int:
    """An amount with so many percent more (or less, below zero), in whole rupiah."""
    return half_up(Decimal(amount) * (100 + percent) / 100)


@dataclass(frozen=True, slots=True)
class Compared:
    """A budget beside what became of it, whole rupiah: up to a month, and of the whole year."""

    planned: int = 0
    actual: int = 0
    year: int = 0

    @property
    def variance(self) -> int:
        """What became of it less what was planned."""
        return self.actual - self.planned

    @property
    def percent(self) -> int | None:
        """How much of the plan it is, in whole percent; None where nothing was planned."""
        return half_up(Decimal(self.actual) * 100 / self.planned) if self.planned else None

    @property
    def left(self) -> int:
        """What of the year's plan is left."""
        return self.year - self.actual

    def times(self, sign: int) -> "Compared":
        """The same with another sign."""
        return Compared(self.planned * sign, self.actual * sign, self.year * sign)

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(
            self.planned + other.planned, self.actual + other.actual, self.year + other.year
        )
