"""The door for cloth that is bought outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.purchasing import services
from canting.purchasing.forms import ClothLineForm, ClothPurchaseForm, line_grid
from canting.purchasing.views.common import keep_photo
from canting.purchasing.views.purchases import draft_of, quoted_then

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def cloth_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buy finished cloth from outside; the total is shown, then booked, and the lots get codes."""
    data = request.POST or None
    form = ClothPurchaseForm(
        data,
        request.FILES or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"supplier": request.GET.get("pemasok", "")},
    )
    grid = line_grid(ClothLineForm, cooperative, data)
    quote, number = quoted_then(form, grid, lambda: _buy(request, form, grid))
    if number:
        return redirect("purchasing:purchase_detail", cooperative.slug, number)
    context = {"form": form, "grid": grid, "quote": quote}
    status = 422 if form.is_bound and (form.errors or not grid.is_valid()) else 200
    return render_page(request, "purchasing/cloth_new.html", context, status=status)


def _buy(request: Request, form: ClothPurchaseForm, grid: Any) -> str:
    receipt = services.buy_cloth_outside(
        cooperative=form.cooperative,
        draft=draft_of(form, grid),
        on=form.cleaned_data["on"],
        actor=request.user,
    )
    number = receipt.purchase.number
    keep_photo(request, form.cooperative, number)
    told = _("%(number)s received: %(total)s. The cloth is ready for sale under its codes.")
    facts = {"number": number, "total": format_rupiah(receipt.purchase.total)}
    messages.success(request, told % facts)
    return number
