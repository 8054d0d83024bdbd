"""An asset that leaves: written down, its paper, put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.assets import selectors, services
from canting.assets.errors import LeftTooEarly, NothingReceived, PlaceNeeded
from canting.assets.forms import DisposalForm, put_right
from canting.assets.rules import ENDINGS
from canting.assets.views.common import correct_page, form_facts, found_or_404, posted
from canting.cash import selectors as cash
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import format_date, last_of_month, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.assets.models import Disposal
    from canting.cooperatives.models import Cooperative

FIELD_OF: dict[type[DomainError], str] = {
    PlaceNeeded: "place",
    NothingReceived: "received",
    LeftTooEarly: "on",
}


@require_http_methods(["GET", "POST"])
@requires("assets.record_assets")
def disposal_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write down that an asset was sold, broke, was lost or given away."""
    asset = found_or_404(selectors.asset(cooperative=cooperative, number=number))
    form = DisposalForm(posted(request), **form_facts(cooperative, "places"))
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.dispose(asset=asset, actor=request.user, **form.facts())
        if attempt.done:
            notice(request, _("%(number)s: it has left.") % {"number": made.number})
            return redirect("assets:disposal_detail", cooperative.slug, made.number)
    on = today(cooperative.zone)
    context = {
        "form": form,
        "asset": asset,
        "due": selectors.due_of(asset, until=last_of_month(on)).amount,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "assets/disposal_new.html", context, status=status)


def facts_of(paper: Disposal) -> list[tuple[Any, ...]]:
    """What the paper of a disposal says, as rows."""
    result = paper.received - (paper.cost - paper.lost)
    rows: list[tuple[Any, ...]] = [
        (_("Asset"), paper.asset.name),
        (_("What became of it"), _(ENDINGS[paper.ending])),
        (_("Date"), format_date(paper.on)),
        (_("What it cost"), format_rupiah(paper.cost)),
        (_("Lost so far"), format_rupiah(paper.lost)),
        (_("Left of it"), format_rupiah(paper.cost - paper.lost)),
        (_("Got for it"), format_rupiah(paper.received)),
        (_("Gain") if result >= 0 else _("Loss"), format_rupiah(abs(result)), "total"),
    ]
    if paper.place:
        name = cash.place_name(cooperative=paper.cooperative, place=paper.place)
        rows.append((_("Money came into"), name))
    if paper.buyer:
        rows.append((_("To whom"), paper.buyer))
    return rows


@require_safe
@requires("assets.view_assets")
def disposal_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One asset that left, as a paper."""
    paper = found_or_404(selectors.disposal(cooperative=cooperative, number=number))
    context = {"paper": paper, "facts": facts_of(paper)}
    return render_page(request, "assets/disposal_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("assets.correct_papers")
def disposal_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the asset is there again, and leaves the right way or not at all."""
    paper = found_or_404(selectors.disposal(cooperative=cooperative, number=number))
    if paper.state == "reversed":
        return redirect("assets:disposal_detail", cooperative.slug, number)
    names = ("ending", "received", "place", "buyer", "on")
    form = put_right(
        DisposalForm(
            posted(request),
            initial={name: getattr(paper, name) for name in names},
            **form_facts(cooperative, "places"),
        )
    )
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_disposal, paper=paper),
        beside=FIELD_OF,
        before=facts_of(paper),
        detail="assets:disposal_detail",
        money=("received",),
    )
