"""Grants: the list, a new one, its paper, its conditions met, put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.assets import selectors, services
from canting.assets.errors import BadCost, ConditionNeeded
from canting.assets.forms import GrantForm, ReleaseForm, put_right
from canting.assets.rules import HELD, TREATMENTS
from canting.assets.views import columns
from canting.assets.views.common import correct_page, form_facts, found_or_404, posted
from canting.cash import selectors as cash
from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.assets.models import Grant
    from canting.cooperatives.models import Cooperative

FIELD_OF: dict[type[DomainError], str] = {
    BadCost: "amount",
    ConditionNeeded: "condition",
    UnknownPlace: "place",
    NotEnoughCash: "place",
}


@require_safe
@requires("assets.view_assets")
@listed()
def grant_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What was given, newest first."""
    found = selectors.grants(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "hibah", columns.GRANTS, found)
    context = {
        "page": page_of(found, order=["-on"], after=request.GET.get("after")),
        "treatments": treatment_names(),
    }
    return render_page(request, "assets/grant_list.html", context, block="rows")


def treatment_names() -> dict[str, str]:
    """What a deed can say, in a few words."""
    return {key: _(word) for key, word in TREATMENTS.items()}


@require_http_methods(["GET", "POST"])
@requires("assets.receive_grants")
def grant_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down a grant of money or of a thing."""
    form = GrantForm(posted(request), **form_facts(cooperative, "places", "lives"))
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.receive_grant(
                cooperative=cooperative, actor=request.user, **form.facts()
            )
        if attempt.done:
            notice(request, _("%(number)s: the grant is in the books.") % {"number": made.number})
            return redirect("assets:grant_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "assets/grant_new.html", {"form": form}, status=status)


def facts_of(grant: Grant) -> list[tuple[str, str]]:
    """What the paper of a grant says, as rows."""
    asset = getattr(grant, "asset", None)
    place = cash.place_name(cooperative=grant.cooperative, place=grant.place) if grant.place else ""
    rows = [
        (_("Given by"), grant.giver),
        (_("Date"), format_date(grant.on)),
        (_("Amount or fair value"), format_rupiah(grant.amount)),
        (_("Money came into"), place),
        (_("The thing"), asset.name if asset else ""),
        (_("What the deed says"), _(TREATMENTS[grant.treatment])),
        (_("Number and date of the deed"), grant.deed),
        (_("What must be done first"), grant.condition),
        (_("Conditions met on"), format_date(grant.met_on) if grant.met_on else ""),
        (_("What shows it?"), grant.met_how),
    ]
    return [row for row in rows if row[1]]


@require_safe
@requires("assets.view_assets")
def grant_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One grant as a paper."""
    grant = found_or_404(selectors.grant(cooperative=cooperative, number=number))
    context = {
        "grant": grant,
        "asset": getattr(grant, "asset", None),
        "facts": facts_of(grant),
        "is_held": grant.treatment == HELD and not grant.met_on and grant.state == "posted",
    }
    return render_page(request, "assets/grant_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("assets.receive_grants")
def grant_release(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write down that the conditions of a held grant are met."""
    grant = found_or_404(selectors.grant(cooperative=cooperative, number=number))
    form = ReleaseForm(posted(request), today=today(cooperative.zone))
    if form.is_valid():
        with tried(form) as attempt:
            services.release_grant(grant=grant, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(number)s is income now.") % {"number": number})
            return redirect("assets:grant_detail", cooperative.slug, number)
    context = {"grant": grant, "form": form, "facts": facts_of(grant)}
    status = 422 if form.is_bound else 200
    return render_page(request, "assets/grant_release.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("assets.correct_papers")
def grant_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old grant is undone with its thing, and the right one written."""
    grant = found_or_404(selectors.grant(cooperative=cooperative, number=number))
    if grant.state == "reversed":
        return redirect("assets:grant_detail", cooperative.slug, number)
    form = put_right(
        GrantForm(
            posted(request),
            initial=_typed(grant),
            **form_facts(cooperative, "places", "lives"),
        )
    )
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_grant, grant=grant),
        beside=FIELD_OF,
        before=facts_of(grant),
        detail="assets:grant_detail",
        money=("amount",),
    )


def _typed(grant: Grant) -> dict[str, Any]:
    names = ("giver", "amount", "on", "place", "treatment", "deed", "condition")
    typed = {name: getattr(grant, name) for name in names}
    asset = getattr(grant, "asset", None)
    if asset is None:
        return typed | {"what": "money"}
    thing = {name: getattr(asset, name) for name in ("name", "asset_class", "location")}
    return typed | thing | {"what": "thing"}
