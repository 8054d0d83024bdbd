"""A member's own pages of buying together: what I asked, what I get, what I owe, when it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.members import selectors as members
from canting.rounds import papers, selectors
from canting.rounds.views import pages
from canting.rounds.views.common import member_or_404, round_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.rounds.models import Round

RECENT = 20


def _me(request: Request, cooperative: Cooperative) -> Member:
    member = members.member_of_party(cooperative=cooperative, party_id=request.access.party_id)
    if member is None:
        raise Http404
    return member


@require_http_methods(["GET"])
@requires("rounds.view_own_round")
def my_rounds(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Her rounds, and those she may still join."""
    member = _me(request, cooperative)
    on = today(cooperative.zone)
    found = selectors.rounds_of_member(cooperative=cooperative, member=member, on=on)[:RECENT]
    context = {
        "owns": [selectors.own_round(found=one, member=member, on=on) for one in found],
        "held": selectors.held_for(cooperative=cooperative, party=member.party),
        "saving": selectors.saving_of_member(cooperative=cooperative, member=member, year=on.year),
        "year": on.year,
        "own_state_name": selectors.own_state_name,
    }
    return render_page(request, "rounds/my_rounds.html", context)


@require_http_methods(["GET"])
@requires("rounds.view_own_round")
def my_round(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One round as she sees it; nothing of anybody else's."""
    member = _me(request, cooperative)
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    context = {
        "own": selectors.own_round(found=found, member=member, on=on),
        "found": found,
        "own_state_name": selectors.own_state_name,
        "own_why": selectors.own_why,
        "ask_url": pages.address("rounds:my_needs", cooperative.slug, found.number),
    }
    return render_page(request, "rounds/my_round.html", context)


@require_http_methods(["GET"])
@requires("rounds.view_own_round")
def my_slip(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Her own slip of a round as a picture."""
    found = round_or_404(cooperative, number)
    return _slip(found, _me(request, cooperative), "png")


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
def member_slip(
    request: Request, cooperative: Cooperative, member: str, number: str
) -> HttpResponse:
    """A member's slip of a round for the printer (80 mm), or as a picture (`bentuk=png`)."""
    found = round_or_404(cooperative, number)
    form = "png" if request.GET.get("bentuk") == "png" else "pdf"
    return _slip(found, member_or_404(cooperative, member), form)


def _slip(found: Round, member: Member, form: str) -> HttpResponse:
    shares = list(selectors.shares_of_member(found=found, member=member))
    if not shares:
        raise Http404
    kind = papers.as_format(form)
    name = f"{found.number}-{member.number}"
    return downloads.paper(papers.share_slip(found, member, shares, format=kind), name, kind)
