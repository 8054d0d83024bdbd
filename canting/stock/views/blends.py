"""Blends of wax: the list with the recipes, a new blend, its paper, putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.stock import selectors, services
from canting.stock.forms import (
    BlendCorrection,
    BlendForm,
    RecipeForm,
    RepackForm,
    goods_grid,
    is_ready,
)
from canting.stock.rules import PaperState, PlaceKind, scaled
from canting.stock.services import WAXES
from canting.stock.views import columns
from canting.stock.views.transfers import found_or_404

if TYPE_CHECKING:
    from decimal import Decimal

    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Blend, BlendRecipe


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def blend_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Blends, newest first, and the recipes."""
    found = selectors.blends(cooperative)
    if request.sheet:
        return as_file(request, cooperative, "campuran", columns.BLENDS, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "recipes": [(one, list(selectors.recipe_parts(one)))
                    for one in selectors.recipes(cooperative)],
        "state_name": selectors.state_name,
    }  # fmt: skip
    return render_page(request, "stock/blend_list.html", context, block="rows")


def recipe_rows(recipe: BlendRecipe, total: Decimal) -> list[dict[str, Any]]:
    """The ingredients for so much wax by a recipe, as rows of the grid."""
    parts = list(selectors.recipe_parts(recipe))
    quantities = scaled([one.parts for one in parts], total)
    return [
        {"item": one.item.code, "quantity": quantity, "unit": one.item.unit}
        for one, quantity in zip(parts, quantities, strict=True)
    ]


@require_http_methods(["GET", "POST"])
@requires("stock.blend")
def blend_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Blend wax: a recipe fills the grid for so much, and the grid is what went in."""
    fills = request.POST.get("act") == "fill"
    first = {"recipe": request.GET.get("resep", "")}
    form = BlendForm(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )
    rows: list[dict[str, Any]] = []
    if fills and form.is_valid() and form.cleaned_data["recipe"] and form.cleaned_data["total"]:
        rows = recipe_rows(form.cleaned_data["recipe"], form.cleaned_data["total"])
    data = request.POST if request.method == "POST" and not fills else None
    grid = goods_grid(cooperative, data, rows, kinds=WAXES)
    if data is not None and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            paper = _blend(request, form, grid)
        if attempt.done:
            messages.success(request, _("%(number)s is saved.") % {"number": paper.number})
            return redirect("stock:blend_detail", cooperative.slug, paper.number)
    context = {
        "form": form,
        "grid": grid,
        "fills": fills and not rows,
        "left": selectors.on_hand(cooperative, kinds=WAXES, place_kind=PlaceKind.STORE),
    }
    status = 422 if data is not None else 200
    return render_page(request, "stock/blend_new.html", context, status=status)


def _blend(request: Request, form: BlendForm, grid: Any) -> Blend:
    """Make the blend; without an own figure as much comes out as went in."""
    typed = form.cleaned_data
    went_in = services.weight_of(typed["item"], grid.lines)
    return services.blend_wax(
        cooperative=request.access.cooperative,
        item=typed["item"],
        quantity=typed["quantity"] or went_in,
        ingredients=grid.lines,
        recipe=typed["recipe"],
        on=typed["on"],
        note=typed["note"],
        actor=request.user,
    )


@require_http_methods(["GET", "POST"])
@requires("stock.blend")
def repack_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pack a material anew: so much leaves the bulk, so many packs come, worth just that."""
    first = {"bulk": request.GET.get("barang", "")}
    day = today(cooperative.zone)
    form = RepackForm(request.POST or None, cooperative=cooperative, today=day, initial=first)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            paper = services.repack(cooperative=cooperative, actor=request.user, **form.facts())
        if attempt.done:
            messages.success(request, _("%(number)s is saved.") % {"number": paper.number})
            return redirect("stock:blend_detail", cooperative.slug, paper.number)
    store = selectors.store(cooperative)
    context = {"form": form, "batches": selectors.batch_choices(store)}
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/repack_new.html", context, status=status)


def _blend_or_404(cooperative: Cooperative, number: str) -> Blend:
    paper: Blend = found_or_404(selectors.blend_by_number(cooperative=cooperative, number=number))
    return paper


@require_http_methods(["GET"])
@requires("stock.view_stock")
def blend_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One blend as a paper: what went in, what came out, what it is worth."""
    paper = _blend_or_404(cooperative, number)
    context = {
        "paper": paper,
        "lines": list(selectors.blend_lines(paper)),
        "standing": paper.state == PaperState.POSTED,
        "state_name": selectors.state_name,
    }
    return render_page(request, "stock/blend_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("stock.correct")
def blend_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: what went in comes back, and the right blend is made."""
    old = _blend_or_404(cooperative, number)
    lines = list(selectors.blend_lines(old))
    data = request.POST or None
    first = {"quantity": old.quantity}
    form = BlendCorrection(data, today=today(cooperative.zone), initial=first)
    rows = [{"item": one.item.code, "quantity": one.quantity, "unit": one.item.unit}
            for one in lines]  # fmt: skip
    kinds = WAXES if old.item.kind in WAXES else (old.item.kind,)
    grid = goods_grid(cooperative, data, rows, kinds=kinds)
    if is_ready(form, grid):
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_blend(
                paper=old,
                reason=typed["reason"],
                on=typed["on"],
                actor=request.user,
                quantity=typed.get("quantity"),
                ingredients=() if typed.get("only_cancel") else grid.lines,
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            return redirect("stock:blend_detail", cooperative.slug, made.number if made else number)
    before = [
        (old.item.name, format_quantity(old.quantity, old.item.unit)),
        (_("Date"), format_date(old.on)),
        *((one.item.name, format_quantity(one.quantity, one.item.unit)) for one in lines),
    ]
    context = {
        "form": form, "grid": grid, "before": before, "number": number,
        "detail": "stock:blend_detail",
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/correction.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("stock.blend")
def recipe_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Keep how a wax is blended."""
    return _recipe(request, cooperative, None)


@require_http_methods(["GET", "POST"])
@requires("stock.blend")
def recipe_edit(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """Change a recipe; blends made before keep what went in."""
    return _recipe(
        request, cooperative, found_or_404(selectors.recipe_by_number(cooperative, number))
    )


def _recipe(request: Request, cooperative: Cooperative, kept: BlendRecipe | None) -> HttpResponse:
    data = request.POST or None
    first = {"name": kept.name, "item": kept.item.code, "note": kept.note} if kept else {}
    form = RecipeForm(data, cooperative=cooperative, initial=first)
    parts = selectors.recipe_parts(kept) if kept else []
    rows = [{"item": one.item.code, "quantity": one.parts} for one in parts]
    grid = goods_grid(cooperative, data, rows, kinds=WAXES)
    if form.is_bound and form.is_valid() & grid.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            services.keep_recipe(
                cooperative=cooperative,
                name=typed["name"],
                item=form.waxes[typed["item"]],
                parts=[(line.lot.item, line.quantity) for line in grid.lines],
                note=typed["note"],
                recipe=kept,
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("%(name)s is saved.") % {"name": typed["name"]})
            return redirect("stock:blend_list", cooperative.slug)
    context = {"form": form, "grid": grid, "kept": kept}
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/recipe_form.html", context, status=status)
