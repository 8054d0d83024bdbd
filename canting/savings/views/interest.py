"""Interest on voluntary savings: shown for each member, then booked; its papers; Betulkan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import first_of_month, format_date, format_month, next_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.savings import selectors
from canting.savings.forms import InterestCorrection, InterestForm
from canting.savings.services import book_interest, correct_interest
from canting.savings.views.counter import licensed

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.savings.models import InterestRun


def _month(text: str, day: date) -> date:
    """The month asked for as 2026-11; else the last whole month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return next_month(first_of_month(day), -1)


@require_http_methods(["GET", "POST"])
@requires("savings.book_interest")
def interest_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What a month's interest comes to for each member; the very sum that was seen is booked."""
    day = today(cooperative.zone)
    month = _month(request.GET.get("bulan", ""), day)
    plan = selectors.interest_plan(cooperative=cooperative, month=month)
    fresh: dict[str, Any] = {"today": day, "initial": {"seen": plan.gross}}
    form, changed = InterestForm(request.POST or None, **fresh), False
    if form.is_valid():
        changed = form.cleaned_data["seen"] != plan.gross
        if changed:
            form = InterestForm(None, **fresh)
        else:
            with tried(form) as attempt:
                run = book_interest(
                    cooperative=cooperative,
                    month=month,
                    on=form.cleaned_data["on"],
                    actor=request.user,
                )
            if attempt.done:
                facts = {"number": run.number, "amount": format_rupiah(run.gross)}
                notice(request, _("%(number)s: interest of %(amount)s is booked.") % facts)
                return redirect("savings:interest_detail", cooperative.slug, run.number)
    context = {
        "form": form,
        "plan": plan,
        "changed": changed,
        "month": month,
        "booked": selectors.interest_of_month(cooperative=cooperative, month=month),
        "licensed": licensed(cooperative, day),
        "runs": selectors.interest_runs(cooperative=cooperative)[:24],
        "previous": f"{next_month(month, -1):%Y-%m}",
        "next": f"{next_month(month):%Y-%m}" if next_month(month) <= day else "",
    }
    status = 422 if form.is_bound or changed else 200
    return render_page(request, "savings/interest_page.html", context, status=status)


def _or_404(cooperative: Cooperative, number: str) -> InterestRun:
    found = selectors.interest_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def _facts(run: InterestRun) -> list[tuple[str, str]]:
    return [
        (_("Month"), format_month(run.month)),
        (_("Percent a year"), f"{format_quantity(run.percent)}%"),
        (_("Booked on"), format_date(run.booked_on)),
        (_("Interest given"), format_rupiah(run.gross)),
        (_("Tax kept back"), format_rupiah(run.tax)),
        (_("Added to savings"), format_rupiah(run.gross - run.tax)),
    ]


@require_safe
@requires("savings.view_deposits")
def interest_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One booking of interest with what each member got."""
    run = _or_404(cooperative, number)
    context = {"run": run, "facts": _facts(run), "lines": selectors.interest_lines(run)}
    return render_page(request, "savings/interest_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.book_interest")
def interest_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: take a month's interest back and book it anew, or only take it back."""
    run = _or_404(cooperative, number)
    form = InterestCorrection(request.POST or None, today=today(cooperative.zone))
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = correct_interest(
                run=run,
                reason=given["reason"],
                on=given["on"],
                actor=request.user,
                again=not given["only_cancel"],
            )
        if attempt.done:
            notice(request, _("%(number)s is taken back.") % {"number": number})
            shown = made.number if made else number
            return redirect("savings:interest_detail", cooperative.slug, shown)
    context = {"run": run, "before": _facts(run), "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "savings/interest_correct.html", context, status=status)
