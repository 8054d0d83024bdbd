"""Recurring entries: what is due and booked with one key, what comes, each entry's own page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors as cash
from canting.cash.rules import PURPOSES
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import BadDate, parse_date, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import parse_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import selectors, services
from canting.treasury.errors import EndsBeforeFirst
from canting.treasury.forms import ReasonForm, RecurringForm, WhatForm
from canting.treasury.rules import PAID, RHYTHMS, WAYS
from canting.treasury.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.treasury.models import Recurring

HISTORY = 24
FIELD_OF: dict[type[DomainError], str] = {EndsBeforeFirst: "until"}


@require_safe
@requires("treasury.view_costs")
@listed()
def recurring_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What is due, to be ticked and booked with one key; then every recurring entry."""
    if request.sheet:
        shown = columns.recurring(rhythm_words)
        rows = selectors.coming(cooperative=cooperative, on=today(cooperative.zone))
        return as_file(request, cooperative, "entri-rutin", shown, rows)
    return _page(request, cooperative)


def _page(request: Request, cooperative: Cooperative, refusal: str = "") -> HttpResponse:
    on = today(cooperative.zone)
    due = selectors.due_until(cooperative=cooperative, until=on)
    typed = request.POST if refusal else None
    rows = [
        {
            "one": one,
            "on": typed is None or one.key in typed.getlist("pilih"),
            "amount": _shown(one.recurring, typed, one.key),
        }
        for one in due
    ]
    coming = selectors.coming(cooperative=cooperative, on=on)
    running = [one for one in coming if not one.recurring.ended_on]
    context = {
        "due": rows,
        "total": sum(one.recurring.amount or 0 for one in due),
        "running": sorted(running, key=lambda one: (one.next_day or date.max, one.recurring.name)),
        "over": [one for one in coming if one.recurring.ended_on],
        "paid_on": typed.get("tanggal", "") if typed else "",
        "rhythm": rhythm_words,
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "treasury/recurring_page.html", context, status=status)


def _shown(one: Recurring, typed: Any, key: str) -> str:
    if typed is not None and f"jumlah-{key}" in typed:
        return str(typed[f"jumlah-{key}"])[:40]
    amount = one.amount or selectors.last_amount(one)
    return f"{amount:,}".replace(",", ".") if amount else ""


def rhythm_words(one: Recurring) -> str:
    """How often something is due, in words."""
    often = RHYTHMS.get(one.every)
    words = _(often) if often else _("Every %(count)s months") % {"count": one.every}
    return _("%(often)s, day %(day)s") % {"often": words, "day": one.day}


@require_POST
@requires("treasury.record_costs")
def recurring_post(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Book what was ticked."""
    on = today(cooperative.zone)
    with tried() as attempt:
        chosen = [_chosen(request, key) for key in request.POST.getlist("pilih")]
        made = services.post_dues(
            cooperative=cooperative,
            chosen=[one for one in chosen if one is not None],
            on=on,
            actor=request.user,
            paid_on=parse_date(request.POST.get("tanggal", ""), today=on),
        )
    if not attempt.done:
        return _page(request, cooperative, attempt.words)
    papers = [one.paper or one.accrual for one in made]
    told = ", ".join(paper.number for paper in papers if paper is not None)
    notice(request, _("Booked: %(numbers)s.") % {"numbers": told})
    return redirect("treasury:recurring_page", cooperative.slug)


def _chosen(request: Request, key: str) -> services.Chosen | None:
    """One ticked row with the amount typed beside it; BadRupiah when that is none."""
    pk, _bar, day = key.partition("|")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return None
    return services.Chosen(int(pk), due, parse_rupiah(request.POST.get(f"jumlah-{key}", "")))


def form_facts(cooperative: Cooperative) -> dict[str, Any]:
    """What the forms of recurring entries ask for when they are made."""
    return {
        "places": cash.places(cooperative),
        "accounts": selectors.expense_choices(cooperative=cooperative),
        "today": today(cooperative.zone),
    }


@require_http_methods(["GET", "POST"])
@requires("treasury.record_costs")
def recurring_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down what comes again and again."""
    form = RecurringForm(request.POST or None, **form_facts(cooperative))
    if form.is_valid():
        typed = form.cleaned_data
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.add_recurring(
                cooperative=cooperative,
                what=form.what(),
                every=int(typed["every"]),
                day=typed["day"] or typed["first"].day,
                first=typed["first"],
                until=typed["until"],
                times=typed["times"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(name)s is written down.") % {"name": made.name})
            return redirect("treasury:recurring_page", cooperative.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/recurring_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires("treasury.record_costs")
def recurring_change(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Change what it books or when it ends; the rhythm stays."""
    one = _one(cooperative, pk)
    names = ("name", "amount", "purpose", "place", "counterparty", "until", "times")
    initial = {name: getattr(one, name) for name in names}
    initial["account"] = one.account.code if one.account else ""
    facts = form_facts(cooperative)
    form = WhatForm(request.POST or None, way=one.way, initial=initial, **facts)
    form.fields["until"].initial = one.until
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            services.change_recurring(
                recurring=one,
                what=form.what(),
                until=form.cleaned_data["until"],
                times=form.cleaned_data["times"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("Changed. What was booked stays as it is."))
            return redirect("treasury:recurring_detail", cooperative.slug, pk)
    context = {"form": form, "one": one, "rhythm": rhythm_words(one)}
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/recurring_change.html", context, status=status)


@require_safe
@requires("treasury.view_costs")
def recurring_detail(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """One recurring entry: what it books, what is due, what was done."""
    return _detail(request, cooperative, _one(cooperative, pk), ReasonForm())


@require_POST
@requires("treasury.record_costs")
def recurring_rest(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Let it rest, or go on."""
    one = _one(cooperative, pk)
    on = today(cooperative.zone)
    act = services.go_on if one.paused_on else services.pause
    with tried() as attempt:
        act(recurring=one, on=on, actor=request.user)
    text = _("It goes on.") if one.paused_on else _("It rests: nothing of it is due.")
    notice(
        request, text if attempt.done else attempt.words, kind="done" if attempt.done else "wait"
    )
    return redirect("treasury:recurring_detail", cooperative.slug, pk)


@require_POST
@requires("treasury.record_costs")
def recurring_end(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """End it today, with the reason."""
    return _with_reason(request, cooperative, pk, "end")


@require_POST
@requires("treasury.record_costs")
def recurring_pass(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Pass one due day over, with the reason."""
    return _with_reason(request, cooperative, pk, "pass")


def _with_reason(request: Request, cooperative: Cooperative, pk: int, act: str) -> HttpResponse:
    one = _one(cooperative, pk)
    on = today(cooperative.zone)
    form = ReasonForm(request.POST)
    if form.is_valid():
        facts = {"recurring": one, "reason": form.cleaned_data["reason"], "actor": request.user}
        with tried(form) as attempt:
            if act == "end":
                services.end_recurring(on=on, **facts)
                text = _("It ended. What was due before stays due.")
            else:
                services.pass_over(due=_day(request, on), on=on, **facts)
                text = _("Passed over: nothing is booked for that day.")
        if attempt.done:
            notice(request, text)
            return redirect("treasury:recurring_detail", cooperative.slug, pk)
    return _detail(request, cooperative, one, form)


def _day(request: Request, on: date) -> date:
    try:
        return parse_date(request.POST.get("hari", ""), today=on) or on
    except BadDate:
        return on


def _detail(
    request: Request, cooperative: Cooperative, one: Recurring, form: ReasonForm
) -> HttpResponse:
    on = today(cooperative.zone)
    met = [(row, selectors.standing_paper(row)) for row in selectors.dues_of([one])[:HISTORY]]
    due = [] if one.paused_on else selectors.due_of(one, on)
    what = (
        (_("What for"), _(PURPOSES[one.purpose].label))
        if one.way == PAID
        else (_("Account of the cost"), ledger.label(one.account) if one.account else "")
    )
    context = {
        "one": one,
        "what": what,
        "way": _(WAYS[one.way]),
        "place": dict(cash.places(cooperative)).get(one.place, ""),
        "rhythm": rhythm_words(one),
        "next_day": next(
            (c.next_day for c in selectors.coming(cooperative=cooperative, on=on)
             if c.recurring.pk == one.pk), None,
        ),
        "due": due,
        "met": met,
        "form": form,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/recurring_detail.html", context, status=status)


def _one(cooperative: Cooperative, pk: int) -> Recurring:
    found = selectors.recurring(cooperative=cooperative, pk=pk)
    if found is None:
        raise Http404
    return found
