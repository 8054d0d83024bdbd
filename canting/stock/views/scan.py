"""Scan first: one box for whatever a label says, what it is, where it lies, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.stock import selectors
from canting.stock.forms import may_track
from canting.stock.selectors import Found

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.selectors import LastAct

# Where each paper that moves stock is put right, and the right that it takes.
CORRECTIONS = {
    "stock.transfer": ("stock:transfer_correct", "stock.correct"),
    "stock.count": ("stock:count_correct", "stock.book_count"),
    "stock.blend": ("stock:blend_correct", "stock.correct"),
    "purchasing.hand_out": ("purchasing:hand_out_correct", "purchasing.correct"),
    "purchasing.material_return": ("purchasing:return_correct", "purchasing.correct"),
    "purchasing.receipt": ("purchasing:receipt_correct", "purchasing.correct"),
    "production.material": ("production:material_fact_correct", "production.record_material"),
}


@dataclass(frozen=True)
class Corrections:
    """Answers where an act is put right, for a person with these rights."""

    slug: str
    rights: frozenset[str]

    def address(self, act: LastAct) -> str:
        """The address of Betulkan for the paper of an act; "" when she may not, or it was done."""
        view, right = CORRECTIONS.get(act.source.partition(":")[0], ("", ""))
        if not view or act.is_undone or right not in self.rights:
            return ""
        return reverse(view, args=[self.slug, act.paper])


def corrections(request: Request) -> Corrections:
    """Where the acts on this page are put right, as far as this person may."""
    return Corrections(request.access.cooperative.slug, frozenset(request.access.rights))


@require_http_methods(["GET"])
@requires("stock.view_stock")
def scan_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What a scanned or typed code is: an item, a batch, a piece of cloth, a paper; and its acts."""
    typed = request.GET.get("q", "").strip()
    found = selectors.find(cooperative, typed) if typed else Found()
    if found.paper:
        paper = reverse("portal:paper", args=[cooperative.slug])
        return redirect(f"{paper}?source={found.paper}")
    context = {
        "typed": typed,
        "found": found,
        "acts": selectors.last_acts(cooperative),
        "corrections": corrections(request),
        "may_track": found.item is not None and may_track(found.item),
        "materials": catalogue.pooled_kinds(),
        "on": today(cooperative.zone),
        "place_name": selectors.place_name,
    }
    return render_page(request, "stock/scan_page.html", context)
