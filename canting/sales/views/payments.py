"""Pages of money from and back to buyers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import places
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.selectors import attachments
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.sales import papers, selectors, services
from canting.sales.forms import KEPT, CorrectMoneyForm, MoneyForm, PaymentForm
from canting.sales.rules import PaymentKind
from canting.sales.views.invoices import invoice_or_404
from canting.sales.views.orders import order_or_404
from canting.taxes.rules import HELD, part_of
from canting.taxes.selectors import duty_on

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Payment


def _money_form(request: Request, cooperative: Cooperative, proposal: int) -> MoneyForm:
    initial = {"amount": proposal} if proposal > 0 else {}
    return MoneyForm(
        request.POST or None,
        today=today(cooperative.zone),
        places=places(cooperative),
        initial=initial,
    )


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def down_payment_receive(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take money in advance for an order, as the contract's part proposes."""
    order = order_or_404(cooperative, number)
    money = selectors.order_money(order)
    proposal = part_of(money.total, order.down_payment_percent) - money.advance_received
    form = _money_form(request, cooperative, proposal)
    return _order_money(
        request, cooperative, order, form, services.receive_down_payment, money, "in"
    )


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def down_payment_refund(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Pay back what is left of a down payment."""
    order = order_or_404(cooperative, number)
    money = selectors.order_money(order)
    form = _money_form(request, cooperative, money.advance_left)
    return _order_money(
        request, cooperative, order, form, services.refund_down_payment, money, "back"
    )


def _order_money(
    request: Request,
    cooperative: Cooperative,
    order: Any,
    form: MoneyForm,
    deed: Any,
    money: selectors.OrderMoney,
    way: str,
) -> HttpResponse:
    if form.is_valid():
        with tried(form) as attempt:
            made = deed(order=order, actor=request.user, **form.cleaned_data)
        if attempt.done:
            return _done(request, cooperative, made)
    context = {"order": order, "form": form, "money": money, "way": way}
    return render_page(
        request, "sales/advance_form.html", context, status=422 if form.is_bound else 200
    )


def _done(request: Request, cooperative: Cooperative, made: Payment) -> HttpResponse:
    facts = {"amount": format_rupiah(made.cash), "paper": made.number}
    notice(request, _("%(amount)s is written on %(paper)s.") % facts)
    return redirect("sales:payment_detail", cooperative.slug, made.number)


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def payment_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a payment on an invoice, with tax the buyer withheld and what he kept as a penalty."""
    invoice, day = invoice_or_404(cooperative, number), today(cooperative.zone)
    left = selectors.open_amount(invoice)
    tax = 0
    if invoice.buyer.withholds_tax and not invoice.payments.exists():
        tax = min(selectors.tax_proposal(invoice, on=day), left)
    form = PaymentForm(
        request.POST or None,
        request.FILES or None,
        today=day,
        vat=invoice.vat,
        places=places(cooperative),
        initial={"amount": left - tax, "final_tax": tax or None},
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.receive_payment(
                invoice=invoice,
                cash_place=given["cash_place"],
                on=given["on"],
                own_date=given["own_date"],
                note=given["note"],
                actor=request.user,
                **form.amounts(),
            )
            if given["photo"]:
                services.keep_slip_photo(payment=made, photo=given["photo"], actor=request.user)
        if attempt.done:
            return _done(request, cooperative, made)
    context = {"invoice": invoice, "form": form, "left": left, "retention": False}
    return render_page(
        request, "sales/payment_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def retention_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take what a buyer had held back."""
    invoice = invoice_or_404(cooperative, number)
    left = selectors.retention_open(invoice)
    form = _money_form(request, cooperative, left)
    if form.is_valid():
        with tried(form) as attempt:
            made = services.receive_retention(
                invoice=invoice, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            return _done(request, cooperative, made)
    context = {"invoice": invoice, "form": form, "left": left, "retention": True}
    return render_page(
        request, "sales/payment_form.html", context, status=422 if form.is_bound else 200
    )


def _payment(cooperative: Cooperative, number: str) -> Payment:
    payment = selectors.payment_by_number(cooperative=cooperative, number=number)
    if payment is None:
        raise Http404
    return payment


@require_safe
@requires("sales.view_orders")
def payment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One receipt or refund."""
    payment = _payment(cooperative, number)
    context = {
        "payment": payment,
        "purpose": papers.purpose(payment),
        "held": selectors.held_of(payment),
        "words": {key: _(one.label) for key, one in HELD.items()},
        "photos": attachments(cooperative=cooperative, subjects=[number]),
        "duty": duty_on(cooperative=cooperative, amount=payment.cash, on=payment.paid_on),
        "place": selectors.place_of(payment),
    }
    return render_page(request, "sales/payment_detail.html", context)


@require_safe
@requires("sales.view_orders")
def payment_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The receipt on A5, in words, with the box for a duty stamp above the limit."""
    payment = _payment(cooperative, number)
    copy = services.note_print(cooperative=cooperative, number=number, actor=request.user)
    return downloads.paper(papers.receipt(payment, copy=copy), number)


@require_http_methods(["GET", "POST"])
@requires("sales.receive_payment")
def payment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a payment and write the right one, or only cancel it."""
    payment, day = _payment(cooperative, number), today(cooperative.zone)
    form = CorrectMoneyForm(
        request.POST or None,
        today=day,
        places=places(cooperative),
        with_tax=payment.kind == PaymentKind.INVOICE,
        vat=payment.invoice.vat if payment.invoice else 0,
        initial={
            "amount": payment.cash,
            "final_tax": payment.final_tax or None,
            "pph22": payment.pph22 or None,
            "pph23": payment.pph23 or None,
            "vat": payment.vat or None,
            "penalty": payment.penalty or None,
            "cash_place": payment.cash_place,
        },
    )
    if selectors.is_brought(payment):
        del form.fields["cash_place"]
    if form.is_valid():
        with tried(form) as attempt:
            made = _corrected(payment, form.cleaned_data, request)
        if attempt.done:
            notice(request, _("%(paper)s is put right.") % {"paper": number})
            shown = made.number if made else number
            return redirect("sales:payment_detail", cooperative.slug, shown)
    context = {
        "payment": payment,
        "form": form,
        "place": selectors.place_of(payment),
    }
    return render_page(
        request, "sales/payment_correct.html", context, status=422 if form.is_bound else 200
    )


def _corrected(payment: Payment, given: dict[str, Any], request: Request) -> Payment | None:
    common: dict[str, Any] = {
        "payment": payment,
        "reason": given["reason"],
        "on": given["on"],
        "cash_place": given.get("cash_place", ""),
        "actor": request.user,
    }
    if payment.kind in (PaymentKind.DOWN_PAYMENT, PaymentKind.REFUND):
        return services.correct_down_payment(amount=given["amount"], **common)
    taxes: dict[str, Any] = {name: given.get(name) or 0 for name in KEPT}
    return services.correct_payment(cash=given["amount"], **taxes, **common)
