"""One box for members, orders, cloth and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.htmx import render_page
from canting.kernel.typed import clean
from canting.portal import selectors

if TYPE_CHECKING:
    from django.http import HttpResponse

    from canting.cooperatives.models import Cooperative


@require_safe
@requires("portal.search")
def search(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Find by name, number, code or phone; an exact code or number opens its page at once."""
    words = clean(request.GET.get("q", ""))[: selectors.LONGEST_SEARCH]
    rights = request.access.rights
    url = selectors.jump(cooperative=cooperative, words=words, rights=rights) if words else ""
    if url:
        return redirect(url)
    groups = selectors.search(cooperative=cooperative, words=words, rights=rights)
    return render_page(
        request, "portal/search.html", {"words": words, "groups": groups}, block="found"
    )
