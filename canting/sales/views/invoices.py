"""Pages of invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.sales import papers, selectors, services
from canting.sales.forms import CorrectInvoiceForm, InvoiceForm
from canting.sales.views import columns
from canting.sales.views.orders import order_or_404
from canting.taxes.selectors import duty_on, pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Invoice


def invoice_or_404(cooperative: Cooperative, number: str) -> Invoice:
    """The invoice of this cooperative with this number."""
    invoice = selectors.invoice_by_number(cooperative=cooperative, number=number)
    if invoice is None:
        raise Http404
    return invoice


@require_safe
@requires("sales.view_orders")
@listed()
def invoice_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Invoices by the day they are due: the open ones, or all."""
    everything = request.GET.get("semua") == "1"
    found = (
        selectors.invoices_with_open(cooperative=cooperative)
        if everything
        else selectors.open_invoices(cooperative=cooperative)
    )
    if request.sheet:
        vat_payer = pkp(cooperative=cooperative, on=today(cooperative.zone)) is not None
        shown = columns.INVOICES_WITH_VAT if vat_payer else columns.INVOICES
        return as_file(request, cooperative, "faktur", shown, found)
    page = page_of(found, order=["due_on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "everything": everything,
        "day": today(cooperative.zone),
        "sums": selectors.open_sums(cooperative=cooperative, on=today(cooperative.zone)),
    }
    return render_page(request, "sales/invoice_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("sales.issue_invoice")
def invoice_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Invoice what was accepted of an order; the same sums are shown and booked."""
    order, day = order_or_404(cooperative, number), today(cooperative.zone)
    accepted = list(selectors.uninvoiced_deliveries(order))
    numbers = [
        (d.number, f"{d.number} · {format_date(d.confirmed_on or d.sent_on)} · "
         f"{format_rupiah(d.accepted_value)}")
        for d in accepted
    ]  # fmt: skip
    due = services.due_day(cooperative=cooperative, on=day)
    form = InvoiceForm(request.POST or None, today=day, due=due, numbers=numbers)
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            invoice = services.issue_invoice(
                order=order,
                on=given["on"],
                due_on=given["due_on"],
                deliveries=given["deliveries"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is issued.") % {"paper": invoice.number})
            return redirect("sales:invoice_detail", cooperative.slug, invoice.number)
    total = sum(delivery.accepted_value for delivery in accepted)
    context = {
        "order": order,
        "form": form,
        "accepted": accepted,
        "parts": selectors.invoice_parts_of(
            order, total=total, vat=selectors.vat_of_deliveries(accepted, on=day)
        ),
    }
    return render_page(
        request, "sales/invoice_form.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@requires("sales.view_orders")
def invoice_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One invoice: what it stands for, what was paid, what is open."""
    invoice = invoice_or_404(cooperative, number)
    context = {
        "invoice": invoice,
        "goods": [(line, selectors.value_of(line)) for line in selectors.invoice_goods(invoice)],
        "open": selectors.open_amount(invoice),
        "retention_open": selectors.retention_open(invoice),
        "payments": invoice.payments.order_by("paid_on", "id"),
        "notes": invoice.credit_notes.order_by("id"),
        "day": today(cooperative.zone),
        "duty": duty_on(cooperative=cooperative, amount=invoice.receivable, on=invoice.issued_on),
    }
    return render_page(request, "sales/invoice_detail.html", context)


@require_safe
@requires("sales.view_orders")
def invoice_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The invoice on A4, in words, with our bank account; never titled Faktur Pajak."""
    invoice = invoice_or_404(cooperative, number)
    copy = services.note_print(cooperative=cooperative, number=number, actor=request.user)
    return downloads.paper(papers.invoice(invoice, on=today(cooperative.zone), copy=copy), number)


@require_http_methods(["GET", "POST"])
@requires("sales.issue_invoice")
def invoice_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse an invoice and issue it anew, or only cancel it."""
    invoice, day = invoice_or_404(cooperative, number), today(cooperative.zone)
    form = CorrectInvoiceForm(request.POST or None, today=day, initial={"due_on": invoice.due_on})
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_invoice(
                invoice=invoice,
                reason=given["reason"],
                on=given["on"],
                due_on=given["due_on"],
                again=given["again"] == "again",
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:invoice_detail", cooperative.slug, shown)
    context = {"invoice": invoice, "form": form}
    return render_page(
        request, "sales/invoice_correct.html", context, status=422 if form.is_bound else 200
    )
