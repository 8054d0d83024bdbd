"""Closing a month: the checks, the one who prepares, the one who signs, opening it again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.closing import TOPICS, checked
from canting.kernel.dates import format_month, last_of_month, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.invariants import Fault
from canting.kernel.refusals import tried
from canting.ledger import selectors, services
from canting.ledger.forms import PassForm, ReasonForm
from canting.ledger.views.asked import address

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PREFIX, LATEST = "lewat", 16


@require_safe
@requires("ledger.view_books")
def period_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Which months are closed, what the next one still needs, and every act with its checkpoint."""
    return _page(request, cooperative)


def _page(
    request: Request,
    cooperative: Cooperative,
    *,
    refusal: str = "",
    form: ReasonForm | None = None,
) -> HttpResponse:
    on = today(cooperative.zone)
    head = selectors.book(cooperative=cooperative)
    month = selectors.next_month_to_close(book=head)
    last = selectors.last_act(cooperative=cooperative, month=month)
    is_prepared = last is not None and last.act == "prepare"
    by_two = house.parameter(cooperative=cooperative, name="ledger.close_by_two", on=on)
    checks = _checked(
        cooperative, month, last.passed if last and is_prepared else {}, request.access.rights
    )
    context = {
        "head": head,
        "month": month,
        "is_over": on > last_of_month(month),
        "checks": checks,
        "passes": _passes(checks, request.POST or None),
        "prepared": last if is_prepared else None,
        "may_sign": is_prepared
        and (not by_two or last is None or last.actor_id != request.user.pk),
        "periods": selectors.periods(cooperative=cooperative)[:LATEST],
        "form": form or ReasonForm(),
        "refusal": refusal,
    }
    status = 422 if refusal or form else 200
    return render_page(request, "ledger/period_list.html", context, status=status)


def _checked(
    cooperative: Cooperative, month: date, kept: Mapping[str, str], rights: Collection[str]
) -> list[dict[str, Any]]:
    """The nine checks run just now, each with its faults, where they are put right, its reason."""
    with (
        house.parameters_read_once(cooperative=cooperative),
        house.series_read_once(cooperative=cooperative),
    ):
        found = checked(cooperative=cooperative, month=month)
    return [
        {
            "key": one.topic.key,
            "says": one.topic.says,
            "may_pass": one.topic.may_pass,
            "words": one.words,
            "faults": [(fault, _cure(fault, cooperative, rights)) for fault in one.faults],
            "kept": kept.get(one.topic.key, ""),
        }
        for one in found
    ]


def _cure(fault: Fault, cooperative: Cooperative, rights: Collection[str]) -> str:
    """Where a fault is put right, for those who may go there."""
    if not fault.view:
        return ""
    link = address(fault.view, cooperative, *fault.parts)
    return link if getattr(resolve(link).func, "door", "") in rights else ""


def _passes(checks: list[dict[str, Any]], typed: Any) -> PassForm:
    topics = [(one["key"], one["says"]) for one in checks if one["faults"] and one["may_pass"]]
    return PassForm(typed, topics=topics, prefix=PREFIX)


def _reasons(request: Request) -> dict[str, str]:
    typed = {topic.key: request.POST.get(f"{PREFIX}-{topic.key}", "").strip() for topic in TOPICS}
    return {key: reason for key, reason in typed.items() if reason}


@require_POST
@requires("ledger.close_period")
def period_prepare(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Say that the next month is ready to be closed."""
    month = selectors.next_month_to_close(book=selectors.book(cooperative=cooperative))
    try:
        services.prepare_close(
            cooperative=cooperative,
            month=month,
            on=today(cooperative.zone),
            actor=request.user,
            passed=_reasons(request),
        )
    except DomainError as refusal:
        return _page(request, cooperative, refusal=str(refusal))
    notice(
        request,
        _("%(month)s is ready. Someone else signs it now.") % {"month": format_month(month)},
        kind="wait",
    )
    return redirect("ledger:period_list", cooperative.slug)


@require_POST
@requires("ledger.close_period")
def period_close(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Close the next month: its name is typed, and another person prepared it."""
    month = selectors.next_month_to_close(book=selectors.book(cooperative=cooperative))
    name = format_month(month)
    if request.POST.get("confirm", "").strip().casefold() != name.casefold():
        refusal = _("Type the name of the month, %(month)s, to close it.") % {"month": name}
        return _page(request, cooperative, refusal=refusal)
    try:
        services.sign_close(
            cooperative=cooperative, month=month, on=today(cooperative.zone), actor=request.user
        )
    except DomainError as refused:
        return _page(request, cooperative, refusal=str(refused))
    notice(request, _("%(month)s is closed.") % {"month": name})
    return redirect("ledger:period_list", cooperative.slug)


@require_http_methods(["POST"])
@requires("ledger.reopen_period")
def period_reopen(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Open the last closed month again, with a reason that stays."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            period = services.reopen_month(
                cooperative=cooperative, reason=form.cleaned_data["reason"], actor=request.user
            )
        if attempt.done:
            notice(request, _("%(month)s is open again.") % {"month": format_month(period.month)})
            return redirect("ledger:period_list", cooperative.slug)
    return _page(request, cooperative, form=form)
