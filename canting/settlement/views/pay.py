"""Paying makers in one go: the list with its calculation, the pay, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash import selectors as cash
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.kernel.tables_out import Column, write_csv, write_xlsx
from canting.settlement import selectors
from canting.settlement.forms import PayForm
from canting.settlement.papers import kind_names, source_names
from canting.settlement.services import Choice, pay_makers
from canting.settlement.views.shared import send_rows

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.settlement.models import Slip

PAY = "pay:"
DAYS = "days:"
MOST_DIGITS = 12


@require_http_methods(["GET", "POST"])
@requires("settlement.pay_makers")
def pay_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Whom to pay and how each pay works out; pressing Pay books exactly these figures."""
    values = request.POST if request.method == "POST" else request.GET
    form = PayForm(request.POST or None, places=cash.places(cooperative))
    days = _party_values(values.items(), DAYS)
    if form.is_valid():
        chosen = _party_values(values.items(), PAY)
        choices = [Choice(pk, days.get(pk, ""), shown) for pk, shown in chosen.items()]
        with tried(form) as attempt:
            slips = pay_makers(
                cooperative=cooperative,
                choices=choices,
                cash_place=form.cleaned_data["cash_place"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            paid = sum(slip.paid for slip in slips)
            messages.success(
                request,
                _("%(count)s slips written, %(amount)s paid.")
                % {"count": len(slips), "amount": format_rupiah(paid)},
            )
            return redirect("settlement:batch_detail", cooperative.slug, slips[0].batch)
    with house.parameters_read_once(cooperative=cooperative):
        return _list(request, cooperative, form, days)


def _party_values(items: object, prefix: str) -> dict[int, str]:
    """The values of fields such as days:17, by the party they are for."""
    found = {}
    for name, value in items:  # type: ignore[attr-defined]
        key = name.removeprefix(prefix)
        if name.startswith(prefix) and key.isdecimal() and len(key) < MOST_DIGITS:
            found[int(key)] = str(value)[:200]
    return found


def _list(
    request: Request, cooperative: Cooperative, form: PayForm, days: dict[int, str]
) -> HttpResponse:
    on = today(cooperative.zone)
    fault = ""
    try:
        plans = selectors.plans(cooperative=cooperative, on=on, days=days)
    except DomainError as refusal:
        fault = str(refusal)
        plans = selectors.plans(cooperative=cooperative, on=on)
    waiting = [plan for plan in plans if plan.slips]
    context = {
        "plans": waiting,
        "held": [plan for plan in plans if plan.held],
        "form": form,
        "fault": fault,
        "earned": sum(plan.earned for plan in waiting),
        "deducted": sum(plan.deducted for plan in waiting),
        "paid": sum(plan.paid for plan in waiting),
        "accounts": selectors.bank_accounts(
            cooperative=cooperative, party_ids=[plan.party.pk for plan in waiting]
        ),
        "kinds": kind_names(),
        "sources": source_names(),
        "on": on,
    }
    status = 422 if form.is_bound or fault else 200
    return render_page(request, "settlement/pay_page.html", context, block="rows", status=status)


def _batch(cooperative: Cooperative, batch: str) -> list[Slip]:
    slips = selectors.batch(cooperative=cooperative, batch=batch)
    if not slips:
        raise Http404
    return slips


@require_safe
@requires("settlement.view_slips")
def batch_detail(request: Request, cooperative: Cooperative, batch: str) -> HttpResponse:
    """What one pay day wrote: a slip each, with its print and its message."""
    slips = _batch(cooperative, batch)
    standing = [slip for slip in slips if not slip.reversed_at]
    context = {
        "rows": send_rows(cooperative, slips),
        "batch": batch,
        "total": sum(slip.paid for slip in standing),
        "by_transfer": slips[0].cash_place == "bank",
        "slips": slips,
    }
    return render_page(request, "settlement/batch_detail.html", context)


@require_safe
@requires("settlement.pay_makers")
def transfer_list(
    request: Request, cooperative: Cooperative, batch: str, kind: str
) -> HttpResponse:
    """The list for the bank: bank, account, holder, amount, slip; as a sheet or as text."""
    slips = [slip for slip in _batch(cooperative, batch) if not slip.reversed_at and slip.paid]
    if kind not in downloads.SHEETS:
        raise Http404
    accounts = selectors.bank_accounts(
        cooperative=cooperative, party_ids=[slip.party_id for slip in slips]
    )
    columns = [
        Column(_("Bank")),
        Column(_("Account number"), "identity"),
        Column(_("Account holder")),
        Column(_("Amount"), "money"),
        Column(_("Slip")),
        Column(_("Member")),
    ]
    rows = []
    for slip in slips:
        account = accounts.get(slip.party_id)
        where = (account.bank, account.number, account.holder) if account else ("", "", "")
        rows.append((*where, slip.paid, slip.number, f"{slip.party.name} {slip.party.number}"))
    made = write_xlsx(columns, rows) if kind == "xlsx" else write_csv(columns, rows)
    name = f"transfer-{slips[0].paid_date if slips else batch}.{kind}"
    return downloads.sheet(made, name)
