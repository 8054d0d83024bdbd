"""What the pages of assets and grants share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from canting.assets import selectors
from canting.assets.errors import BadCost, BadResidual, LifeNeeded, LostTooMuch, UsedLater
from canting.cash import selectors as cash
from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative

FIELD_OF: dict[type[DomainError], str] = {
    BadCost: "cost",
    BadResidual: "residual",
    LifeNeeded: "life",
    LostTooMuch: "lost_before",
    UsedLater: "used_since",
    NotEnoughCash: "cost",
    UnknownPlace: "place",
}


def found_or_404(paper: Any) -> Any:
    """The paper, or 404 when this cooperative has none of that number."""
    if paper is None:
        raise Http404
    return paper


def form_facts(cooperative: Cooperative, *names: str) -> dict[str, Any]:
    """What a form of this domain asks for when it is made: today, cash places, usual lives."""
    on: date = today(cooperative.zone)
    found: dict[str, Any] = {"today": on}
    if "places" in names:
        found["places"] = cash.places(cooperative)
    if "lives" in names:
        found["lives"] = selectors.usual_lives(cooperative=cooperative, on=on)
    return found


def correct_page(
    request: Request,
    cooperative: Cooperative,
    number: str,
    form: Any,
    correct: Callable[..., Any],
    *,
    beside: dict[type[DomainError], str],
    before: Any,
    detail: str,
    money: tuple[str, ...],
) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below.

    `correct` is the service with its paper; `beside` says which field a refusal is about, `detail`
    names the page of a paper, `money` the fields that are told in rupiah.
    """
    if form.is_valid():
        with tried(form, beside=beside) as attempt:
            made = correct(
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                replacement=_replacement(form),
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            return redirect(detail, cooperative.slug, made.number if made else number)
    context = {"form": form, "before": before, "number": number, "detail": detail, "money": money}
    status = 422 if form.is_bound else 200
    return render_page(request, "assets/correction.html", context, status=status)


def _replacement(form: Any) -> dict[str, Any] | None:
    """The new draft of a paper put right; None when it is only cancelled."""
    if form.cleaned_data.get("only_cancel"):
        return None
    facts: dict[str, Any] = form.facts()
    for name in ("reason", "only_cancel"):
        facts.pop(name, None)
    return facts


def posted(request: Request) -> Any:
    """What was sent with a form, or None where the page is only opened."""
    return request.POST or None
