"""Writes of the cooperative's own final tax: booked on a month's turnover, paid to the state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_month, last_of_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit, nonzero, signed
from canting.ledger.services import post_entries, reverse_source
from canting.sales import selectors
from canting.sales.errors import DependsOnIt, MonthNotOver, NoTaxDue, NothingPaid, TooMuchTax
from canting.sales.models import TaxPaper
from canting.sales.rules import PaperState
from canting.sales.services.undo import (
    check_reason,
    mark_reversed,
    refuse_before,
    refuse_reversed,
)
from canting.taxes.rules import FINAL_SOURCE

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def book_final_tax(*, cooperative: Cooperative, month: date, on: date, actor: User) -> TaxPaper:
    """Book the final tax of a month on its turnover by basis (PP 55/2022, half up to rupiah).

    Booked again after late papers it books only the difference; without one it answers the first.
    """
    ledger.lock_account(cooperative=cooperative, role="pph_final_payable")
    month = first_of_month(month)
    if on < last_of_month(month):
        raise MonthNotOver(month=format_month(month), date=ledger.day(on))
    tax = selectors.month_tax(cooperative=cooperative, month=month)
    papers = [paper for paper in tax.papers if paper.kind == "booked"]
    booked = [paper for paper in papers if paper.state == PaperState.POSTED]
    difference = tax.due - tax.booked
    if not difference:
        if booked:
            return booked[-1]
        raise NoTaxDue(month=format_month(month))
    paper = TaxPaper.objects.create(
        cooperative=cooperative,
        month=month,
        kind="booked",
        on=on,
        base=tax.base,
        amount=difference,
        made_by=actor,
    )
    subject = f"{month:%Y-%m}.{len(papers) + 1}"
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.final_tax_booked",
        subject=subject,
        facts={"base": tax.base, "amount": difference, "percent": str(tax.percent)},
    )
    draft = Draft(
        source=f"{FINAL_SOURCE}:{subject}",
        entry_date=on,
        own_date=last_of_month(month),
        kind="tax_final",
        memo=_("Final tax of %(month)s") % {"month": format_month(month)},
        lines=[signed("tax_final", difference), signed("pph_final_payable", -difference)],
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def pay_final_tax(
    *,
    cooperative: Cooperative,
    month: date,
    amount: int,
    cash_place: str,
    on: date,
    actor: User,
    set_off: int = 0,
    reference: str = "",
) -> TaxPaper:
    """Pay the own final tax in money, and set off what buyers withheld beyond it. Whole rupiah."""
    ledger.lock_account(cooperative=cooperative, role="pph_final_payable")
    if amount < 0 or set_off < 0 or amount + set_off <= 0:
        raise NothingPaid()
    left = selectors.unpaid_final_tax(cooperative=cooperative, on=on)
    if amount + set_off > left:
        raise TooMuchTax(left=format_rupiah(left), amount=format_rupiah(amount + set_off))
    withheld = ledger.balance(cooperative=cooperative, role="pph_final_withheld", as_of=on)
    if set_off > withheld:
        raise TooMuchTax(left=format_rupiah(withheld), amount=format_rupiah(set_off))
    if amount:
        require_cash(cooperative=cooperative, place=cash_place, amount=amount, on=on)
    month = first_of_month(month)
    paper = TaxPaper.objects.create(
        cooperative=cooperative,
        month=month,
        kind="paid",
        number=next_number(cooperative=cooperative, series="BK", on=on),
        on=on,
        amount=amount + set_off,
        set_off=set_off,
        reference=reference,
        made_by=actor,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.final_tax_paid",
        subject=paper.number,
        facts={"month": f"{month:%Y-%m}", "amount": amount, "set_off": set_off},
    )
    draft = Draft(
        source=f"sales.tax_paid:{paper.number}",
        entry_date=on,
        kind="tax_paid",
        memo=_("Final tax of %(month)s paid %(reference)s")
        % {"month": format_month(month), "reference": reference},
        lines=nonzero(
            debit("pph_final_payable", amount + set_off),
            credit(cash_place, amount),
            credit("pph_final_withheld", set_off),
        ),
        paper=paper.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return paper


@transaction.atomic
def correct_tax_paper(
    *,
    paper: TaxPaper,
    reason: str,
    on: date,
    actor: User,
    again: bool = True,
    amount: int = 0,
    set_off: int = 0,
    cash_place: str = "",
    reference: str = "",
) -> TaxPaper | None:
    """Reverse a booking or a payment of the own final tax and, with `again`, write it anew.

    A booking is written anew on the month's turnover as it stands; one that was paid since is
    refused, naming the payment. A payment takes the new sums, in whole rupiah.
    """
    check_reason(reason)
    cooperative = paper.cooperative
    ledger.lock_account(cooperative=cooperative, role="pph_final_payable")
    paper = selectors.lock_tax_paper(paper)
    name = selectors.tax_paper_name(paper)
    refuse_reversed(paper)
    refuse_before(on=on, before=paper.on, paper=name)
    booked = paper.kind == "booked"
    if booked:
        _refuse_if_paid(paper, name, on)
    mark_reversed(paper, None)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.final_tax_corrected",
        subject=name,
        facts={"reason": reason.strip(), "again": again},
    )
    reverse_source(
        cooperative=cooperative,
        source=f"{FINAL_SOURCE if booked else 'sales.tax_paid'}:{name}",
        on=on,
        reason=reason,
        actor=actor,
    )
    if not again:
        return None
    if booked:
        made = book_final_tax(cooperative=cooperative, month=paper.month, on=on, actor=actor)
    else:
        made = pay_final_tax(
            cooperative=cooperative,
            month=paper.month,
            amount=amount,
            set_off=set_off,
            cash_place=cash_place,
            on=on,
            actor=actor,
            reference=reference,
        )
    mark_reversed(paper, made)
    return made


def _refuse_if_paid(paper: TaxPaper, name: str, on: date) -> None:
    if selectors.unpaid_final_tax(cooperative=paper.cooperative, on=on) >= paper.amount:
        return
    what = _("%(payment)s has paid this tax; put that right first.")
    payment = selectors.last_tax_payment(cooperative=paper.cooperative)
    raise DependsOnIt(paper=name, what=what % {"payment": payment})
