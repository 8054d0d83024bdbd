"""Counting the drawers by two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors, services
from canting.cash.forms import CountForm, ReasonForm
from canting.cash.rules import COUNT_SOURCE, DRAWERS
from canting.cash.views import columns
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LATEST = 30


@require_http_methods(["GET", "POST"])
@requires("cash.count_drawer")
@listed()
def count_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down a count, see those that wait for a second person, and what came of the others."""
    if request.sheet:
        shown = columns.counts(dict(selectors.places(cooperative)))
        found = selectors.counts(cooperative=cooperative)
        return as_file(request, cooperative, "hitung-kas", shown, found)
    on = today(cooperative.zone)
    drawers = [(role, name) for role, name in selectors.places(cooperative) if role in DRAWERS]
    form = CountForm(
        request.POST or None,
        places=drawers,
        today=on,
        initial={"place": request.GET.get("tempat", "")},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.count_drawer(
                cooperative=cooperative, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(
                request,
                _("%(number)s: now a colleague looks and confirms it.") % {"number": made.number},
                kind="wait",
            )
            return redirect("cash:count_detail", cooperative.slug, made.number)
    names = dict(selectors.places(cooperative))
    context = {
        "form": form,
        "rows": [
            (count, names.get(count.place, count.place), count.counted - count.expected)
            for count in selectors.counts(cooperative=cooperative)[:LATEST]
        ],
        "held": [
            (name, format_rupiah(ledger.balance(cooperative=cooperative, role=role, as_of=on)))
            for role, name in drawers
        ],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/count_list.html", context, status=status)


def _count(cooperative: Cooperative, number: str) -> Any:
    found = selectors.count(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("cash.view_counts")
def count_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One count: who counted, what the books said, who confirmed, what was booked."""
    return _detail(request, cooperative, _count(cooperative, number), ReasonForm())


def _detail(
    request: Request, cooperative: Cooperative, count: Any, form: ReasonForm
) -> HttpResponse:
    context = {
        "count": count,
        "place_name": dict(selectors.places(cooperative)).get(count.place, count.place),
        "difference": count.counted - count.expected,
        "entry": ledger.entry_by_source(
            cooperative=cooperative, source=f"{COUNT_SOURCE}:{count.number}"
        ),
        "may_confirm": count.state == "waiting" and count.counted_by_id != request.user.pk,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/count_detail.html", context, status=status)


@require_POST
@requires("cash.count_drawer")
def count_confirm(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Confirm what a colleague counted; the difference is booked."""
    count = services.confirm_count(count=_count(cooperative, number), actor=request.user)
    difference = count.counted - count.expected
    text = _("Confirmed: the drawer fits the books.")
    if difference:
        text = _("Confirmed: %(amount)s booked as cash difference.") % {
            "amount": format_rupiah(difference)
        }
    notice(request, text, kind="done" if not difference else "wait")
    return redirect("cash:count_detail", cooperative.slug, number)


@require_POST
@requires("cash.correct_paper")
def count_undo(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan for a count: its difference reversed, with the reason."""
    count, form = _count(cooperative, number), ReasonForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.undo_count(
                count=count,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(number)s is undone. Count again.") % {"number": number})
            return redirect("cash:count_list", cooperative.slug)
    return _detail(request, cooperative, count, form)
