"""The funds of the surplus: what stands in each, what was spent, and spending from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors as cash
from canting.cash import services as desk
from canting.cash.errors import BadAmount, NotEnoughCash, NotThatMuchOwed, UnknownPlace
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.surplus import selectors
from canting.surplus.forms import SpendForm, pool_names

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SPEND = "cash.record_cash"
SHOWN = 60
FIELD_OF: dict[type[DomainError], str] = {
    BadAmount: "amount",
    NotThatMuchOwed: "amount",
    NotEnoughCash: "place",
    UnknownPlace: "place",
}


@require_http_methods(["GET", "POST"])
@requires("surplus.view_sharing")
def fund_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every fund with its balance; who handles cash spends from it here, a voucher each time."""
    on = today(cooperative.zone)
    may_spend = SPEND in request.access.rights
    form = SpendForm(
        (request.POST or None) if may_spend else None,
        (request.FILES or None) if may_spend else None,
        places=cash.places(cooperative),
        today=on,
    )
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = desk.pay_cash(cooperative=cooperative, actor=request.user, **form.facts())
        if attempt.done:
            notice(request, _("%(number)s: spent from the fund.") % {"number": made.number})
            return redirect("cash:paper_detail", cooperative.slug, made.number)
    names, funds = pool_names(), selectors.funds(cooperative=cooperative, on=on)
    lines = list(selectors.fund_lines(cooperative=cooperative)[:SHOWN])
    context = {
        "form": form,
        "may_spend": may_spend,
        "funds": [(names[one.key], one) for one in funds],
        "names": {one.role: names[one.key] for one in funds},
        "lines": lines,
        "year": on.year,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "surplus/fund_page.html", context, status=status)
