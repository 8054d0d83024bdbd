"""Suppliers: the list, one supplier with everything, the grid of new ones, paying them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.purchasing import selectors, services
from canting.purchasing.forms import PaymentForm, SupplierForm, supplier_grid
from canting.purchasing.rules import State
from canting.purchasing.views import columns
from canting.purchasing.views.common import found_or_404, keep_photo
from canting.purchasing.views.offers import supplier_offers
from canting.purchasing.views.orders import order_words

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

RECENT = 30


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def supplier_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Suppliers by name with what we owe each."""
    words = request.GET.get("q", "").strip()
    owed = selectors.owed_by_supplier(cooperative=cooperative)
    found = selectors.suppliers(cooperative=cooperative, words=words)
    if request.sheet:
        return as_file(request, cooperative, "pemasok", columns.suppliers(owed), found)
    context = {
        "suppliers": found,
        "owed": owed,
        "total": sum(owed.values()),
        "words": words,
    }
    return render_page(request, "purchasing/supplier_list.html", context, block="rows")


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def supplier_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One supplier: prices and terms, orders, what we owe and until when, purchases, payments."""
    supplier = found_or_404(selectors.supplier_by_number(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    debt = selectors.supplier_debt(cooperative=cooperative, supplier=supplier, on=on)
    context = {
        "supplier": supplier,
        "debt": debt,
        "owed": selectors.owed_to(cooperative=cooperative, supplier=supplier),
        "orders": list(selectors.orders(cooperative=cooperative, supplier=supplier)[:RECENT]),
        "on": on,
        **supplier_offers(cooperative, supplier, on),
        **order_words(),
        "purchases": selectors.purchases(cooperative=cooperative, supplier=supplier)[:RECENT],
        "payments": selectors.payments(cooperative=cooperative, supplier=supplier)[:RECENT],
        "state_name": selectors.state_name,
    }
    return render_page(request, "purchasing/supplier_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_suppliers")
def supplier_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add one supplier."""
    form = SupplierForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            made = services.add_supplier(
                cooperative=cooperative, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("purchasing:supplier_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/supplier_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_suppliers")
def supplier_edit(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change one supplier."""
    supplier = found_or_404(selectors.supplier_by_number(cooperative=cooperative, number=number))
    first = {name: getattr(supplier, name) for name in SupplierForm.base_fields}
    form = SupplierForm(request.POST or None, initial=first)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.change_supplier(supplier=supplier, actor=request.user, **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("purchasing:supplier_detail", cooperative.slug, supplier.number)
    context = {"form": form, "supplier": supplier}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/supplier_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("purchasing.edit_suppliers")
def supplier_many(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add many suppliers in a grid or from a pasted block; all of them or none."""
    grid = supplier_grid(request.POST or None)
    if grid.is_bound and grid.is_valid():
        count = _add_all(request, cooperative, grid)
        if count:
            messages.success(request, _("%(count)s suppliers were added.") % {"count": count})
            return redirect("purchasing:supplier_list", cooperative.slug)
    context = {"grid": grid}
    status = 422 if grid.is_bound else 200
    return render_page(request, "purchasing/supplier_many.html", context, status=status)


def _add_all(request: Request, cooperative: Cooperative, grid: Any) -> int:
    """Add every filled row; a refusal is written in its row and takes the others back."""
    count, failed = 0, False
    with transaction.atomic():
        for form in grid:
            if not form.cleaned_data.get("name"):
                continue
            with tried(form, beside="name") as attempt:
                services.add_supplier(
                    cooperative=cooperative, actor=request.user, **form.cleaned_data
                )
                count += 1
            if not attempt.done:
                failed = True
        if failed:
            transaction.set_rollback(True)
    return 0 if failed else count


@require_http_methods(["GET", "POST"])
@requires("purchasing.pay_supplier")
def payment_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Pay a supplier what is owed or part of it."""
    supplier = found_or_404(selectors.supplier_by_number(cooperative=cooperative, number=number))
    owed = selectors.owed_to(cooperative=cooperative, supplier=supplier)
    form = PaymentForm(
        request.POST or None,
        request.FILES or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"amount": owed if owed > 0 else None, "cash_place": "bank"},
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            made = services.pay_supplier(
                cooperative=cooperative,
                supplier=supplier,
                amount=data["amount"],
                charge=data["charge"] or 0,
                cash_place=data["cash_place"],
                on=data["on"],
                own_date=data["own_date"],
                note=data["note"],
                actor=request.user,
            )
        if attempt.done:
            keep_photo(request, cooperative, made.number)
            told = _("%(number)s: %(amount)s paid to %(name)s.")
            facts = {"number": made.number, "amount": format_rupiah(made.amount)}
            messages.success(request, told % {**facts, "name": supplier.name})
            return redirect("purchasing:payment_detail", cooperative.slug, made.number)
    context = {"form": form, "supplier": supplier, "owed": owed}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/payment_new.html", context, status=status)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def payment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One payment to a supplier."""
    payment = found_or_404(selectors.payment_by_number(cooperative=cooperative, number=number))
    context = {
        "payment": payment,
        "place": cash.place_name(cooperative=cooperative, place=payment.cash_place),
        "standing": payment.state != State.REVERSED,
        "state_name": selectors.state_name,
        "photos": house.attachments(cooperative=cooperative, subjects=[payment.number]),
    }
    return render_page(request, "purchasing/payment_detail.html", context)
