"""Pajak bulan ini: the month's own final tax by basis, booked and paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash.selectors import places
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import first_of_month, last_of_month, next_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import CorrectTaxBookingForm, CorrectTaxPaymentForm, PayTaxForm

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import TaxPaper


def asked_month(text: str, day: date) -> date:
    """The month asked for as 2026-11; else the last whole month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return next_month(first_of_month(day), -1)


@require_safe
@requires("sales.view_tax")
def tax_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The taxed turnover of a month by basis, its tax, what is booked and what is still unpaid."""
    day = today(cooperative.zone)
    month = asked_month(request.GET.get("bulan", ""), day)
    tax = selectors.month_tax(cooperative=cooperative, month=month)
    form = PayTaxForm(
        None,
        today=day,
        places=places(cooperative),
        initial={"amount": max(tax.payable - tax.withheld, 0) or None,
                 "set_off": min(tax.withheld, tax.payable) or None},
    )  # fmt: skip
    return _page(request, month, day, tax, form)


def _page(
    request: Request, month: date, day: date, tax: selectors.MonthTax, form: PayTaxForm
) -> HttpResponse:
    context = {
        "tax": tax,
        "written": [(paper, selectors.tax_paper_name(paper)) for paper in tax.papers],
        "form": form,
        "over": day >= last_of_month(month),
        "previous": f"{next_month(month, -1):%Y-%m}",
        "next": f"{next_month(month):%Y-%m}" if next_month(month) <= day else "",
    }
    return render_page(request, "sales/tax.html", context, status=422 if form.is_bound else 200)


def _back(cooperative: Cooperative, month: date) -> HttpResponse:
    return redirect(f"{reverse('sales:tax_page', args=[cooperative.slug])}?bulan={month:%Y-%m}")


@require_POST
@requires("sales.book_tax")
def tax_book(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Book the tax of a month, or the difference that late papers made."""
    day = today(cooperative.zone)
    month = asked_month(request.POST.get("month", ""), day)
    paper = services.book_final_tax(
        cooperative=cooperative, month=month, on=day, actor=request.user
    )
    notice(request, _("%(amount)s is booked.") % {"amount": format_rupiah(paper.amount)})
    return _back(cooperative, month)


@require_http_methods(["POST"])
@requires("sales.book_tax")
def tax_pay(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pay the own final tax, and set off what buyers withheld."""
    day = today(cooperative.zone)
    month = asked_month(request.POST.get("month", ""), day)
    form = PayTaxForm(request.POST, today=day, places=places(cooperative))
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.pay_final_tax(
                cooperative=cooperative,
                month=month,
                amount=given["amount"] or 0,
                set_off=given["set_off"] or 0,
                cash_place=given["cash_place"],
                reference=given["reference"],
                on=given["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return _back(cooperative, month)
    tax = selectors.month_tax(cooperative=cooperative, month=month)
    return _page(request, month, day, tax, form)


def _tax_paper(cooperative: Cooperative, number: str) -> TaxPaper:
    paper = selectors.tax_paper_by_name(cooperative=cooperative, name=number)
    if paper is None:
        raise Http404
    return paper


def _shown(paper: TaxPaper, number: str) -> dict[str, Any]:
    successor = paper.successor
    return {
        "paper": paper,
        "number": number,
        "successor": selectors.tax_paper_name(successor) if successor else "",
    }


@require_safe
@requires("sales.view_tax")
def tax_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One booking or payment of the own final tax."""
    paper = _tax_paper(cooperative, number)
    return render_page(request, "sales/tax_detail.html", _shown(paper, number))


@require_http_methods(["GET", "POST"])
@requires("sales.book_tax")
def tax_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse tax booked or paid and write it anew, or only cancel it."""
    paper, day = _tax_paper(cooperative, number), today(cooperative.zone)
    form: CorrectTaxPaymentForm | CorrectTaxBookingForm
    if paper.kind == "booked":
        form = CorrectTaxBookingForm(request.POST or None, today=day)
    else:
        form = CorrectTaxPaymentForm(
            request.POST or None,
            today=day,
            places=places(cooperative),
            initial={
                "amount": paper.amount - paper.set_off or None,
                "set_off": paper.set_off or None,
                "reference": paper.reference,
            },
        )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_tax_paper(
                paper=paper,
                reason=given["reason"],
                on=given["on"],
                actor=request.user,
                again=given["again"] == "again",
                amount=given.get("amount") or 0,
                set_off=given.get("set_off") or 0,
                cash_place=given.get("cash_place", ""),
                reference=given.get("reference", ""),
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = selectors.tax_paper_name(made) if made else number
            return redirect("sales:tax_detail", cooperative.slug, shown)
    context = _shown(paper, number) | {
        "form": form,
        "due": selectors.month_tax(cooperative=cooperative, month=paper.month).due,
    }
    return render_page(
        request, "sales/tax_correct.html", context, status=422 if form.is_bound else 200
    )
