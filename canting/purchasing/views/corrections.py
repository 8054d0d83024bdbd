"""Betulkan: the old paper on the left, a new draft on the right, a reason is a must."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors as cash
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.purchasing import selectors, services
from canting.purchasing.forms import (
    ArrivalCorrection,
    BuyLineForm,
    ClothCorrection,
    ClothLineForm,
    HandOutCorrection,
    LineForm,
    PaymentCorrection,
    PurchaseCorrection,
    ReturnCorrection,
    initial_of,
    line_grid,
)
from canting.purchasing.rules import Terms
from canting.purchasing.views.common import batches_moved, found_or_404, is_ready
from canting.purchasing.views.handouts import basis_of
from canting.purchasing.views.purchases import draft_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

Pairs = list[tuple[str, ...]]


def _line_pairs(lines: Sequence[Any]) -> Pairs:
    return [
        (
            line.item.name,
            f"{format_quantity(line.quantity, line.unit)} · {format_rupiah(line.amount)}",
        )
        for line in lines
    ]


def _answer(
    request: Request,
    *,
    form: Any,
    grid: Any,
    before: Pairs,
    number: str,
    kind: str,
    deed: Callable[[], Any],
    detail: str,
    cooperative: Cooperative,
    **more: Any,
) -> HttpResponse:
    """Draw the correction, or do it and go to the successor (to the old paper when there is none)."""
    if is_ready(form, grid):
        with tried(form) as attempt:
            made = deed()
        if attempt.done:
            told = _("%(number)s was put right.") % {"number": number}
            messages.success(request, told)
            return redirect(detail, cooperative.slug, made.number if made else number)
    context = {
        "form": form,
        "grid": grid,
        "before": before,
        "number": number,
        "kind": kind,
        "detail": detail,
        **more,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/correction.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def purchase_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a purchase right with everything it brought."""
    old = found_or_404(selectors.purchase_by_number(cooperative=cooperative, number=number))
    receipt = selectors.standing_receipt(old)
    lines = list(selectors.purchase_lines(old))
    data = request.POST or None
    names = ("seller", "nota", "terms", "payment", "cash_place", "own_date", "note")
    first = {name: getattr(old, name) for name in names}
    first["supplier"] = old.supplier.number if old.supplier else ""
    if receipt is not None:
        first |= {"freight": receipt.freight or None, "freight_place": receipt.freight_place}
    cloth = selectors.is_cloth(old)
    make_form = ClothCorrection if cloth else PurchaseCorrection
    form = make_form(data, cooperative=cooperative, today=today(cooperative.zone), initial=first)
    sources = [f"purchasing.purchase:{number}"]
    sources += [f"purchasing.receipt:{receipt.number}"] if receipt else []
    rows = initial_of(lines, batches_moved(cooperative, *sources))
    grid = line_grid(ClothLineForm if cloth else BuyLineForm, cooperative, data, rows)

    def deed() -> Any:
        typed = form.cleaned_data
        draft = None if typed.get("only_cancel") else draft_of(form, grid)
        return services.correct_purchase(
            purchase=old,
            draft=draft,
            reason=typed["reason"],
            on=typed["on"],
            actor=request.user,
            terms=typed.get("terms", ""),
        )

    before: Pairs = [
        (_("Seller"), old.seller_name or "–"),
        (_("Date"), format_date(old.on)),
        *_line_pairs(lines),
        (_("Total"), format_rupiah(old.total), "total"),
    ]
    return _answer(
        request, form=form, grid=grid, before=before, number=number,
        kind="cloth" if cloth else "purchase", deed=deed,
        detail="purchasing:purchase_detail", cooperative=cooperative,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def receipt_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put the receipt of shipped goods right; one bought in the same breath, by its purchase."""
    old = found_or_404(selectors.receipt_by_number(cooperative=cooperative, number=number))
    if old.purchase.terms == Terms.DELIVERED:
        return redirect("purchasing:purchase_correct", cooperative.slug, old.purchase.number)
    first = {
        "freight": old.freight or None,
        "freight_place": old.freight_place,
        "own_date": old.own_date,
    }
    form = ArrivalCorrection(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )

    def deed() -> Any:
        typed = form.cleaned_data
        return services.correct_receipt(
            receipt=old,
            reason=typed["reason"],
            on=typed["on"],
            actor=request.user,
            again=not typed.get("only_cancel"),
            freight=typed.get("freight") or 0,
            freight_place=typed.get("freight_place", ""),
            own_date=typed.get("own_date"),
        )

    before: Pairs = [
        (_("Purchase"), old.purchase.number),
        (_("Date"), format_date(old.on)),
        (_("Freight"), format_rupiah(old.freight), "total"),
    ]
    return _answer(
        request, form=form, grid=None, before=before, number=number, kind="receipt", deed=deed,
        detail="purchasing:receipt_detail", cooperative=cooperative,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def hand_out_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a hand-out right: what left comes back, and the right one is made."""
    old = found_or_404(selectors.hand_out_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.hand_out_lines(old))
    data = request.POST or None
    names = ("buyer_name", "mode", "cash_place", "work_order", "own_date", "note")
    first = {name: getattr(old, name) for name in names}
    first["member"] = members.member_label(old.member) if old.member else ""
    form = HandOutCorrection(
        data, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )
    moved = batches_moved(cooperative, f"purchasing.hand_out:{number}")
    grid = line_grid(LineForm, cooperative, data, initial_of(lines, moved))

    def deed() -> Any:
        typed = form.cleaned_data
        again = not typed.get("only_cancel")
        mode = typed.get("mode") or old.mode
        return services.correct_hand_out(
            paper=old,
            reason=typed["reason"],
            on=typed["on"],
            actor=request.user,
            lines=[row.out_line() for row in grid.lines] if again else (),
            member=typed.get("member") if again else None,
            mode=mode,
            basis=basis_of(mode),
            cash_place=typed.get("cash_place") or "",
            own_date=typed.get("own_date"),
        )

    before: Pairs = [
        (_("To whom"), old.receiver),
        (_("How"), selectors.mode_name(old.mode)),
        (_("Date"), format_date(old.on)),
        *_line_pairs(lines),
        (_("Total"), format_rupiah(old.total), "total"),
    ]
    return _answer(
        request, form=form, grid=grid, before=before, number=number, kind="hand_out", deed=deed,
        detail="purchasing:hand_out_detail", cooperative=cooperative,
        members=members.member_choices(cooperative=cooperative),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("purchasing.correct")
def return_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a return of material right."""
    old = found_or_404(selectors.return_by_number(cooperative=cooperative, number=number))
    lines = list(selectors.return_lines(old))
    data = request.POST or None
    form = ReturnCorrection(
        data,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"own_date": old.own_date},
    )
    moved = batches_moved(cooperative, f"purchasing.material_return:{number}")
    grid = line_grid(LineForm, cooperative, data, initial_of(lines, moved))

    def deed() -> Any:
        typed = form.cleaned_data
        again = not typed.get("only_cancel")
        return services.correct_return(
            paper=old,
            reason=typed["reason"],
            on=typed["on"],
            actor=request.user,
            lines=[row.out_line() for row in grid.lines] if again else (),
            own_date=typed.get("own_date"),
        )

    before: Pairs = [
        (_("From"), old.member.full_name),
        (_("Date"), format_date(old.on)),
        *_line_pairs(lines),
    ]
    return _answer(
        request, form=form, grid=grid, before=before, number=number, kind="return", deed=deed,
        detail="purchasing:return_detail", cooperative=cooperative,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("purchasing.pay_supplier")
def payment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Put a payment to a supplier right."""
    old = found_or_404(selectors.payment_by_number(cooperative=cooperative, number=number))
    first = {
        "amount": old.amount,
        "charge": old.charge or None,
        "cash_place": old.cash_place,
        "own_date": old.own_date,
    }
    form = PaymentCorrection(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone), initial=first
    )

    def deed() -> Any:
        typed = form.cleaned_data
        again = not typed.get("only_cancel")
        return services.correct_payment(
            payment=old,
            reason=typed["reason"],
            on=typed["on"],
            actor=request.user,
            amount=typed["amount"] if again else 0,
            charge=typed.get("charge") or 0,
            cash_place=typed.get("cash_place") or "",
            own_date=typed.get("own_date"),
        )

    before: Pairs = [
        (_("Supplier"), old.supplier.name),
        (_("Date"), format_date(old.on)),
        (_("Paid from"), cash.place_name(cooperative=cooperative, place=old.cash_place)),
        (_("Bank charge"), format_rupiah(old.charge)),
        (_("Amount"), format_rupiah(old.amount), "total"),
    ]
    return _answer(
        request, form=form, grid=None, before=before, number=number, kind="payment", deed=deed,
        detail="purchasing:payment_detail", cooperative=cooperative,
    )  # fmt: skip
