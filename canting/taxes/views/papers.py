"""Papers of taxes: withholding slips, payments to the state, services and rents paid less tax."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import PartyKind
from canting.kernel import downloads
from canting.kernel.dates import format_date, format_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.taxes import papers, selectors, services
from canting.taxes.forms import BillForm, MoneyForm, SlipCorrectForm, put_right
from canting.taxes.rules import BILL_KINDS, PAYABLE, WITHHOLDINGS
from canting.taxes.views.common import FIELD_OF, back, found_or_404, month_of, payees

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.taxes.models import ServiceBill, TaxPayment

Facts = list[tuple[str, str]]


def show_paper(
    request: Request,
    paper: Any,
    title: str,
    facts: Facts,
    names: tuple[str, str],
    printed: str = "",
) -> HttpResponse:
    """The page of one paper of taxes: its facts, Betulkan, and its print when there is one."""
    context = {
        "paper": paper,
        "title": title,
        "facts": facts,
        "detail": names[0],
        "correct": names[1],
        "printed": printed,
    }
    return render_page(request, "taxes/paper.html", context)


def answer_correction(
    request: Request, paper: Any, form: Any, facts: Facts, detail: str
) -> HttpResponse:
    """The page of Betulkan: the old paper left, the new draft right."""
    context = {"number": paper.number, "form": form, "before": facts, "detail": detail}
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/correction.html", context, status=status)


def answer_put_right(request: Request, paper: Any, made: Any, detail: str) -> HttpResponse:
    """To the new paper, or to the old one when none was written."""
    notice(request, _("Put right. %(number)s stays, reversed.") % {"number": paper.number})
    return redirect(detail, paper.cooperative.slug, made.number if made else paper.number)


@require_safe
@requires("taxes.view_taxes")
def slip_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One withholding slip."""
    slip = found_or_404(selectors.slip_by_number(cooperative=cooperative, number=number))
    names = ("taxes:slip_detail", "taxes:slip_correct")
    return show_paper(
        request, slip, _("Withholding slip"), papers.slip_facts(slip), names, "taxes:slip_paper"
    )


@require_safe
@requires("taxes.view_taxes")
def slip_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The slip for the printer, A4."""
    slip = found_or_404(selectors.slip_by_number(cooperative=cooperative, number=number))
    return downloads.paper(papers.printed(slip), slip.number)


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def slip_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: take a slip back, and write it anew of what was withheld as it stands."""
    slip = found_or_404(selectors.slip_by_number(cooperative=cooperative, number=number))
    form = SlipCorrectForm(request.POST or None, today=today(cooperative.zone))
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = services.correct_slip(
                slip=slip,
                reason=given["reason"],
                on=given["on"],
                actor=request.user,
                again=not given["only_cancel"],
            )
        if attempt.done:
            return answer_put_right(request, slip, made, "taxes:slip_detail")
    return answer_correction(request, slip, form, papers.slip_facts(slip), "taxes:slip_detail")


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def payment_new(request: Request, cooperative: Cooperative, kind: str) -> HttpResponse:
    """Pay one withheld tax of a month to the state."""
    day = today(cooperative.zone)
    known = PAYABLE if selectors.may_owe_vat(cooperative=cooperative, on=day) else WITHHOLDINGS
    if kind not in known:
        raise Http404
    month = month_of(request.GET.get("bulan", ""), day)
    left = selectors.unpaid(cooperative=cooperative, kind=kind, on=day)
    places = cash.places(cooperative)
    form = MoneyForm(
        request.POST or None, today=day, places=places, initial={"amount": left or None}
    )
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.pay_over(
                cooperative=cooperative,
                kind=kind,
                month=month,
                actor=request.user,
                **form.cleaned_data,
            )
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return back(cooperative, month)
    context = {"form": form, "title": _(PAYABLE[kind].label), "month": month, "left": left}
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/payment_new.html", context, status=status)


def _payment_facts(payment: TaxPayment) -> Facts:
    place = cash.place_name(cooperative=payment.cooperative, place=payment.place)
    return [
        (_("Tax"), _(PAYABLE[payment.kind].label)),
        (_("Month"), format_month(payment.month)),
        (_("Date"), format_date(payment.on)),
        (_("Cash place"), place),
        (_("Number of the tax receipt"), payment.reference or "-"),
        (_("Amount"), format_rupiah(payment.amount)),
        *_set_off_facts(payment),
    ]


def _set_off_facts(payment: TaxPayment) -> Facts:
    if not payment.set_off:
        return []
    return [(_("Input VAT set off"), format_rupiah(payment.set_off))]


@require_safe
@requires("taxes.view_taxes")
def payment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One payment of withheld tax."""
    payment = found_or_404(selectors.payment_by_number(cooperative=cooperative, number=number))
    names = ("taxes:payment_detail", "taxes:payment_correct")
    return show_paper(request, payment, _("Tax paid to the state"), _payment_facts(payment), names)


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def payment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a payment of withheld tax and write it anew, or only cancel it."""
    payment = found_or_404(selectors.payment_by_number(cooperative=cooperative, number=number))
    typed = {name: getattr(payment, name) for name in ("amount", "place", "reference")}
    places = cash.places(cooperative)
    form = put_right(
        MoneyForm(request.POST or None, today=today(cooperative.zone), places=places, initial=typed)
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        reason, only_cancel, on = (given.pop(name) for name in ("reason", "only_cancel", "on"))
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.correct_payment(
                payment=payment,
                reason=reason,
                on=on,
                actor=request.user,
                replacement=None if only_cancel else given,
            )
        if attempt.done:
            return answer_put_right(request, payment, made, "taxes:payment_detail")
    return answer_correction(
        request, payment, form, _payment_facts(payment), "taxes:payment_detail"
    )


def _bill_form(request: Request, cooperative: Cooperative, **options: Any) -> BillForm:
    return BillForm(
        request.POST or None,
        today=today(cooperative.zone),
        places=cash.places(cooperative),
        payees=payees(cooperative, PartyKind.SUPPLIER),
        **options,
    )


def _bill_typed(cooperative: Cooperative, given: dict[str, Any]) -> dict[str, Any]:
    typed = dict(given)
    typed["party"] = house.parties(cooperative=cooperative).get(pk=typed["party"])
    typed["gross"] = typed.pop("amount")
    return typed


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def bill_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pay a service or rent less the tax that must be kept from it."""
    form = _bill_form(request, cooperative)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            typed = _bill_typed(cooperative, form.cleaned_data)
            made = services.pay_bill(cooperative=cooperative, actor=request.user, **typed)
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return redirect("taxes:bill_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/bill_new.html", {"form": form}, status=status)


def _bill_facts(bill: ServiceBill) -> Facts:
    return [
        (_("What is paid"), _(BILL_KINDS[bill.kind].label)),
        (_("Supplier"), bill.party.name),
        (_("For what"), bill.memo),
        (_("Date"), format_date(bill.on)),
        (_("Cash place"), cash.place_name(cooperative=bill.cooperative, place=bill.place)),
        (_("Amount of the bill, before tax"), format_rupiah(bill.gross)),
        (_(WITHHOLDINGS[BILL_KINDS[bill.kind].tax].label), format_rupiah(bill.tax)),
        (_("Paid in money"), format_rupiah(bill.gross - bill.tax)),
    ]


@require_safe
@requires("taxes.view_taxes")
def bill_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One service or rent paid less its tax."""
    bill = found_or_404(selectors.bill_by_number(cooperative=cooperative, number=number))
    names = ("taxes:bill_detail", "taxes:bill_correct")
    return show_paper(request, bill, _("Service or rent paid less tax"), _bill_facts(bill), names)


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def bill_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a paid service or rent with its tax and write it anew, or only cancel."""
    bill = found_or_404(selectors.bill_by_number(cooperative=cooperative, number=number))
    typed = {name: getattr(bill, name) for name in ("kind", "memo", "place")}
    initial = typed | {"party": str(bill.party_id), "amount": bill.gross}
    form = put_right(_bill_form(request, cooperative, initial=initial))
    if form.is_valid():
        given = _bill_typed(cooperative, form.cleaned_data)
        reason, only_cancel, on = (given.pop(name) for name in ("reason", "only_cancel", "on"))
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.correct_bill(
                bill=bill,
                reason=reason,
                on=on,
                actor=request.user,
                replacement=None if only_cancel else given,
            )
        if attempt.done:
            return answer_put_right(request, bill, made, "taxes:bill_detail")
    return answer_correction(request, bill, form, _bill_facts(bill), "taxes:bill_detail")
