"""Counts by two people: open, print the sheet, count, count again, book, drop, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.stock import papers, selectors, services
from canting.stock.forms import (
    CountCorrection,
    CountForm,
    CountSheet,
    DifferenceForm,
    DropForm,
    FoundForm,
    is_at_maker,
)
from canting.stock.rules import BatchIn, CountState
from canting.stock.services import FIRST, SECOND
from canting.stock.views import columns
from canting.stock.views.transfers import found_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot, StockCount
    from canting.stock.selectors import CountRow


@require_http_methods(["GET"])
@requires("stock.view_stock")
@listed()
def count_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Counts, newest first, with those that are still open."""
    found = selectors.counts(cooperative)
    if request.sheet:
        return as_file(request, cooperative, "opname-stok", columns.COUNTS, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "kind_name": columns.kind_name,
        "place_name": selectors.place_name,
        "state_name": selectors.state_name,
    }
    return render_page(request, "stock/count_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("stock.count")
def count_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Begin a count of a store, of one kind, or of what a maker holds."""
    first = {"kind": request.GET.get("jenis", ""), "place": request.GET.get("tempat", "")}
    form = CountForm(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            count = services.open_count(
                cooperative=cooperative,
                place=typed["place"],
                kind=typed["kind"],
                on=typed["on"],
                note=typed["note"],
                actor=request.user,
            )
        if attempt.done:
            return redirect("stock:count_detail", cooperative.slug, count.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/count_new.html", {"form": form}, status=status)


def _count_or_404(cooperative: Cooperative, number: str) -> StockCount:
    count: StockCount = found_or_404(
        selectors.count_by_number(cooperative=cooperative, number=number)
    )
    return count


@require_http_methods(["GET", "POST"])
@requires("stock.view_stock")
def count_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One count: who counted, the differences with their value, and what was booked."""
    count = _count_or_404(cooperative, number)
    is_open = count.state == CountState.OPEN
    rows = selectors.count_rows(count) if is_open else []
    # Nobody reads the book's figure before both have counted: the second count stays a count.
    ready = is_open and bool(rows) and all(row.is_counted or not row.book for row in rows)
    differing = [row for row in rows if ready and row.is_counted and row.difference != 0]
    context = {
        "count": count,
        "rows": rows,
        "ready": ready,
        "differing": differing,
        "forms": _forms(None, count, differing) if ready else [],
        "worth": sum(row.value for row in differing),
        "booked": [line for line in selectors.count_lines(count) if line.difference]
        if not is_open
        else [],
        "counted_lines": len(rows) if is_open else count.lines.count(),
        "kind_name": columns.kind_name,
        "at_maker": is_at_maker(count.place),
        "place_name": selectors.place_name,
        "state_name": selectors.state_name,
        "user": request.user,
    }
    return render_page(request, "stock/count_detail.html", context)


def _forms(
    data: Any, count: StockCount, differing: list[CountRow]
) -> list[tuple[CountRow, DifferenceForm]]:
    at_maker = is_at_maker(count.place)
    return [
        (row, DifferenceForm(data, row=row, at_maker=at_maker))
        for row in differing
        if row.difference is not None
    ]


@require_http_methods(["GET", "POST"])
@requires("stock.count")
def count_enter(request: Request, cooperative: Cooperative, turn: int, number: str) -> HttpResponse:
    """The sheet of the first or of the second counter, without any quantity of the book."""
    count = _count_or_404(cooperative, number)
    which = FIRST if turn == 1 else SECOND
    rows = selectors.count_rows(count)
    form = CountSheet(request.POST or None, rows=rows, turn=which)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.enter_count(
                count=count,
                turn=which,
                quantities=form.found,
                actor=request.user,
                confirm=request.POST.get("act") == "confirm",
            )
        if attempt.done:
            messages.success(request, _("The count is saved."))
            return redirect("stock:count_detail", cooperative.slug, number)
    context = {
        "count": count,
        "form": form,
        "rows": [(row, form[f"q{row.line.pk}"]) for row in rows],
        "turn": turn,
        "found": FoundForm(),
        "place_name": selectors.place_name,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/count_enter.html", context, status=status)


def _lot_of(cooperative: Cooperative, code: str) -> Lot | None:
    """What a label means for a count: the pool of a material, or one lot of cloth."""
    item = catalogue.item_by_label(cooperative=cooperative, code=code.strip())
    if item is not None and catalogue.is_pooled(item):
        return services.pool_lot(item)
    return selectors.lot_by_code(cooperative, code)


@require_http_methods(["POST"])
@requires("stock.count")
def count_found(request: Request, cooperative: Cooperative, turn: int, number: str) -> HttpResponse:
    """Add a row to the sheet for something that it does not have."""
    count = _count_or_404(cooperative, number)
    form = FoundForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        lot = _lot_of(cooperative, typed["code"])
        if lot is None:
            form.add_error("code", _("Nothing has this code. Write it under Items first."))
        else:
            batch = BatchIn(typed["batch"], typed["expires_on"]) if typed["batch"] else None
            with tried(form) as attempt:
                services.add_found(count=count, lot=lot, batch=batch, actor=request.user)
            if attempt.done:
                return redirect("stock:count_enter", cooperative.slug, turn, number)
    for words in form.errors.values():
        messages.error(request, str(words[0]))
    return redirect("stock:count_enter", cooperative.slug, turn, number)


@require_http_methods(["GET", "POST"])
@requires("stock.book_count")
def count_book(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Book the differences that both found, each with its reason."""
    count = _count_or_404(cooperative, number)
    if count.state != CountState.OPEN:
        return redirect("stock:count_detail", cooperative.slug, number)
    rows = selectors.count_rows(count)
    differing = [row for row in rows if row.is_counted and row.difference]
    forms = _forms(request.POST or None, count, differing)
    refusal = ""
    if request.method == "POST" and all([form.is_valid() for _row, form in forms]):
        with tried() as attempt:
            services.book_count(
                count=count,
                decisions={row.line.pk: form.decision() for row, form in forms},
                actor=request.user,
            )
        refusal = attempt.words
        if attempt.done:
            messages.success(request, _("%(number)s is booked.") % {"number": number})
            return redirect("stock:count_detail", cooperative.slug, number)
    context = {
        "count": count,
        "forms": forms,
        "refusal": refusal,
        "worth": sum(row.value for row in differing),
        "at_maker": is_at_maker(count.place),
        "party": count.place.party,
        "place_name": selectors.place_name,
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "stock/count_book.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("stock.count")
def count_drop(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Drop an open count with the reason; nothing is booked."""
    count = _count_or_404(cooperative, number)
    form = DropForm(request.POST or None)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.drop_count(count=count, reason=form.cleaned_data["reason"], actor=request.user)
        if attempt.done:
            messages.success(request, _("%(number)s was dropped.") % {"number": number})
            return redirect("stock:count_detail", cooperative.slug, number)
    status = 422 if form.is_bound else 200
    context = {"count": count, "form": form}
    return render_page(request, "stock/count_drop.html", context, status=status)


@require_http_methods(["GET"])
@requires("stock.count")
def count_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The sheet to take along: names, codes and empty boxes, no quantity of the book."""
    count = _count_or_404(cooperative, number)
    return downloads.paper(papers.count_sheet(count), number)


@require_http_methods(["GET", "POST"])
@requires("stock.book_count")
def count_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: take the differences of a booked count back, and count again."""
    count = _count_or_404(cooperative, number)
    form = CountCorrection(request.POST or None, today=today(cooperative.zone))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_count(
                count=count,
                reason=typed["reason"],
                on=typed["on"],
                actor=request.user,
                again=typed["again"],
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            return redirect("stock:count_detail", cooperative.slug, made.number if made else number)
    lines = [line for line in selectors.count_lines(count) if line.difference]
    before = [
        (_("Counted"), selectors.place_name(count.place)),
        (_("Date"), format_date(count.on)),
        *((line.lot.label or line.lot.item.name, format_rupiah(line.value)) for line in lines),
    ]
    context = {
        "form": form, "grid": None, "before": before, "number": number,
        "detail": "stock:count_detail",
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "stock/correction.html", context, status=status)
