"""Sharing out what has come: shown, then booked; fetched, left to the store, undone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import BadQuantity, parse_quantity
from canting.kernel.refusals import tried
from canting.rounds import selectors, services
from canting.rounds.forms import HandForm
from canting.rounds.rules import ShareState
from canting.rounds.views import pages
from canting.rounds.views.common import member_or_404, round_or_404, with_reason

if TYPE_CHECKING:
    from django.http import QueryDict

    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import Round

STEP = "langkah-"


def _choices(values: QueryDict) -> dict[str, Any]:
    """What is struck off, who is left out, and the steps, as they were ticked and typed."""
    steps: dict[str, Decimal] = {}
    for name, typed in values.items():
        if not name.startswith(STEP) or not str(typed).strip():
            continue
        try:
            step = parse_quantity(typed)
        except BadQuantity:
            continue
        if step > 0:
            steps[name.removeprefix(STEP)] = step
    return {
        "struck": frozenset(values.getlist("coret")),
        "absent": frozenset(values.getlist("tidak-datang")),
        "steps": steps,
    }


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def share_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Show how what has come would be shared, and book exactly that."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    books = request.method == "POST" and request.POST.get("act") != "show"
    chosen = _choices(request.POST if request.method == "POST" else request.GET)
    refusal = ""
    if books:
        with tried() as attempt:
            made = services.share_out(
                found=found,
                digest=request.POST.get("digest", ""),
                on=on,
                actor=request.user,
                **chosen,
            )
            messages.success(request, _told(found, made.position))
        if attempt.done:
            return redirect("rounds:share_detail", cooperative.slug, made.position, number)
        refusal = attempt.words
    with tried() as looked:
        shown = selectors.proposal(found=found, on=on, **chosen)
    came = [row for row in selectors.came(found) if row.unshared]
    context = {
        "found": found,
        "shown": shown if looked.done else None,
        "came": came,
        "refusal": refusal or looked.words,
        "step_prefix": STEP,
        "chosen": chosen,
        "people": _people(found),
        **pages.NAMES,
    }
    status = 422 if refusal else 200
    return render_page(request, "rounds/share_new.html", context, block="shown", status=status)


def _told(found: Round, position: int) -> str:
    one = selectors.share_out_at(found=found, position=position)
    rows = list(selectors.shares_in(one)) if one else []
    charged = sum(share.amount for share in rows)
    people = len({share.need.member_id for share in rows})
    facts = {"count": people, "amount": format_rupiah(charged)}
    return _("Shared out to %(count)s members, %(amount)s together.") % facts


def _people(found: Round) -> list[Any]:
    needs = selectors.standing_needs(found)
    return [row.member for row in selectors.needs_by_member(list(needs)) if row.member]


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
def share_detail(
    request: Request, cooperative: Cooperative, position: int, number: str
) -> HttpResponse:
    """One sharing as it was booked: each material, each member, what went to the store."""
    found = round_or_404(cooperative, number)
    one = selectors.share_out_at(found=found, position=position)
    if one is None:
        raise Http404
    context = {
        "found": found,
        "one": one,
        "items": list(selectors.share_out_items(one)),
        "shares": list(selectors.shares_in(one)),
        "standing": one.state == "standing",
        **pages.NAMES,
    }
    return render_page(request, "rounds/share_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def share_undo(
    request: Request, cooperative: Cooperative, position: int, number: str
) -> HttpResponse:
    """Betulkan: undo a sharing as a whole."""
    found = round_or_404(cooperative, number)
    one = selectors.share_out_at(found=found, position=position)
    if one is None:
        raise Http404
    on = today(cooperative.zone)
    return with_reason(
        request,
        found,
        lambda reason: services.undo_share_out(one=one, reason=reason, on=on, actor=request.user),
        words=(
            _("Undo sharing %(position)s") % {"position": position},
            _("Every hand-out of it is put right: goods lie in the store again, debts are gone."),
            _("Undone. The goods can be shared out again."),
        ),
    )


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def share_hand(
    request: Request, cooperative: Cooperative, member: str, number: str
) -> HttpResponse:
    """Hand a member what waits for her, against cash and what she left here."""
    found = round_or_404(cooperative, number)
    her = member_or_404(cooperative, member)
    waiting = list(selectors.waiting_shares(found, member=her))
    form = HandForm(request.POST or None, cooperative=cooperative)
    if form.is_valid():
        with tried(form) as attempt:
            papers = services.hand_waiting(
                found=found,
                member=her,
                cash_place=form.cleaned_data["cash_place"],
                on=today(cooperative.zone),
                actor=request.user,
            )
            facts = {"name": her.full_name, "numbers": ", ".join(p.number for p in papers)}
            messages.success(request, _("Handed out to %(name)s: %(numbers)s.") % facts)
        if attempt.done:
            return redirect("rounds:round_detail", cooperative.slug, number)
    held = [row for row in selectors.held_by_member(found) if row.party.pk == her.party_id]
    owed = sum(share.amount for share in waiting)
    left = min(held[0].left, owed) if held else 0
    context = {
        "found": found,
        "member": her,
        "waiting": waiting,
        "owed": owed,
        "from_deposit": left,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/share_hand.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def share_release(
    request: Request, cooperative: Cooperative, member: str, number: str
) -> HttpResponse:
    """Leave what a member did not fetch to the store (`kb` names one hand-out to take back)."""
    found = round_or_404(cooperative, number)
    her = member_or_404(cooperative, member)
    hand_out = request.POST.get("kb") or request.GET.get("kb", "")
    shares = selectors.shares_of_member(found=found, member=her)
    if hand_out and not shares.filter(hand_out=hand_out, state=ShareState.HANDED).exists():
        raise Http404
    on = today(cooperative.zone)
    return with_reason(
        request,
        found,
        lambda reason: services.release_share(
            found=found, member=her, reason=reason, on=on, actor=request.user, hand_out=hand_out
        ),
        words=(
            _("Leave the share of %(name)s to the store") % {"name": her.full_name},
            _("She is not charged; the goods stay in the store."),
            _("Left to the store."),
        ),
        hidden={"kb": hand_out},
    )
