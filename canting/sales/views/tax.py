"""Pajak bulan ini: the month's own final tax by basis, booked and paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
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
from canting.sales.forms import PayTaxForm

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _month(text: str, day: date) -> date:
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
    month = _month(request.GET.get("bulan", ""), day)
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
    month = _month(request.POST.get("month", ""), day)
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
    month = _month(request.POST.get("month", ""), day)
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
