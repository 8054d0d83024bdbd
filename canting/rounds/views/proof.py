"""The page that says what buying together saved, year by year and member by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.rounds import selectors
from canting.rounds.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
@listed()
def saving_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What members saved in a year; what is not known is said, not guessed."""
    years = selectors.years_with_shares(cooperative=cooperative)
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else 0
    year = year or (years[0] if years else today(cooperative.zone).year)
    rows = selectors.savings_of_year(cooperative=cooperative, year=year)
    if request.sheet:
        return as_file(request, cooperative, f"hemat-{year}", columns.SAVED, rows)
    context = {
        "years": years,
        "year": year,
        "rows": rows,
        "total": selectors.sum_of([row.saving for row in rows]),
        "rounds": selectors.proofs_of_year(cooperative=cooperative, year=year),
    }
    return render_page(request, "rounds/saving.html", context)
