"""A member asks for material on her own phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.rounds import selectors, services
from canting.rounds.forms.needs import OwnWishForm
from canting.rounds.rules import RoundState
from canting.rounds.views.common import round_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def me_or_404(request: Request, cooperative: Cooperative) -> Member:
    """The member who is signed in; 404 for anybody who is none."""
    member = members.member_of_party(cooperative=cooperative, party_id=request.access.party_id)
    if member is None:
        raise Http404
    return member


@require_http_methods(["GET", "POST"])
@requires("rounds.view_own_round")
def my_needs(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What I need in this round: one material at a time, changed by asking again."""
    member = me_or_404(request, cooperative)
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    first = {"item": request.GET.get("barang", "")}
    form = OwnWishForm(request.POST or None, cooperative=cooperative, initial=first)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            need = services.ask(found=found, wish=form.wish(member), on=on, actor=request.user)
            messages.success(request, m_("%(item)s is noted.") % {"item": need.item.name})
        if attempt.done:
            return redirect("rounds:my_needs", cooperative.slug, found.number)
    context = {
        "found": found,
        "form": form,
        "mine": list(selectors.needs_in(found=found, member=member)),
        "prices": selectors.price_hints(found=found, on=on),
        "open": found.state == RoundState.COLLECTING and on <= found.deadline,
        "quotas": selectors.own_quotas(found=found, member=member, on=on),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/my_needs.html", context, status=status)


@require_http_methods(["POST"])
@requires("rounds.view_own_round")
def my_need_withdraw(
    request: Request, cooperative: Cooperative, pk: int, number: str
) -> HttpResponse:
    """Take a need of mine back; another's is not found."""
    member = me_or_404(request, cooperative)
    found = round_or_404(cooperative, number)
    need = selectors.need_of(found=found, pk=pk)
    if need is None or need.member_id != member.pk:
        raise Http404
    with tried() as attempt:
        services.withdraw_need(need=need, on=today(cooperative.zone), actor=request.user)
        messages.success(request, m_("%(item)s is taken out.") % {"item": need.item.name})
    if not attempt.done:
        messages.error(request, attempt.words)
    return redirect("rounds:my_needs", cooperative.slug, found.number)
