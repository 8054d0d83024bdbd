"""Reads of taxes: rules in force, facts with their document, what was withheld, what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from canting.cooperatives import selectors as house
from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.taxes import rules
from canting.taxes.models import ServiceBill, TaxFact, TaxPayment, TaxSlip, Withheld
from canting.taxes.rules import BILL_KINDS, PAYEE, START, UNNUMBERED, WITHHOLDINGS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party


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


@dataclass(frozen=True, slots=True)
class MonthDue:
    """One tax of a month: what it comes to, what is still to be paid, and by when."""

    key: str
    role: str
    base: int
    amount: int
    unpaid: int
    by: date


def _value(cooperative: Cooperative, name: str, on: date) -> str:
    return str(house.parameter(cooperative=cooperative, name=name, on=on))


def final_tax_percent(*, cooperative: Cooperative, on: date) -> Decimal:
    """The rate of the final tax in force on a day, in percent."""
    return Decimal(_value(cooperative, "sales.final_tax_percent", on))


def month_turnover(*, cooperative: Cooperative, month: date) -> Turnover:
    """The taxed turnover of a month by basis, out of the kept balances of the books."""
    month, end = first_of_month(month), last_of_month(month)
    moved = ledger.balances(cooperative=cooperative, as_of=end, since=month)
    percent = final_tax_percent(cooperative=cooperative, on=end)
    return Turnover(tuple(rules.tax_bases(moved)), percent)


def clock(*, cooperative: Cooperative, on: date) -> Clock | None:
    """The years of the final tax as they were typed with their document; None until they are."""
    fact = facts(cooperative=cooperative).filter(kind=START).first()
    if fact is None:
        return None
    years = int(_value(cooperative, "taxes.final_years", on))
    last = rules.last_final_year(fact.valid_from, years)
    return Clock(fact, years, last, on.year > last)


def facts(*, cooperative: Cooperative) -> QuerySet[TaxFact]:
    """Everything that was stated, the last written first."""
    found = TaxFact.objects.filter(cooperative=cooperative).order_by("-id")
    return found.select_related("party", "made_by")


def unnumbered(*, cooperative: Cooperative, on: date) -> frozenset[int]:
    """The payees who, on a day, have no tax number; who was never asked counts as having one."""
    found = TaxFact.objects.filter(cooperative=cooperative, kind=PAYEE, valid_from__lte=on)
    last = dict(found.order_by("valid_from", "id").values_list("party_id", "value"))
    return frozenset(pk for pk, value in last.items() if value == UNNUMBERED and pk is not None)


def pay_tax(*, cooperative: Cooperative, on: date) -> rules.PayTax:
    """PPh 21 on piece pay as in force on a day (dated parameters with their source)."""
    daily = rules.TaxRule(
        int(_value(cooperative, "settlement.pph21_daily_limit", on)),
        Decimal(_value(cooperative, "settlement.pph21_daily_rate", on)),
        int(_value(cooperative, "settlement.pph21_upper_limit", on)),
        Decimal(_value(cooperative, "settlement.pph21_upper_rate", on)),
    )
    surcharge = Decimal(_value(cooperative, "taxes.pph21_surcharge", on))
    return rules.PayTax(daily, surcharge, unnumbered(cooperative=cooperative, on=on))


def bill_tax(*, cooperative: Cooperative, kind: str, party: Party, gross: int, on: date) -> int:
    """What must be kept from a bill, whole rupiah: PPh 23 (more without a number) or 4(2)."""
    if BILL_KINDS[kind].tax == "pph42":
        return rules.part_of(gross, Decimal(_value(cooperative, "taxes.rent_percent", on)))
    percent = Decimal(_value(cooperative, "taxes.pph23_percent", on))
    if party.pk in unnumbered(cooperative=cooperative, on=on):
        more = Decimal(_value(cooperative, "taxes.pph23_surcharge", on))
        percent += percent * more / 100
    return rules.part_of(gross, percent)


def withheld(*, cooperative: Cooperative, month: date) -> QuerySet[Withheld]:
    """What was withheld in a month and stands, by payee."""
    found = Withheld.objects.filter(
        cooperative=cooperative,
        active=True,
        on__gte=first_of_month(month),
        on__lte=last_of_month(month),
    )
    return found.select_related("party", "slip").order_by("kind", "party__number", "on", "id")


def slips(*, cooperative: Cooperative, month: date) -> QuerySet[TaxSlip]:
    """The slips of a month, also those that were put right."""
    found = TaxSlip.objects.filter(cooperative=cooperative, month=first_of_month(month))
    return found.select_related("party", "successor").order_by("number")


def slip_by_number(*, cooperative: Cooperative, number: str) -> TaxSlip | None:
    """One withholding slip, or nothing."""
    found = TaxSlip.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "party", "successor", "made_by").first()


def payments(*, cooperative: Cooperative, month: date) -> QuerySet[TaxPayment]:
    """What was paid over for a month, in the order it was written."""
    found = TaxPayment.objects.filter(cooperative=cooperative, month=first_of_month(month))
    return found.order_by("id")


def payment_by_number(*, cooperative: Cooperative, number: str) -> TaxPayment | None:
    """One payment of withheld tax, or nothing."""
    found = TaxPayment.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "successor", "made_by").first()


def bills(*, cooperative: Cooperative) -> QuerySet[ServiceBill]:
    """Services and rents paid less their tax."""
    return ServiceBill.objects.filter(cooperative=cooperative).select_related("party")


def bill_by_number(*, cooperative: Cooperative, number: str) -> ServiceBill | None:
    """One service or rent paid less its tax, or nothing."""
    found = ServiceBill.objects.filter(cooperative=cooperative, number=number)
    return found.select_related("cooperative", "party", "successor", "made_by").first()


def unpaid(*, cooperative: Cooperative, role: str, on: date) -> int:
    """What a tax account still owes the state, that day and later, never below nil."""
    then = ledger.balance(cooperative=cooperative, role=role, as_of=on)
    return max(min(then, ledger.balance(cooperative=cooperative, role=role)), 0)


def due_day(*, cooperative: Cooperative, month: date) -> date:
    """The day by which the taxes of a month are paid."""
    day = _value(cooperative, "taxes.due_day", last_of_month(month))
    return rules.due_date(month, int(day))


def month_dues(*, cooperative: Cooperative, month: date) -> list[MonthDue]:
    """Every tax of a month: base, amount, what its account still owes by then, and the due day."""
    month, end = first_of_month(month), last_of_month(month)
    by = due_day(cooperative=cooperative, month=month)
    now = ledger.balances(cooperative=cooperative, as_of=end)
    later = {role: ledger.balance(cooperative=cooperative, role=role) for role in ROLES}
    turnover = month_turnover(cooperative=cooperative, month=month)
    sums = {
        row["kind"]: (row["base"], row["tax"])
        for row in withheld(cooperative=cooperative, month=month)
        .order_by()
        .values("kind")
        .annotate(base=Sum("base"), tax=Sum("tax"))
    }
    final = ("final", "pph_final_payable", (turnover.base, turnover.tax))
    kept = [(one.key, one.role, sums.get(one.key, (0, 0))) for one in WITHHOLDINGS.values()]
    return [
        MonthDue(key, role, base, tax, max(min(now.get(role, 0), later[role]), 0), by)
        for key, role, (base, tax) in [final, *kept]
    ]


ROLES: Sequence[str] = ("pph_final_payable", *(one.role for one in WITHHOLDINGS.values()))
