"""Closing a round: what is still open is said, what becomes of rests is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.rounds import selectors, services
from canting.rounds.forms import SettleForm
from canting.rounds.rules import RoundState
from canting.rounds.views.common import round_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import Round


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_settle(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Close a round; never without saying whom it leaves uncharged."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    if found.state == RoundState.SETTLED and request.method == "GET":
        return redirect("rounds:round_detail", cooperative.slug, number)
    form = SettleForm(request.POST or None, cooperative=cooperative)
    if form.is_valid():
        with tried(form) as attempt:
            done = services.settle_round(
                found=found,
                on=on,
                actor=request.user,
                give_back_from=form.cleaned_data["rest"],
                charge_nobody_because=form.cleaned_data["reason"],
            )
            messages.success(request, closed_text(done))
        if attempt.done:
            return redirect("rounds:round_detail", cooperative.slug, number)
    count, amount = selectors.nobody_charged(found, on=on)
    context = {
        "found": found,
        "form": form,
        "orders": selectors.waiting_orders(selectors.orders_of(found)),
        "unshared": [row for row in selectors.came(found) if row.unshared],
        "uncharged": (count, amount),
        "rests": [row for row in selectors.held_by_member(found) if row.left],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/round_settle.html", context, status=status)


def closed_text(found: Round) -> str:
    """That a round is closed, and whom it did not charge."""
    if not found.uncharged_members:
        return _("Closed.")
    facts = {
        "count": found.uncharged_members,
        "amount": format_rupiah(found.uncharged_amount),
    }
    return _("Closed, nobody is charged: %(count)s members, %(amount)s.") % facts
