"""Pages of QRIS money: on its way, paid out by the acquirer, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import CorrectQrisForm, QrisForm
from canting.sales.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import QrisSettlement


@require_http_methods(["GET", "POST"])
@requires("sales.sell_at_gallery")
@listed()
def qris_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """QRIS money on its way and what the acquirer paid out."""
    settled = selectors.qris_settlements(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "qris", columns.QRIS, settled)
    day = today(cooperative.zone)
    left = selectors.qris_on_its_way(cooperative=cooperative, on=day)
    proposal = selectors.qris_fee(cooperative=cooperative, gross=left, on=day)
    form = QrisForm(
        request.POST or None, today=day, initial={"gross": left or None, "fee": proposal or None}
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.settle_qris(
                cooperative=cooperative,
                gross=given["gross"],
                fee=given["fee"] or 0,
                reference=given["reference"],
                on=given["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return redirect("sales:qris_detail", cooperative.slug, made.number)
    context = {
        "form": form,
        "left": left,
        "settled": settled[:20],
    }
    return render_page(request, "sales/qris.html", context, status=422 if form.is_bound else 200)


def _settled(cooperative: Cooperative, number: str) -> QrisSettlement:
    settled = selectors.qris_by_number(cooperative=cooperative, number=number)
    if settled is None:
        raise Http404
    return settled


@require_safe
@requires("sales.view_orders")
def qris_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What the acquirer paid out once, less its fee."""
    context = {"settled": _settled(cooperative, number)}
    return render_page(request, "sales/qris_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.sell_at_gallery")
def qris_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse what came in by QRIS and write the right sum, or only cancel it."""
    settled, day = _settled(cooperative, number), today(cooperative.zone)
    form = CorrectQrisForm(
        request.POST or None,
        today=day,
        initial={
            "gross": settled.gross,
            "fee": settled.fee or None,
            "reference": settled.reference,
        },
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_qris_settlement(
                settled=settled,
                reason=given["reason"],
                gross=given["gross"],
                fee=given["fee"] or 0,
                reference=given["reference"],
                on=given["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:qris_detail", cooperative.slug, shown)
    context = {"settled": settled, "form": form}
    return render_page(
        request, "sales/qris_correct.html", context, status=422 if form.is_bound else 200
    )
