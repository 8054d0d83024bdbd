"""Pages of production advances: the contract and its story in three figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors as cash
from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.production import selectors, services
from canting.production.forms import AdvanceCorrectionForm, AdvanceForm
from canting.production.views import columns
from canting.production.views.addresses import address, maker_choices

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.production.models import Advance


@require_http_methods(["GET"])
@requires("production.view_advances")
@listed()
def advance_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buy-back contracts, open ones first."""
    found = selectors.advances(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "uang-muka-produksi", columns.ADVANCES, found)
    context = {
        "open": selectors.open_advances(cooperative=cooperative),
        "all": found[:100],
        "on": today(cooperative.zone),
    }
    return render_page(request, "production/advance_list.html", context)


@require_http_methods(["GET"])
@requires("production.view_advances")
def advance_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The story of an advance: paid, bought back, the maker's share."""
    contract = _advance_or_404(cooperative, number)
    context = {
        "contract": contract,
        "story": selectors.story_of(advance=contract),
        "receive_url": address("quality:receive", cooperative.slug),
        "on": today(cooperative.zone),
    }
    return render_page(request, "production/advance_detail.html", context)


def _advance_or_404(cooperative: Cooperative, number: str) -> Advance:
    contract = selectors.advance(cooperative=cooperative, number=number)
    if contract is None:
        raise Http404
    return contract


@require_http_methods(["GET", "POST"])
@requires("production.give_advance")
def advance_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Pay an advance against the promise to buy back."""
    form = AdvanceForm(request.POST or None)
    products = {item.code: item for item in catalogue.products(cooperative=cooperative)}
    form.offer(
        products=[(item.code, item.name) for item in products.values()],
        places=cash.places(cooperative),
        today=today(cooperative.zone),
    )
    if form.is_valid():
        asked = dict(form.cleaned_data)
        member = members.find_member(cooperative=cooperative, typed=asked.pop("member"))
        product = products[asked.pop("product")]
        if member is None:
            form.add_error("member", _("No such member. Choose from the list, by name or number."))
        else:
            with tried(form) as attempt, transaction.atomic():
                made = services.give_advance(
                    cooperative=cooperative,
                    member=member,
                    product=product,
                    **asked,
                    on=today(cooperative.zone),
                    actor=request.user,
                )
            if attempt.done:
                messages.success(request, _("%(number)s is paid.") % {"number": made.number})
                return redirect("production:advance_detail", cooperative.slug, made.number)
    context = {"form": form, "makers": maker_choices(cooperative)}
    return render_page(
        request, "production/advance_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("production.give_advance")
def advance_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse a contract under which nothing came yet, and write the right one."""
    contract = _advance_or_404(cooperative, number)
    names = ("pieces", "amount", "agreed_price", "share_percent", "due_date", "cash_place")
    form = AdvanceCorrectionForm(
        request.POST or None, initial={name: getattr(contract, name) for name in names}
    )
    on = today(cooperative.zone)
    form.offer(products=(), places=cash.places(cooperative), today=on)
    if form.is_valid():
        asked = dict(form.cleaned_data)
        reason, actor = asked.pop("reason"), request.user
        with tried(form) as attempt, transaction.atomic():
            if asked["amount"] is None:
                made = services.cancel_advance(advance=contract, reason=reason, on=on, actor=actor)
            else:
                made = services.correct_advance(
                    advance=contract, reason=reason, **asked, on=on, actor=actor
                )
        if attempt.done:
            messages.success(request, _("%(number)s is put right.") % {"number": contract.number})
            return redirect("production:advance_detail", cooperative.slug, made.number)
    context = {"contract": contract, "form": form, "on": on}
    return render_page(
        request, "production/advance_correct.html", context, status=422 if form.is_bound else 200
    )
