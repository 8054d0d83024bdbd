"""Transfers: the list, a new one, its paper, putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.stock import papers, selectors, services
from canting.stock.forms import TransferCorrection, TransferForm, goods_grid, is_ready
from canting.stock.rules import PaperState
from canting.stock.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Transfer


def found_or_404(paper: Any) -> Any:
    """The paper, or 404 when this cooperative has none of that number."""
    if paper is None:
        raise Http404
    return paper


def first_row(request: Request) -> list[dict[str, str]]:
    """The first row of a grid as an address names it: ?barang=code&batch=code."""
    code = request.GET.get("barang", "")
    return [{"item": code, "batch": request.GET.get("batch", "")}] if code else []


def line_rows(lines: Any) -> list[dict[str, Any]]:
    """Stored lines of materials as the first rows of a grid."""
    return [
        {"item": one.lot.item.code, "quantity": one.quantity, "unit": one.lot.item.unit}
        for one in lines
        if one.lot.is_pool
    ]


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def transfer_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What moved between stores and between makers, newest first."""
    found = selectors.transfers(cooperative)
    if request.sheet:
        return as_file(request, cooperative, "pindah-barang", columns.TRANSFERS, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "place_name": selectors.place_name,
        "state_name": selectors.state_name,
        "stores": list(selectors.named_stores(cooperative)),
    }
    return render_page(request, "stock/transfer_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("stock.move")
def transfer_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Move goods from one store to another, or material from one maker to another."""
    data = request.POST or None
    first = {"pieces": request.GET.get("kain", ""), "from_place": request.GET.get("dari", "")}
    form = TransferForm(data, cooperative=cooperative, today=today(cooperative.zone), initial=first)
    grid = goods_grid(cooperative, data, first_row(request))
    if form.is_bound and form.is_valid() & grid.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            paper = services.move_goods(
                cooperative=cooperative,
                from_place=typed["from_place"],
                to_place=typed["to_place"],
                lines=[*grid.lines, *typed["pieces"]],
                on=typed["on"],
                actor=request.user,
                note=typed["note"],
            )
        if attempt.done:
            messages.success(request, _("%(number)s is saved.") % {"number": paper.number})
            return redirect("stock:transfer_detail", cooperative.slug, paper.number)
    context = {
        "form": form,
        "grid": grid,
        "members": members.member_choices(cooperative=cooperative),
        "batches": selectors.batch_choices(selectors.store(cooperative)),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/transfer_new.html", context, status=status)


def _transfer_or_404(cooperative: Cooperative, number: str) -> Transfer:
    paper: Transfer = found_or_404(
        selectors.transfer_by_number(cooperative=cooperative, number=number)
    )
    return paper


@require_http_methods(["GET"])
@requires("stock.view_stock")
def transfer_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One transfer as a paper."""
    paper = _transfer_or_404(cooperative, number)
    source = f"stock.transfer:{paper.number}"
    moved = selectors.batches_of_source(cooperative=cooperative, sources=[source])
    context = {
        "paper": paper,
        "lines": list(selectors.transfer_lines(paper)),
        "batches": {item: codes for (_source, item), codes in moved.items()},
        "standing": paper.state == PaperState.POSTED,
        "place_name": selectors.place_name,
        "state_name": selectors.state_name,
    }
    return render_page(request, "stock/transfer_detail.html", context)


@require_http_methods(["GET"])
@requires("stock.view_stock")
def transfer_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The note that goes along with the goods, to be signed by both."""
    paper = _transfer_or_404(cooperative, number)
    return downloads.paper(papers.transfer_note(paper), number)


@require_http_methods(["GET", "POST"])
@requires("stock.correct")
def transfer_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: what moved goes back, and the right transfer is made."""
    old = _transfer_or_404(cooperative, number)
    lines = list(selectors.transfer_lines(old))
    data = request.POST or None
    pieces = " ".join(one.lot.label for one in lines if not one.lot.is_pool)
    form = TransferCorrection(
        data,
        cooperative=cooperative,
        today=today(cooperative.zone),
        start=old.from_place,
        initial={"to_place": old.to_place_id, "pieces": pieces},
    )
    grid = goods_grid(cooperative, data, line_rows(lines))
    if is_ready(form, grid):
        typed = form.cleaned_data
        again = not typed.get("only_cancel")
        with tried(form) as attempt:
            made = services.correct_transfer(
                paper=old,
                reason=typed["reason"],
                on=typed["on"],
                actor=request.user,
                lines=[*grid.lines, *typed.get("pieces", [])] if again else (),
                to_place=typed.get("to_place") if again else None,
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            return redirect(
                "stock:transfer_detail", cooperative.slug, made.number if made else number
            )
    before = [
        (_("From"), selectors.place_name(old.from_place)),
        (_("To"), selectors.place_name(old.to_place)),
        (_("Date"), format_date(old.on)),
        *(
            (one.lot.label or one.lot.item.name, format_quantity(one.quantity, one.lot.item.unit))
            for one in lines
        ),
    ]
    context = {
        "form": form, "grid": grid, "before": before, "number": number,
        "detail": "stock:transfer_detail",
        "members": members.member_choices(cooperative=cooperative),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/correction.html", context, status=status)
