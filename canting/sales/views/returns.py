"""Pages of credit notes: goods that came back on an invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import places
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.sales import selectors, services
from canting.sales.forms import CorrectCreditNoteForm, CreditNoteForm
from canting.sales.rules import Piece
from canting.sales.views.invoices import invoice_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import CreditNote, Invoice


@require_http_methods(["GET", "POST"])
@requires("sales.issue_invoice")
def credit_note_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take pieces of an invoice back at the price got and the cost they left with."""
    invoice, day = invoice_or_404(cooperative, number), today(cooperative.zone)
    form = CreditNoteForm(
        request.POST or None, today=day, pieces=_pieces(invoice), places=places(cooperative)
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.write_credit_note(
                invoice=invoice,
                piece=Piece(given["piece"], given["quantity"]),
                reason=given["reason"],
                on=given["on"],
                cash_place=given["cash_place"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return redirect("sales:credit_note_detail", cooperative.slug, made.number)
    context = {"invoice": invoice, "form": form, "open": selectors.open_amount(invoice)}
    return render_page(
        request, "sales/credit_note_form.html", context, status=422 if form.is_bound else 200
    )


def _pieces(invoice: Invoice) -> list[tuple[str, str]]:
    return [
        (line.lot.code, f"{line.lot.label} {line.lot.item.name} · {format_quantity(line.quantity)}")
        for line in selectors.invoice_goods(invoice)
    ]


def _note(cooperative: Cooperative, number: str) -> CreditNote:
    note = selectors.credit_note_by_number(cooperative=cooperative, number=number)
    if note is None:
        raise Http404
    return note


@require_safe
@requires("sales.view_orders")
def credit_note_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One credit note."""
    note = _note(cooperative, number)
    context = {"note": note, "line": note.sale_line or note.delivery_line}
    return render_page(request, "sales/credit_note_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("sales.issue_invoice")
def credit_note_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a credit note and write the right one, or only cancel it."""
    note, day = _note(cooperative, number), today(cooperative.zone)
    line = note.sale_line or note.delivery_line
    form = CorrectCreditNoteForm(
        request.POST or None,
        today=day,
        pieces=_pieces(note.invoice),
        places=places(cooperative),
        initial={
            "piece": line.lot.code if line else "",
            "quantity": format_quantity(note.quantity),
            "cash_place": note.cash_place,
        },
    )
    if form.is_valid():
        given = form.cleaned_data
        pieces = given["quantity"]
        with tried(form) as attempt:
            made = services.correct_credit_note(
                note=note,
                reason=given["reason"],
                piece=None if pieces is None else Piece(given["piece"], pieces),
                cash_place=given["cash_place"],
                on=given["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:credit_note_detail", cooperative.slug, shown)
    context = {"note": note, "line": line, "form": form}
    return render_page(
        request, "sales/credit_note_correct.html", context, status=422 if form.is_bound else 200
    )
