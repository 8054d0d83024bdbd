"""Tax invoices of suppliers: written down beside the purchase, shown, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.taxes import selectors, services
from canting.taxes.forms import FakturForm, put_right
from canting.taxes.views.common import FIELD_OF, found_or_404, payees
from canting.taxes.views.papers import answer_correction, answer_put_right, show_paper

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.taxes.models import InputVat


def _form(request: Request, cooperative: Cooperative, **options: Any) -> FakturForm:
    day = today(cooperative.zone)
    if not selectors.may_owe_vat(cooperative=cooperative, on=day):
        raise Http404
    return FakturForm(
        request.POST or None,
        today=day,
        places=cash.places(cooperative),
        payees=payees(cooperative, PartyKind.SUPPLIER),
        **options,
    )


def _typed(cooperative: Cooperative, given: dict[str, Any]) -> dict[str, Any]:
    typed = dict(given)
    typed["party"] = house.parties(cooperative=cooperative).get(pk=typed["party"])
    return typed


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def faktur_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write down the VAT of a supplier's tax invoice."""
    given = {"paper": request.GET.get("surat", ""), "party": request.GET.get("pemasok", "")}
    form = _form(request, cooperative, initial=given)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.write_input_vat(
                cooperative=cooperative,
                actor=request.user,
                **_typed(cooperative, form.cleaned_data),
            )
        if attempt.done:
            notice(request, _("%(paper)s is written.") % {"paper": made.number})
            return redirect("taxes:faktur_detail", cooperative.slug, made.number)
    status = 422 if form.is_bound else 200
    return render_page(request, "taxes/faktur_new.html", {"form": form}, status=status)


def _facts(made: InputVat) -> list[tuple[str, str]]:
    place = made.place and cash.place_name(cooperative=made.cooperative, place=made.place)
    return [
        (_("Supplier"), made.party.name),
        (_("Number of the tax invoice"), made.faktur),
        (_("Date of the tax invoice"), format_date(made.faktur_on)),
        (_("Our paper of the purchase"), made.bought or "-"),
        (_("Booked on"), format_date(made.on)),
        (_("Price without VAT"), format_rupiah(made.base)),
        (_("VAT"), format_rupiah(made.vat)),
        (_("Paid from"), place or _("owed to the supplier")),
    ]


@require_safe
@requires("taxes.view_taxes")
def faktur_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One tax invoice of a supplier."""
    made = found_or_404(selectors.faktur_by_number(cooperative=cooperative, number=number))
    names = ("taxes:faktur_detail", "taxes:faktur_correct")
    return show_paper(request, made, _("Tax invoice of a supplier"), _facts(made), names)


@require_http_methods(["GET", "POST"])
@requires("taxes.pay_taxes")
def faktur_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: reverse input VAT and write it anew, or only cancel it."""
    made = found_or_404(selectors.faktur_by_number(cooperative=cooperative, number=number))
    names = ("faktur", "faktur_on", "base", "vat", "place")
    typed = {name: getattr(made, name) for name in names}
    initial = typed | {"party": str(made.party_id), "paper": made.bought}
    form = put_right(_form(request, cooperative, initial=initial))
    if form.is_valid():
        given = _typed(cooperative, form.cleaned_data)
        reason, only_cancel, on = (given.pop(name) for name in ("reason", "only_cancel", "on"))
        with tried(form, beside=FIELD_OF) as attempt:
            again = services.correct_input_vat(
                paper=made,
                reason=reason,
                on=on,
                actor=request.user,
                replacement=None if only_cancel else given,
            )
        if attempt.done:
            return answer_put_right(request, made, again, "taxes:faktur_detail")
    return answer_correction(request, made, form, _facts(made), "taxes:faktur_detail")
