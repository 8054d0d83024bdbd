"""Write-downs: what stands, a new one, its paper, releasing, putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.selectors import attachments
from canting.cooperatives.services import attach
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.stock import selectors, services
from canting.stock.forms import WriteDownCorrection, WriteDownForm
from canting.stock.rules import PaperState, WriteDownKind
from canting.stock.views import columns
from canting.stock.views.transfers import found_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import WriteDown


@require_safe
@requires("stock.view_stock")
@listed()
def write_down_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What goods are written down by now, and every paper of it, newest first."""
    found = selectors.write_downs(cooperative)
    if request.sheet:
        return as_file(request, cooperative, "turun-nilai", columns.WRITE_DOWNS, found)
    standing = selectors.allowances(cooperative=cooperative)
    context = {
        "standing": standing,
        "total": sum(row.standing for row in standing),
        "to_release": sum(row.to_release for row in standing),
        "page": page_of(found, order=["-on"], after=request.GET.get("after")),
        "kind_name": selectors.write_down_kind,
    }
    return render_page(request, "stock/write_down_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("stock.write_down")
def write_down_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Say what goods would bring: what they cost above it is written down, or taken back."""
    form = WriteDownForm(
        request.POST or None,
        request.FILES or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"goods": request.GET.get("barang", "")},
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.write_down(
                cooperative=cooperative, lot=given["goods"], price=form.price(), on=given["on"],
                actor=request.user,
            )  # fmt: skip
            if given["photo"]:
                attach(
                    cooperative=cooperative, subject=made.number, upload=given["photo"],
                    actor=request.user,
                )  # fmt: skip
        if attempt.done:
            messages.success(request, _("%(number)s is booked.") % {"number": made.number})
            return redirect("stock:write_down_detail", cooperative.slug, made.number)
    context = {"form": form, "goods": selectors.worth_writing_down(cooperative)}
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/write_down_new.html", context, status=status)


def _facts(paper: WriteDown) -> list[tuple[str, str]]:
    lot = paper.lot
    rows = [
        (_("Goods"), " · ".join(part for part in (lot.item.name, lot.label) if part)),
        (_("What happened"), selectors.write_down_kind(paper.kind)),
        (_("Date"), format_date(paper.on)),
        (_("How much"), format_quantity(paper.quantity, lot.item.unit)),
        (_("What it cost"), format_rupiah(paper.cost)),
        (_("What all of it would bring"), format_rupiah(paper.worth)),
        (_("Where the price comes from"), paper.evidence),
        (_("Change of the write-down"), format_rupiah(paper.amount)),
    ]
    return [(label, text) for label, text in rows if text]


@require_safe
@requires("stock.view_stock")
def write_down_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One write-down as a paper, with the photo of its price."""
    paper = found_or_404(selectors.write_down_by_number(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "facts": _facts(paper),
        "photos": attachments(cooperative=cooperative, subjects=[number]),
        "standing": paper.state == PaperState.POSTED,
        "state_name": selectors.state_name,
    }
    return render_page(request, "stock/write_down_detail.html", context)


@require_POST
@requires("stock.write_down")
def write_down_release(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Release what belongs to goods that have left."""
    with tried() as attempt:
        made = services.release_write_downs(
            cooperative=cooperative, on=today(cooperative.zone), actor=request.user
        )
    if attempt.done:
        messages.success(request, _("%(count)s write-downs were released.") % {"count": len(made)})
    else:
        messages.error(request, attempt.words)
    return redirect("stock:write_down_list", cooperative.slug)


@require_http_methods(["GET", "POST"])
@requires("stock.write_down")
def write_down_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the write-down is taken back, and the goods valued anew or not at all."""
    old = found_or_404(selectors.write_down_by_number(cooperative=cooperative, number=number))
    form = WriteDownCorrection(
        request.POST or None,
        today=today(cooperative.zone),
        priced=old.kind != WriteDownKind.RELEASE,
        initial={"worth": old.worth, "evidence": old.evidence},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.correct_write_down(
                paper=old,
                reason=form.cleaned_data["reason"],
                on=form.cleaned_data["on"],
                actor=request.user,
                price=form.price(),
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            shown = made.number if made else number
            return redirect("stock:write_down_detail", cooperative.slug, shown)
    context = {
        "form": form, "grid": None, "before": _facts(old), "number": number,
        "detail": "stock:write_down_detail",
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/correction.html", context, status=status)
