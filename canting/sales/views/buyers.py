"""Pages of buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import BuyerForm, BuyerRows
from canting.sales.views import columns
from canting.taxes.selectors import pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Buyer


@require_safe
@requires("sales.view_orders")
@listed()
def buyer_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buyers by name, page by page; by words in name, number, contact or phone."""
    words = request.GET.get("q", "").strip()
    found = selectors.buyers(cooperative=cooperative, words=words)
    if request.sheet:
        return as_file(request, cooperative, "pembeli", columns.BUYERS, found)
    page = page_of(found, order=["name"], after=request.GET.get("after"))
    context = {"page": page, "words": words}
    return render_page(request, "sales/buyer_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("sales.manage_buyers")
def buyer_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add a buyer."""
    form = BuyerForm(request.POST or None, vat_payer=_vat_payer(cooperative))
    if form.is_valid():
        with tried(form) as attempt:
            buyer = services.create_buyer(
                cooperative=cooperative,
                on=today(cooperative.zone),
                actor=request.user,
                **_facts(form),
            )
        if attempt.done:
            notice(request, _("%(name)s is added.") % {"name": buyer.name})
            return redirect("sales:buyer_detail", cooperative.slug, buyer.party.number)
    status = 422 if form.is_bound else 200
    return render_page(
        request, "sales/buyer_form.html", {"form": form, "buyer": None}, status=status
    )


def _facts(form: BuyerForm) -> dict[str, Any]:
    given = form.cleaned_data
    return given | {"phone": given["phone"] or "", "tax_number": given["tax_number"] or ""}


def _vat_payer(cooperative: Cooperative) -> bool:
    return pkp(cooperative=cooperative, on=today(cooperative.zone)) is not None


def _buyer(cooperative: Cooperative, number: str) -> Buyer:
    buyer = selectors.buyer_by_number(cooperative=cooperative, number=number)
    if buyer is None:
        raise Http404
    return buyer


@require_http_methods(["GET", "POST"])
@requires("sales.manage_buyers")
def buyer_change(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change a buyer's facts."""
    buyer = _buyer(cooperative, number)
    known = {
        "name": buyer.name,
        "contact": buyer.contact,
        "phone": buyer.phone,
        "address": buyer.address,
        "counterparty_class": buyer.counterparty_class,
        "withholds_tax": buyer.withholds_tax,
        "email": buyer.email,
        "vat_code": buyer.vat_code,
    }
    form = BuyerForm(request.POST or None, vat_payer=_vat_payer(cooperative), initial=known)
    if form.is_valid():
        facts = _facts(form)
        # An empty tax number leaves the sealed one as it is: it is never shown again.
        facts["tax_number"] = facts["tax_number"] or None
        with tried(form) as attempt:
            services.change_buyer(buyer=buyer, actor=request.user, **facts)
        if attempt.done:
            notice(request, _("%(name)s is changed.") % {"name": buyer.name})
            return redirect("sales:buyer_detail", cooperative.slug, number)
    status = 422 if form.is_bound else 200
    context = {"form": form, "buyer": buyer}
    return render_page(request, "sales/buyer_form.html", context, status=status)


@require_safe
@requires("sales.view_orders")
def buyer_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One buyer: facts, orders, open invoices, what was paid."""
    buyer = _buyer(cooperative, number)
    orders = list(
        selectors.orders(cooperative=cooperative).filter(buyer=buyer).order_by("-id")[:20]
    )
    context = {
        "buyer": buyer,
        "orders": orders,
        "worth": selectors.order_worth(orders),
        "invoices": selectors.open_invoices(cooperative=cooperative).filter(buyer=buyer),
        "payments": selectors.payments(cooperative=cooperative).filter(buyer=buyer)[:20],
        "has_tax_number": bool(buyer.tax_number),
    }
    return render_page(request, "sales/buyer_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.manage_buyers")
def buyer_import(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Add many buyers at once: typed in a grid or pasted from a sheet; all or none."""
    rows = BuyerRows(request.POST or None, prefix="rows")
    refusal = ""
    if request.method == "POST" and rows.is_valid():
        filled = [form.cleaned_data for form in rows if form.has_changed()]
        try:
            for given in filled:
                services.create_buyer(
                    cooperative=cooperative,
                    on=today(cooperative.zone),
                    actor=request.user,
                    **(given | {"phone": given["phone"] or ""}),
                )
        except DomainError as refused:
            refusal = str(refused)
        else:
            notice(request, _("%(count)s buyers are added.") % {"count": len(filled)})
            return redirect("sales:buyer_list", cooperative.slug)
    status = 422 if rows.is_bound else 200
    context = {"rows": rows, "refusal": refusal}
    return render_page(request, "sales/buyer_import.html", context, status=status)
