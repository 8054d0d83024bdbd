"""Suppliers' price lists and terms, and one item compared over all suppliers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Chart, price_history
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.purchasing import selectors, services
from canting.purchasing.forms import (
    CompareForm,
    OfferListCorrection,
    OfferListForm,
    TermsForm,
    offer_grid,
    offer_initial,
)
from canting.purchasing.views import columns
from canting.purchasing.views.common import found_or_404, is_ready

if TYPE_CHECKING:
    from datetime import date

    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import Offer, OfferList, Supplier


def list_facts(form: Any) -> dict[str, Any]:
    """From when to when a typed list holds, and where it comes from."""
    data = form.cleaned_data
    names = ("valid_from", "valid_until", "complete", "source")
    return {name: data[name] for name in names}


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_offers")
def offer_list_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write a supplier's price list down: typed in a grid, or pasted from a sheet."""
    supplier = found_or_404(selectors.supplier_by_number(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    asked = selectors.quote_request_by_number(
        cooperative=cooperative, number=request.GET.get("permintaan", "")
    )
    data = request.POST or None
    form = OfferListForm(data, today=on, initial={"source": asked.number if asked else ""})
    before = selectors.standing_offers(cooperative=cooperative, on=on, supplier=supplier)
    rows = _first_rows(before, asked)
    grid = offer_grid(cooperative, data, rows)
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            services.add_offer_list(
                cooperative=cooperative,
                supplier=supplier,
                lines=[row.offer_line() for row in grid.lines],
                actor=request.user,
                request=asked,
                **list_facts(form),
            )
        if attempt.done:
            told = _("%(count)s prices of %(name)s written.")
            messages.success(request, told % {"count": len(grid.lines), "name": supplier.name})
            return redirect("purchasing:supplier_detail", cooperative.slug, supplier.number)
    context = {"form": form, "grid": grid, "supplier": supplier, "asked": asked}
    return render_page(
        request,
        "purchasing/offer_list_new.html",
        context,
        status=422 if form.is_bound else 200,
    )


def _first_rows(before: list[Offer], asked: Any) -> list[dict[str, Any]]:
    """What the grid starts with: the packs she offers now, without prices; what was asked for."""
    rows = [
        row | {"price": None, "price_2": None, "from_2": None, "price_3": None, "from_3": None}
        for row in offer_initial(before)
    ]
    if asked is None:
        return rows
    lines = list(selectors.quote_lines(asked))
    codes = {line.item.code for line in lines}
    kept = [row for row in rows if row["item"] in codes]
    known = {row["item"] for row in kept}
    return kept + [
        {"item": line.item.code, "unit": line.unit} for line in lines if line.item.code not in known
    ]


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def offer_list_detail(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """One price list with its packs and breaks."""
    found = found_or_404(selectors.offer_list(cooperative=cooperative, pk=pk))
    context = {"list": found, "offers": list(selectors.offers_of_list(found))}
    return render_page(request, "purchasing/offer_list_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_offers")
def offer_list_correct(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Put a price list right: it is withdrawn, and the right one is written beside it."""
    old: OfferList = found_or_404(selectors.offer_list(cooperative=cooperative, pk=pk))
    offers = list(selectors.offers_of_list(old))
    on = today(cooperative.zone)
    data = request.POST or None
    names = ("valid_from", "valid_until", "complete", "source")
    form = OfferListCorrection(data, today=on, initial={name: getattr(old, name) for name in names})
    grid = offer_grid(cooperative, data, offer_initial(offers))
    if is_ready(form, grid):
        typed = form.cleaned_data
        again = not typed.get("only_cancel")
        with tried(form) as attempt:
            made = services.correct_offer_list(
                offer_list=old,
                lines=[row.offer_line() for row in grid.lines] if again else [],
                reason=typed["reason"],
                on=on,
                actor=request.user,
                **(list_facts(form) if again else {}),
            )
        if attempt.done:
            messages.success(request, _("The price list was put right."))
            target = made.pk if made else old.pk
            return redirect("purchasing:offer_list_detail", cooperative.slug, target)
    before = [
        (_("Supplier"), old.supplier.name),
        (_("Holds from"), format_date(old.valid_from)),
        *(
            (offer.item.name, f"{offer.unit} · {format_rupiah(offer.breaks.all()[0].price)}")
            for offer in offers
        ),
    ]
    context = {"form": form, "grid": grid, "list": old, "before": before}
    return render_page(
        request,
        "purchasing/offer_list_correct.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_offers")
def terms_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write on which terms a supplier sells from a day on; the older ones stay."""
    supplier = found_or_404(selectors.supplier_by_number(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    now = selectors.terms_on(cooperative=cooperative, on=on, supplier=supplier).get(supplier.pk)
    names = ("minimum_amount", "freight_per_order", "credit_days", "lead_days")
    first = {name: getattr(now, name) or None for name in names} if now else {}
    form = TermsForm(request.POST or None, today=on, initial=first)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.set_terms(
                supplier=supplier,
                terms=form.draft(),
                valid_from=form.cleaned_data["valid_from"],
                actor=request.user,
            )
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("purchasing:supplier_detail", cooperative.slug, supplier.number)
    context = {
        "form": form,
        "supplier": supplier,
        "history": list(selectors.terms_history(supplier)),
    }
    return render_page(
        request, "purchasing/terms_new.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def compare_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The items that suppliers offer today, each leading to its comparison."""
    on = today(cooperative.zone)
    found = selectors.items_offered(cooperative=cooperative, on=on)
    if request.sheet:
        return as_file(request, cooperative, "penawaran", columns.OFFERED, found)
    context = {"items": found}
    return render_page(request, "purchasing/compare_list.html", context)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def compare(request: Request, cooperative: Cooperative, code: str) -> HttpResponse:
    """One item over all suppliers: landed cost at a typed quantity, and prices over time."""
    item = found_or_404(catalogue.item_by_code(cooperative=cooperative, code=code))
    on = today(cooperative.zone)
    form = CompareForm(
        request.GET or None, item=item, initial={"jumlah": Decimal(1), "satuan": item.unit}
    )
    quantity = Decimal(1)
    if form.is_bound and form.is_valid() and form.cleaned_data["jumlah"]:
        typed = form.cleaned_data
        quantity = catalogue.to_base(item, typed["jumlah"], typed["satuan"] or item.unit)
    quantity = max(quantity, Decimal("0.0001"))
    found = selectors.compare_item(cooperative=cooperative, item=item, quantity=quantity, on=on)
    context = {
        "item": item,
        "form": form,
        "quantity": quantity,
        "found": found,
        "market": catalogue.price_row(
            cooperative=cooperative, item=item, price_list="market", on=on
        ),
        "chart": _chart(cooperative, item, on),
    }
    return render_page(request, "purchasing/compare.html", context)


def _chart(cooperative: Cooperative, item: Item, on: date) -> Chart | None:
    lines = selectors.price_lines(cooperative=cooperative, item=item, on=on)
    if not lines:
        return None
    newest = {line.label: line.points[-1].amount for line in lines if not line.market}
    title = _("No supplier has written a price for %(item)s yet") % {"item": item.name}
    if newest:
        name = min(newest, key=lambda label: newest[label])
        title = _("%(name)s is cheapest for %(item)s now: %(price)s a %(unit)s") % {
            "name": name,
            "item": item.name,
            "price": format_rupiah(newest[name]),
            "unit": item.unit,
        }
    return price_history(title, lines, until=on)


def supplier_offers(cooperative: Cooperative, supplier: Supplier, on: date) -> dict[str, Any]:
    """What the section “Harga & syarat” of a supplier's page shows."""
    return {
        "offers": selectors.standing_offers(cooperative=cooperative, on=on, supplier=supplier),
        "offer_lists": list(selectors.offer_lists(cooperative=cooperative, supplier=supplier)[:10]),
        "terms": selectors.terms_on(cooperative=cooperative, on=on, supplier=supplier).get(
            supplier.pk
        ),
        "kept": selectors.reliability(cooperative=cooperative, on=on, suppliers=[supplier]).get(
            supplier.pk
        ),
    }
