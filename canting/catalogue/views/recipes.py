"""Dye recipes weighed and used; bans, substitutes and safety sheets of materials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.catalogue import selectors, services
from canting.catalogue.forms import (
    BanForm,
    DyeRecipeForm,
    SheetOfSafety,
    SubstituteForm,
    WeighForm,
    part_grid,
    part_rows,
)
from canting.catalogue.rules import DEPTHS, STANDARD
from canting.catalogue.views import columns
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.services import attach
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.catalogue.models import DyeRecipe, Item
    from canting.cooperatives.models import Cooperative


def _recipe(cooperative: Cooperative, pk: int) -> DyeRecipe:
    found = selectors.recipe(cooperative=cooperative, pk=pk)
    if found is None:
        raise Http404
    return found


def _item(cooperative: Cooperative, code: str) -> Item:
    found = selectors.item_by_code(cooperative=cooperative, code=code)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("catalogue.view_items")
@listed()
def recipe_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The workshop's own recipes, and the published ones to begin with."""
    own = [(one, selectors.recipe_lines(one)) for one in selectors.recipes(cooperative=cooperative)]
    if request.sheet:
        rows = [(one, line) for one, lines in own for line in lines]
        return as_file(request, cooperative, "resep", columns.RECIPES, rows)
    context = {"own": own, "standard": STANDARD}
    return render_page(request, "catalogue/recipe_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("catalogue.keep_recipes")
def recipe_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Keep a recipe; a published one gives its name, measure and figures to begin with."""
    key = request.GET.get("dari", "")
    standard = next((one for one in STANDARD if one.key == key), None)
    first = {}
    if standard is not None:
        first = {
            "name": _(standard.name),
            "measure": _(standard.measure),
            "source": standard.source,
        }
    return _kept(request, cooperative, None, first, standard)


@require_http_methods(["GET", "POST"])
@requires("catalogue.keep_recipes")
def recipe_edit(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Change a recipe; norms that were set by it stay until it is used again."""
    kept = _recipe(cooperative, pk)
    first = {name: getattr(kept, name) for name in DyeRecipeForm.base_fields}
    return _kept(request, cooperative, kept, first, None)


def _kept(
    request: Request,
    cooperative: Cooperative,
    kept: DyeRecipe | None,
    first: dict[str, Any],
    standard: Any,
) -> HttpResponse:
    data = request.POST or None
    rows = part_rows(selectors.recipe_lines(kept)) if kept else []
    if standard is not None:
        rows = [
            {"least": one.least, "most": one.most, "unit": one.unit} for one in standard.ingredients
        ]
    form, grid = DyeRecipeForm(data, initial=first), part_grid(cooperative, data, rows)
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            made = services.keep_dye_recipe(
                cooperative=cooperative,
                parts=[row.part() for row in grid.lines],
                actor=request.user,
                recipe=kept,
                **form.cleaned_data,
            )
        if attempt.done:
            messages.success(request, _("%(name)s is saved.") % {"name": made.name})
            return redirect("catalogue:recipe_weigh", cooperative.slug, made.pk)
    context = {"form": form, "grid": grid, "kept": kept, "standard": standard}
    status = 422 if form.is_bound else 200
    return render_page(request, "catalogue/recipe_form.html", context, status=status)


@require_safe
@requires("catalogue.view_items")
def recipe_weigh(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """What to weigh for so much at a shade: grams to print and hang beside the scale."""
    kept = _recipe(cooperative, pk)
    form = WeighForm(request.GET if "measures" in request.GET else None, cooperative=cooperative)
    return _weighed(request, cooperative, kept, form)


def _weighed(
    request: Request, cooperative: Cooperative, kept: DyeRecipe, form: WeighForm
) -> HttpResponse:
    measures, depth = form.fields["measures"].initial, "medium"
    if form.is_bound and form.is_valid():
        measures, depth = form.cleaned_data["measures"], form.cleaned_data["depth"]
    with tried() as attempt:
        doses = selectors.doses(recipe=kept, measures=measures, depth=depth)
    context = {
        "kept": kept,
        "form": form,
        "doses": doses if attempt.done else [],
        "refusal": attempt.words,
        "measures": measures,
        "depth": depth,
        "depth_name": _(DEPTHS[depth][0]),
    }
    status = 422 if form.errors else 200
    return render_page(request, "catalogue/recipe_weigh.html", context, status=status)


@require_POST
@requires("catalogue.keep_recipes")
def recipe_use(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Make it the norm of one piece of a product; needs of work orders follow it from then on."""
    kept = _recipe(cooperative, pk)
    form = WeighForm(request.POST, cooperative=cooperative)
    form.fields["product"].required = True
    if form.is_valid():
        product = form.products[form.cleaned_data["product"]]
        with tried(form, beside="measures") as attempt:
            services.use_dye_recipe(
                recipe=kept,
                product=product,
                measures=form.cleaned_data["measures"],
                depth=form.cleaned_data["depth"],
                actor=request.user,
            )
        if attempt.done:
            told = _("The norm of %(name)s follows the recipe now.")
            messages.success(request, told % {"name": product.name})
            return redirect("catalogue:item_detail", cooperative.slug, product.code)
    return _weighed(request, cooperative, kept, form)


def care_context(cooperative: Cooperative, item: Item) -> dict[str, Any]:
    """What the page of care needs: ban, substitutes, safety sheets, and their forms."""
    on = today(cooperative.zone)
    return {
        "item": item,
        "ban_form": BanForm(today=on, initial={"since": item.banned_since, "by": item.banned_by}),
        "other_form": SubstituteForm(item=item, today=on),
        "sheet_form": SheetOfSafety(),
        "others": list(selectors.substitutes_of(item)),
        "sheets": list(selectors.safety_sheets(item)),
        "on": on,
    }


@require_safe
@requires("catalogue.view_items")
def item_care(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """How a material is handled safely, what may stand in for it, and whether it is banned."""
    context = care_context(cooperative, _item(cooperative, code))
    return render_page(request, "catalogue/item_care.html", context)


def _refused(request: Request, item: Item, name: str, form: Any) -> HttpResponse:
    context = {**care_context(item.cooperative, item), name: form}
    return render_page(request, "catalogue/item_care.html", context, status=422)


@require_POST
@requires("catalogue.ban_items")
def item_ban(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Ban a material by a rule, or lift the ban."""
    item = _item(cooperative, code)
    form = BanForm(request.POST, today=today(cooperative.zone))
    if form.is_valid():
        with tried(form, beside="by") as attempt:
            services.ban_item(item=item, actor=request.user, **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("catalogue:item_care", cooperative.slug, item.code)
    return _refused(request, item, "ban_form", form)


@require_POST
@requires("catalogue.edit_items")
def substitute_add(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Let another material stand in for this one."""
    item = _item(cooperative, code)
    form = SubstituteForm(request.POST, item=item, today=today(cooperative.zone))
    if form.is_valid():
        typed = form.cleaned_data
        with tried(form, beside="other") as attempt:
            services.allow_substitute(
                item=item,
                other=form.known[typed["other"]],
                valid_from=typed["valid_from"],
                reason=typed["reason"],
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("catalogue:item_care", cooperative.slug, item.code)
    return _refused(request, item, "other_form", form)


@require_POST
@requires("catalogue.edit_items")
def substitute_end(request: Request, cooperative: Cooperative, code: str, pk: int) -> HttpResponse:
    """End that another material stands in."""
    item = _item(cooperative, code)
    row = selectors.substitutes_of(item).filter(pk=pk).first()
    if row is None:
        raise Http404
    services.end_substitute(row=row, on=today(cooperative.zone), actor=request.user)
    messages.success(request, _("Saved."))
    return redirect("catalogue:item_care", cooperative.slug, item.code)


@require_POST
@requires("catalogue.edit_items")
def safety_sheet_add(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Keep the safety sheet of a material beside it."""
    item = _item(cooperative, code)
    form = SheetOfSafety(request.POST, request.FILES)
    if form.is_valid():
        with tried(form, beside="file") as attempt:
            attach(
                cooperative=cooperative,
                subject=selectors.safety_subject(item),
                upload=form.cleaned_data["file"],
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("catalogue:item_care", cooperative.slug, item.code)
    return _refused(request, item, "sheet_form", form)
