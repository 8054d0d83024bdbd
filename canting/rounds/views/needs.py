"""Needs at the desk: what is asked, rows and pasted messages, what is worked out, quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.catalogue import selectors as catalogue
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.purchasing import selectors as purchasing
from canting.rounds import selectors, services
from canting.rounds.forms.needs import MessageForm, QuotaForm, wish_grid
from canting.rounds.rules import RoundState
from canting.rounds.rules.asked import best_match, read_asked
from canting.rounds.services import Wish
from canting.rounds.views import columns
from canting.rounds.views.common import round_or_404

if TYPE_CHECKING:
    from datetime import date

    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import Round


def _takes_needs(found: Round, on: date) -> bool:
    return found.state == RoundState.COLLECTING and on <= found.deadline


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
@listed()
def need_list(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Everything that is asked for in a round, by member; each need can be withdrawn."""
    found = round_or_404(cooperative, number)
    asked = selectors.standing_needs(found)
    if request.sheet:
        return as_file(request, cooperative, f"kebutuhan-{number}", columns.NEEDS, asked)
    needs = list(asked)
    context = {
        "found": found,
        "rows": selectors.needs_by_member(needs),
        "open": _takes_needs(found, today(cooperative.zone)),
        "source_name": selectors.source_name,
        "mode_name": purchasing.mode_name,
        "quotas": [selectors.quota_use(one) for one in selectors.quota_rows(found)],
        "partners": selectors.partners_short(found=found, needs=needs),
    }
    return render_page(request, "rounds/need_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def need_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write needs down in rows; a message pasted from WhatsApp fills them, nothing is saved by that."""
    found = round_or_404(cooperative, number)
    reads = request.POST.get("act") == "read"
    form = MessageForm(request.POST or None)
    rows: list[dict[str, Any]] = []
    if reads and form.is_valid():
        rows = _read(cooperative, form.cleaned_data["message"])
    data = request.POST if request.method == "POST" and not reads else None
    grid = wish_grid(cooperative, data, rows)
    refused = ""
    if data is not None and grid.is_valid():
        wishes = [row.wish() for row in grid.lines]
        with tried() as attempt:
            services.ask_many(
                found=found, wishes=wishes, on=today(cooperative.zone), actor=request.user
            )
            messages.success(
                request, _("%(count)s needs are written down.") % {"count": len(wishes)}
            )
        if attempt.done:
            return redirect("rounds:need_list", cooperative.slug, found.number)
        refused = attempt.words
    context = {
        "found": found,
        "form": form,
        "grid": grid,
        "refused": refused,
        "read": rows,
        "nothing_read": reads and not rows,
        "unread": [row for row in rows if not (row["item"] and row["quantity"] and row["member"])],
        "members": members.member_choices(cooperative=cooperative),
        "standing": selectors.needs_by_member(list(selectors.standing_needs(found))),
    }
    status = 422 if data is not None else 200
    return render_page(request, "rounds/need_new.html", context, status=status)


def _read(cooperative: Cooperative, message: str) -> list[dict[str, Any]]:
    """The wishes of a message as rows; who and what cannot be told apart stays open."""
    names = {one.code: one.name for one in catalogue.materials(cooperative=cooperative)}
    labels: dict[str, str] = {}
    rows = []
    for wish in read_asked(message):
        if wish.sender not in labels:
            found = members.find_member(cooperative=cooperative, typed=wish.sender)
            labels[wish.sender] = members.member_label(found) if found else wish.sender
        rows.append(
            {
                "member": labels[wish.sender],
                "item": best_match(wish.what, names) if wish.quantity else "",
                "quantity": wish.quantity,
                "unit": wish.unit,
                "raw": wish.raw[:500],
            }
        )
    return rows


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def need_withdraw(request: Request, cooperative: Cooperative, pk: int, number: str) -> HttpResponse:
    """Take one need of a round back."""
    found = round_or_404(cooperative, number)
    need = selectors.need_of(found=found, pk=pk)
    if need is None:
        raise Http404
    with tried() as attempt:
        services.withdraw_need(need=need, on=today(cooperative.zone), actor=request.user)
        messages.success(request, _("%(item)s is taken out.") % {"item": need.item.name})
    if not attempt.done:
        messages.error(request, attempt.words)
    return redirect("rounds:need_list", cooperative.slug, found.number)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def need_reckon(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What work orders and the store will lack, with its why; what is ticked is taken over."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    worked = [
        *selectors.work_order_proposals(found=found),
        *selectors.reorder_proposals(found=found, on=on),
    ]
    refused = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("take"))
        taken = [one for one in worked if one.key in chosen]
        with tried() as attempt:
            services.ask_many(
                found=found, wishes=[_wish(one) for one in taken], on=on, actor=request.user
            )
        if attempt.done and taken:
            messages.success(
                request, _("%(count)s needs are written down.") % {"count": len(taken)}
            )
            return redirect("rounds:need_list", cooperative.slug, found.number)
        refused = attempt.words or _("Tick what shall be asked for.")
    context = {
        "found": found,
        "for_orders": [one for one in worked if one.member],
        "for_store": [one for one in worked if not one.member],
        "open": _takes_needs(found, on),
        "refused": refused,
        "rain": selectors.rain_of(cooperative=cooperative, on=on).on(on) != 1,
        "mode_name": purchasing.mode_name,
    }
    status = 422 if refused else 200
    return render_page(request, "rounds/need_reckon.html", context, status=status)


def _wish(one: selectors.Reckoned) -> Wish:
    return Wish(
        item=one.item,
        quantity=one.quantity,
        member=one.member,
        source=one.source,
        mode=one.mode,
        reference=one.reference,
    )


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
@listed()
def quota_page(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Divide a scarce material over the active makers; see who has used how much of her part."""
    found = round_or_404(cooperative, number)
    quotas = [selectors.quota_use(one) for one in selectors.quota_rows(found)]
    if request.sheet:
        rows = [(use, part) for use in quotas for part in use.parts]
        return as_file(request, cooperative, f"jatah-{number}", columns.QUOTAS, rows)
    on = today(cooperative.zone)
    form = QuotaForm(request.POST or None, found=found, today=on)
    if form.is_bound and form.is_valid():
        with tried(form) as attempt:
            services.set_quota(found=found, on=on, actor=request.user, **form.terms())
            messages.success(request, _("Divided over the active makers."))
        if attempt.done:
            return redirect("rounds:quota_page", cooperative.slug, found.number)
    makers = selectors.makers_by_output(found=found, on=on)
    context = {
        "found": found,
        "form": form,
        "open": _takes_needs(found, on),
        "quotas": quotas,
        "active": sum(1 for _member, pieces in makers if pieces),
        "idle": sum(1 for _member, pieces in makers if not pieces),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/quota_page.html", context, status=status)


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def quota_lift(request: Request, cooperative: Cooperative, code: str, number: str) -> HttpResponse:
    """Let everyone ask for a material again."""
    found = round_or_404(cooperative, number)
    item = catalogue.item_by_code(cooperative=cooperative, code=code)
    quota = selectors.quota_of(found=found, item=item) if item else None
    if quota is None:
        raise Http404
    with tried() as attempt:
        services.lift_quota(quota=quota, on=today(cooperative.zone), actor=request.user)
        messages.success(request, _("Everyone may ask for %(item)s.") % {"item": quota.item.name})
    if not attempt.done:
        messages.error(request, attempt.words)
    return redirect("rounds:quota_page", cooperative.slug, found.number)
