"""Slips: the list, one slip, its paper, its message, and putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.settlement import selectors
from canting.settlement.forms import CorrectionForm
from canting.settlement.papers import slip_page, slip_paper, taken_home
from canting.settlement.rules import typed_days
from canting.settlement.services import correct_slip, count_copy, note_slip_opened
from canting.settlement.views import columns
from canting.settlement.views.shared import message_of

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.settlement.models import Slip


def slip_or_404(cooperative: Cooperative, number: str, party_id: int | None = None) -> Slip:
    """The slip of this number (of this maker), else nothing is there."""
    found = selectors.slip(cooperative=cooperative, number=number, party_id=party_id)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("settlement.view_slips")
@listed()
def slip_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Slips, newest first; by name, member number or slip number."""
    words = request.GET.get("q", "").strip()
    found = selectors.slips(cooperative=cooperative, words=words)
    if request.sheet:
        return as_file(request, cooperative, "slip-bayar", columns.SLIPS, found)
    page = page_of(found, order=("-paid_date",), after=request.GET.get("after"))
    context = {"page": page, "words": words}
    return render_page(request, "settlement/slip_list.html", context, block="rows")


@require_safe
@requires("settlement.view_slips")
def slip_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One slip, with every deduction and its reason."""
    slip = slip_or_404(cooperative, number)
    context = {
        "page": slip_page(slip),
        "slip": slip,
        "trail": house.audit_trail(cooperative=cooperative, subject=slip.number),
        "successor": getattr(slip, "replaced_by", None),
        "for_staff": True,
    }
    return render_page(request, "settlement/slip_detail.html", context)


@require_safe
@requires("settlement.view_slips")
def slip_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The slip for an 80 mm printer; a reprint says which copy it is."""
    slip = slip_or_404(cooperative, number)
    return paper_answer(slip, copy=count_copy(slip=slip))


def paper_answer(slip: Slip, *, copy: int) -> HttpResponse:
    """The slip's PDF, shown in the browser and never kept on the way."""
    return downloads.paper(slip_paper(slip, copy=copy), slip.number)


@require_safe
@requires("settlement.view_slips")
def slip_picture(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The slip as a picture, to be sent by hand."""
    slip = slip_or_404(cooperative, number)
    return downloads.paper(slip_paper(slip, copy=0, format="png"), slip.number, "png")


@require_POST
@requires("settlement.pay_makers")
def slip_send(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Open the slip's text in WhatsApp and note that it was opened (never that it was sent)."""
    slip = slip_or_404(cooperative, number)
    text, address = message_of(slip)
    if not address:
        messages.warning(
            request, _("%(name)s has no mobile number here.") % {"name": slip.party.name}
        )
        return redirect("settlement:slip_detail", cooperative.slug, number)
    note_slip_opened(slip=slip, text=text, actor=request.user)
    return HttpResponseRedirect(address)


@require_http_methods(["GET", "POST"])
@requires("settlement.correct_slip")
def slip_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the slip as it was beside how it should be; reverses and writes again."""
    slip = slip_or_404(cooperative, number)
    form = CorrectionForm(
        request.POST or None,
        places=cash.places(cooperative),
        initial={"cash_place": slip.cash_place, "days": typed_days(slip.days)},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = _corrected(request, slip, form.cleaned_data)
        if attempt.done:
            messages.success(request, _("%(number)s was put right.") % {"number": slip.number})
            shown = made.number if made else slip.number
            return redirect("settlement:slip_detail", cooperative.slug, shown)
    context = {"slip": slip, "form": form, "before": _before(slip)}
    status = 422 if form.is_bound else 200
    return render_page(request, "settlement/slip_correct.html", context, status=status)


def _corrected(request: Request, slip: Slip, values: dict[str, Any]) -> Slip | None:
    return correct_slip(
        slip=slip,
        reason=values["reason"],
        on=today(slip.cooperative.zone),
        actor=request.user,
        again=values["act"] == "again",
        days=values["days"],
        cash_place=values["cash_place"],
    )


def _before(slip: Slip) -> list[tuple[str, ...]]:
    return [
        (_("Slip"), slip.number),
        (_("Maker"), f"{slip.party.name} ({slip.party.number})"),
        (_("Day"), format_date(slip.paid_date)),
        (_("Earned"), format_rupiah(slip.earned)),
        (_("Deducted"), format_rupiah(slip.deducted)),
        (taken_home(slip), format_rupiah(slip.paid), "total"),
    ]
