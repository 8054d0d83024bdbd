"""One maker's pay: what waits, consents to deductions, her bank account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.settlement import selectors
from canting.settlement.forms import BankAccountForm, ConsentForm
from canting.settlement.papers import kind_names
from canting.settlement.services import end_consent, note_consent, set_bank_account
from canting.settlement.views import columns

if TYPE_CHECKING:
    from django.forms import Form

    from canting.cooperatives.models import Cooperative, Party


@require_safe
@requires("settlement.view_slips")
@listed()
def consent_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every written consent, newest first, ended ones too."""
    found = selectors.consents(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "persetujuan-potongan", columns.CONSENTS, found)
    page = page_of(found, order=("-signed_on",), after=request.GET.get("after"))
    return render_page(request, "settlement/consent_list.html", {"page": page})


@require_POST
@requires("settlement.note_consent")
def consent_end(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """End a consent from today on."""
    found = selectors.consent(cooperative=cooperative, reference=reference)
    if found is None:
        raise Http404
    end_consent(consent=found, on=today(cooperative.zone), actor=request.user)
    messages.success(request, _("The consent has ended. No further pay loses it."))
    return redirect("settlement:maker_detail", cooperative.slug, found.party.number)


@require_http_methods(["GET", "POST"])
@requires("settlement.note_consent")
def maker_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One maker: what waits, what she owes, her consents and bank account, with their forms."""
    party = house.party_by_number(cooperative=cooperative, kind=PartyKind.MEMBER, number=number)
    if party is None:
        raise Http404
    on = today(cooperative.zone)
    about = request.POST.get("about", "") if request.method == "POST" else ""
    account = selectors.bank_account(party)
    consent_form = ConsentForm(request.POST if about == "consent" else None, today=on)
    account_form = BankAccountForm(
        request.POST if about == "account" else None,
        initial={
            "bank": account.bank if account else "",
            "number": account.number if account else "",
            "holder": account.holder if account else party.name,
        },
    )
    form: Form = consent_form if about == "consent" else account_form
    if form.is_valid():
        with tried(form) as attempt:
            _keep(request, cooperative, party, about, form)
        if attempt.done:
            messages.success(request, _("Saved."))
            return redirect("settlement:maker_detail", cooperative.slug, number)
    context = {
        "party": party,
        "card": selectors.money_card(cooperative, party, on),
        "owed": selectors.owed_by(cooperative=cooperative, party_ids=[party.pk], on=on)[party.pk],
        "consents": selectors.consents(cooperative=cooperative, party=party),
        "account": account,
        "consent_form": consent_form,
        "account_form": account_form,
        "kinds": kind_names(),
    }
    status = 422 if about else 200
    return render_page(request, "settlement/maker_detail.html", context, status=status)


def _keep(request: Request, cooperative: Cooperative, party: Party, about: str, form: Form) -> None:
    values = form.cleaned_data
    if about == "account":
        set_bank_account(
            cooperative=cooperative,
            party=party,
            bank=values["bank"],
            number=values["number"],
            holder=values["holder"],
            actor=request.user,
        )
        return
    note_consent(
        cooperative=cooperative,
        party=party,
        role=values["role"],
        purpose=values["purpose"],
        amount=values["amount"],
        signed_on=values["signed_on"],
        on=today(cooperative.zone),
        actor=request.user,
    )
