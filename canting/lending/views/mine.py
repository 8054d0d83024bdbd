"""A member's own partner funds: what she owes, what is due when, what she paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.lending import selectors
from canting.lending.rules import AGENT

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("lending.view_own_funds")
def my_funds(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Dana mitra saya: hers alone, whatever the address says."""
    party_id = request.access.party_id
    if party_id is None:
        raise Http404
    found = selectors.onlends_of(cooperative=cooperative, party_id=party_id)
    context = {
        "on": today(cooperative.zone),
        "left": sum(one.left for one in found),
        "running": [one for one in found if one.left],
        "done": [one for one in found if not one.left and one.onlend.facility.mode != AGENT],
        "through": [one for one in found if one.onlend.facility.mode == AGENT],
        "payments": {one.onlend.pk: list(selectors.payments_of(one.onlend)) for one in found},
    }
    return render_page(request, "lending/my_funds.html", context)
