"""Mulai pakai: the page of steps, one page a step, the old book, the two signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.portal import forms, selectors, services
from canting.portal.rules.opening import (
    GRIDS,
    PARTS,
    WORDS,
    Step,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("portal.start")
def start_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every step, done or open, and the sums beside the old book."""
    trial = selectors.opening_trial(cooperative=cooperative)
    opening = selectors.opening(cooperative=cooperative)
    standings = selectors.standings(cooperative=cooperative)
    return render_page(
        request,
        "portal/start/page.html",
        {
            "steps": [_shown_step(cooperative, standing) for standing in standings.values()],
            "done": sum(one.done for one in standings.values()),
            "opening": opening,
            "difference": selectors.difference_of(trial),
            "sums": selectors.comparison(trial=trial, old=opening.old_totals),
            "total_name": selectors.total_name,
            "is_sum": selectors.is_sum,
            "old_books": selectors.booked_old_books(cooperative=cooperative),
        },
    )


def _shown_step(cooperative: Cooperative, standing: selectors.Standing) -> dict[str, Any]:
    return {
        "standing": standing,
        "name": selectors.step_name(standing.step),
        "says": _says(standing),
        "url": _step_url(cooperative, standing.step),
    }


def _says(standing: selectors.Standing) -> str:
    """One line under the name of a step."""
    if standing.waiting:
        return _("A table read from a sheet is not saved yet")
    if standing.step in PARTS and not standing.rows:
        return _("nothing of this kind") if standing.done else ""
    text = {
        **dict.fromkeys(PARTS, _("%(count)s rows")),
        Step.MEMBERS: _("%(count)s people"),
        Step.ORDERS: _("%(count)s orders"),
        Step.PEOPLE: _("%(count)s may prepare or sign"),
    }.get(standing.step, "")
    return text % {"count": standing.rows} if text and standing.rows else ""


def _step_url(cooperative: Cooperative, step: Step) -> str:
    if step in GRIDS:
        return reverse("portal:start_part", args=[cooperative.slug, WORDS[step]])
    view = {
        Step.FACTS: "portal:start_facts",
        Step.PEOPLE: "portal:start_people",
        Step.SIGN: "portal:start_sign",
    }[step]
    return reverse(view, args=[cooperative.slug])


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def start_facts(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Name, kind, place, numbers, and the first day of the books."""
    known = ("name", "kind", "place", "address", "region_code", "phone", "legal_number")
    names = (*known, "registry_number", "cutover_date")
    initial = {name: getattr(cooperative, name) for name in names}
    form = forms.FactsForm(request.POST or None, cooperative=cooperative, initial=initial)
    if form.is_valid():
        moved = form.cleaned_data["cutover_date"] != cooperative.cutover_date
        with tried(form, beside="cutover_date") as attempt:
            services.change_facts(cooperative=cooperative, actor=request.user, **form.cleaned_data)
        if not attempt.done:
            cooperative.refresh_from_db()
        else:
            said = _("The facts are saved.")
            if moved:
                said = _("The first day is moved. Save the steps that were entered once more.")
            notice(request, said)
            return redirect("portal:start_page", cooperative.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "portal/start/facts.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def start_old_book(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The sums of the old balance sheet, to be compared with what is entered here."""
    opening = selectors.opening(cooperative=cooperative)
    form = forms.OldBookForm(request.POST or None, initial=opening.old_totals)
    if form.is_valid():
        with tried(form) as attempt:
            services.set_old_totals(
                cooperative=cooperative, totals=form.totals(), actor=request.user
            )
        if attempt.done:
            notice(request, _("The sums of the old book are saved."))
            return redirect("portal:start_page", cooperative.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "portal/start/old_book.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def start_sign(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The trial balance of the opening beside the old book; one prepares, another signs."""
    refusal = ""
    if request.method == "POST":
        deed = services.sign_opening if "sign" in request.POST else services.prepare_opening
        try:
            deed(cooperative=cooperative, actor=request.user, now=timezone.now())
        except DomainError as refused:
            refusal = str(refused)
        else:
            return redirect("portal:start_sign", cooperative.slug)
    trial = selectors.opening_trial(cooperative=cooperative)
    opening = selectors.opening(cooperative=cooperative)
    cooperative.refresh_from_db()
    return render_page(
        request,
        "portal/start/sign.html",
        {
            "opening": opening,
            "trial": trial,
            "account_name": ledger.account_name,
            "difference": selectors.difference_of(trial),
            "sums": selectors.comparison(trial=trial, old=opening.old_totals),
            "total_name": selectors.total_name,
            "is_sum": selectors.is_sum,
            "signers": selectors.signers(cooperative=cooperative),
            "is_preparer": opening.prepared_by_id == request.user.pk,
            "people_url": _step_url(cooperative, Step.PEOPLE),
            "refusal": refusal,
        },
        status=422 if refusal else 200,
    )
