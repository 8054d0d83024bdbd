"""Advances to staff: who holds what, giving one, accounting for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cash import selectors, services
from canting.cash.forms import AdvanceForm, NotaFormSet, SettleForm
from canting.cash.rules import Nota
from canting.cash.views import columns
from canting.cash.views.shared import FIELD_OF, address, desk_form
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import create_party
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LATEST = 20


def _staff(cooperative: Cooperative) -> list[Any]:
    return list(house.parties(cooperative=cooperative, kind=PartyKind.STAFF))


@require_http_methods(["GET", "POST"])
@requires("cash.handle_advance")
@listed()
def advance_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Who has money to account for, and giving an advance."""
    if request.sheet:
        held = ledger.party_balances(cooperative=cooperative, role="staff_advance")
        return as_file(request, cooperative, "uang-muka-kerja", columns.ADVANCES, held)
    staff = _staff(cooperative)
    form = desk_form(
        AdvanceForm,
        cooperative,
        today(cooperative.zone),
        request,
        staff=[(party.number, str(party)) for party in staff],
    )
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            paper = _give(request, cooperative, form, staff)
        if attempt.done:
            notice(
                request,
                _("%(number)s: %(name)s holds %(amount)s.")
                % {
                    "number": paper.number,
                    "name": paper.counterparty,
                    "amount": format_rupiah(paper.amount),
                },
            )
            return redirect("cash:advance_list", cooperative.slug)
    open_ = ledger.party_balances(cooperative=cooperative, role="staff_advance")
    context = {
        "form": form,
        "rows": [(row, address("cash:advance_settle", cooperative, row.number)) for row in open_],
        "latest": selectors.papers(cooperative=cooperative, kind="settlement")[:LATEST],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/advance_list.html", context, status=status)


def _give(request: Request, cooperative: Cooperative, form: AdvanceForm, staff: list[Any]) -> Any:
    facts = form.facts()
    number, name = facts.pop("staff"), facts.pop("new_name")
    party = next((one for one in staff if one.number == number), None) or create_party(
        cooperative=cooperative, kind=PartyKind.STAFF, name=name, on=facts["on"]
    )
    return services.give_advance(cooperative=cooperative, staff=party, actor=request.user, **facts)


@require_http_methods(["GET", "POST"])
@requires("cash.handle_advance")
def advance_settle(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Receipts of an advance and the money that came back."""
    party = house.party_by_number(cooperative=cooperative, kind=PartyKind.STAFF, number=number)
    if party is None:
        raise Http404
    form = desk_form(
        SettleForm,
        cooperative,
        today(cooperative.zone),
        request,
        initial={"memo": _("Receipts for the advance")},
    )
    notas = NotaFormSet(request.POST or None, prefix="nota")
    if form.is_valid() and notas.is_valid():
        facts = dict(form.cleaned_data)
        with tried(form, beside=FIELD_OF) as attempt:
            paper = services.settle_advance(
                cooperative=cooperative,
                staff=party,
                notas=[
                    Nota(typed["purpose"], typed["amount"], typed["memo"] or facts["memo"])
                    for typed in notas.cleaned_data
                    if typed.get("amount")
                ],
                actor=request.user,
                **{**facts, "returned": facts["returned"] or 0},
            )
        if attempt.done:
            notice(request, _("%(number)s: accounted for.") % {"number": paper.number})
            return redirect("cash:advance_list", cooperative.slug)
    left = ledger.party_balance(cooperative=cooperative, role="staff_advance", party=party)
    context = {"form": form, "notas": notas, "party": party, "left": left}
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/advance_settle.html", context, status=status)
