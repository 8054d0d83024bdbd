"""Reads of the cooperative's own final tax: the base of a month, what is booked and unpaid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from canting.kernel.dates import first_of_month
from canting.ledger import selectors as ledger
from canting.sales.models import Invoice, Payment, TaxPaper
from canting.sales.rules import PaperState
from canting.taxes import selectors as taxes
from canting.taxes.rules import TaxBase, part_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.taxes.models import HeldByBuyer


@dataclass(frozen=True, slots=True)
class MonthTax:
    """The cooperative's own final tax of one month, in whole rupiah."""

    month: date
    bases: tuple[TaxBase, ...]
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
    month = first_of_month(month)
    turnover = taxes.month_turnover(cooperative=cooperative, month=month)
    papers = TaxPaper.objects.filter(cooperative=cooperative, month=month).order_by("id")
    posted = papers.filter(kind="booked", state=PaperState.POSTED)
    booked = posted.aggregate(sum=Sum("amount"))["sum"] or 0
    return MonthTax(
        month=month,
        bases=turnover.bases,
        percent=turnover.percent,
        due=turnover.tax,
        booked=booked,
        payable=ledger.balance(cooperative=cooperative, role="pph_final_payable"),
        withheld=ledger.balance(cooperative=cooperative, role="pph_final_withheld"),
        papers=tuple(papers),
    )


def unpaid_final_tax(*, cooperative: Cooperative, on: date) -> int:
    """The own final tax booked and not yet paid, that day and later, in whole rupiah."""
    then = ledger.balance(cooperative=cooperative, role="pph_final_payable", as_of=on)
    return max(min(then, ledger.balance(cooperative=cooperative, role="pph_final_payable")), 0)


def held_of(payment: Payment) -> list[HeldByBuyer]:
    """What the buyer withheld with a payment, each with his slip."""
    return taxes.held_of(cooperative=payment.cooperative, source=f"sales.payment:{payment.number}")


def tax_proposal(invoice: Invoice, *, on: date) -> int:
    """The final tax a buyer withholds from an invoice: the rate of its whole value, half up."""
    percent = taxes.final_tax_percent(cooperative=invoice.cooperative, on=on)
    return part_of(invoice.total, percent)


def tax_papers(*, cooperative: Cooperative) -> QuerySet[TaxPaper]:
    """Bookings and payments of the own final tax, in the order they were written."""
    found = TaxPaper.objects.filter(cooperative=cooperative).order_by("id")
    return found.select_related("cooperative", "successor", "made_by")


def tax_paper_name(paper: TaxPaper) -> str:
    """The number of a payment; a booking is called by its month and its place in it: 2026-11.1."""
    if paper.number:
        return paper.number
    before = TaxPaper.objects.filter(
        cooperative=paper.cooperative_id, month=paper.month, kind="booked", pk__lte=paper.pk
    )
    return f"{paper.month:%Y-%m}.{before.count()}"


def tax_paper_by_name(*, cooperative: Cooperative, name: str) -> TaxPaper | None:
    """The paper of the own final tax that is called so, or nothing."""
    found = tax_papers(cooperative=cooperative)
    day, _dot, place = name.partition(".")
    try:
        month, nth = date.fromisoformat(f"{day}-01"), int(place)
    except ValueError:
        return found.filter(number=name).exclude(number="").first()
    booked = found.filter(month=month, kind="booked")
    return booked[nth - 1 : nth].first() if nth > 0 else None


def lock_tax_paper(paper: TaxPaper) -> TaxPaper:
    """The paper again, held until the end of the transaction."""
    held = TaxPaper.objects.select_for_update(of=("self",)).select_related("cooperative")
    return held.get(pk=paper.pk)


def last_tax_payment(*, cooperative: Cooperative) -> str:
    """The paper that last lessened the own final tax: paid to the state, or withheld by a buyer."""
    paid = tax_papers(cooperative=cooperative).filter(kind="paid", state=PaperState.POSTED).last()
    if paid is not None:
        return paid.number
    kept = Payment.objects.filter(cooperative=cooperative, state=PaperState.POSTED, final_tax__gt=0)
    last = kept.order_by("id").last()
    return last.number if last else "-"
