"""Supplier orders: the list, a new one, one order with its three papers, closing, putting right."""

from __future__ import annotations

from datetime import timedelta
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
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.wa import wa_address
from canting.purchasing import papers, selectors, services
from canting.purchasing.forms import (
    CancelForm,
    CloseForm,
    OrderCorrection,
    OrderForm,
    offered_initial,
    order_grid,
    order_initial,
)
from canting.purchasing.rules import OrderState
from canting.purchasing.views import columns
from canting.purchasing.views.common import (
    found_or_404,
    is_confirmed,
    is_ready,
    with_seen_total,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import SupplierOrder

STATE_KINDS = {
    OrderState.OPEN: "wait",
    OrderState.PART: "wait",
    OrderState.RECEIVED: "done",
    OrderState.CLOSED: "info",
    OrderState.REVERSED: "wrong",
}


def order_or_404(cooperative: Cooperative, number: str) -> SupplierOrder:
    """The supplier order of this number, or 404."""
    found: SupplierOrder = found_or_404(
        selectors.order_by_number(cooperative=cooperative, number=number)
    )
    return found


def order_words() -> dict[str, Any]:
    """How states of orders are drawn."""
    return {"order_state": selectors.order_state_name, "state_kinds": STATE_KINDS}


def typed_lines(form: Any, grid: Any) -> list[services.OrderLine]:
    """The lines of a typed order; a price left empty is the supplier's own of that day."""
    supplier = form.known[form.cleaned_data["supplier"]]
    offers = selectors.standing_offers(
        cooperative=form.cooperative, on=form.cleaned_data["on"], supplier=supplier
    )
    return [row.order_line(offers) for row in grid.lines]


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
@listed()
def order_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Orders that wait for goods first, then all, newest first."""
    on = today(cooperative.zone)
    found = selectors.orders(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "pesanan-pemasok", columns.ORDERS, found)
    page = page_of(found, order=["-on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "waiting": list(selectors.orders_open(cooperative=cooperative)[:20]),
        "on": on,
        "unbilled": sum(selectors.unbilled_by_party(cooperative=cooperative).values()),
        **order_words(),
    }
    return render_page(request, "purchasing/order_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("purchasing.order")
def order_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Order packs from a supplier; her offers stand ready, the total is shown, then written."""
    on = today(cooperative.zone)
    data = request.POST or None
    first, rows = _first(request, cooperative)
    form = OrderForm(data, cooperative=cooperative, today=on, initial=first)
    grid = order_grid(cooperative, data, rows)
    lines: list[services.OrderLine] = []
    total = 0
    if form.is_bound and form.is_valid() & grid.is_valid():
        lines = typed_lines(form, grid)
        total = sum(line.packs * line.price for line in lines)
        if is_confirmed(form, total):
            with tried(form) as attempt:
                made = _place(request, form, lines)
            if attempt.done:
                told = _("%(number)s written: %(total)s.")
                messages.success(
                    request, told % {"number": made.number, "total": format_rupiah(made.goods)}
                )
                return redirect("purchasing:order_detail", cooperative.slug, made.number)
        else:
            with_seen_total(form, total)
    partners = selectors.bought_without_partners(
        cooperative=cooperative, lines=[(line.item, line.pack * line.packs) for line in lines]
    )
    context = {
        "form": form, "grid": grid, "lines": lines, "total": total, "partners": partners,
    }  # fmt: skip
    status = 422 if form.is_bound and (form.errors or not grid.is_valid()) else 200
    return render_page(request, "purchasing/order_new.html", context, status=status)


def _first(
    request: Request, cooperative: Cooperative
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the form starts with: a supplier, her offers, her lead and credit days."""
    on = today(cooperative.zone)
    supplier = selectors.supplier_by_number(
        cooperative=cooperative, number=request.GET.get("pemasok", "")
    )
    if supplier is None:
        return {}, []
    terms = selectors.terms_on(cooperative=cooperative, on=on, supplier=supplier).get(supplier.pk)
    offers = selectors.standing_offers(cooperative=cooperative, on=on, supplier=supplier)
    key, packs = request.GET.get("penawaran", ""), request.GET.get("kemasan", "")
    wanted = {key: int(packs)} if key and packs.isdecimal() else {}
    first: dict[str, Any] = {"supplier": supplier.number}
    if terms:
        first |= {
            "promised_on": on + timedelta(days=terms.lead_days),
            "credit_days": terms.credit_days,
            "freight": terms.freight_per_order or None,
        }
    return first, offered_initial(offers, wanted)


def _place(request: Request, form: Any, lines: list[services.OrderLine]) -> SupplierOrder:
    data = form.cleaned_data
    return services.place_order(
        cooperative=form.cooperative,
        supplier=form.known[data["supplier"]],
        lines=lines,
        promised_on=data["promised_on"],
        on=data["on"],
        actor=request.user,
        note=data["note"],
        freight=data["freight"] or 0,
        credit_days=data["credit_days"],
        own_date=data["own_date"],
    )


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def order_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One order: ordered, received and billed side by side, its papers, what is still to do."""
    order = order_or_404(cooperative, number)
    rows = selectors.three_way(order)
    context = {
        "order": order,
        "rows": rows,
        "freight": selectors.freight_left(order),
        "receipts": list(selectors.order_receipts(order)),
        "bills": list(selectors.bills(cooperative=cooperative, order=order)),
        "returns": list(selectors.order_returns(order)),
        "waits": order.state in selectors.WAITING,
        "to_bill": any(row.unbilled > 0 for row in rows),
        "came": any(row.kept > 0 for row in rows),
        "opened": house.messages_about(cooperative=cooperative, subjects=[order.number]).first(),
        "on": today(cooperative.zone),
        "state_name": selectors.state_name,
        "match_words": selectors.match_words,
        "partners": _partners_of(order, rows),
        **order_words(),
    }
    return render_page(request, "purchasing/order_detail.html", context)


def _partners_of(order: SupplierOrder, rows: list[selectors.OrderRow]) -> list[Any]:
    """What goes with the dyes still to come and is nowhere."""
    if order.state not in selectors.WAITING:
        return []
    return selectors.bought_without_partners(
        cooperative=order.cooperative,
        lines=[(row.line.item, row.outstanding) for row in rows],
        order=order,
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.order")
def order_close(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Say that the rest will not come, and why."""
    order = order_or_404(cooperative, number)
    form = CloseForm(request.POST or None, today=today(cooperative.zone))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            services.close_order(
                order, data["reason"], data["on"], request.user, False if data["ours"] else None
            )
        if attempt.done:
            messages.success(request, _("%(number)s was closed.") % {"number": order.number})
            return redirect("purchasing:order_detail", cooperative.slug, order.number)
    context = {"order": order, "form": form, "rows": selectors.order_rows(order)}
    return render_page(
        request, "purchasing/order_close.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.order")
def order_reopen(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Wait again for the rest of an order that was closed too early."""
    order = order_or_404(cooperative, number)
    form = CancelForm(request.POST or None, today=today(cooperative.zone))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        with tried(form) as attempt:
            services.reopen_order(order, data["reason"], data["on"], request.user)
        if attempt.done:
            messages.success(request, _("%(number)s waits again.") % {"number": order.number})
            return redirect("purchasing:order_detail", cooperative.slug, order.number)
    context = {"order": order, "form": form, "rows": selectors.order_rows(order)}
    return render_page(
        request, "purchasing/order_reopen.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def order_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put an order right on which nothing came yet."""
    old = order_or_404(cooperative, number)
    on = today(cooperative.zone)
    data = request.POST or None
    lines = list(selectors.order_lines(old))
    names = ("promised_on", "credit_days", "own_date", "note")
    first = {name: getattr(old, name) for name in names}
    first |= {"supplier": old.supplier.number, "freight": old.freight or None}
    form = OrderCorrection(data, cooperative=cooperative, today=on, initial=first)
    grid = order_grid(cooperative, data, order_initial(lines))
    if is_ready(form, grid):
        with tried(form) as attempt:
            made = _correct(request, old, form, grid)
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": number})
            target = made.number if made else number
            return redirect("purchasing:order_detail", cooperative.slug, target)
    before = [
        (_("Supplier"), old.supplier.name),
        (_("Promised for"), format_date(old.promised_on)),
        *((line.item.name, f"{line.packs} {line.unit} · {format_rupiah(line.amount)}")
          for line in lines),
        (_("Total"), format_rupiah(old.goods), "total"),
    ]  # fmt: skip
    context = {"form": form, "grid": grid, "order": old, "before": before}
    return render_page(
        request, "purchasing/order_correct.html", context, status=422 if form.is_bound else 200
    )


def _correct(request: Request, old: SupplierOrder, form: Any, grid: Any) -> SupplierOrder | None:
    data = form.cleaned_data
    if data.get("only_cancel"):
        return services.correct_order(
            order=old, reason=data["reason"], on=data["on"], actor=request.user
        )
    return services.correct_order(
        order=old,
        reason=data["reason"],
        on=data["on"],
        actor=request.user,
        lines=typed_lines(form, grid),
        supplier=form.known[data["supplier"]],
        promised_on=data["promised_on"],
        freight=data["freight"] or 0,
        note=data["note"],
        own_date=data["own_date"],
        credit_days=data["credit_days"],
    )


@require_safe
@requires("purchasing.order")
def order_message(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The text to the supplier as it will be opened in WhatsApp."""
    order = order_or_404(cooperative, number)
    text = selectors.order_text(order)
    context = {
        "number": order.number,
        "back": "purchasing:order_detail",
        "supplier": order.supplier,
        "text": text,
        "address": wa_address(order.supplier.phone, text),
        "open_view": ("purchasing:order_message_open", order.number),
    }
    return render_page(request, "purchasing/supplier_message.html", context)


@require_safe
@requires("purchasing.order")
def order_message_open(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Note that the text was opened and go on to WhatsApp."""
    order = order_or_404(cooperative, number)
    text = selectors.order_text(order)
    address = wa_address(order.supplier.phone, text)
    if not address:
        raise Http404
    services.note_text_opened(
        cooperative=cooperative,
        party=order.supplier.party,
        subject=order.number,
        text=text,
        template="supplier_order",
        actor=request.user,
    )
    return HttpResponseRedirect(address)


@require_http_methods(["GET"])
@requires("purchasing.view_purchases")
def order_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The order as a paper: ?ukuran=a5 or a4."""
    order = order_or_404(cooperative, number)
    size = "a4" if request.GET.get("ukuran") == "a4" else "a5"
    return downloads.paper(papers.order_paper(order, size=size), order.number, "pdf")
