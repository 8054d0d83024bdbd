"""The doors of the catalogue: items, prices over time, units, norms, sheets taken in."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors, services
from canting.catalogue.forms import (
    KINDS,
    GridOptions,
    ItemChangeForm,
    ItemForm,
    NormForm,
    PriceForm,
    SheetForm,
    UnitForm,
    grid_table,
    item_grid,
)
from canting.catalogue.imports import Options, Plan, read_items, take_in
from canting.catalogue.rules import PriceList
from canting.catalogue.views import columns
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.quantities import parse_quantity
from canting.kernel.refusals import tried
from canting.kernel.tables_in import Table, paste_to_table, read_table

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative


def _item(cooperative: Cooperative, code: str) -> Item:
    item = selectors.item_by_code(cooperative=cooperative, code=code)
    if item is None:
        raise Http404
    return item


@require_http_methods(["GET"])
@requires("catalogue.view_items")
@listed()
def item_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Items by name with the prices of today; of one kind, by words."""
    kind, words = request.GET.get("jenis", ""), request.GET.get("q", "").strip()
    found = (
        selectors.search(cooperative=cooperative, words=words)
        if words
        else selectors.items(
            cooperative=cooperative, kinds=[kind] if kind else None, active_only=False
        )
    )
    board = selectors.price_board(cooperative=cooperative, on=today(cooperative.zone))
    if request.sheet:
        shown = columns.items(board, {str(key): str(name) for key, name in KINDS})
        return as_file(request, cooperative, "barang-dan-harga", shown, found)
    context = {
        "items": list(found),
        "board": board,
        "kinds": KINDS,
        "kind": kind,
        "words": words,
    }
    return render_page(request, "catalogue/item_list.html", context, block="rows")


def _item_context(request: Request, item: Item) -> dict[str, Any]:
    on = today(item.cooperative.zone)
    board = selectors.price_board(cooperative=item.cooperative, on=on, item_ids=[item.pk])
    return {
        "item": item,
        "kind_name": {str(kind): name for kind, name in KINDS}[item.kind],
        "prices": list(selectors.prices(item=item)),
        "now": {row.pk for row in board.values()},
        "list_name": selectors.list_name,
        "units": selectors.units_of(item),
        "norms": selectors.norms(product=item),
        "price_form": PriceForm(item=item, today=on),
        "unit_form": UnitForm(),
        "norm_form": NormForm(cooperative=item.cooperative),
    }


@require_http_methods(["GET"])
@requires("catalogue.view_items")
def item_detail(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """One item: prices over time, units, and the norm of a product."""
    context = _item_context(request, _item(cooperative, code))
    return render_page(request, "catalogue/item_detail.html", context)


def _refused(request: Request, item: Item, name: str, form: Any) -> HttpResponse:
    context = {**_item_context(request, item), name: form}
    return render_page(request, "catalogue/item_detail.html", context, status=422)


@require_http_methods(["POST"])
@requires("catalogue.set_prices")
def price_set(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Set a price from a day on."""
    item = _item(cooperative, code)
    form = PriceForm(request.POST, item=item, today=today(cooperative.zone))
    if form.is_valid():
        with tried(form) as attempt:
            services.set_price(
                cooperative=cooperative, item=item, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            messages.success(request, _("The price was set."))
            return redirect("catalogue:item_detail", cooperative.slug, item.code)
    return _refused(request, item, "price_form", form)


@require_http_methods(["POST"])
@requires("catalogue.edit_items")
def unit_set(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Say how much one pis or roll of this item holds."""
    item = _item(cooperative, code)
    form = UnitForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.set_unit(item=item, actor=request.user, **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("The unit was set."))
            return redirect("catalogue:item_detail", cooperative.slug, item.code)
    return _refused(request, item, "unit_form", form)


@require_http_methods(["POST"])
@requires("catalogue.edit_items")
def norm_set(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Set the norm of one material for this product."""
    item = _item(cooperative, code)
    form = NormForm(request.POST, cooperative=cooperative)
    if form.is_valid():
        data = form.cleaned_data
        with tried(form, beside="quantity") as attempt:
            services.set_norm(
                product=item,
                material=_item(cooperative, data["material"]),
                quantity=parse_quantity(data["quantity"]),
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("The norm was set."))
            return redirect("catalogue:item_detail", cooperative.slug, item.code)
    return _refused(request, item, "norm_form", form)


@require_http_methods(["GET", "POST"])
@requires("catalogue.edit_items")
def item_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add one item."""
    form = ItemForm(request.POST or None, initial={"kind": request.GET.get("jenis", "cloth")})
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            made = services.create_item(
                cooperative=cooperative, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("catalogue:item_detail", cooperative.slug, made.code)
    status = 422 if form.is_bound else 200
    return render_page(request, "catalogue/item_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("catalogue.edit_items")
def item_edit(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """Change one item."""
    item = _item(cooperative, code)
    first = {name: getattr(item, name) for name in ItemChangeForm.base_fields}
    first["reorder_point"] = item.reorder_point or None
    form = ItemChangeForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.change_item(item=item, actor=request.user, **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("catalogue:item_detail", cooperative.slug, item.code)
    context = {"form": form, "item": item}
    status = 422 if form.is_bound else 200
    return render_page(request, "catalogue/item_form.html", context, status=status)


def _table_of(form: SheetForm) -> Table:
    upload = form.cleaned_data.get("file")
    if upload:
        return read_table(upload.read(), filename=str(upload.name or ""))
    return paste_to_table(form.cleaned_data["text"])


def _as_text(table: Table) -> str:
    """A read file as text with tabs, so that its rows can be put right in the box."""
    rows = [table.header, *(row.cells for row in table.rows)]
    return "\n".join(
        "\t".join(str(cell).replace("\t", " ").replace("\n", " ") for cell in row) for row in rows
    )


def _mark(text: str, form: SheetForm) -> str:
    """A mark of the sheet and its options: only what was looked at is taken in."""
    data = form.cleaned_data
    parts = [text, data["price_list"], data["which"], str(data["valid_from"])]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@require_http_methods(["GET", "POST"])
@requires("catalogue.edit_items")
def import_items(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Paste a sheet: first what it would make is shown, then all of it is taken in or nothing."""
    on = today(cooperative.zone)
    form = SheetForm(request.POST or None, request.FILES or None, today=on)
    plan: Plan | None = None
    if form.is_bound and form.is_valid():
        with tried(form):
            table = _table_of(form)
            plan = read_items(
                cooperative=cooperative, table=table, options=_options(form), today=on
            )
            text = _as_text(table)
            mark = _mark(text, form)
            if form.cleaned_data["seen"] == mark and not plan.bad:
                return _taken(request, cooperative, plan)
            shown = {"text": text, "seen": mark}
            form.data = {name: form.data[name] for name in form.data} | shown
    context = {"form": form, "plan": plan, "list_name": selectors.list_name}
    status = 422 if form.is_bound and (form.errors or (plan and plan.bad)) else 200
    return render_page(request, "catalogue/import_items.html", context, status=status)


def _options(form: SheetForm) -> Options:
    data = form.cleaned_data
    first: date = data["valid_from"]
    return Options(price_list=data["price_list"], which=data["which"], valid_from=first)


def _taken(request: Request, cooperative: Cooperative, plan: Plan) -> HttpResponse:
    items, prices = take_in(cooperative=cooperative, plan=plan, actor=request.user)
    told = _("%(items)s new items and %(prices)s prices were taken in.")
    messages.success(request, told % {"items": items, "prices": prices})
    return redirect("catalogue:item_list", cooperative.slug)


@require_http_methods(["GET", "POST"])
@requires("catalogue.edit_items")
def item_many(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Type items, prices and piece rates in a grid; judged as a pasted sheet, all or nothing."""
    on = today(cooperative.zone)
    options = GridOptions(
        request.POST or None,
        today=on,
        initial={"price_list": request.GET.get("daftar", PriceList.MEMBER)},
    )
    grid = item_grid(request.POST or None)
    if options.is_bound and options.is_valid() & grid.is_valid():
        table, behind = grid_table(grid)
        chosen = Options(**options.cleaned_data)
        plan = read_items(cooperative=cooperative, table=table, options=chosen, today=on)
        if plan.rows and not plan.bad:
            return _taken(request, cooperative, plan)
        if not plan.rows:
            options.add_error(None, _("There is no row yet. Write a name and a unit at least."))
        for row in plan.bad:
            for column, why in row.errors:
                behind[row.number].add_error(column, why)
    context = {"options": options, "grid": grid}
    status = 422 if options.is_bound else 200
    return render_page(request, "catalogue/item_many.html", context, status=status)
