"""A member's own money: what she earned, what was taken off, what she got."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, by_token, requires
from canting.kernel.charts import SavingsMonth, savings_columns
from canting.kernel.dates import first_of_month, today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.settlement import selectors
from canting.settlement.papers import kind_names, slip_page
from canting.settlement.views.slips import paper_answer, slip_or_404

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, Token
    from canting.kernel.charts import Chart
    from canting.settlement.models import Slip
    from canting.settlement.selectors import MonthPaid


def _me(request: Request, cooperative: Cooperative) -> Party:
    if request.access.party_id is None:
        raise Http404
    return get_object_or_404(house.parties(cooperative=cooperative), pk=request.access.party_id)


@require_safe
@requires("settlement.view_own_money")
def my_money(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Cloth accepted, deducted, paid, month by month; each line opens its slip."""
    party = _me(request, cooperative)
    on = today(cooperative.zone)
    months = selectors.months(cooperative=cooperative, party_id=party.pk, on=on)
    page = page_of(
        selectors.slips(cooperative=cooperative, party_id=party.pk),
        order=("-paid_date",),
        after=request.GET.get("after"),
        size=24,
    )
    context = {
        "card": selectors.money_card(cooperative, party, on),
        "owed": selectors.owed_by(cooperative=cooperative, party_ids=[party.pk], on=on)[party.pk],
        "chart": _chart(months),
        "kinds": kind_names(),
        "page": page,
        "by_month": _by_month(page.rows),
    }
    return render_page(request, "settlement/my_money.html", context)


def _by_month(slips: list[Slip]) -> list[tuple[date, list[Slip], int]]:
    """Slips under their month, newest first, with what was taken home in it."""
    months: dict[date, list[Slip]] = {}
    for slip in slips:
        months.setdefault(first_of_month(slip.paid_date), []).append(slip)
    return [
        (month, found, sum(slip.paid for slip in found if not slip.reversed_at))
        for month, found in months.items()
    ]


def _chart(months: list[MonthPaid]) -> Chart | None:
    total = sum(month.paid for month in months)
    if not total:
        return None
    return savings_columns(
        m_("You took home %(amount)s in 12 months", amount=format_rupiah(total)),
        [SavingsMonth(f"{month.month:%m}", (month.paid, month.deducted)) for month in months],
        (m_("Taken home"), m_("Deductions")),
    )


@require_safe
@requires("settlement.view_own_money")
def my_slip(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One of my own slips; another's number does not exist here."""
    slip = slip_or_404(cooperative, number, party_id=_me(request, cooperative).pk)
    context = {"page": slip_page(slip), "slip": slip, "for_staff": False}
    return render_page(request, "settlement/my_slip.html", context)


@require_safe
@requires("settlement.view_own_money")
def my_slip_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One of my own slips as a PDF to keep."""
    slip = slip_or_404(cooperative, number, party_id=_me(request, cooperative).pk)
    return paper_answer(slip, copy=0)


@require_safe
@by_token("slip")
def slip_by_token(request: HttpRequest, token: Token) -> HttpResponse:
    """The one slip that a link from a message opens."""
    slip = slip_or_404(token.cooperative, token.subject)
    context = {
        "page": slip_page(slip),
        "slip": slip,
        "cooperative": token.cooperative,
        "for_staff": False,
    }
    return render_page(request, "settlement/slip_by_token.html", context)
