"""The buying plan of a round: worked out, watched, stopped, changed by hand, agreed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried
from canting.rounds import selectors
from canting.rounds.forms.plans import PacksForm, PlanForm
from canting.rounds.rules import RoundState
from canting.rounds.selectors import plan_page as words
from canting.rounds.selectors import plan_words, plans
from canting.rounds.services import plans as services
from canting.rounds.views.common import round_or_404

if TYPE_CHECKING:
    from datetime import date

    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import PlanRun, Round
    from canting.rounds.rules.plan import Costed, Plan


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
def plan_page(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The plan of a round in every state; while it is worked out the page looks again by itself."""
    found = round_or_404(cooperative, number)
    context = _page(found, today(cooperative.zone))
    return render_page(request, "rounds/plan_page.html", context, block="plan")


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def plan_begin(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Have the plan worked out with these limits."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    form = PlanForm(request.POST, kinds=_kinds(plans.plan_inputs(found=found, on=on)))
    if form.is_valid():
        with tried(form) as attempt:
            run = services.begin_plan(found=found, terms=form.terms(), on=on, actor=request.user)
            transaction.on_commit(lambda: services.set_going(run))
        if attempt.done:
            return redirect("rounds:plan_page", cooperative.slug, number)
    context = _page(found, on) | {"form": form}
    return render_page(request, "rounds/plan_page.html", context, status=422)


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def plan_stop(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Stop with the best plan found so far."""
    found = round_or_404(cooperative, number)
    services.stop_plan(found=found, actor=request.user)
    messages.success(request, _("It stops in a moment, with the best plan found so far."))
    return redirect("rounds:plan_page", cooperative.slug, number)


@require_http_methods(["POST"])
@requires("rounds.manage_rounds")
def plan_agree(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Agree the plan as it was found."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    run, made = _made_or_404(found)
    with tried() as attempt:
        services.agree_plan(
            found=found, run=run, packs=made.packs, total=made.total, on=on, actor=request.user
        )
        messages.success(request, _("The plan is agreed. The next step is to order."))
    if attempt.done:
        return redirect("rounds:plan_page", cooperative.slug, number)
    context = _page(found, on) | {"refusal": attempt.words}
    return render_page(request, "rounds/plan_page.html", context, status=422)


@require_http_methods(["GET", "POST"])
@requires("rounds.manage_rounds")
def plan_edit(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Change packs by hand: what that costs is shown first, then the plan is agreed so."""
    found = round_or_404(cooperative, number)
    on = today(cooperative.zone)
    run, made = _made_or_404(found)
    if found.state != RoundState.COLLECTING:
        if request.method == "POST":
            messages.error(request, _("Nothing is agreed: another plan was agreed meanwhile."))
        return redirect("rounds:plan_page", cooperative.slug, number)
    inputs = plans.plan_inputs(found=found, on=on)
    form = PacksForm(
        request.POST or None,
        offers=inputs.offers,
        packs=made.packs,
        labels={offer.key: words.offer_label(inputs, offer) for offer in inputs.offers},
    )
    costed: Costed | None = None
    if form.is_valid():
        costed = inputs.cost(form.packs(), plans.plan_limits(run, inputs))
        if _agreed(request, found, run, form, costed, on):
            return redirect("rounds:plan_page", cooperative.slug, number)
        form.data = {name: form.data[name] for name in form.data} | {"seen_total": costed.total}
    context = {
        "found": found,
        "form": form,
        "costed": costed,
        "groups": _groups(inputs, form),
        "plan": made,
        **_effect(inputs, made, costed),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/plan_edit.html", context, status=status)


def _agreed(
    request: Request, found: Round, run: PlanRun, form: PacksForm, costed: Costed, on: date
) -> bool:
    """Agree what was typed, when that was asked and its very total has been seen."""
    if "agree" not in request.POST or form.cleaned_data["seen_total"] != costed.total:
        return False
    with tried(form, beside="reason") as attempt:
        services.agree_plan(
            found=found,
            run=run,
            packs=form.packs(),
            total=costed.total,
            on=on,
            actor=request.user,
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The plan is agreed. The next step is to order."))
    return attempt.done


def _effect(inputs: plans.Inputs, made: Plan, costed: Costed | None) -> dict[str, Any]:
    """What typed packs change against the plan: the cost, what is missing, broken limits."""
    if costed is None:
        return {"difference": 0, "missing": [], "broken": []}
    return {
        "difference": costed.net - made.costed.net,
        "missing": [words.quantity_of(inputs, i, q) for i, q in costed.missing],
        "broken": [plan_words.broken_text(b, inputs.subjects) for b in costed.broken],
    }


def _page(found: Round, on: date) -> dict[str, Any]:
    """What the page of a plan shows: the agreed lines, a run under way, or the plan that was made."""
    inputs = plans.plan_inputs(found=found, on=on)
    run = plans.last_run(found)
    now = timezone.now()
    kept = plans.made_plan(run)
    collecting = found.state == RoundState.COLLECTING
    shown = None
    if run and kept and (collecting or found.plan_lines.exists()):
        day = on if collecting else run.on
        shown = words.shown_plan(found=found, inputs=inputs, made=kept[0], reasons=kept[1], on=day)
    return {
        "found": found,
        "run": run,
        "asked": len(inputs.demands),
        "offered": len(inputs.offers),
        "surplus_keeps": inputs.surplus_keeps,
        "running": collecting and plans.is_under_way(run, now),
        "gone": max(int((now - run.made_at).total_seconds()), 0) if run else 0,
        "cut_off": run is not None and plans.is_cut_off(run, now),
        "stale": run is not None and kept is not None and run.digest != inputs.digest,
        "shown": shown,
        "agreed": [] if collecting else list(selectors.plan_lines(found)),
        "collecting": collecting,
        "form": PlanForm(initial=_limits_before(found, run), kinds=_kinds(inputs)),
        "refusal": "",
    }


def _limits_before(found: Round, run: PlanRun | None) -> dict[str, Any]:
    """The limits of the last run, else the cash and the promised loans there are."""
    if run is None:
        cash = selectors.cash_there(found.cooperative) + selectors.money_ready(found)
        return {"cash": cash}
    rooms = {f"room_{kind}": Decimal(room) for kind, room in run.storage.items()}
    return {"cash": run.cash, "money_in_days": run.money_in_days, **rooms}


def _made_or_404(found: Round) -> tuple[PlanRun, Plan]:
    run = plans.last_run(found)
    kept = plans.made_plan(run)
    if run is None or kept is None:
        raise Http404
    return run, kept[0]


def _kinds(inputs: plans.Inputs) -> dict[str, str]:
    """The kinds of what is asked with the units they are counted in."""
    units: dict[str, set[str]] = defaultdict(set)
    for item in inputs.items.values():
        units[item.kind].add(item.unit)
    return {kind: ", ".join(sorted(found)) for kind, found in sorted(units.items())}


def _groups(inputs: plans.Inputs, form: PacksForm) -> list[dict[str, Any]]:
    """The grid: per item what is asked, and a row for each offer with its breaks and its field."""
    asked = {demand.item: demand.quantity for demand in inputs.demands}
    return [
        {
            "item": item,
            "asked": asked.get(code, 0),
            "rows": [
                {
                    "supplier": inputs.names.get(offer.supplier, offer.supplier),
                    "pack": words.pack_text(inputs, offer),
                    "prices": words.prices_text(offer),
                    "cell": form.cell(offer.key),
                }
                for offer in form.offers
                if offer.item == code
            ],
        }
        for code, item in sorted(inputs.items.items(), key=lambda pair: pair[1].name)
    ]
