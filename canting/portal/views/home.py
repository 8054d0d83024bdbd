"""Beranda: the first page of a member; everything on it is hers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today as day_of
from canting.kernel.htmx import render_page
from canting.portal import selectors
from canting.rounds.selectors import own_state_name

if TYPE_CHECKING:
    from django.http import HttpResponse

    from canting.cooperatives.models import Cooperative


@require_safe
@requires("portal.view_home")
def home(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Her work of today, her money, and one word from the board; no address can ask for another's."""
    on = day_of(cooperative.zone)
    party_id = request.access.party_id
    found = selectors.home_of(cooperative=cooperative, party_id=party_id or 0, on=on)
    if found is None:
        raise Http404
    response = render_page(
        request, "portal/home.html", {"home": found, "on": on, "own_state_name": own_state_name}
    )
    # Money on a shared phone: never kept by the browser.
    response["Cache-Control"] = "no-store"
    return response
