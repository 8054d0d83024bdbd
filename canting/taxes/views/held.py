"""What buyers withheld from us, and which of their slips are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.taxes import selectors
from canting.taxes.rules import HELD
from canting.taxes.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("taxes.view_taxes")
@listed()
def held_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Tax that buyers withheld, newest first; or only what has no slip yet."""
    missing = request.GET.get("belum") == "1"
    found = selectors.held(cooperative=cooperative)
    if missing:
        found = found.filter(slip_number="")
    if request.sheet:
        rows = found.order_by("-on", "-pk")
        return as_file(request, cooperative, "dipotong-pembeli", columns.HELD_BY_BUYERS, rows)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "missing": missing,
        "words": {key: _(one.label) for key, one in HELD.items()},
        "sums": selectors.held_sums(cooperative=cooperative),
    }
    return render_page(request, "taxes/held_list.html", context, block="rows")
