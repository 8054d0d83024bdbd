"""Costs of other months: what stands, what is booked when, accruals, prepaid costs, their months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors as cash
from canting.cash.errors import NotEnoughCash
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import (
    first_of_month,
    format_date,
    format_month,
    last_of_month,
    next_month,
    today,
)
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import selectors, services
from canting.treasury.errors import (
    BadAmount,
    BadMonths,
    BilledOtherwise,
    NotThatMuchPrepaid,
)
from canting.treasury.forms import (
    AccrualForm,
    OwedForm,
    PayForm,
    PrepayForm,
    ReasonForm,
    put_right,
)
from canting.treasury.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.treasury.models import Accrual

SHOWN = 40
FIELD_OF: dict[type[DomainError], str] = {
    BadAmount: "amount",
    BadMonths: "months",
    NotThatMuchPrepaid: "amount",
    NotEnoughCash: "amount",
    BilledOtherwise: "amount",
}


@require_safe
@requires("treasury.view_costs")
@listed()
def costs_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What stands of other months, and what the coming months take."""
    if request.sheet:
        prepaid = selectors.prepayments(cooperative=cooperative)
        return as_file(request, cooperative, "biaya-di-muka", columns.PREPAID, prepaid)
    return _page(request, cooperative)


def _page(request: Request, cooperative: Cooperative, refusal: str = "") -> HttpResponse:
    on = today(cooperative.zone)
    due = selectors.next_spread(cooperative=cooperative, on=on)
    until = due or last_of_month(on)
    parts = selectors.parts_due(cooperative=cooperative, until=until)
    prepaid = selectors.prepayments(cooperative=cooperative)
    context = {
        "standing": list(selectors.standing_accruals(cooperative=cooperative, on=on)),
        "turned": list(_turned(cooperative, on)),
        "on": on,
        "prepaid": list(prepaid.filter(state="posted", left__gt=0)[:SHOWN]),
        "spent": list(prepaid.exclude(state="posted", left__gt=0)[:SHOWN]),
        "account": selectors.prepaid_standing(cooperative=cooperative),
        "account_label": ledger.label(ledger.account_for(cooperative=cooperative, role="prepaid")),
        "ahead": selectors.months_ahead(cooperative=cooperative, on=on),
        "until": until,
        "parts": parts,
        "total": sum(one.amount for one in parts),
        "is_over": until <= on,
        "runs": list(selectors.runs(cooperative=cooperative)[:12]),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "treasury/costs_page.html", context, status=status)


def _turned(cooperative: Cooperative, on: date) -> Any:
    """Accruals that no longer stand, of the last year."""
    found = selectors.accruals(cooperative=cooperative).filter(on__gte=next_month(on, -13))
    standing = selectors.standing_accruals(cooperative=cooperative, on=on)
    return found.exclude(pk__in=standing.values("pk"))[:SHOWN]


@require_POST
@requires("treasury.record_costs")
def spread_book(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Book what the prepaid costs give to the month that was shown."""
    on = today(cooperative.zone)
    month = first_of_month(asked_day(request.POST.get("bulan"), on))
    with tried() as attempt:
        run = services.spread(cooperative=cooperative, month=month, on=on, actor=request.user)
    if not attempt.done:
        return _page(request, cooperative, attempt.words)
    told = _("%(number)s: %(amount)s of prepaid costs is booked.")
    notice(request, told % {"number": run.number, "amount": format_rupiah(run.total)})
    return redirect("treasury:spread_detail", cooperative.slug, run.number)


@require_safe
@requires("treasury.view_costs")
def spread_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One booked month, cost by cost."""
    run = _found(selectors.run(cooperative=cooperative, number=number))
    context = {"run": run, "parts": list(selectors.parts_in(run))}
    return render_page(request, "treasury/spread_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("treasury.correct_papers")
def spread_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a month back with the reason; it is booked anew on its page."""
    run = _found(selectors.run(cooperative=cooperative, number=number))
    if run.state == "reversed":
        return redirect("treasury:spread_detail", cooperative.slug, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.cancel_spread(run=run, reason=form.cleaned_data["reason"], actor=request.user)
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            return redirect("treasury:costs_page", cooperative.slug)
    before = [
        (_("Month"), format_month(run.until)),
        (_("Date"), format_date(run.on)),
        (_("Prepaid costs"), format_rupiah(run.total)),
    ]
    return _correction(request, form, number, "treasury:spread_detail", before, only_back=True)


def _form(kind: Any, cooperative: Cooperative, data: Any, **options: Any) -> Any:
    facts: dict[str, Any] = {
        "accounts": selectors.expense_choices(cooperative=cooperative),
        "today": today(cooperative.zone),
    }
    if kind is PrepayForm:
        facts["places"] = cash.places(cooperative)
    return kind(data, **facts, **options)


@require_http_methods(["GET", "POST"])
@requires("treasury.record_costs")
def accrual_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Book a cost of a month whose bill has not come."""
    act = partial(services.accrue, on=today(cooperative.zone))
    return _write(request, cooperative, AccrualForm, act, "accrual")


@require_http_methods(["GET", "POST"])
@requires("treasury.record_costs")
def prepayment_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pay a cost ahead for several months."""
    return _write(request, cooperative, PrepayForm, services.prepay, "prepayment")


def _write(
    request: Request, cooperative: Cooperative, kind: Any, act: Callable[..., Any], name: str
) -> HttpResponse:
    form = _form(kind, cooperative, request.POST or None)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = act(cooperative=cooperative, actor=request.user, **form.facts())
        if attempt.done:
            notice(request, _("%(number)s is booked.") % {"number": made.number})
            return redirect(f"treasury:{name}_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, f"treasury/{name}_new.html", {"form": form}, status=status)


@require_safe
@requires("treasury.view_costs")
def accrual_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One accrual: what it is, when it is taken back or with what it was paid."""
    paper = _found(selectors.accrual(cooperative=cooperative, number=number))
    return _accrual(request, cooperative, paper, _pay_form(cooperative, paper, None))


def _accrual(
    request: Request, cooperative: Cooperative, paper: Accrual, form: PayForm
) -> HttpResponse:
    paid = paper.payment if paper.payment and paper.payment.state == "posted" else None
    context = {
        "paper": paper,
        "facts": _accrual_facts(paper),
        "paid": paid,
        "may_pay": paper.state == "posted" and not paper.turns_on and not paid,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/accrual_detail.html", context, status=status)


def _accrual_facts(paper: Accrual) -> list[tuple[str, str]]:
    rows = [
        (_("What for"), paper.memo),
        (_("Account of the cost"), ledger.label(paper.account)),
        (_("Date"), format_date(paper.on)),
        (_("Amount"), format_rupiah(paper.amount)),
    ]
    if paper.turns_on:
        rows.append((_("Taken back on"), format_date(paper.turns_on)))
    return [*rows, (_("Who bills it"), paper.counterparty)] if paper.counterparty else rows


def _pay_form(cooperative: Cooperative, paper: Accrual, data: Any) -> PayForm:
    return PayForm(
        data,
        places=cash.places(cooperative),
        today=today(cooperative.zone),
        initial={"amount": paper.amount},
    )


@require_POST
@requires("treasury.record_costs")
def accrual_pay(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Pay a bill that was booked before, with a voucher of the desk."""
    paper = _found(selectors.accrual(cooperative=cooperative, number=number))
    form = _pay_form(cooperative, paper, request.POST)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            paid = services.pay_accrual(paper=paper, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(number)s: paid.") % {"number": paid.number})
            return redirect("cash:paper_detail", cooperative.slug, paid.number)
    return _accrual(request, cooperative, paper, form)


@require_http_methods(["GET", "POST"])
@requires("treasury.correct_papers")
def accrual_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below."""
    paper = _found(selectors.accrual(cooperative=cooperative, number=number))
    initial = {
        "memo": paper.memo,
        "account": paper.account.code,
        "amount": paper.amount,
        "counterparty": paper.counterparty,
        "month": first_of_month(paper.on).isoformat(),
    }
    kind = AccrualForm if paper.turns_on else OwedForm
    form = put_right(_form(kind, cooperative, request.POST or None, initial=initial))
    act = partial(services.correct_accrual, paper=paper)
    return _correct(request, cooperative, paper, form, act, "accrual", _accrual_facts(paper))


@require_safe
@requires("treasury.view_costs")
def prepayment_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One prepaid cost: what it gave so far, and what each coming month takes."""
    paper = _found(selectors.prepayment(cooperative=cooperative, number=number))
    context = {
        "paper": paper,
        "facts": _prepaid_facts(cooperative, paper),
        "parts": list(selectors.parts_of(paper)[:SHOWN]),
        "plan": selectors.plan_of(paper),
    }
    return render_page(request, "treasury/prepayment_detail.html", context)


def _prepaid_facts(cooperative: Cooperative, paper: Any) -> list[tuple[str, str]]:
    place = dict(cash.places(cooperative)).get(paper.place, _("stands there already"))
    rows = [
        (_("What for"), paper.memo),
        (_("Account of the cost"), ledger.label(paper.account)),
        (_("Amount"), format_rupiah(paper.amount)),
        (_("For how many months"), str(paper.months)),
        (_("From which month on"), format_month(paper.since)),
        (_("Paid from"), place),
        (_("Date"), format_date(paper.on)),
    ]
    return [*rows, (_("To whom"), paper.counterparty)] if paper.counterparty else rows


@require_http_methods(["GET", "POST"])
@requires("treasury.correct_papers")
def prepayment_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below."""
    paper = _found(selectors.prepayment(cooperative=cooperative, number=number))
    names = ("memo", "amount", "counterparty", "months", "place", "on")
    initial = {name: getattr(paper, name) for name in names}
    initial |= {"account": paper.account.code, "since": paper.since.isoformat()}
    form = put_right(_form(PrepayForm, cooperative, request.POST or None, initial=initial))
    act = partial(services.correct_prepayment, paper=paper)
    facts = _prepaid_facts(cooperative, paper)
    return _correct(request, cooperative, paper, form, act, "prepayment", facts)


def _correct(
    request: Request,
    cooperative: Cooperative,
    paper: Any,
    form: Any,
    act: Callable[..., Any],
    name: str,
    before: list[tuple[str, str]],
) -> HttpResponse:
    detail = f"treasury:{name}_detail"
    if paper.state == "reversed":
        return redirect(detail, cooperative.slug, paper.number)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = act(
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                replacement=None if form.cleaned_data["only_cancel"] else form.facts(),
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": paper.number})
            return redirect(detail, cooperative.slug, made.number if made else paper.number)
    return _correction(request, form, paper.number, detail, before)


def _correction(
    request: Request,
    form: Any,
    number: str,
    detail: str,
    before: list[tuple[str, str]],
    *,
    only_back: bool = False,
) -> HttpResponse:
    context = {
        "form": form,
        "before": before,
        "number": number,
        "detail": detail,
        "only_back": only_back,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/correction.html", context, status=status)


def _found(paper: Any) -> Any:
    if paper is None:
        raise Http404
    return paper
