"""Contracts with partners: the list, one with all that stands on it, written, approved, put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import PartyKind
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.lending import selectors, services
from canting.lending.forms import ApproveForm, FacilityForm, FinancierForm, put_right
from canting.lending.papers import statement
from canting.lending.rules import AGENT, CHARGES, FINANCIERS, MODES, PREPARED, REVERSED, STATES
from canting.lending.views import columns
from canting.lending.views.common import (
    Facts,
    approval_facts,
    correct_page,
    found_or_404,
    photos_of,
    posted,
    terms_facts,
    written,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.lending.models import Facility


@require_safe
@requires("lending.view_facilities")
@listed()
def facility_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every contract with what is owed, passed on and due next."""
    words = request.GET.get("cari", "")[:60]
    found = selectors.facilities(cooperative=cooperative, words=words)
    if request.sheet:
        stands = selectors.facility_stands(found)
        return as_file(request, cooperative, "dana-mitra", columns.FACILITIES, stands)
    on = today(cooperative.zone)
    running = selectors.running_onlends(cooperative=cooperative)
    owed = selectors.running_facilities(cooperative=cooperative)
    page = page_of(found, order=["-signed_on"], after=request.GET.get("after"))
    context = {
        "stands": selectors.facility_stands(page.rows),
        "page": page,
        "words": words,
        "owed": sum(one.owed for one in owed if one.facility.mode != AGENT),
        "out": sum(one.left for one in running),
        "late": sum(one.late_amount(on) for one in running),
        "unwritten": selectors.unwritten(cooperative=cooperative),
        "unnamed": selectors.unnamed_partners(cooperative=cooperative),
        "has_partners": selectors.financiers(cooperative=cooperative).exists(),
        "states": {key: _(word) for key, word in STATES.items()},
        "on": on,
    }
    return render_page(request, "lending/facility_list.html", context, block="rows")


@require_safe
@requires("lending.view_facilities")
@listed()
def due_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What is due when, to partners and from members, in the next weeks."""
    on = today(cooperative.zone)
    until = asked_day(request.GET.get("sampai"), on.replace(year=on.year + 1, day=1))
    rows = selectors.dues(cooperative=cooperative, until=until)
    if request.sheet:
        return as_file(request, cooperative, "jatuh-tempo", columns.DUES, rows)
    context = {
        "rows": rows[:200],
        "hidden": max(len(rows) - 200, 0),
        "until": until,
        "on": on,
        "out": sum(one.total for one in rows if one.goes_out),
        "inward": sum(one.total for one in rows if not one.goes_out),
    }
    return render_page(request, "lending/due_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("lending.prepare_contracts")
def financier_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write a new partner down."""
    return _financier(request, cooperative, None)


@require_http_methods(["GET", "POST"])
@requires("lending.prepare_contracts")
def financier_name(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Say what kind of partner the old book brought."""
    party = house.party_by_number(cooperative=cooperative, kind=PartyKind.FINANCIER, number=number)
    found_or_404(party)
    if selectors.financier(cooperative=cooperative, number=number) is not None:
        return redirect("lending:facility_new", cooperative.slug)
    return _financier(request, cooperative, party)


def _financier(request: Request, cooperative: Cooperative, party: Any) -> HttpResponse:
    form = FinancierForm(posted(request), initial={"name": party.name if party else ""})
    if party is not None:
        form.fields["name"].disabled = True
    if form.is_valid():
        with tried(form) as attempt:
            made = services.add_financier(
                cooperative=cooperative,
                on=today(cooperative.zone),
                actor=request.user,
                party=party,
                **form.cleaned_data,
            )
        if attempt.done:
            notice(request, _("%(name)s is written down.") % {"name": made.party.name})
            return redirect("lending:facility_new", cooperative.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "party": party}
    return render_page(request, "lending/financier_new.html", context, status=status)


def _facility_form(request: Request, cooperative: Cooperative, **options: Any) -> FacilityForm:
    partners = [
        (one.party.number, f"{one.party.name} · {_(FINANCIERS[one.kind])}")
        for one in selectors.financiers(cooperative=cooperative)
    ]
    on = today(cooperative.zone)
    return FacilityForm(
        posted(request), request.FILES or None, today=on, partners=partners, **options
    )


@require_http_methods(["GET", "POST"])
@requires("lending.prepare_contracts")
def facility_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down a contract; the board approves it before money is drawn."""
    form = _facility_form(request, cooperative)

    def act() -> Any:
        return services.prepare_facility(
            cooperative=cooperative,
            on=today(cooperative.zone),
            actor=request.user,
            **_facts(cooperative, form),
        )

    return written(
        request,
        cooperative,
        form,
        act,
        detail="lending:facility_detail",
        template="lending/facility_new.html",
        context={"has_partners": selectors.financiers(cooperative=cooperative).exists()},
    )


def _facts(cooperative: Cooperative, form: FacilityForm) -> dict[str, Any]:
    number = form.cleaned_data["financier"]
    found = selectors.financier(cooperative=cooperative, number=number)
    return {"financier": found, "deal": form.deal()}


def facts_of(facility: Facility) -> Facts:
    """What a contract says, as rows."""
    charge = _(CHARGES[facility.charge])
    rows: Facts = [
        (_("Partner"), facility.financier.party.name),
        (_("What kind"), _(FINANCIERS[facility.financier.kind])),
        (_("Number of the contract"), facility.contract),
        (_("Signed on"), format_date(facility.signed_on)),
        (_("Most that may be drawn"), format_rupiah(facility.limit)),
        (_("Whose debt is it?"), _(MODES[facility.mode])),
    ]
    if facility.purpose:
        rows.append((_("What it is for"), facility.purpose))
    return [*rows, *terms_facts(facility, charge)]


@require_safe
@requires("lending.view_facilities")
@listed()
def facility_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One contract: its sums, instalments, papers, and what is passed on of it."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    if request.sheet:
        moves = selectors.moves_of(facility)
        return as_file(request, cooperative, number, columns.MOVEMENTS, moves)
    given = selectors.onlends(cooperative=cooperative, facility=facility)
    context = {
        "facility": facility,
        "stand": selectors.facility_stand(facility),
        "charge": _(CHARGES[facility.charge]),
        "is_agent": facility.mode == AGENT,
        "draws": list(selectors.draws_of(facility)),
        "repayments": list(selectors.repayments_of(facility)),
        "onlends": selectors.onlend_stands(given),
        "states": {key: _(word) for key, word in STATES.items()},
        "facts": facts_of(facility),
        "approval": approval_facts(facility),
        "photos": photos_of(cooperative, number),
        "on": today(cooperative.zone),
    }
    return render_page(request, "lending/facility_detail.html", context)


@require_safe
@requires("lending.view_facilities")
def facility_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The statement of a contract, for both sides to sign."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    return downloads.paper(statement(facility, on=on, facts=facts_of(facility)), number)


@require_http_methods(["GET", "POST"])
@requires("lending.approve_contracts")
def facility_approve(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The board reads the contract and approves it."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    if facility.state != PREPARED:
        return redirect("lending:facility_detail", cooperative.slug, number)
    return approve_page(
        request,
        cooperative,
        number,
        partial(services.approve_facility, facility=facility),
        facts=[*facts_of(facility), *approval_facts(facility)],
        detail="lending:facility_detail",
        photos=photos_of(cooperative, number),
    )


def approve_page(
    request: Request,
    cooperative: Cooperative,
    number: str,
    act: Any,
    *,
    facts: Facts,
    detail: str,
    photos: Any,
) -> HttpResponse:
    """A prepared contract with the button that approves it."""
    form = ApproveForm(posted(request))
    if form.is_valid():
        with tried(form) as attempt:
            decision = form.cleaned_data["decision"]
            act(on=today(cooperative.zone), actor=request.user, decision=decision)
        if attempt.done:
            notice(request, _("%(number)s is approved.") % {"number": number})
            return redirect(detail, cooperative.slug, number)
    context = {"form": form, "number": number, "facts": facts, "detail": detail, "photos": photos}
    status = 422 if form.is_bound else 200
    return render_page(request, "lending/approve.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("lending.correct_papers")
def facility_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan, before money is drawn: the new contract waits for the board again."""
    facility = found_or_404(selectors.facility(cooperative=cooperative, number=number))
    if facility.state == REVERSED:
        return redirect("lending:facility_detail", cooperative.slug, number)
    names = (
        "contract", "signed_on", "limit", "mode", "charge", "purpose", "instalments", "first_due",
        "months", "grace", "method",
    )  # fmt: skip
    initial = {name: getattr(facility, name) for name in names}
    initial |= {"financier": facility.financier.party.number, "rate": facility.rate or None}
    form = put_right(_facility_form(request, cooperative, initial=initial))
    return correct_page(
        request,
        cooperative,
        number,
        form,
        partial(services.correct_facility, facility=facility),
        before=facts_of(facility),
        detail="lending:facility_detail",
        money=("limit",),
        facts=lambda: _facts(cooperative, form),
        effect=_("The new contract gets its own number and waits for the board again."),
    )
