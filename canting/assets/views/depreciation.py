"""Depreciation: what a month would book, the months booked, one month, taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.assets import selectors, services
from canting.assets.forms import ReasonForm
from canting.assets.views import columns
from canting.assets.views.common import found_or_404, posted
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import first_of_month, format_date, format_month, last_of_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("assets.view_assets")
@listed()
def run_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What the next month would book, and the months booked."""
    if request.sheet:
        found = selectors.runs(cooperative=cooperative)
        return as_file(request, cooperative, "penyusutan", columns.RUNS, found)
    return _page(request, cooperative)


@require_POST
@requires("assets.depreciate_assets")
def run_book(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Book what was shown."""
    on = today(cooperative.zone)
    month = first_of_month(asked_day(request.POST.get("bulan"), on))
    with tried() as attempt:
        run = services.depreciate(cooperative=cooperative, month=month, on=on, actor=request.user)
    if not attempt.done:
        return _page(request, cooperative, month=month, refusal=attempt.words)
    told = _("%(number)s: %(amount)s of depreciation is booked.")
    notice(request, told % {"number": run.number, "amount": format_rupiah(run.total)})
    return redirect("assets:run_detail", cooperative.slug, run.number)


def _page(
    request: Request, cooperative: Cooperative, *, month: date | None = None, refusal: str = ""
) -> HttpResponse:
    on = today(cooperative.zone)
    due = selectors.next_month_due(cooperative=cooperative, on=on)
    if month is None:
        month = first_of_month(asked_day(request.GET.get("bulan"), due or on))
    until = last_of_month(month)
    dues = selectors.dues(cooperative=cooperative, until=until)
    found = selectors.runs(cooperative=cooperative)
    context = {
        "month": month,
        "until": until,
        "dues": dues,
        "total": sum(due.amount for due in dues),
        "is_over": until <= on,
        "is_due": due is not None,
        "refusal": refusal,
        "page": page_of(found, order=["-until"], after=request.GET.get("after")),
    }
    status = 422 if refusal else 200
    return render_page(request, "assets/run_list.html", context, block="rows", status=status)


@require_safe
@requires("assets.view_assets")
def run_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One booked month, asset by asset."""
    run = found_or_404(selectors.run(cooperative=cooperative, number=number))
    context = {"run": run, "charges": list(selectors.charges_of(run))}
    return render_page(request, "assets/run_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("assets.correct_papers")
def run_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a month back with the reason; it is booked anew on its page."""
    run = found_or_404(selectors.run(cooperative=cooperative, number=number))
    if run.state == "reversed":
        return redirect("assets:run_detail", cooperative.slug, number)
    form = ReasonForm(posted(request))
    if form.is_valid():
        with tried(form) as attempt:
            services.cancel_depreciation(
                run=run,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            return redirect("assets:run_list", cooperative.slug)
    context = {
        "form": form,
        "before": [
            (_("Month"), format_month(run.until)),
            (_("Date"), format_date(run.on)),
            (_("Monthly depreciation"), format_rupiah(run.total)),
        ],
        "number": number,
        "detail": "assets:run_detail",
        "money": (),
        "only_back": True,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "assets/correction.html", context, status=status)
