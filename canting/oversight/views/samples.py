"""Samples: drawn by a seed, each paper ticked, what does not agree made a finding, printed."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import Role
from canting.kernel import downloads
from canting.kernel.charts import progress
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.tables_out import column
from canting.oversight import services
from canting.oversight.forms import SampleForm, TickForm
from canting.oversight.papers import sample_pdf
from canting.oversight.rules import Population
from canting.oversight.selectors import findings, samples
from canting.oversight.selectors.words import METHODS, POPULATIONS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.oversight.models import Sample, SampleItem

QUARTER = timedelta(days=90)
COLUMNS = (
    column("place", _("No."), "number"),
    column("paper", _("Paper"), "identity"),
    column("key", _("Drawn by"), "identity"),
    column("day", _("Date"), "date"),
    column("what", _("What"), width=48),
    column("amount", _("Amount"), "money"),
    column(lambda row: verdict(row)[1], _("Agrees?")),
    column("note", _("Note"), width=40),
    column("finding", _("Finding"), "identity"),
)
# The page of the papers that are no journal entries.
PAGES = {
    Population.HAND_OUTS: "purchasing:hand_out_detail",
    Population.INSPECTIONS: "quality:inspection_detail",
}


def verdict(item: SampleItem) -> tuple[str, str]:
    """The kind and the words of what was found on a drawn paper."""
    agrees = getattr(item, "agrees", None)
    if agrees is None:
        return "wait", _("not compared yet")
    return ("done", _("agrees")) if agrees else ("wrong", _("does not agree"))


def item_url(cooperative: Cooperative, sample: Sample, item: SampleItem) -> str:
    """Where a drawn paper is looked at: its entry, from there its photo; or its own page."""
    page = PAGES.get(Population(sample.population))
    if page:
        return reverse(page, args=[cooperative.slug, item.key])
    return reverse("ledger:entry_detail", args=[cooperative.slug, int(item.key)])


@require_safe
@requires("oversight.view_samples")
def sample_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Samples, the newest first, each with how far it has come."""
    page = page_of(
        samples.samples(cooperative=cooperative), order=["-pk"], after=request.GET.get("after")
    )
    context = {
        "page": page,
        "rows": [(row, _bar(row)) for row in page.rows],
        "populations": POPULATIONS,
    }
    return render_page(request, "oversight/sample_list.html", context, block="rows")


def _bar(found: Any) -> Any:
    text = _("%(done)s of %(all)s compared") % {"done": found.compared, "all": found.drawn}
    return progress(text, found.compared, found.drawn)


@require_http_methods(["GET", "POST"])
@requires("oversight.draw_sample")
def sample_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Draw a sample; the seed is proposed and may be typed over."""
    on = today(cooperative.zone)
    form = SampleForm(
        request.POST or None,
        today=on,
        since=on - QUARTER,
        seed=str(10_000_000 + secrets.randbelow(90_000_000)),
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = services.draw_sample(
                cooperative=cooperative, on=on, actor=request.user, **form.facts()
            )
        if attempt.done:
            notice(request, _("%(number)s is drawn.") % {"number": made.number})
            return redirect("oversight:sample_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "oversight/sample_new.html", {"form": form}, status=status)


def _found(cooperative: Cooperative, number: str) -> Sample:
    found = samples.sample(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("oversight.view_samples")
@listed()
def sample_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One sample: its seed, its papers in the order of the draw, each to be ticked."""
    found = _found(cooperative, number)
    if request.sheet:
        return as_file(request, cooperative, number, COLUMNS, samples.items_of(found))
    return _detail(request, cooperative, found)


def _detail(
    request: Request,
    cooperative: Cooperative,
    found: Sample,
    form: TickForm | None = None,
    place: int = 0,
) -> HttpResponse:
    items = list(samples.items_of(found))
    names = findings.addressees(cooperative=cooperative)
    context = {
        "sample": found,
        "items": [(one, verdict(one), item_url(cooperative, found, one)) for one in items],
        "population": POPULATIONS[found.population],
        "method": METHODS[found.method],
        "bar": _bar(found),
        "form": form or TickForm(names=names),
        "place": place,
        "differ": sum(1 for one in items if getattr(one, "agrees", None) is False),
    }
    status = 422 if form is not None else 200
    return render_page(request, "oversight/sample_detail.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("oversight.draw_sample")
def sample_tick(
    request: Request, cooperative: Cooperative, place: int, number: str
) -> HttpResponse:
    """Say whether one drawn paper agrees; when not, with a note and at once a finding."""
    found = _found(cooperative, number)
    item = samples.item(found=found, place=place)
    if item is None:
        raise Http404
    back = redirect("oversight:sample_detail", cooperative.slug, number)
    if request.method == "GET":
        return back
    form = TickForm(request.POST, names=findings.addressees(cooperative=cooperative))
    if form.is_valid():
        typed = form.cleaned_data
        role = typed["addressed_to"]
        with tried(form, beside="note") as attempt:
            services.tick_item(
                item=item,
                agrees=typed["agrees"],
                note=typed["note"],
                addressed_to=Role(role) if role else None,
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            back["Location"] += f"#p{place}"
            return back
    return _detail(request, cooperative, found, form, place)


@require_safe
@requires("oversight.view_samples")
def sample_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The working paper of a sample on A4, with the seed that repeats it."""
    found = _found(cooperative, number)
    rows = [(one, verdict(one)[1]) for one in samples.items_of(found)]
    content = sample_pdf(cooperative, found, rows, made_by=str(request.user))
    return downloads.paper(content, number)
