"""Taxes as dated rules: turnover taxed by basis, tax on pay by the day, what is due when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from canting.cooperatives.rules import BEGINNING, Dated, Parameter, Role
from canting.kernel.dates import next_month
from canting.kernel.money import half_up
from canting.kernel.texts import gettext_noop as _

RIGHTS: Mapping[str, frozenset[Role]] = {
    "taxes.view_taxes": frozenset({Role.MANAGER, Role.CASHIER, Role.BOARD, Role.SUPERVISOR}),
    "taxes.pay_taxes": frozenset({Role.MANAGER, Role.CASHIER}),
    "taxes.state_facts": frozenset({Role.MANAGER, Role.BOARD}),
}
SLIP_SERIES, MONEY_SERIES = "BP", "BK"
PAYMENT, BILL = "taxes.payment", "taxes.bill"
PAPERS: Mapping[str, tuple[str, str]] = {
    PAYMENT: ("taxes:payment_detail", "number"),
    BILL: ("taxes:bill_detail", "number"),
}

_PPH21 = "PP 58/2023, PMK 168/2023 (PPh 21 TER harian); recalled, ask the KPP"
_DUE = _("PMK 81/2024: by the 15th of the next month (from memory: check)")
# Names stay as they were first released: values that a house dated under them still hold.
PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "sales.final_tax_percent",
        _("Final income tax on turnover, percent"),
        (
            Dated(BEGINNING, "1", "PP 46/2013"),
            Dated(date(2018, 7, 1), "0.5", "PP 23/2018, PP 55/2022, PP 20/2026"),
        ),
        kind="percent",
    ),
    Parameter(
        "taxes.final_years",
        _("Tax years for which a cooperative may pay the final tax on turnover"),
        (
            Dated(BEGINNING, 4, "PP 55/2022 art. 59(1)b"),
            Dated(date(2026, 4, 22), 4, _("PP 20/2026 art. 57(2)f; when they began: ask the KPP")),
        ),
        kind="number",
    ),
    Parameter(
        "settlement.pph21_daily_limit",
        _("Piece pay of a day up to this amount bears no PPh 21"),
        (Dated(BEGINNING, 450_000, _PPH21),),
        kind="rupiah",
    ),
    Parameter(
        "settlement.pph21_daily_rate",
        _("PPh 21 on piece pay of a day above the limit, in percent"),
        (Dated(BEGINNING, "0.5", _PPH21),),
        kind="percent",
    ),
    Parameter(
        "settlement.pph21_upper_limit",
        _("Above this pay of a day the upper rate holds"),
        (Dated(BEGINNING, 2_500_000, _PPH21),),
        kind="rupiah",
    ),
    Parameter(
        "settlement.pph21_upper_rate",
        _("PPh 21 on the pay of a day above the upper limit, in percent (half of 5%)"),
        (Dated(BEGINNING, "2.5", _PPH21),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph21_surcharge",
        _("PPh 21 more for a payee without a tax number, in percent of the tax"),
        (Dated(BEGINNING, "20", _("Income Tax Law art. 21(5a) (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph23_percent",
        _("PPh 23 on services of a business, in percent"),
        (Dated(BEGINNING, "2", _("Income Tax Law art. 23(1)c")),),
        kind="percent",
    ),
    Parameter(
        "taxes.pph23_surcharge",
        _("PPh 23 more for a payee without a tax number, in percent of the tax"),
        (Dated(BEGINNING, "100", _("Income Tax Law art. 23(1a) (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.rent_percent",
        _("Final tax (art. 4(2)) on rent of land and buildings, in percent"),
        (Dated(BEGINNING, "10", _("PP 34/2017 (from memory: check)")),),
        kind="percent",
    ),
    Parameter(
        "taxes.due_day",
        _("Day of the next month by which a month's income tax is paid"),
        (Dated(BEGINNING, 10, _("PMK 242/2014 (from memory: check)")),
         Dated(date(2025, 1, 1), 15, _DUE)),
        kind="number",
    ),
)  # fmt: skip

TAX_GROUPS: Mapping[str, tuple[str, ...]] = {
    "purchase": ("sales_material_m", "sales_member_cloth"),
    "commission": ("sales_commission",),
    "consignment": ("consign_fee",),
    "none": ("sales_outside", "sales_material_n", "service_member", "service_n"),
    "loans": ("loan_interest", "loan_fee"),
    "returns": ("returns_m", "returns_n"),
}
NUMBERED, UNNUMBERED = "numbered", "unnumbered"
PAYEE_STATUSES: Mapping[str, str] = {
    NUMBERED: _("Has a tax number (NPWP or NIK)"),
    UNNUMBERED: _("Has no tax number"),
}
FINAL = _("Own final tax on turnover")
START, PAYEE = "final_start", "payee"
WEEKEND = (5, 6)


class Withholding(NamedTuple):
    """A tax we keep from others: its account, its words, the kind of its payment's entry."""

    key: str
    label: str
    role: str
    paid_kind: str


WITHHOLDINGS: Mapping[str, Withholding] = {
    one.key: one
    for one in (
        Withholding("pph21", _("PPh 21 on piece pay"), "pph21_payable", "pph21_paid"),
        Withholding("pph23", _("PPh 23 on services"), "pph23_payable", "pph23_paid"),
        Withholding("pph42", _("PPh 4(2) on rent and interest"), "pph42_withheld", "pph42_paid"),
    )
}


class BillKind(NamedTuple):
    """What a bill is for: its cost account, the tax kept from it, the kind of its entry."""

    key: str
    label: str
    role: str
    tax: str
    entry: str


BILL_KINDS: Mapping[str, BillKind] = {
    one.key: one
    for one in (
        BillKind("work", _("Work on cloth by a firm (dyeing and the like)"), "wip", "pph23",
                 "pph23_we_withhold"),
        BillKind("service", _("Another service of a firm"), "admin", "pph23",
                 "pph23_we_withhold"),
        BillKind("rent", _("Rent of land or a building"), "admin", "pph42",
                 "pph42_we_withhold"),
    )
}  # fmt: skip


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


def due_date(month: date, day: int) -> date:
    """The day of the next month by which a tax is paid; a weekend moves it to Monday."""
    due = next_month(month.replace(day=1)) + timedelta(days=day - 1)
    return due + timedelta(days=max(0, 8 - due.isoweekday())) if due.weekday() in WEEKEND else due
