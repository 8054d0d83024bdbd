"""Asking suppliers for prices: the request, its texts, its paper, where answers are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.kernel.wa import wa_address
from canting.purchasing import papers, selectors, services
from canting.purchasing.forms import QuoteCorrection, QuoteForm, ask_grid
from canting.purchasing.rules import State
from canting.purchasing.views import columns
from canting.purchasing.views.common import found_or_404, is_ready

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import QuoteRequest


def _facts(form: Any, grid: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "suppliers": form.chosen(),
        "lines": [row.ask_line() for row in grid.lines],
        "answer_by": data["answer_by"],
        "note": data["note"],
    }


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def quote_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Requests for prices, newest first."""
    found = selectors.quote_requests(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "permintaan-harga", columns.QUOTES, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {"page": page, "state_name": selectors.state_name}
    return render_page(request, "purchasing/quote_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("purchasing.order")
def quote_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Choose materials and suppliers; one request, one text for each supplier."""
    on = today(cooperative.zone)
    data = request.POST or None
    form = QuoteForm(
        data,
        cooperative=cooperative,
        today=on,
        initial={"suppliers": request.GET.getlist("pemasok")},
    )
    rows = [{"item": code} for code in request.GET.getlist("barang")]
    grid = ask_grid(cooperative, data, rows)
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            made = services.ask_quotes(
                cooperative=cooperative,
                on=form.cleaned_data["on"],
                actor=request.user,
                **_facts(form, grid),
            )
        if attempt.done:
            messages.success(request, _("%(number)s written.") % {"number": made.number})
            return redirect("purchasing:quote_detail", cooperative.slug, made.number)
    context = {"form": form, "grid": grid}
    return render_page(
        request, "purchasing/quote_new.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def quote_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One request: who was asked, whose text was opened, who answered."""
    asked = _request_or_404(cooperative, number)
    opened = house.messages_about(cooperative=cooperative, subjects=[asked.number])
    context = {
        "asked": asked,
        "lines": list(selectors.quote_lines(asked)),
        "asks": list(selectors.quote_asks(asked)),
        "answers": selectors.answers_of(asked),
        "opened": {one.party_id: one for one in reversed(list(opened))},
        "standing": asked.state != State.REVERSED,
        "state_name": selectors.state_name,
    }
    return render_page(request, "purchasing/quote_detail.html", context)


def _request_or_404(cooperative: Cooperative, number: str) -> QuoteRequest:
    found: QuoteRequest = found_or_404(
        selectors.quote_request_by_number(cooperative=cooperative, number=number)
    )
    return found


@require_http_methods(["GET", "POST"])
@requires("purchasing.order")
def quote_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a request right: the old one no longer holds."""
    old = _request_or_404(cooperative, number)
    on = today(cooperative.zone)
    data = request.POST or None
    lines = list(selectors.quote_lines(old))
    asks = list(selectors.quote_asks(old))
    first = {
        "suppliers": [ask.supplier.number for ask in asks],
        "answer_by": old.answer_by,
        "note": old.note,
    }
    form = QuoteCorrection(data, cooperative=cooperative, today=on, initial=first)
    rows = [
        {"item": line.item.code, "quantity": line.quantity, "unit": line.unit} for line in lines
    ]
    grid = ask_grid(cooperative, data, rows)
    if is_ready(form, grid):
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_quote_request(
                request=old,
                reason=typed["reason"],
                on=typed["on"],
                actor=request.user,
                **({} if typed.get("only_cancel") else _facts(form, grid)),
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            target = made.number if made else number
            return redirect("purchasing:quote_detail", cooperative.slug, target)
    before = [
        (_("Date"), format_date(old.on)),
        *((line.item.name, format_quantity(line.quantity, line.unit)) for line in lines),
        *((_("Asked"), ask.supplier.name) for ask in asks),
    ]
    context = {"form": form, "grid": grid, "asked": old, "before": before}
    return render_page(
        request, "purchasing/quote_correct.html", context, status=422 if form.is_bound else 200
    )


def _ask(cooperative: Cooperative, number: str, supplier: str) -> tuple[QuoteRequest, Any]:
    asked = _request_or_404(cooperative, number)
    ask = next(
        (one for one in selectors.quote_asks(asked) if one.supplier.number == supplier), None
    )
    return asked, found_or_404(ask)


@require_safe
@requires("purchasing.order")
def quote_message(
    request: Request, cooperative: Cooperative, supplier: str, number: str
) -> HttpResponse:
    """The text to one supplier as it will be opened in WhatsApp."""
    asked, ask = _ask(cooperative, number, supplier)
    text = selectors.quote_text(asked)
    context = {
        "number": asked.number,
        "back": "purchasing:quote_detail",
        "supplier": ask.supplier,
        "text": text,
        "address": wa_address(ask.supplier.phone, text),
        "open_view": ("purchasing:quote_message_open", ask.supplier.number, asked.number),
    }
    return render_page(request, "purchasing/supplier_message.html", context)


@require_safe
@requires("purchasing.order")
def quote_message_open(
    request: Request, cooperative: Cooperative, supplier: str, number: str
) -> HttpResponse:
    """Note that the text was opened and go on to WhatsApp."""
    asked, ask = _ask(cooperative, number, supplier)
    text = selectors.quote_text(asked)
    address = wa_address(ask.supplier.phone, text)
    if not address:
        raise Http404
    services.note_text_opened(
        cooperative=cooperative,
        party=ask.supplier.party,
        subject=asked.number,
        text=text,
        template="quote_request",
        actor=request.user,
    )
    return HttpResponseRedirect(address)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def quote_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The request as a sheet of A4 with room for the answers."""
    asked = _request_or_404(cooperative, number)
    return downloads.paper(papers.quote_sheet(asked), asked.number, "pdf")
