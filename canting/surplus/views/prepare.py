"""Preparing a decision: the surplus divided before one's eyes, then written down exactly so."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import FIRST_YEAR, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.surplus import papers, selectors, services
from canting.surplus.forms import (
    BusinessForm,
    CoverForm,
    DecisionForm,
    PercentForm,
    percent_text,
    pool_names,
)
from canting.surplus.rules import RESERVES
from canting.surplus.statements import Reckoning, percents_of, reckoning, values_on

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.surplus.selectors import YearStanding

YEARS = range(FIRST_YEAR, 9_999)


def _check_year(year: int) -> None:
    if year not in YEARS:
        raise Http404


@dataclass
class _Draft:
    """What the page of one year holds: its forms, and the surplus divided, or why it is not."""

    standing: YearStanding
    percents: PercentForm
    business: BusinessForm | None
    found: Reckoning | None = None
    refusal: str = ""

    @property
    def choices(self) -> dict[str, Any]:
        """What was chosen, as the services take it; of typed forms that can be read."""
        facts: dict[str, Any] = {}
        if self.percents.is_bound and self.percents.is_valid():
            facts = {
                "percents": self.percents.percents(),
                "others_surplus": self.percents.others,
            }
        if self.business is not None and self.business.is_bound and self.business.is_valid():
            facts["patronage"] = self.business.patronage()
        return facts

    @property
    def is_readable(self) -> bool:
        """False while something typed cannot be read."""
        forms = [self.percents, *([self.business] if self.business else [])]
        return all(not form.is_bound or form.is_valid() for form in forms)


@require_http_methods(["GET", "POST"])
@requires("surplus.prepare_sharing")
def sharing_prepare(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """Divide a closed year's surplus by percentages typed here; what is shown is what is prepared."""
    _check_year(year)
    sent = request.POST if request.method == "POST" else request.GET
    draft = _draft(cooperative, year, sent)
    form = DecisionForm(request.POST or None, today=today(cooperative.zone))
    if form.is_valid() and draft.is_readable:
        with tried(form) as attempt:
            made = services.prepare_sharing(
                cooperative=cooperative,
                year=year,
                decision=form.facts(),
                on=today(cooperative.zone),
                actor=request.user,
                **draft.choices,
            )
        if attempt.done:
            text = _("%(number)s is prepared. Someone else of the board signs it now.")
            notice(request, text % {"number": made.number}, kind="wait")
            return redirect("surplus:sharing_detail", cooperative.slug, made.number)
    _reckon(cooperative, draft)
    status = 422 if form.is_bound or (draft.percents.is_bound and draft.refusal) else 200
    context = _shown(cooperative, draft) | {"form": form, "year": year}
    return render_page(request, "surplus/sharing_prepare.html", context, status=status)


def _draft(cooperative: Cooperative, year: int, sent: QueryDict) -> _Draft:
    standing = selectors.standing_of_year(cooperative=cooperative, year=year)
    typed = any(name.startswith("p_") for name in sent)
    old = standing.from_old_book
    values = values_on(cooperative=cooperative, on=ledger.year_days(year)[1])
    initial = {f"p_{pool}": percent for pool, percent in percents_of(values).items()}
    percents = PercentForm(sent if typed else None, from_old_book=old, initial=initial)
    business = None
    if old:
        people = house.parties(cooperative=cooperative, kind=PartyKind.MEMBER)
        members = [(one.pk, f"{one.name} ({one.number})") for one in people]
        business = BusinessForm(sent if typed else None, members=members)
    return _Draft(standing, percents, business)


def _reckon(cooperative: Cooperative, draft: _Draft) -> None:
    if not draft.is_readable:
        return
    with tried() as attempt:
        draft.found = reckoning(cooperative=cooperative, year=draft.standing.year, **draft.choices)
    draft.refusal = attempt.words


def _shown(cooperative: Cooperative, draft: _Draft) -> dict[str, Any]:
    found, names = draft.found, pool_names()
    context: dict[str, Any] = {
        "percents": draft.percents,
        "business": draft.business,
        "standing": draft.standing,
        "refusal": draft.refusal,
        "found": found,
        "kept": _kept(draft),
    }
    if found is None:
        return context
    people = house.parties(cooperative=cooperative).in_bulk(list(found.proposal.members))
    rows = [(people[pk], part) for pk, part in found.proposal.members.items()]
    title = _("%(amount)s of %(year)s, and where it would go") % {
        "amount": format_rupiah(found.surplus),
        "year": found.year,
    }
    return context | {
        "pools": [
            (names[key], percent_text(found.percents[key]), amount)
            for key, amount in found.proposal.pools.items()
        ],
        "rows": rows,
        "total": sum(part.total for _party, part in rows),
        "chart": papers.chart_of(title, found.surplus, found.proposal.pools, names),
    }


def _kept(draft: _Draft) -> list[tuple[str, str]]:
    """What was typed on top, sent again with the decision: what is shown is what is prepared."""
    found = []
    for form in (draft.percents, draft.business):
        for bound in form or ():
            value = bound.value()
            text = percent_text(value) if isinstance(value, Decimal) else str(value or "")
            found.append((bound.name, text))
    return found


@require_http_methods(["GET", "POST"])
@requires("surplus.prepare_sharing")
def loss_prepare(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """Write down what the meeting covers of a loss from the reserves."""
    _check_year(year)
    on = today(cooperative.zone)
    standing = selectors.standing_of_year(cooperative=cooperative, year=year)
    proposed = selectors.cover_proposed(cooperative=cooperative, loss=standing.loss_left, on=on)
    form = CoverForm(request.POST or None, today=on, proposed=proposed)
    if form.is_valid():
        with tried(form) as attempt:
            made = services.prepare_cover(
                cooperative=cooperative,
                year=year,
                amounts=form.amounts(),
                decision=form.facts(),
                on=on,
                actor=request.user,
            )
        if attempt.done:
            text = _("%(number)s is prepared. Someone else of the board signs it now.")
            notice(request, text % {"number": made.number}, kind="wait")
            return redirect("surplus:sharing_detail", cooperative.slug, made.number)
    reserves = selectors.reserves(cooperative=cooperative)
    context = {
        "form": form,
        "standing": standing,
        "year": year,
        "reserves": [(_(RESERVES[role]), format_rupiah(left)) for role, left in reserves.items()],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "surplus/loss_prepare.html", context, status=status)
