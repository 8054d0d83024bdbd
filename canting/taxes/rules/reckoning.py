"""How taxes are reckoned: turnover taxed by basis, tax on pay by the day, what is due when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from canting.kernel.dates import last_of_month, next_month
from canting.kernel.money import half_up

TAX_GROUPS: Mapping[str, tuple[str, ...]] = {
    "purchase": ("sales_material_m", "sales_member_cloth"),
    "commission": ("sales_commission",),
    "consignment": ("consign_fee",),
    "none": ("sales_outside", "sales_material_n", "service_member", "service_n"),
    "loans": ("loan_interest", "loan_fee"),
    "returns": ("returns_m", "returns_n"),
}
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True)
class TaxBase:
    """Turnover of one basis in a month, whole rupiah; returns count against it."""

    group: str
    amount: int


@dataclass(frozen=True, slots=True)
class TaxRule:
    """Daily rates of PPh 21 in force on a day; percentages as exact decimals."""

    limit: int
    rate: Decimal
    upper_limit: int
    upper_rate: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """What a maker earned by the piece on one day (no date: an average or a typed day)."""

    amount: int
    on: date | None = None


def part_of(amount: int, percent: Decimal) -> int:
    """A part of an amount in whole rupiah, half up."""
    return half_up(Fraction(amount) * Fraction(percent) / 100)


def tax_bases(balances: Mapping[str, int]) -> list[TaxBase]:
    """The taxed turnover of a month by basis, from its revenue accounts; returns count against it.

    Penalties do not lessen it; down payments, prices of consigned cloth, bank interest, grants and
    disposals never enter (posting.md 2.8, base and returns as recalled there).
    """
    found = []
    for group, roles in TAX_GROUPS.items():
        amount = sum(balances.get(role, 0) for role in roles)
        found.append(TaxBase(group, -amount if group == "returns" else amount))
    return found


def final_tax(bases: Sequence[TaxBase], percent: Decimal) -> int:
    """The month's own final tax: the rate of the base, half up, never below nil."""
    return part_of(max(sum(base.amount for base in bases), 0), percent)


def last_final_year(start: date, years: int) -> int:
    """The last tax year of the final tax: so many tax years, the year of `start` the first."""
    return start.year + years - 1


def tax_of_day(amount: int, rule: TaxRule) -> int:
    """PPh 21 on one day's piece pay in whole rupiah, half up (TER harian, PMK 168/2023)."""
    if amount <= rule.limit:
        return 0
    return part_of(amount, rule.rate if amount <= rule.upper_limit else rule.upper_rate)


def tax_of_days(days: Iterable[Day], rule: TaxRule, surcharge: Decimal = Decimal(0)) -> int:
    """PPh 21 of every day above the limit, added up; `surcharge` percent of it on top."""
    tax = sum(tax_of_day(day.amount, rule) for day in days)
    return part_of(tax, 100 + surcharge)


@dataclass(frozen=True, slots=True)
class PayTax:
    """PPh 21 on piece pay as in force on a day, with the payees who have no tax number."""

    rule: TaxRule
    surcharge: Decimal
    unnumbered: frozenset[int]

    def of_days(self, days: Iterable[Day], party_id: int) -> int:
        """The tax on the days of one payee, whole rupiah."""
        more = self.surcharge if party_id in self.unnumbered else Decimal(0)
        return tax_of_days(days, self.rule, more)


def savings_interest_tax(interest: int, limit: int, percent: Decimal) -> int:
    """Final tax on a member's savings interest of a month, whole rupiah, half up (PP 15/2009).

    Above the limit the whole interest bears it, not only what is above.
    """
    return part_of(interest, percent) if interest > limit else 0


def due_date(month: date, day: int) -> date:
    """The day of the next month by which a tax is paid; a weekend moves it to Monday."""
    first = next_month(month.replace(day=1))
    due = min(first + timedelta(days=day - 1), last_of_month(first))
    return due + timedelta(days=max(0, 8 - due.isoweekday())) if due.weekday() in WEEKEND else due
