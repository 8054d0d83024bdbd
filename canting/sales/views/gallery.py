"""Pages of the gallery till, its notas and direct sales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.sales import papers, selectors, services
from canting.sales.forms import CorrectSaleForm, TillForm
from canting.sales.services import Till
from canting.sales.views import columns
from canting.sales.views.cart import Cart, Scan

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Sale


def _till(form: TillForm) -> Till:
    given = form.cleaned_data
    return Till(
        paid_by=given["paid_by"],
        received=given["received"],
        discount=given["discount"] or 0,
        counterparty_class=given["counterparty_class"],
        buyer=given["buyer"],
        guest=given["guest"],
    )


@require_http_methods(["GET", "POST"])
@requires("sales.sell_at_gallery")
def till(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Scan pieces, take the money, print the nota; each line keeps its own basis."""
    day = today(cooperative.zone)
    scan = Scan(request, Cart(cooperative, day, priced=True))
    form = scan.form(TillForm, cooperative=cooperative, today=day)
    pieces, refusal = scan.pieces(), ""
    if pieces is not None and form.is_valid():
        with tried() as attempt:
            sale = services.sell_at_gallery(
                cooperative=cooperative,
                pieces=pieces,
                till=_till(form),
                on=form.cleaned_data["on"],
                actor=request.user,
            )
        if attempt.done:
            facts = {"paper": sale.number, "amount": format_rupiah(sale.received)}
            notice(request, _("%(paper)s: %(amount)s.") % facts)
            return redirect("sales:sale_detail", cooperative.slug, sale.number)
        refusal = attempt.words
    context = {
        "cart": scan.cart,
        "form": form,
        "refusal": refusal,
        "buyers": selectors.buyer_choices(cooperative=cooperative),
        "sales": selectors.sales_of_day(cooperative=cooperative, on=day)[:10],
    }
    return render_page(request, "sales/till.html", context, status=scan.status)


@require_safe
@requires("sales.view_orders")
@listed()
def sale_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The notas, newest first, page by page."""
    found = selectors.sales(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "nota-galeri", columns.SALES, found)
    page = page_of(found, order=["-sold_on"], after=request.GET.get("after"))
    return render_page(request, "sales/sale_list.html", {"page": page}, block="rows")


def _sale(cooperative: Cooperative, number: str) -> Sale:
    sale = selectors.sale_by_number(cooperative=cooperative, number=number)
    if sale is None:
        raise Http404
    return sale


@require_safe
@requires("sales.view_orders")
def sale_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One nota: its pieces, whose they were, how it was paid."""
    sale = _sale(cooperative, number)
    context = {
        "sale": sale,
        "lines": selectors.sale_lines_of(sale.pk),
        "paid_by": papers.paid_by_name(sale.paid_by),
        "invoice": sale.invoices.first(),
    }
    return render_page(request, "sales/sale_detail.html", context)


@require_safe
@requires("sales.view_orders")
def sale_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The nota on a roll of 58 or 80 mm."""
    size = "80mm" if request.GET.get("lebar") == "80" else "58mm"
    copy = services.note_print(cooperative=cooperative, number=number, actor=request.user)
    return downloads.paper(papers.nota(_sale(cooperative, number), size=size, copy=copy), number)


@require_http_methods(["GET", "POST"])
@requires("sales.sell_at_gallery")
def sale_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old nota stays, the right one is written, or none at all."""
    sale, day = _sale(cooperative, number), today(cooperative.zone)
    lines = list(selectors.sale_lines_of(sale.pk))
    scan = Scan(request, Cart(cooperative, day, priced=True))
    form = scan.form(CorrectSaleForm, cooperative=cooperative, today=day, initial=_typed(sale))
    pieces, refusal = scan.pieces(), ""
    if pieces is not None and form.is_valid():
        with tried() as attempt:
            made = services.correct_sale(
                sale=sale,
                reason=form.cleaned_data["reason"],
                pieces=pieces,
                till=_till(form),
                on=form.cleaned_data["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:sale_detail", cooperative.slug, shown)
        refusal = attempt.words
    if not scan.is_sent:
        for line in lines:
            scan.cart.put(line.lot.code, line.quantity, line.price)
    context = {
        "sale": sale,
        "lines": lines,
        "cart": scan.cart,
        "form": form,
        "refusal": refusal,
        "buyers": selectors.buyer_choices(cooperative=cooperative),
    }
    return render_page(request, "sales/sale_correct.html", context, status=scan.status)


def _typed(sale: Sale) -> dict[str, Any]:
    buyer = f"{sale.buyer.party.number} {sale.buyer.name}" if sale.buyer else ""
    return {
        "paid_by": sale.paid_by,
        "discount": sale.discount or None,
        "counterparty_class": sale.counterparty_class,
        "buyer": buyer,
        "guest": sale.guest,
    }
