"""Kas: the entry row, today's rows under it, what should be in the drawer; moves between places."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash import selectors, services
from canting.cash.forms import CashForm, MoveForm
from canting.cash.rules import DRAWERS
from canting.cash.views import columns
from canting.cash.views.shared import FIELD_OF, address, desk_form
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import CashWeek, Chart, cash_columns
from canting.kernel.dates import today
from canting.kernel.expected import expected_cash
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("cash.view_cash")
@listed()
def cash_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The desk: one place (or all), one day (or a time), with the balance after each row."""
    return _page(request, cooperative, None)


def _page(request: Request, cooperative: Cooperative, form: CashForm | None) -> HttpResponse:
    on = today(cooperative.zone)
    until = asked_day(request.GET.get("sampai") or request.GET.get("tanggal"), on)
    since = min(asked_day(request.GET.get("dari"), until), until)
    accounts = selectors.place_accounts(cooperative=cooperative)
    place = request.GET.get("tempat", "cash_main")
    chosen = [account for account in accounts if account.role == place] or accounts
    page = ledger.ledger_page(
        cooperative=cooperative,
        accounts=chosen,
        since=since,
        until=until,
        after=request.GET.get("setelah"),
        with_origin=True,
    )
    if request.sheet:
        lines = ledger.running_lines(
            cooperative=cooperative,
            accounts=chosen,
            since=since,
            until=until,
            opening=page.opening,
        )
        return as_file(request, cooperative, f"kas-{since}", columns.LINES, lines)
    kept = {"tempat": place, "dari": since, "sampai": until}
    context = {
        "form": form or desk_form(CashForm, cooperative, on),
        "page": page,
        "since": since,
        "until": until,
        "is_today": since == until == on,
        "place": place,
        "place_name": _name(accounts, place),
        "many": len(chosen) > 1,
        "is_drawer": place in DRAWERS,
        "filters": _places(cooperative, accounts, kept),
        "days": _days(cooperative, place, since, on),
        "next_url": address("cash:cash_page", cooperative, **kept, setelah=page.next)
        if page.next
        else "",
        "first_url": "" if page.is_first else address("cash:cash_page", cooperative, **kept),
        "chart": None
        if page.rows == [] and page.closing == 0
        else _chart(cooperative, on, accounts),
        "left_open": _left_open(cooperative),
    }
    status = 422 if form else 200
    return render_page(request, "cash/cash_page.html", context, block="rows", status=status)


def _name(accounts: list[Any], place: str) -> str:
    found = {a.role: ledger.account_name(a.role, a.name) for a in accounts}
    return found.get(place, _("All places"))


def _places(
    cooperative: Cooperative, accounts: list[Any], kept: dict[str, Any]
) -> list[tuple[str, str, bool]]:
    def one(role: str, name: str) -> tuple[str, str, bool]:
        return (
            name,
            address("cash:cash_page", cooperative, **{**kept, "tempat": role}),
            kept["tempat"] == role,
        )

    named = [one(a.role, ledger.account_name(a.role, a.name)) for a in accounts]
    return [*named, one("semua", _("All places"))]


def _days(cooperative: Cooperative, place: str, day: date, on: date) -> dict[str, str]:
    """The addresses of the day before and the day after, as far as today."""

    def at(other: date) -> str:
        return address("cash:cash_page", cooperative, tempat=place, tanggal=other)

    return {
        "before": at(day - timedelta(days=1)),
        "after": at(day + timedelta(days=1)) if day < on else "",
    }


def _left_open(cooperative: Cooperative) -> dict[str, int]:
    """What waits at the desk: money in suspense, advances to account for."""
    advances = ledger.party_balances(cooperative=cooperative, role="staff_advance")
    return {
        "suspense": ledger.balance(cooperative=cooperative, role="suspense"),
        "advances": sum(row.balance for row in advances),
    }


def _chart(cooperative: Cooperative, on: date, accounts: list[Any]) -> Chart:
    weeks = selectors.weeks(cooperative=cooperative, on=on, accounts=accounts)
    first = weeks[0].balance - weeks[0].came_in + weeks[0].went_out
    change = weeks[-1].balance - first
    if change > 0:
        title = _("Cash grew by %(amount)s in thirteen weeks, to %(now)s")
    elif change < 0:
        title = _("Cash fell by %(amount)s in thirteen weeks, to %(now)s")
    else:
        title = _("Cash is what it was thirteen weeks ago: %(now)s")
    facts = {"amount": format_rupiah(abs(change)), "now": format_rupiah(weeks[-1].balance)}
    due = expected_cash(cooperative=cooperative, on=on, until=selectors.last_day_ahead(on))
    if due:
        weeks += selectors.weeks_ahead(expected=due, on=on, balance=weeks[-1].balance)
    return cash_columns(
        title % facts,
        [
            CashWeek(
                f"{week.ends.day}/{week.ends.month}",
                week.came_in,
                week.went_out,
                week.balance,
                estimate=week.is_expected,
            )
            for week in weeks
        ],
    )


@require_POST
@requires("cash.record_cash")
def cash_record(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write money in or out; the number stands in the answer."""
    form = desk_form(CashForm, cooperative, today(cooperative.zone), request)
    if not form.is_valid():
        return _page(request, cooperative, form)
    act = services.receive_cash if form.comes_in else services.pay_cash
    with tried(form, beside=FIELD_OF) as attempt:
        paper = act(cooperative=cooperative, actor=request.user, **form.facts())
    if not attempt.done:
        return _page(request, cooperative, form)
    notice(
        request,
        _("%(number)s: %(amount)s.")
        % {"number": paper.number, "amount": format_rupiah(paper.amount)},
        undo_url=reverse("cash:paper_correct", args=[cooperative.slug, paper.number]),
    )
    return redirect(address("cash:cash_page", cooperative, tempat=paper.place, tanggal=paper.on))


@require_http_methods(["GET", "POST"])
@requires("cash.move_cash")
def cash_move(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Carry money between the office, the till and the bank."""
    form = desk_form(MoveForm, cooperative, today(cooperative.zone), request)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            paper = services.move_cash(cooperative=cooperative, actor=request.user, **form.facts())
        if attempt.done:
            notice(request, _("%(number)s: money moved.") % {"number": paper.number})
            return redirect("cash:cash_page", cooperative.slug)
    places = [
        (ledger.account_name(a.role, a.name), format_rupiah(_held(cooperative, a)))
        for a in selectors.place_accounts(cooperative=cooperative)
    ]
    context = {"form": form, "places": places}
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/cash_move.html", context, status=status)


def _held(cooperative: Cooperative, account: Any) -> int:
    return ledger.balance(cooperative=cooperative, role=account.role)
