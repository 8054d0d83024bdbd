"""Rates in force on a day, and the facts with their document that decide which hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.ledger.rules import Side
from canting.taxes import rules
from canting.taxes.models import TaxFact
from canting.taxes.rules import BILL_KINDS, FINAL_TAX, PAYEE, PKP, PKP_ON, START, UNNUMBERED, VAT

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party


DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Turnover:
    """The taxed turnover of a month by basis and its final tax, whole rupiah."""

    bases: tuple[rules.TaxBase, ...]
    percent: Decimal

    @property
    def base(self) -> int:
        """The whole taxed turnover."""
        return sum(base.amount for base in self.bases)

    @property
    def tax(self) -> int:
        """The tax on it."""
        return rules.final_tax(self.bases, self.percent)


@dataclass(frozen=True, slots=True)
class Clock:
    """The tax years of the final tax: from when, by which document, the last year."""

    fact: TaxFact
    years: int
    last_year: int
    is_over: bool


def value(cooperative: Cooperative, name: str, on: date) -> str:
    """A dated parameter as text."""
    return str(house.parameter(cooperative=cooperative, name=name, on=on))


def final_tax_percent(*, cooperative: Cooperative, on: date) -> Decimal:
    """The rate of the final tax in force on a day, in percent."""
    return Decimal(value(cooperative, "sales.final_tax_percent", on))


def month_turnover(*, cooperative: Cooperative, month: date) -> Turnover:
    """The taxed turnover of a month by basis, out of the kept balances of the books."""
    month, end = first_of_month(month), last_of_month(month)
    percent = final_tax_percent(cooperative=cooperative, on=end)
    return Turnover(tuple(_bases(cooperative, month, end)), percent)


def year_turnover(*, cooperative: Cooperative, year: int) -> int:
    """The taxed turnover of a calendar year, whole rupiah: what the limits of the law look at."""
    bases = _bases(cooperative, date(year, 1, 1), date(year, 12, 31))
    return sum(base.amount for base in bases)


def _bases(cooperative: Cooperative, since: date, end: date) -> list[rules.TaxBase]:
    """Turnover by basis between two days of one year; the closing of the year takes nothing from it."""
    closed: dict[str, int] = {}
    if end.month == DECEMBER:
        closed = ledger.closing_sums(cooperative=cooperative, year=end.year)
    moved = {}
    for row in ledger.trial_balance(cooperative=cooperative, as_of=end, since=since):
        taken = closed.get(row.code, 0)
        moved[row.role or row.code] = row.balance + (taken if row.normal == Side.CREDIT else -taken)
    return rules.tax_bases(moved)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The limit of turnover a year, and the year that went above it (none: 0)."""

    limit: int
    year: int
    turnover: int


def ceiling(*, cooperative: Cooperative, on: date) -> Ceiling | None:
    """The year whose turnover went above the limit of the final tax and of VAT; None when none did.

    The final tax looks at the year before (PP 55/2022 art. 58), the duty to register at this one.
    """
    limit = int(value(cooperative, "taxes.turnover_ceiling", on))
    for year in (on.year - 1, on.year):
        turnover = year_turnover(cooperative=cooperative, year=year)
        if turnover > limit:
            return Ceiling(limit, year, turnover)
    return None


def clock(*, cooperative: Cooperative, on: date) -> Clock | None:
    """The years of the final tax as they were typed with their document; None until they are."""
    fact = facts(cooperative=cooperative).filter(kind=START).first()
    if fact is None:
        return None
    years = int(value(cooperative, "taxes.final_years", on))
    last = rules.last_final_year(fact.valid_from, years)
    return Clock(fact, years, last, on.year > last)


def facts(*, cooperative: Cooperative) -> QuerySet[TaxFact]:
    """Everything that was stated, the last written first."""
    found = TaxFact.objects.filter(cooperative=cooperative).order_by("-id")
    return found.select_related("party", "made_by")


def pkp(*, cooperative: Cooperative, on: date) -> TaxFact | None:
    """By which document the cooperative is a VAT payer (PKP) on a day; None when it is none."""
    found = TaxFact.objects.filter(cooperative=cooperative, kind=PKP, valid_from__lte=on)
    last = found.order_by("valid_from", "id").last()
    return last if last is not None and last.value == PKP_ON else None


def vat_rule(*, cooperative: Cooperative, on: date) -> rules.VatRule | None:
    """How VAT is reckoned on a day; None while the cooperative is no VAT payer."""
    if pkp(cooperative=cooperative, on=on) is None:
        return None
    return rules.VatRule(
        Decimal(value(cooperative, "taxes.vat_percent", on)),
        int(value(cooperative, "taxes.vat_twelfths", on)),
    )


def unnumbered(*, cooperative: Cooperative, on: date) -> frozenset[int]:
    """The payees who, on a day, have no tax number; who was never asked counts as having one."""
    found = TaxFact.objects.filter(cooperative=cooperative, kind=PAYEE, valid_from__lte=on)
    last = dict(found.order_by("valid_from", "id").values_list("party_id", "value"))
    return frozenset(pk for pk, value in last.items() if value == UNNUMBERED and pk is not None)


def pay_tax(*, cooperative: Cooperative, on: date) -> rules.PayTax:
    """PPh 21 on piece pay as in force on a day (dated parameters with their source)."""
    daily = rules.TaxRule(
        int(value(cooperative, "settlement.pph21_daily_limit", on)),
        Decimal(value(cooperative, "settlement.pph21_daily_rate", on)),
        int(value(cooperative, "settlement.pph21_upper_limit", on)),
        Decimal(value(cooperative, "settlement.pph21_upper_rate", on)),
    )
    surcharge = Decimal(value(cooperative, "taxes.pph21_surcharge", on))
    return rules.PayTax(daily, surcharge, unnumbered(cooperative=cooperative, on=on))


def bill_tax(*, cooperative: Cooperative, kind: str, party: Party, gross: int, on: date) -> int:
    """What must be kept from a bill, whole rupiah: PPh 23 (more without a number) or 4(2)."""
    if BILL_KINDS[kind].tax == "pph42":
        return rules.part_of(gross, Decimal(value(cooperative, "taxes.rent_percent", on)))
    percent = Decimal(value(cooperative, "taxes.pph23_percent", on))
    if party.pk in unnumbered(cooperative=cooperative, on=on):
        more = Decimal(value(cooperative, "taxes.pph23_surcharge", on))
        percent += percent * more / 100
    return rules.part_of(gross, percent)


@dataclass(frozen=True, slots=True)
class InterestTax:
    """How a member's savings interest of a month is taxed (PP 15/2009)."""

    limit: int
    percent: Decimal

    def of(self, interest: int) -> int:
        """The tax on a month's interest of one member, whole rupiah."""
        return rules.savings_interest_tax(interest, self.limit, self.percent)


def interest_tax(*, cooperative: Cooperative, on: date) -> InterestTax:
    """The tax on savings interest in force on a day."""
    return InterestTax(
        int(value(cooperative, "taxes.savings_interest_limit", on)),
        Decimal(value(cooperative, "taxes.savings_interest_percent", on)),
    )


def duty_on(*, cooperative: Cooperative, amount: int, on: date) -> int:
    """The stamp duty that a paper stating this sum needs, whole rupiah; 0 when none (UU 10/2020)."""
    if amount <= int(value(cooperative, "paper.duty_above", on)):
        return 0
    return int(value(cooperative, "taxes.stamp_duty", on))


def report_day(*, cooperative: Cooperative, month: date, kind: str = "") -> date | None:
    """The day by which a tax of a month is reported; the own final tax is, by being paid."""
    if kind == FINAL_TAX:
        return None
    name = "taxes.vat_due_day" if kind == VAT else "taxes.report_day"
    day = value(cooperative, name, last_of_month(month))
    return rules.due_date(month, int(day))


def due_day(*, cooperative: Cooperative, month: date, kind: str = "") -> date:
    """The day by which a tax of a month is paid; VAT has its own."""
    name = "taxes.vat_due_day" if kind == VAT else "taxes.due_day"
    day = value(cooperative, name, last_of_month(month))
    return rules.due_date(month, int(day))
