"""A member's own part of the surplus: how it was reckoned, in plain words, and what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.htmx import render_page
from canting.surplus import papers, selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.surplus.selectors import MyYear


def _mine(request: Request, cooperative: Cooperative) -> list[MyYear]:
    party_id = request.access.party_id
    if party_id is None:
        raise Http404
    return selectors.my_parts(cooperative=cooperative, party_id=party_id)


@require_safe
@requires("surplus.view_own_part")
def my_surplus(request: Request, cooperative: Cooperative) -> HttpResponse:
    """My part of each year's surplus, with the sum step by step, and what is still to be paid."""
    years = _mine(request, cooperative)
    party_id = request.access.party_id or 0
    left = selectors.open_parts(cooperative=cooperative, party_ids=[party_id])
    paid = list(selectors.payouts(cooperative=cooperative, party_id=party_id)[:24])
    context = {
        "years": [(one, papers.lead_of(one), papers.steps_of(one)) for one in years],
        "left": sum(one.amount for one in left),
        "paid": [(one, papers.way_of(one)) for one in paid],
    }
    return render_page(request, "surplus/my_surplus.html", context)


@require_safe
@requires("surplus.view_own_part")
def my_slip_print(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """My slip of one year as a PDF to keep; a year without a part does not exist here."""
    found = [one for one in _mine(request, cooperative) if one.part.sharing.year == year]
    if not found:
        raise Http404
    return downloads.paper(papers.slips_paper(found), found[0].part.sharing.number)
