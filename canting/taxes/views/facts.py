"""Facts with their document that taxes depend on, and the slips buyers gave of what they withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.identity import BadNpwp
from canting.kernel.refusals import tried
from canting.taxes import selectors, services
from canting.taxes.errors import OwnNumberNeeded, SlipNeeded
from canting.taxes.forms import BuyerSlipForm, PayeeForm, PkpForm, StartForm
from canting.taxes.rules import HELD, PAYEE, PAYEE_STATUSES, PKP, PKP_STATES, START
from canting.taxes.views.common import back, found_or_404, month_of, payees

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

BESIDE: dict[type[DomainError], str] = {BadNpwp: "tax_number", OwnNumberNeeded: "tax_number"}


@require_http_methods(["GET", "POST"])
@requires("taxes.state_facts")
def fact_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What the taxes depend on: since when the final tax counts, who has no tax number."""
    day = today(cooperative.zone)
    kind = request.POST.get("fact", "")
    people = payees(cooperative, PartyKind.MEMBER, PartyKind.SUPPLIER)
    start = StartForm(request.POST if kind == START else None, today=day, prefix="start")
    payee = PayeeForm(
        request.POST if kind == PAYEE else None, today=day, payees=people, prefix="payee"
    )
    form: StartForm | PayeeForm = payee if kind == PAYEE else start
    if form.is_valid():
        given = dict(form.cleaned_data)
        if kind == PAYEE:
            given["party"] = house.parties(cooperative=cooperative).get(pk=given["party"])
        with tried(form) as attempt:
            services.state_fact(cooperative=cooperative, kind=kind, actor=request.user, **given)
        if attempt.done:
            notice(request, _("It is written down with its document."))
            return back(cooperative, month_of("", day))
    context = {
        "start": start,
        "payee": payee,
        "form": form,
        "facts": selectors.facts(cooperative=cooperative).exclude(kind=PKP)[:50],
        "statuses": {key: _(word) for key, word in PAYEE_STATUSES.items()},
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/fact_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("taxes.state_pkp")
def pkp_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The board states, with the document, from when the cooperative is a VAT payer, or no longer."""
    day = today(cooperative.zone)
    form = PkpForm(request.POST or None, today=day)
    if form.is_valid():
        with tried(form, beside=BESIDE) as attempt:
            services.state_fact(
                cooperative=cooperative, kind=PKP, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(request, _("It is written down with its document."))
            return redirect("taxes:pkp_page", cooperative.slug)
    context = {
        "form": form,
        "fact": selectors.pkp(cooperative=cooperative, on=day),
        "facts": selectors.facts(cooperative=cooperative).filter(kind=PKP)[:50],
        "statuses": {key: _(word) for key, word in PKP_STATES.items()},
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/pkp_page.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def buyer_slip(request: Request, cooperative: Cooperative, key: int) -> HttpResponse:
    """Write down the buyer's slip of one tax he withheld, with its photo; written again it is put right."""
    held = found_or_404(selectors.held_by_key(cooperative=cooperative, key=key))
    day = today(cooperative.zone)
    initial = {"number": held.slip_number, "slip_on": held.slip_on or day}
    form = BuyerSlipForm(request.POST or None, request.FILES or None, today=day, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        with tried(form, beside={SlipNeeded: "number"}) as attempt:
            services.write_buyer_slip(held=held, actor=request.user, **given)
        if attempt.done:
            notice(request, _("The slip is written down beside %(paper)s.") % {"paper": held.paper})
            return redirect("taxes:held_list", cooperative.slug)
    context = {
        "held": held,
        "word": _(HELD[held.kind].label),
        "form": form,
        "photos": house.attachments(cooperative=cooperative, subjects=[held.paper]),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/buyer_slip.html", context, status=status)
