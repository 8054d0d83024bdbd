"""Members get their parts: the list of who waits, paying those ticked, the vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash import selectors as cash
from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cash.rules import DRAWERS
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.tables_out import Column, write_xlsx
from canting.settlement import selectors as settlement
from canting.surplus import papers, selectors, services
from canting.surplus.errors import ConsentNeeded, NothingOpen, PlaceNeeded
from canting.surplus.forms import PayForm, PayoutForm, way_names
from canting.surplus.rules import CASH, POSTED, REVERSED, TRANSFER
from canting.surplus.services import Choice
from canting.surplus.views import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canting.cooperatives.models import Cooperative
    from canting.surplus.models import Payout
    from canting.surplus.selectors import OpenPart

TICK = "bayar"
MOST_DIGITS = 15
FIELD_OF: dict[type[DomainError], str] = {
    ConsentNeeded: "consent",
    PlaceNeeded: "cash_place",
    NotEnoughCash: "cash_place",
}
FIELD_OF_ONE: dict[type[DomainError], str] = {
    ConsentNeeded: "consent",
    PlaceNeeded: "place",
    NotEnoughCash: "place",
    UnknownPlace: "place",
    NothingOpen: "amount",
}


@require_http_methods(["GET", "POST"])
@requires("surplus.pay_parts")
def payout_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Who has not got the part yet; those ticked are paid with exactly the amount shown."""
    rows = selectors.open_parts(cooperative=cooperative)
    form = _pay_form(request, cooperative, rows)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.pay_parts(
                cooperative=cooperative,
                choices=_choices(request, cooperative, form, rows),
                on=today(cooperative.zone),
                actor=request.user,
                **{name: form.cleaned_data[name] for name in _PAID_FROM},
            )
        if attempt.done:
            text = _("%(count)s parts paid, %(amount)s together.")
            amount = format_rupiah(sum(one.amount for one in made))
            notice(request, text % {"count": len(made), "amount": amount})
            return redirect("surplus:payout_batch", cooperative.slug, made[0].batch)
    accounts = settlement.bank_accounts(
        cooperative=cooperative, party_ids=[row.party_id for row in rows]
    )
    context = {
        "form": form,
        "rows": [(row, form[f"cara_{row.party_id}"], accounts.get(row.party_id)) for row in rows],
        "ticked": _ticked(request, rows),
        "total": sum(row.amount for row in rows),
        "tick": TICK,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "surplus/payout_page.html", context, status=status)


_PAID_FROM = ("cash_place", "bank_place", "consent")


def _pay_form(request: Request, cooperative: Cooperative, rows: Sequence[OpenPart]) -> PayForm:
    places = cash.places(cooperative)
    accounts = settlement.bank_accounts(
        cooperative=cooperative, party_ids=[row.party_id for row in rows]
    )
    initial = {
        f"cara_{row.party_id}": TRANSFER if row.party_id in accounts else CASH for row in rows
    }
    return PayForm(
        request.POST or None,
        drawers=[place for place in places if place[0] in DRAWERS],
        banks=[place for place in places if place[0] not in DRAWERS],
        rows=rows,
        initial=initial,
    )


def _ticked(request: Request, rows: Sequence[OpenPart]) -> set[int]:
    """Who is ticked: everybody on a fresh page, else those who were."""
    if request.method != "POST":
        return {row.party_id for row in rows}
    return {row.party_id for row in rows if f"{TICK}_{row.party_id}" in request.POST}


def _choices(
    request: Request, cooperative: Cooperative, form: PayForm, rows: Sequence[OpenPart]
) -> list[Choice]:
    """Those ticked, each with the way chosen and the amount that was shown."""
    chosen = sorted(_ticked(request, rows))
    people = house.parties(cooperative=cooperative).in_bulk(chosen)
    found = []
    for pk in chosen:
        shown = request.POST[f"{TICK}_{pk}"]
        amount = int(shown) if shown.isdecimal() and len(shown) < MOST_DIGITS else 0
        found.append(Choice(people[pk], form.cleaned_data[f"cara_{pk}"] or CASH, amount))
    return found


@require_safe
@requires("surplus.view_sharing")
def payout_batch(request: Request, cooperative: Cooperative, batch: str) -> HttpResponse:
    """What was paid together: a voucher each."""
    found = _batch(cooperative, batch)
    standing = [one for one in found if one.state == POSTED]
    context = {
        "payouts": found,
        "batch": batch,
        "total": sum(one.amount for one in standing),
        "ways": way_names(),
        "has_transfers": any(one.way == TRANSFER for one in standing),
    }
    return render_page(request, "surplus/payout_batch.html", context)


def _batch(cooperative: Cooperative, batch: str) -> list[Payout]:
    found = selectors.payouts_of_batch(cooperative=cooperative, batch=batch)
    if not found:
        raise Http404
    return found


@require_safe
@requires("surplus.pay_parts")
def transfer_export(request: Request, cooperative: Cooperative, batch: str) -> HttpResponse:
    """The list for the bank of those paid by transfer, as a sheet."""
    found = [
        one for one in _batch(cooperative, batch) if one.way == TRANSFER and one.state == POSTED
    ]
    accounts = settlement.bank_accounts(
        cooperative=cooperative, party_ids=[one.party_id for one in found]
    )
    columns = [
        Column(_("Bank")),
        Column(_("Account number"), "identity"),
        Column(_("Account holder")),
        Column(_("Amount"), "money"),
        Column(_("Voucher")),
        Column(_("Member")),
    ]
    rows = []
    for one in found:
        account = accounts.get(one.party_id)
        where = (account.bank, account.number, account.holder) if account else ("", "", "")
        rows.append((*where, one.amount, one.number, f"{one.party.name} {one.party.number}"))
    return downloads.sheet(
        write_xlsx(columns, rows), f"transfer-shu-{found[0].on if found else ''}.xlsx"
    )


@require_safe
@requires("surplus.view_sharing")
@listed()
def payout_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Parts paid, newest first."""
    found = selectors.payouts(cooperative=cooperative)
    if request.sheet:
        shown = columns.payouts(way_names())
        return as_file(request, cooperative, "bagian-shu-dibayar", shown, found)
    page = page_of(found, order=("-on",), after=request.GET.get("after"))
    context = {"page": page, "ways": way_names()}
    return render_page(request, "surplus/payout_list.html", context, block="rows")


def payout_or_404(cooperative: Cooperative, number: str) -> Payout:
    """The payment of this number in this cooperative, else "not found"."""
    found = selectors.payout(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("surplus.view_sharing")
def payout_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One part paid as a paper."""
    payout = payout_or_404(cooperative, number)
    context = {"payout": payout, "facts": papers.payout_facts(payout)}
    return render_page(request, "surplus/payout_detail.html", context)


@require_safe
@requires("surplus.view_sharing")
def payout_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The voucher to sign; a reprint says which copy it is."""
    payout = payout_or_404(cooperative, number)
    copy = services.note_printed(payout=payout, actor=request.user)
    return downloads.paper(papers.voucher(payout, copy=copy), number)


@require_http_methods(["GET", "POST"])
@requires("surplus.correct_payout")
def payout_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old voucher left, the right one beside it; it reverses and pays anew."""
    payout = payout_or_404(cooperative, number)
    if payout.state == REVERSED:
        return redirect("surplus:payout_detail", cooperative.slug, number)
    typed = {name: getattr(payout, name) for name in ("way", "amount", "place", "consent")}
    form = PayoutForm(request.POST or None, places=cash.places(cooperative), initial=typed)
    if form.is_valid():
        with tried(form, beside=FIELD_OF_ONE) as attempt:
            made = services.correct_payout(
                payout=payout,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                replacement=form.replacement(),
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            shown = made.number if made else number
            return redirect("surplus:payout_detail", cooperative.slug, shown)
    context: dict[str, Any] = {
        "form": form,
        "before": papers.payout_facts(payout),
        "number": number,
        "detail": "surplus:payout_detail",
        "effect": "",
        "save_label": "",
        "money": ("amount",),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "surplus/correction.html", context, status=status)
