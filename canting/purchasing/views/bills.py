"""The supplier's bill: laid beside order and receipts, shown, booked, put right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.purchasing import selectors, services
from canting.purchasing.forms import (
    BillCorrection,
    BillForm,
    BillRow,
    part_grid,
)
from canting.purchasing.rules import State
from canting.purchasing.views.common import (
    found_or_404,
    is_confirmed,
    is_ready,
    keep_photo,
    with_seen_total,
)
from canting.purchasing.views.orders import order_or_404
from canting.taxes.selectors import pkp

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def _bill_draft(form: Any, grid: Any, *, accept: bool, reason: str) -> services.BillDraft:
    data = form.cleaned_data
    return services.BillDraft(
        lines={row.line: row.billed() for row in grid if row.quantity},
        nota=data["nota"],
        freight=data["freight"] or 0,
        freight_done=data["freight_done"],
        own_date=data["own_date"],
        due_on=data["due_on"],
        reason=reason,
        accept=accept,
        note=data["note"],
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.bill")
def bill_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Enter a supplier's bill: laid beside order and receipts, shown, then booked."""
    return _bill(request, cooperative, number, accept=False)


@require_http_methods(["GET", "POST"])
@requires("purchasing.accept_difference")
def bill_accept(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The same for a bill that differs beyond the tolerance, with the reason."""
    return _bill(request, cooperative, number, accept=True)


def _bill(request: Request, cooperative: Cooperative, number: str, *, accept: bool) -> HttpResponse:
    order = order_or_404(cooperative, number)
    on = today(cooperative.zone)
    rows = [row for row in selectors.order_rows(order) if row.unbilled > 0]
    left = selectors.freight_left(order)
    data = request.POST or None
    form = BillForm(
        data,
        request.FILES or None,
        cooperative=cooperative,
        today=on,
        initial={"freight": left.unbilled or None},
    )
    grid = part_grid(
        BillRow,
        rows,
        data,
        [row.unbilled for row in rows],
        [{"price": row.line.price} for row in rows],
    )
    matched = None
    if form.is_bound and form.is_valid() & grid.is_valid():
        draft = _bill_draft(form, grid, accept=accept, reason=form.cleaned_data["reason"])
        with tried(form) as attempt:
            matched = services.match_bill(order, draft, form.cleaned_data["on"])
            if is_confirmed(form, matched.total):
                bill = services.bill_order(
                    order=order, draft=draft, on=form.cleaned_data["on"], actor=request.user
                )
                return _billed(request, cooperative, bill)
        if attempt.done and matched is not None:
            with_seen_total(form, matched.total)
    context = {
        "form": form, "grid": grid, "order": order, "rows": rows, "freight": left,
        "matched": matched, "accept": accept,
        "may_accept": "purchasing.accept_difference" in request.access.rights,
    }  # fmt: skip
    status = 422 if form.is_bound and (form.errors or not grid.is_valid()) else 200
    return render_page(request, "purchasing/bill_new.html", context, status=status)


def _billed(request: Request, cooperative: Cooperative, bill: Any) -> HttpResponse:
    keep_photo(request, cooperative, bill.number)
    told = _("%(number)s booked: %(total)s, to be paid by %(day)s.")
    facts = {
        "number": bill.number,
        "total": format_rupiah(bill.total),
        "day": format_date(bill.due_on),
    }
    messages.success(request, told % facts)
    return redirect("purchasing:bill_detail", cooperative.slug, bill.number)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def bill_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One bill with what was expected and where the difference went."""
    bill = found_or_404(selectors.bill_by_number(cooperative=cooperative, number=number))
    context = {
        "bill": bill,
        "lines": list(selectors.bill_lines(bill)),
        "standing": bill.state != State.REVERSED,
        "state_name": selectors.state_name,
        "vat_payer": pkp(cooperative=cooperative, on=today(cooperative.zone)) is not None,
        "on": today(cooperative.zone),
        "photos": house.attachments(cooperative=cooperative, subjects=[bill.number]),
    }
    return render_page(request, "purchasing/bill_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def bill_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a bill right that was not paid yet."""
    old = found_or_404(selectors.bill_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.bill_lines(old))
    rows = selectors.order_rows(old.order)
    billed = {line.order_line_id: line for line in lines}
    data = request.POST or None
    first = {name: getattr(old, name) for name in ("nota", "due_on", "own_date", "note")}
    first |= {"freight": old.freight or None, "why": old.difference_reason}
    form = BillCorrection(
        data, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )
    grid = part_grid(BillRow, rows, data, *_billed_before(rows, billed))
    if is_ready(form, grid):
        with tried(form) as attempt:
            made = _correct_bill(request, old, form, grid)
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            target = made.number if made else number
            return redirect("purchasing:bill_detail", cooperative.slug, target)
    before = [
        (_("Number on the bill"), old.nota),
        *((line.order_line.item.name, format_rupiah(line.amount)) for line in lines),
        (_("Freight"), format_rupiah(old.freight)),
        (_("Total"), format_rupiah(old.total), "total"),
    ]
    context = {"form": form, "grid": grid, "before": before, "number": number, "kind": "bill"}
    return render_page(
        request,
        "purchasing/order_paper_correct.html",
        {**context, "back": "purchasing:bill_detail"},
        status=422 if form.is_bound else 200,
    )


def _billed_before(rows: Any, billed: dict[int, Any]) -> tuple[list[Decimal], list[dict[str, Any]]]:
    quantities, prices = [], []
    for row in rows:
        line = billed.get(row.line.pk)
        quantities.append(line.base_quantity if line else Decimal(0))
        prices.append({"price": line.price if line else row.line.price})
    return quantities, prices


def _correct_bill(request: Request, old: Any, form: Any, grid: Any) -> Any:
    typed = form.cleaned_data
    draft = None
    if not typed.get("only_cancel"):
        accept = "purchasing.accept_difference" in request.access.rights
        draft = _bill_draft(form, grid, accept=accept, reason=typed["why"])
    return services.correct_bill(
        bill=old, draft=draft, reason=typed["reason"], on=typed["on"], actor=request.user
    )
