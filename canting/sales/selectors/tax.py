"""Reads of the cooperative's own final tax: the base of a month, what is booked and unpaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from canting.cooperatives.selectors import parameter
from canting.kernel.dates import first_of_month, last_of_month
from canting.ledger import selectors as ledger
from canting.sales import rules
from canting.sales.models import Invoice, TaxPaper

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class MonthTax:
    """The cooperative's own final tax of one month, in whole rupiah."""

    month: date
    bases: tuple[rules.TaxBase, ...]
    percent: Decimal
    due: int
    booked: int
    payable: int
    withheld: int
    papers: tuple[TaxPaper, ...]

    @property
    def base(self) -> int:
        """The whole taxed turnover."""
        return sum(base.amount for base in self.bases)


def month_tax(*, cooperative: Cooperative, month: date) -> MonthTax:
    """The taxed turnover of a month by basis, its tax, what is booked and what is still unpaid."""
    month, end = first_of_month(month), last_of_month(month)
    percent = final_tax_percent(cooperative=cooperative, on=end)
    moved = ledger.balances(cooperative=cooperative, as_of=end, since=month)
    bases = tuple(rules.tax_bases(moved))
    papers = TaxPaper.objects.filter(cooperative=cooperative, month=month).order_by("id")
    booked = papers.filter(kind="booked").aggregate(sum=Sum("amount"))["sum"] or 0
    return MonthTax(
        month=month,
        bases=bases,
        percent=percent,
        due=rules.final_tax(bases, percent),
        booked=booked,
        payable=ledger.balance(cooperative=cooperative, role="pph_final_payable"),
        withheld=ledger.balance(cooperative=cooperative, role="pph_final_withheld"),
        papers=tuple(papers),
    )


def final_tax_percent(*, cooperative: Cooperative, on: date) -> Decimal:
    """The rate of the final tax in force on a day, in percent."""
    return Decimal(str(parameter(cooperative=cooperative, name="sales.final_tax_percent", on=on)))


def unpaid_final_tax(*, cooperative: Cooperative, on: date) -> int:
    """The own final tax booked and not yet paid, that day and later, in whole rupiah."""
    then = ledger.balance(cooperative=cooperative, role="pph_final_payable", as_of=on)
    return max(min(then, ledger.balance(cooperative=cooperative, role="pph_final_payable")), 0)


def tax_proposal(invoice: Invoice, *, on: date) -> int:
    """The final tax a buyer withholds from an invoice: the rate of its whole value, half up."""
    percent = final_tax_percent(cooperative=invoice.cooperative, on=on)
    return rules.part_of(invoice.total, percent)
