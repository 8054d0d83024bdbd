"""Buying and receiving: the list, one straight form, goods that arrive, one purchase, its changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.purchasing import selectors, services
from canting.purchasing.forms import (
    ArrivalForm,
    BuyLineForm,
    CancelForm,
    ChangeForm,
    PurchaseForm,
    line_grid,
)
from canting.purchasing.rules import State, Terms
from canting.purchasing.views import columns
from canting.purchasing.views.common import (
    batches_moved,
    found_or_404,
    is_confirmed,
    keep_photo,
    with_seen_total,
)
from canting.taxes.selectors import pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import Purchase


def draft_of(form: PurchaseForm, grid: Any) -> services.PurchaseDraft:
    """The purchase as it was typed."""
    data = form.cleaned_data
    supplier = None
    if data["supplier"]:
        supplier = selectors.supplier_by_number(
            cooperative=form.cooperative, number=data["supplier"]
        )
    own_date: date | None = data["own_date"]
    return services.PurchaseDraft(
        lines=[row.buy_line(own_date or data["on"]) for row in grid.lines],
        supplier=supplier,
        seller=data["seller"],
        nota=data["nota"],
        payment=data["payment"],
        cash_place=data["cash_place"],
        freight=data["freight"] or 0,
        freight_place=data["freight_place"],
        own_date=own_date,
        funds_source=data["funds_source"],
        note=data["note"],
    )


def quote_of(form: PurchaseForm, draft: services.PurchaseDraft) -> selectors.Quote:
    """What the typed purchase comes to; freight of shipped goods is written when they arrive."""
    loaded = form.cleaned_data.get("terms") == Terms.LOADED
    return selectors.quote_purchase(
        cooperative=form.cooperative,
        lines=draft.lines,
        freight=0 if loaded else draft.freight,
        on=form.cleaned_data["on"],
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def purchase_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What was bought, newest first, and what is still on the road."""
    found = selectors.purchases(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "pembelian", columns.PURCHASES, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "on_the_road": selectors.purchases(cooperative=cooperative, state=State.SHIPPED),
        "state_name": selectors.state_name,
        "owed": sum(selectors.owed_by_supplier(cooperative=cooperative).values()),
    }
    return render_page(request, "purchasing/purchase_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def purchase_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buy and receive in one straight form; the total is shown, then booked."""
    on = today(cooperative.zone)
    data = request.POST or None
    initial = {"supplier": request.GET.get("pemasok", "")}
    form = PurchaseForm(
        data, request.FILES or None, cooperative=cooperative, today=on, initial=initial
    )
    rows = [{"item": request.GET["barang"]}] if "barang" in request.GET else []
    grid = line_grid(BuyLineForm, cooperative, data, rows)
    quote, number = quoted_then(form, grid, lambda: _buy(request, form, grid))
    if number:
        return redirect("purchasing:purchase_detail", cooperative.slug, number)
    lines = [(line.item, line.base_quantity) for line in quote.lines] if quote else []
    partners = selectors.bought_without_partners(cooperative=cooperative, lines=lines)
    context = {"form": form, "grid": grid, "quote": quote, "partners": partners}
    status = 422 if form.is_bound and (form.errors or not grid.is_valid()) else 200
    return render_page(request, "purchasing/purchase_new.html", context, status=status)


def quoted_then(form: Any, grid: Any, buy: Callable[[], str]) -> tuple[selectors.Quote | None, str]:
    """What a purchase will cost, and its number once that very total was seen and is booked."""
    quote: selectors.Quote | None = None
    number = ""
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form):
            quote = quote_of(form, draft_of(form, grid))
        if quote and is_confirmed(form, quote.total + quote.freight):
            with tried(form):
                number = buy()
        elif quote:
            with_seen_total(form, quote.total + quote.freight)
    return quote, number


def _buy(request: Request, form: PurchaseForm, grid: Any) -> str:
    draft, on = draft_of(form, grid), form.cleaned_data["on"]
    cooperative = form.cooperative
    if form.cleaned_data["terms"] == Terms.LOADED:
        purchase = services.ship_purchase(
            cooperative=cooperative, draft=draft, on=on, actor=request.user
        )
        told = _("%(number)s is on the road: %(total)s.")
    else:
        receipt = services.receive_purchase(
            cooperative=cooperative, draft=draft, on=on, actor=request.user
        )
        purchase = receipt.purchase
        told = _("%(number)s received: %(total)s.")
    keep_photo(request, cooperative, purchase.number)
    facts = {"number": purchase.number, "total": format_rupiah(purchase.total)}
    messages.success(request, told % facts)
    return purchase.number


def purchase_context(cooperative: Cooperative, purchase: Purchase) -> dict[str, Any]:
    """Everything a purchase's page shows."""
    receipt = selectors.standing_receipt(purchase)
    return {
        "purchase": purchase,
        "lines": list(selectors.purchase_lines(purchase)),
        "receipt": receipt,
        "landed": list(selectors.receipt_lines(receipt)) if receipt else [],
        "changes": list(selectors.changes_of(purchase)),
        "state_name": selectors.state_name,
        "photos": house.attachments(cooperative=cooperative, subjects=[purchase.number]),
        "lots": list(selectors.lots_of_receipt(receipt)) if receipt else [],
        "standing": purchase.state != State.REVERSED,
        "on_the_road": purchase.state == State.SHIPPED,
        "vat_payer": pkp(cooperative=cooperative, on=today(cooperative.zone)) is not None,
    }


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def purchase_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One purchase with its lines, landed cost, changes and photo."""
    purchase = found_or_404(selectors.purchase_by_number(cooperative=cooperative, number=number))
    return render_page(
        request, "purchasing/purchase_detail.html", purchase_context(cooperative, purchase)
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def receipt_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One goods receipt with what each line cost to the door."""
    receipt = found_or_404(selectors.receipt_by_number(cooperative=cooperative, number=number))
    context = {
        "receipt": receipt,
        "purchase": receipt.purchase,
        "landed": list(selectors.receipt_lines(receipt)),
        "batches": batches_moved(cooperative, f"purchasing.receipt:{receipt.number}"),
        "state_name": selectors.state_name,
        "standing": receipt.state != State.REVERSED,
        "photos": house.attachments(cooperative=cooperative, subjects=[receipt.number]),
    }
    return render_page(request, "purchasing/receipt_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def arrival_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Goods that were on the road came in, with the freight paid now."""
    purchase = found_or_404(selectors.purchase_by_number(cooperative=cooperative, number=number))
    form = ArrivalForm(
        request.POST or None,
        request.FILES or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            receipt = services.receive_shipped(
                purchase=purchase,
                on=data["on"],
                actor=request.user,
                freight=data["freight"] or 0,
                freight_place=data["freight_place"],
                own_date=data["own_date"],
            )
        if attempt.done:
            keep_photo(request, cooperative, receipt.number)
            messages.success(request, _("%(number)s received.") % {"number": receipt.number})
            return redirect("purchasing:receipt_detail", cooperative.slug, receipt.number)
    context = {"form": form, "purchase": purchase, "lines": selectors.purchase_lines(purchase)}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/arrival_new.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def change_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Send goods back, or book an invoice at another price."""
    purchase = found_or_404(selectors.purchase_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.purchase_lines(purchase))
    form = ChangeForm(
        request.POST or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        lines=lines,
    )
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            change = _change(request, form)
        if attempt.done:
            messages.success(request, _("%(number)s booked.") % {"number": change.number})
            return redirect("purchasing:change_detail", cooperative.slug, change.number)
    context = {"form": form, "purchase": purchase, "lines": lines}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/change_new.html", context, status=status)


def _change(request: Request, form: ChangeForm) -> Any:
    data = form.cleaned_data
    line = form.lines[data["line"]]
    shared = {
        "line": line,
        "on": data["on"],
        "actor": request.user,
        "cash_place": data["cash_place"],
        "own_date": data["own_date"],
        "note": data["note"],
    }
    if data["kind"] == "return":
        return services.return_to_supplier(quantity=data["quantity"], unit=line.unit, **shared)
    return services.change_price(price=data["price"], **shared)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def change_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One return or price difference."""
    change = found_or_404(selectors.change_by_number(cooperative=cooperative, number=number))
    context = {
        "change": change,
        "standing": change.state != State.REVERSED,
        "state_name": selectors.state_name,
    }
    return render_page(request, "purchasing/change_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def change_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a return or a price difference back, with the reason."""
    change = found_or_404(selectors.change_by_number(cooperative=cooperative, number=number))
    form = CancelForm(request.POST or None, today=today(cooperative.zone))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            services.cancel_change(
                change=change, reason=data["reason"], on=data["on"], actor=request.user
            )
        if attempt.done:
            messages.success(request, _("%(number)s was taken back.") % {"number": change.number})
            return redirect("purchasing:change_detail", cooperative.slug, change.number)
    context = {"change": change, "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/change_cancel.html", context, status=status)
