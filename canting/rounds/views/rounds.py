"""Rounds: the list, one round as one time line, opened, changed, ordered, called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.rounds import selectors, services
from canting.rounds.errors import DeadlinePast, NeededTooEarly, TitleNeeded
from canting.rounds.forms import RoundForm, TravellersForm, terms_of_round
from canting.rounds.rules import OVER, RoundState
from canting.rounds.views import columns, pages
from canting.rounds.views.common import round_or_404, with_reason

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

UNDER_WAY = "berjalan"
OVER_STATES = (RoundState.SETTLED, RoundState.CANCELLED)
# Few chips that fit on a phone: all that is under way together, and how a round can end.
GROUPS: dict[str, tuple[str, ...]] = {
    UNDER_WAY: tuple(state for state in RoundState if state not in OVER),
    **{state.value: (state,) for state in OVER_STATES},
}
BESIDE = {TitleNeeded: "title", DeadlinePast: "deadline", NeededTooEarly: "needed_by"}


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
@listed()
def round_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Rounds, the newest first, by state."""
    asked = request.GET.get("keadaan", "")
    state = asked if asked in GROUPS else ""
    rounds = selectors.rounds(cooperative=cooperative, states=GROUPS.get(state, ()))
    if request.sheet:
        return as_file(request, cooperative, "belanja-bersama", columns.ROUNDS, rounds)
    page = page_of(rounds, order=["-opened_on"], after=request.GET.get("after"))
    context = {
        "page": page,
        "state": state,
        "states": [
            (UNDER_WAY, _("under way")),
            *((one.value, selectors.state_name(one)) for one in OVER_STATES),
        ],
        "asked_name": _("under way")
        if state == UNDER_WAY
        else state and selectors.state_name(state),
        "day": today(cooperative.zone),
        "lying": selectors.lying_deposits(cooperative=cooperative),
        **pages.NAMES,
    }
    return render_page(request, "rounds/round_list.html", context, block="rows")


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Open a round."""
    on = today(cooperative.zone)
    form = RoundForm(request.POST or None, today=on)
    if form.is_valid():
        with tried(form, beside=BESIDE) as attempt:
            made = services.open_round(
                cooperative=cooperative, terms=form.terms(), on=on, actor=request.user
            )
            told = _("%(number)s is open. Members may ask until %(day)s.")
            facts = {"number": made.number, "day": format_date(made.deadline)}
            messages.success(request, told % facts)
        if attempt.done:
            return redirect("rounds:round_detail", cooperative.slug, made.number)
    context = {"form": form, "found": None}
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/round_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_change(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change what a round was opened with."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    form = RoundForm(request.POST or None, today=on, initial=terms_of_round(found))
    if form.is_valid():
        with tried(form, beside=BESIDE) as attempt:
            services.change_round(found=found, terms=form.terms(), on=on, actor=request.user)
            messages.success(request, _("Changed."))
        if attempt.done:
            return redirect("rounds:round_detail", cooperative.slug, number)
    context = {"form": form, "found": found}
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/round_form.html", context, status=status)


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
def round_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One round: its steps, its next act, needs, money, what came, shares, what it saved."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    context = {
        "found": found,
        "view": pages.round_page(found=found, on=on, rights=request.access.rights),
        "day": on,
        "travellers": TravellersForm(initial={"travellers": found.travellers}),
        **pages.NAMES,
    }
    return render_page(request, "rounds/round_detail.html", context)


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def round_travellers(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Note how many would have travelled."""
    found = round_or_404(cooperative, number)
    form = TravellersForm(request.POST)
    if form.is_valid():
        services.note_travellers(
            found=found,
            travellers=form.cleaned_data["travellers"],
            on=today(cooperative.zone),
            actor=request.user,
        )
        messages.success(request, _("Noted."))
    else:
        messages.error(request, _("Write a whole number of members, or leave it empty."))
    return redirect("rounds:round_detail", cooperative.slug, number)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_order(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Order what the plan says: shown by supplier with what must be paid at once, then done."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    refusal = ""
    if request.method == "POST":
        with tried() as attempt:
            made = services.order_round(found=found, on=on, actor=request.user)
            told = _("Ordered: %(orders)s. Send each supplier the text from the order's page.")
            messages.success(request, told % {"orders": ", ".join(o.number for o in made)})
        if attempt.done:
            return redirect("rounds:round_detail", cooperative.slug, number)
        refusal = attempt.words
    context = {"found": found, "refusal": refusal, "view": pages.order_page(found=found, on=on)}
    status = 422 if refusal else 200
    return render_page(request, "rounds/round_order.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Call a round off, with the reason."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    return with_reason(
        request,
        found,
        lambda reason: services.cancel_round(found=found, reason=reason, on=on, actor=request.user),
        words=(
            _("Call it off"),
            _("Needs stay in the record; money left here is kept for its members."),
            _("Called off."),
        ),
    )


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_collect(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take the plan back and collect needs again, with the reason."""
    found = round_or_404(cooperative, number)
    return with_reason(
        request,
        found,
        lambda reason: services.collect_again(
            found=found, reason=reason, on=today(cooperative.zone), actor=request.user
        ),
        words=(
            _("Collect needs again"),
            _("The plan is taken back; needs may be added and withdrawn again."),
            _("Needs are collected again."),
        ),
    )


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def round_reopen(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Open a closed round again, with the reason."""
    found = round_or_404(cooperative, number)
    return with_reason(
        request,
        found,
        lambda reason: services.reopen_round(
            found=found, reason=reason, on=today(cooperative.zone), actor=request.user
        ),
        words=(
            _("Open it again"),
            _("Its papers stay as they are; what was kept for members stays kept."),
            _("Open again."),
        ),
    )
