"""Handing material out and taking unused material back; the member's own page of material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.purchasing import selectors, services
from canting.purchasing.forms import (
    HandOutForm,
    LineForm,
    ReturnForm,
    initial_of,
    line_grid,
)
from canting.purchasing.rules import Mode, State
from canting.purchasing.views import columns
from canting.purchasing.views.common import (
    batches_moved,
    found_or_404,
    is_confirmed,
    with_seen_total,
)
from canting.stock import selectors as stock
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from datetime import date

    from canting.cooperatives.models import Cooperative

RECENT = 10
RECENT_OF_ONE = 20


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def hand_out_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What left the store, newest first."""
    found = selectors.hand_outs(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "serah-bahan", columns.HAND_OUTS, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "mode_name": selectors.mode_name,
        "state_name": selectors.state_name,
    }
    return render_page(request, "purchasing/hand_out_list.html", context, block="rows")


def bundle_rows(cooperative: Cooperative, values: Any) -> list[dict[str, Any]]:
    """The usual bundle of a product as rows of the grid; nothing when none was asked for."""
    product = catalogue.item_by_code(cooperative=cooperative, code=values.get("product", ""))
    pieces = values.get("pieces", "")
    if product is None or not pieces.isdecimal() or not 0 < int(pieces) <= 100_000:
        return []
    return initial_of(selectors.bundle(product=product, pieces=int(pieces)))


def last_rows(cooperative: Cooperative, typed: str) -> list[dict[str, Any]]:
    """What a member got last time as rows of the grid; nothing for a new one."""
    member = members.find_member(cooperative=cooperative, typed=typed)
    return initial_of(selectors.usual_bundle(member=member)) if member else []


def basis_of(mode: str) -> str:
    """Material in trust is commission, material that is sold is purchase (posting.md 2.3)."""
    return Basis.COMMISSION if mode == Mode.CUSTODY else Basis.PURCHASE


def quote_of(form: HandOutForm, grid: Any) -> selectors.Quote:
    """What the typed hand-out comes to."""
    data = form.cleaned_data
    return selectors.quote_hand_out(
        cooperative=form.cooperative,
        lines=[row.out_line() for row in grid.lines],
        mode=data["mode"],
        on=data["on"],
        to_member=data["member"] is not None,
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.hand_out")
def hand_out_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Hand material out; the usual bundle of a product fills the grid with one button."""
    on = today(cooperative.zone)
    fills = request.POST.get("act") == "bundle"
    values = request.POST if fills else request.GET
    data = request.POST if request.method == "POST" and not fills else None
    form = HandOutForm(data, cooperative=cooperative, today=on, initial=_first(values, on))
    rows = bundle_rows(cooperative, values)
    if fills and not rows:
        rows = last_rows(cooperative, values.get("member", ""))
    if "barang" in request.GET and not rows:
        rows = [{"item": request.GET["barang"], "batch": request.GET.get("batch", "")}]
    grid = line_grid(LineForm, cooperative, data, rows)
    quote = None
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            quote = quote_of(form, grid)
        free = form.cleaned_data["mode"] == Mode.CUSTODY
        if quote and (free or is_confirmed(form, quote.total)):
            with tried(form) as attempt:
                number = _hand_out(request, form, grid)
            if attempt.done:
                return redirect("purchasing:hand_out_detail", cooperative.slug, number)
        elif quote:
            with_seen_total(form, quote.total)
    context = {
        "form": form,
        "grid": grid,
        "quote": quote,
        "partners": _partners(cooperative, quote),
        "no_norm": fills and not rows,
        "members": members.member_choices(cooperative=cooperative),
        "recent": selectors.hand_outs(cooperative=cooperative)[:RECENT],
        "mode_name": selectors.mode_name,
        "left": stock.on_hand(
            cooperative, kinds=catalogue.pooled_kinds(), place_kind="store"
        ).filter(place__name=""),
        "batches": stock.batch_choices(stock.store(cooperative)),
    }
    status = 422 if form.is_bound and (form.errors or not grid.is_valid()) else 200
    return render_page(request, "purchasing/hand_out_new.html", context, status=status)


def _partners(cooperative: Cooperative, quote: selectors.Quote | None) -> list[Any]:
    """What goes with the dyes of a hand-out that is shown before it is booked."""
    lines = [(line.item, line.base_quantity) for line in quote.lines] if quote else []
    return selectors.handed_without_partners(cooperative=cooperative, lines=lines)


def _first(values: Any, on: date) -> dict[str, Any]:
    names = (
        "member",
        "mode",
        "work_order",
        "product",
        "pieces",
        "cash_place",
        "buyer_name",
        "note",
    )
    found = {name: values[name] for name in names if values.get(name)}
    return {"on": on, "mode": Mode.CUSTODY, **found}


def _hand_out(request: Request, form: HandOutForm, grid: Any) -> str:
    data = form.cleaned_data
    made = services.hand_out(
        cooperative=form.cooperative,
        member=data["member"],
        buyer_name=data["buyer_name"],
        lines=[row.out_line() for row in grid.lines],
        mode=data["mode"],
        basis=basis_of(data["mode"]),
        on=data["on"],
        actor=request.user,
        cash_place=data["cash_place"],
        work_order=data["work_order"],
        own_date=data["own_date"],
        note=data["note"],
    )
    told = _("%(number)s handed out to %(name)s: %(total)s.")
    facts = {"number": made.number, "name": made.receiver, "total": format_rupiah(made.total)}
    messages.success(request, told % facts)
    return made.number


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def hand_out_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One hand-out with its lines, its due day and its note to print."""
    paper = found_or_404(selectors.hand_out_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.hand_out_lines(paper))
    context = {
        "paper": paper,
        "lines": lines,
        "partners": selectors.handed_without_partners(
            cooperative=cooperative, lines=[(line.item, line.base_quantity) for line in lines]
        ),
        "batches": batches_moved(cooperative, f"purchasing.hand_out:{paper.number}"),
        "mode_name": selectors.mode_name,
        "state_name": selectors.state_name,
        "standing": paper.state != State.REVERSED,
        "in_trust": paper.mode == Mode.CUSTODY,
    }
    return render_page(request, "purchasing/hand_out_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.hand_out")
def return_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Take unused material of ours back from a maker; her work order stays open."""
    on = today(cooperative.zone)
    data = request.POST or None
    member = members.find_member(cooperative=cooperative, typed=request.GET.get("member", ""))
    initial = {"member": members.member_label(member) if member else ""}
    form = ReturnForm(data, cooperative=cooperative, today=on, initial=initial)
    grid = line_grid(LineForm, cooperative, data)
    if form.is_bound and form.is_valid() & grid.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.return_materials(
                cooperative=cooperative,
                member=typed["member"],
                lines=[row.out_line() for row in grid.lines],
                on=typed["on"],
                actor=request.user,
                work_order=typed["work_order"],
                own_date=typed["own_date"],
                note=typed["note"],
            )
        if attempt.done:
            told = _("%(number)s: material came back. The work order stays open.")
            messages.success(request, told % {"number": made.number})
            return redirect("purchasing:return_detail", cooperative.slug, made.number)
    context = {
        "form": form,
        "grid": grid,
        "members": members.member_choices(cooperative=cooperative),
        "held": selectors.materials_held(cooperative, member.party) if member else [],
        "member": member,
        "batches": stock.batch_choices(stock.custody_of(cooperative, member.party))
        if member
        else [],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/return_new.html", context, status=status)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def return_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One return of material with its lines."""
    paper = found_or_404(selectors.return_by_number(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "lines": list(selectors.return_lines(paper)),
        "batches": batches_moved(cooperative, f"purchasing.material_return:{paper.number}"),
        "state_name": selectors.state_name,
        "standing": paper.state != State.REVERSED,
    }
    return render_page(request, "purchasing/return_detail.html", context)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def batch_trace(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """Who got a batch: for a recall, with a message ready for each."""
    batch = found_or_404(stock.batch_by_number(cooperative, number))
    rows = selectors.who_got(cooperative=cooperative, batch=batch)
    context = {
        "batch": batch,
        "rows": [(row, selectors.recall_text(batch=batch, receiver=row)) for row in rows],
        "quantity": sum(row.quantity for row in rows),
    }
    return render_page(request, "purchasing/batch_trace.html", context)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def member_materials(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What one member holds of ours, owes for material, got and brought back, for the office."""
    member = found_or_404(members.member_by_number(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    party = member.party
    context = {
        "member": member,
        "held": list(selectors.materials_held(cooperative, party)),
        "dues": selectors.material_dues(cooperative=cooperative, party=party, on=on),
        "handed": selectors.hand_outs(cooperative=cooperative, party=party)[:RECENT_OF_ONE],
        "returned": selectors.material_returns(cooperative=cooperative, party=party)[
            :RECENT_OF_ONE
        ],
        "limit": selectors.credit_limit(cooperative=cooperative, member=member, on=on),
        "mode_name": selectors.mode_name,
        "on": on,
    }
    return render_page(request, "purchasing/member_materials.html", context)


@require_http_methods(["GET"])
@requires("stock.view_own_materials")
def my_materials(request: Request, cooperative: Cooperative) -> HttpResponse:
    """A member's own page: material of ours in her hands, and what she owes for material."""
    member = members.member_of_party(cooperative=cooperative, party_id=request.access.party_id)
    if member is None:
        raise Http404
    on = today(cooperative.zone)
    context = {
        "held": list(selectors.materials_held(cooperative, member.party)),
        "dues": selectors.material_dues(cooperative=cooperative, party=member.party, on=on),
        "recent": [
            (paper, list(selectors.hand_out_lines(paper)))
            for paper in selectors.hand_outs(cooperative=cooperative, party=member.party).exclude(
                state=State.REVERSED
            )[:RECENT]
        ],
    }
    return render_page(request, "purchasing/my_materials.html", context)
