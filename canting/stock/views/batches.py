"""Batches of a material: where one lies, where it went; beginning and ending to keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.stock import selectors, services
from canting.stock.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def batch_detail(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """One batch: where it lies now and every move of it with its paper."""
    batch = selectors.batch_by_number(cooperative, number)
    if batch is None:
        raise Http404
    found = selectors.batch_moves(batch)
    if request.sheet:
        return as_file(request, cooperative, f"kelompok-{batch.code}", columns.BATCH_MOVES, found)
    rows = list(selectors.batch_balances(cooperative, batch=batch))
    moves = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "batch": batch,
        "rows": rows,
        "quantity": sum(row.quantity for row in rows),
        "moves": moves,
        "on": today(cooperative.zone),
        "place_name": selectors.place_name,
    }
    return render_page(request, "stock/batch_detail.html", context, block="moves")


@require_http_methods(["POST"])
@requires("stock.move")
def item_track(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Begin to keep a material by batch, or stop when nothing of it is left."""
    item = catalogue.item_by_code(cooperative=cooperative, code=code)
    if item is None:
        raise Http404
    with tried() as attempt:
        if request.POST.get("tracked") == "1":
            services.track_item(item=item, on=today(cooperative.zone), actor=request.user)
            told = _("%(item)s is kept by batch from now on. What lies there is batch LAMA.")
        else:
            services.stop_tracking(item=item, actor=request.user)
            told = _("%(item)s is kept without batches.")
    if attempt.done:
        messages.success(request, told % {"item": item.name})
    else:
        notice(request, attempt.words, kind="wrong")
    return redirect("stock:item_card", cooperative.slug, item.code)
