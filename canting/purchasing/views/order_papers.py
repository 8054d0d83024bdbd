"""What follows a supplier order: goods that come, the bill, goods that go back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.purchasing import papers, selectors, services
from canting.purchasing.forms import (
    ArrivalRow,
    CancelForm,
    OrderArrivalCorrection,
    OrderArrivalForm,
    OrderReturnForm,
    PartRow,
    part_grid,
)
from canting.purchasing.rules import State
from canting.purchasing.views.common import (
    found_or_404,
    is_ready,
    keep_photo,
)
from canting.purchasing.views.orders import order_or_404, order_words

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _amounts(grid: Any) -> dict[Any, Decimal]:
    """What was typed of each line, in base units."""
    return {row.line: row.quantity for row in grid if row.quantity}


def _arrival(form: Any, grid: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "lines": _amounts(grid),
        "freight": data["freight"] or 0,
        "freight_place": data["freight_place"],
        "batches": {row.line: row.batch_in() for row in grid if row.quantity and row.batch_in()},
        "own_date": data["own_date"],
        "nota": data["nota"],
        "note": data["note"],
        "over_reason": data["over_reason"],
    }


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def order_receive(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Goods of an order came in: what is still awaited is proposed."""
    order = order_or_404(cooperative, number)
    rows = selectors.order_rows(order)
    left = selectors.freight_left(order)
    data = request.POST or None
    form = OrderArrivalForm(
        data,
        request.FILES or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"freight": left.to_come or None},
    )
    grid = part_grid(ArrivalRow, rows, data, [row.outstanding for row in rows])
    if form.is_bound and form.is_valid() & grid.is_valid():
        with tried(form) as attempt:
            receipt = services.receive_order(
                order=order,
                on=form.cleaned_data["on"],
                actor=request.user,
                **_arrival(form, grid),
            )
        if attempt.done:
            keep_photo(request, cooperative, receipt.number)
            told = _("%(number)s received: %(total)s.")
            facts = {"number": receipt.number, "total": format_rupiah(receipt.goods)}
            messages.success(request, told % facts)
            return redirect("purchasing:order_receipt_detail", cooperative.slug, receipt.number)
    context = {"form": form, "grid": grid, "order": order, "rows": rows, **order_words()}
    return render_page(
        request, "purchasing/order_receive.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def order_receipt_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One receipt on an order with what each line cost to the door."""
    receipt = found_or_404(
        selectors.order_receipt_by_number(cooperative=cooperative, number=number)
    )
    context = {
        "receipt": receipt,
        "order": receipt.order,
        "lines": list(selectors.order_receipt_lines(receipt)),
        "place": _place(cooperative, receipt.freight_place),
        "standing": receipt.state != State.REVERSED,
        "state_name": selectors.state_name,
        "photos": house.attachments(cooperative=cooperative, subjects=[receipt.number]),
    }
    return render_page(request, "purchasing/order_receipt_detail.html", context)


def _place(cooperative: Cooperative, place: str) -> str:
    return cash.place_name(cooperative=cooperative, place=place) if place else ""


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def order_receipt_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The receipt as a paper."""
    receipt = found_or_404(
        selectors.order_receipt_by_number(cooperative=cooperative, number=number)
    )
    size = request.GET.get("ukuran", "a5")
    as_picture = request.GET.get("sebagai") == "png"
    made = papers.order_receipt_note(receipt, size=size, format="png" if as_picture else "pdf")
    return downloads.paper(made, number, "png" if as_picture else "pdf")


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def order_receipt_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a receipt on an order right: its goods leave the stock and come in anew."""
    old = found_or_404(selectors.order_receipt_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.order_receipt_lines(old))
    rows = selectors.order_rows(old.order, without=old)
    came = {line.order_line_id: line for line in lines}
    data = request.POST or None
    names = ("freight_place", "own_date", "nota", "note", "over_reason")
    first = {name: getattr(old, name) for name in names} | {"freight": old.freight or None}
    form = OrderArrivalCorrection(
        data, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )
    nothing = Decimal(0)
    grid = part_grid(
        ArrivalRow,
        rows,
        data,
        [came[row.line.pk].base_quantity if row.line.pk in came else nothing for row in rows],
        [_batch_of(came.get(row.line.pk)) for row in rows],
    )
    if is_ready(form, grid):
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_order_receipt(
                receipt=old,
                reason=typed["reason"],
                on=typed["on"],
                actor=request.user,
                **({} if typed.get("only_cancel") else _arrival(form, grid)),
            )
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            target = made.number if made else number
            return redirect("purchasing:order_receipt_detail", cooperative.slug, target)
    before = [
        (_("Date"), format_date(old.on)),
        *((line.order_line.item.name,
           format_quantity(line.base_quantity, line.order_line.item.unit)) for line in lines),
        (_("Freight"), format_rupiah(old.freight)),
        (_("Total"), format_rupiah(old.goods + old.freight), "total"),
    ]  # fmt: skip
    context = {"form": form, "grid": grid, "before": before, "number": number, "kind": "arrival"}
    return render_page(
        request,
        "purchasing/order_paper_correct.html",
        {**context, "back": "purchasing:order_receipt_detail"},
        status=422 if form.is_bound else 200,
    )


def _batch_of(line: Any) -> dict[str, Any]:
    return {"batch": line.batch_code, "expires_on": line.expires_on} if line else {}


@require_http_methods(["GET", "POST"])
@requires("purchasing.buy")
def order_return_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Send goods of an order back."""
    order = order_or_404(cooperative, number)
    rows = [row for row in selectors.order_rows(order) if row.kept > 0]
    data = request.POST or None
    form = OrderReturnForm(data, cooperative=cooperative, today=today(cooperative.zone))
    grid = part_grid(PartRow, rows, data)
    if form.is_bound and form.is_valid() & grid.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            made = services.return_order(
                order=order,
                lines=_amounts(grid),
                on=typed["on"],
                actor=request.user,
                replacement=typed["replacement"],
                cash_place=typed["cash_place"],
                own_date=typed["own_date"],
                note=typed["note"],
            )
        if attempt.done:
            messages.success(request, _("%(number)s booked.") % {"number": made.number})
            return redirect("purchasing:order_return_detail", cooperative.slug, made.number)
    context = {"form": form, "grid": grid, "order": order, "rows": rows}
    return render_page(
        request, "purchasing/order_return_new.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def order_return_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What went back of an order."""
    paper = found_or_404(selectors.order_return_by_number(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "order": paper.order,
        "lines": list(selectors.order_return_lines(paper)),
        "place": _place(cooperative, paper.cash_place),
        "standing": paper.state != State.REVERSED,
        "state_name": selectors.state_name,
    }
    return render_page(request, "purchasing/order_return_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def order_return_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a return back, with the reason."""
    paper = found_or_404(selectors.order_return_by_number(cooperative=cooperative, number=number))
    form = CancelForm(request.POST or None, today=today(cooperative.zone))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            services.cancel_order_return(
                paper=paper, reason=data["reason"], on=data["on"], actor=request.user
            )
        if attempt.done:
            messages.success(request, _("%(number)s was taken back.") % {"number": paper.number})
            return redirect("purchasing:order_return_detail", cooperative.slug, paper.number)
    lines = list(selectors.order_return_lines(paper))
    context = {"paper": paper, "form": form, "lines": lines}
    return render_page(
        request,
        "purchasing/order_return_cancel.html",
        context,
        status=422 if form.is_bound else 200,
    )
