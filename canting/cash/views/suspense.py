"""Money whose owner is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors, services
from canting.cash.forms import ClearForm, DeskForm
from canting.cash.rules import SUSPENSE_TARGETS
from canting.cash.views import columns
from canting.cash.views.shared import FIELD_OF, address, desk_form
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET", "POST"])
@requires("cash.handle_suspense")
@listed()
def suspense_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What is not known yet, and writing down such money."""
    if request.sheet:
        found = selectors.in_suspense(cooperative=cooperative)
        return as_file(request, cooperative, "titipan", columns.SUSPENSE, found)
    form = desk_form(DeskForm, cooperative, today(cooperative.zone), request)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            paper = services.receive_unknown(
                cooperative=cooperative, actor=request.user, **form.facts()
            )
        if attempt.done:
            notice(
                request,
                _("%(number)s waits for its owner.") % {"number": paper.number},
                kind="wait",
            )
            return redirect("cash:suspense_list", cooperative.slug)
    rows = [
        (paper, left, address("cash:suspense_clear", cooperative, paper.number))
        for paper, left in selectors.in_suspense(cooperative=cooperative)
    ]
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": rows}
    return render_page(request, "cash/suspense_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("cash.handle_suspense")
def suspense_clear(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Say whose the money was."""
    paper = selectors.paper(cooperative=cooperative, number=number)
    if paper is None or paper.kind != "suspense":
        raise Http404
    left = selectors.left_in_suspense(paper=paper)
    form = ClearForm(
        request.POST or None,
        parties=_parties(cooperative),
        today=today(cooperative.zone),
        initial={"amount": left},
    )
    if form.is_valid():
        facts = dict(form.cleaned_data)
        kind, _sep, whose = facts.pop("party").partition(":")
        party = (
            house.party_by_number(cooperative=cooperative, kind=PartyKind(kind), number=whose)
            if whose
            else None
        )
        with tried(form, beside=FIELD_OF) as attempt:
            services.clear_suspense(paper=paper, party=party, actor=request.user, **facts)
        if attempt.done:
            notice(request, _("%(number)s is cleared.") % {"number": number})
            return redirect("cash:suspense_list", cooperative.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "paper": paper, "left": left}
    return render_page(request, "cash/suspense_clear.html", context, status=status)


def _parties(cooperative: Cooperative) -> list[tuple[str, str]]:
    """The members who owe something that the money may pay."""
    found = {}
    for role in SUSPENSE_TARGETS:
        for row in ledger.party_balances(cooperative=cooperative, role=role):
            found[f"{PartyKind.MEMBER}:{row.number}"] = f"{row.name} ({row.number})"
    return list(found.items())
