"""The home of the books, the trial balance, one account, the chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel import downloads
from canting.kernel.addresses import around
from canting.kernel.dates import date_writer, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import papers, selectors, services
from canting.ledger.errors import UnknownAccount
from canting.ledger.forms import AccountForm, AccountNameForm, CodeStyleForm
from canting.ledger.rules.codes import OWN_STYLE, STYLES, styled
from canting.ledger.statements import financial_position
from canting.ledger.views import columns
from canting.ledger.views.asked import address, file_name, is_provisional, span

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LATEST, MOST_PARTIES = 6, 40
SAMPLE_ROLES = ("cash_main", "share_principal", "reserve_general")


@require_safe
@requires("ledger.view_books")
def book(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Buku: what the books say today, the last entries, and the way to everything else."""
    on = today(cooperative.zone)
    head = selectors.book(cooperative=cooperative)
    return render_page(
        request,
        "ledger/book.html",
        {
            "on": on,
            "head": head,
            "provisional": is_provisional(cooperative, on),
            "position": financial_position(cooperative=cooperative, as_of=on),
            "latest": selectors.journal(cooperative=cooperative)[:LATEST],
            "table": _trial(cooperative, on),
        },
    )


def _trial(cooperative: Cooperative, as_of: date, place: str = "") -> dict[str, Any]:
    rows = _balances(cooperative, as_of, place)
    table = papers.trial_table(rows, as_of)
    return {
        "table": table,
        "rows": [(row, _side_links(cooperative, row, as_of)) for row in table.rows],
        "empty": not rows,
    }


def _balances(cooperative: Cooperative, as_of: date, place: str) -> list[selectors.AccountBalance]:
    rows = selectors.trial_balance(cooperative=cooperative, as_of=as_of)
    return [row for row in rows if row.statement == place] if place else rows


def _side_links(cooperative: Cooperative, row: papers.TableRow, as_of: date) -> list[str]:
    """The account's lines behind the figure on the side where it stands."""
    if not row.key:
        return []
    link = address("ledger:account_ledger", cooperative, row.key, sampai=as_of)
    return [link if amount else "" for amount in row.amounts]


@require_safe
@requires("ledger.view_books")
@listed()
def trial_balance_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The trial balance on any day; `pos` shows the accounts of one statement line alone."""
    as_of = asked_day(request.GET.get("tanggal"), today(cooperative.zone))
    place = request.GET.get("pos", "")
    if request.sheet:
        rows = [row for row in _balances(cooperative, as_of, place) if row.net]
        return as_file(request, cooperative, f"neraca-saldo-{as_of}", columns.TRIAL, rows)
    trial = _trial(cooperative, as_of, place)
    provisional = is_provisional(cooperative, as_of)
    if request.GET.get("bentuk") == "pdf":
        content = papers.as_pdf(
            cooperative,
            [trial["table"]],
            provisional=provisional,
            made_by=str(request.user),
            signers=[_("Manager"), _("Board")],
        )
        return downloads.paper(content, file_name("neraca-saldo", cooperative, as_of))
    context = {"as_of": as_of, "place": place, "provisional": provisional, "trial": trial}
    return render_page(request, "ledger/trial_balance.html", context)


@require_safe
@requires("ledger.view_books")
@listed()
def account_ledger(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The lines of one account with the balance after each, of all time or one party alone."""
    head = selectors.head(cooperative=cooperative)
    account = _account(cooperative, number, head.chart_version)
    asked = span(request, cooperative)
    party = _party(request, cooperative)
    kept, by_party = _standing(cooperative, account, party, asked.until)
    page = selectors.ledger_page(
        cooperative=cooperative,
        accounts=[account],
        since=asked.since,
        until=asked.until,
        party_id=party.pk if party else None,
        after=request.GET.get("setelah"),
        kept=kept,
    )
    filters: dict[str, Any] = {
        "dari": asked.since,
        "sampai": asked.until,
        "pihak": f"{party.kind}:{party.number}" if party else "",
    }
    here = ("ledger:account_ledger", cooperative, account.code)
    if request.sheet:
        lines = selectors.running_lines(
            cooperative=cooperative,
            accounts=[account],
            since=asked.since,
            until=asked.until,
            opening=page.opening,
            party_id=party.pk if party else None,
        )
        return as_file(request, cooperative, f"akun-{account.code}", columns.LINES, lines)
    context = {
        "account": account,
        "title": selectors.label(account),
        "asked": asked,
        "party": party,
        "page": page,
        "rows": _drawn(cooperative, page.rows),
        "parties": _parties_of(cooperative, account, by_party, filters),
        "more_parties": max(len(by_party) - MOST_PARTIES, 0),
        "all_url": address(*here, **{**filters, "pihak": ""}),
        "next_url": address(*here, **filters, setelah=page.next) if page.next else "",
        "first_url": "" if page.is_first else address(*here, **filters),
        "provisional": head.closed_through is None or asked.until > head.closed_through,
    }
    return render_page(request, "ledger/account_ledger.html", context, block="rows")


def _drawn(
    cooperative: Cooperative, lines: Sequence[selectors.RunningLine]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """The lines as the page lists them: the entry's address, the day, words and three figures."""
    before, behind = around("ledger:entry_detail", cooperative.slug)
    written = date_writer()
    return [
        (
            f"{before}{line.position}{behind}",
            written(line.day),
            (
                " · ".join(filter(None, (line.memo, line.party, line.paper))),
                format_rupiah(line.debit) if line.debit else "",
                format_rupiah(line.credit) if line.credit else "",
                format_rupiah(line.balance),
            ),
        )
        for line in lines
    ]


def _account(cooperative: Cooperative, number: str, version: int | None = None) -> Any:
    try:
        return selectors.account_named(cooperative=cooperative, name=number, version=version)
    except UnknownAccount as unknown:
        raise Http404 from unknown


def _party(request: Request, cooperative: Cooperative) -> Any:
    kind, _sep, number = request.GET.get("pihak", "").partition(":")
    if not number:
        return None
    found = house.parties(cooperative=cooperative).filter(kind=kind, number=number).first()
    if found is None:
        raise Http404
    return found


def _standing(cooperative: Cooperative, account: Any, party: Any, until: date) -> tuple[Any, Any]:
    """Sums by month and everyone with a balance where the page shows both, else what it shows."""
    if not account.party_kind:
        return None, []
    if party:
        return None, selectors.party_balances_on(cooperative=cooperative, account=account)
    return selectors.account_standing(cooperative=cooperative, account=account, until=until)


def _parties_of(
    cooperative: Cooperative,
    account: Any,
    rows: Sequence[selectors.PartyBalance],
    filters: dict[str, Any],
) -> list[tuple[str, str, int]]:
    """Those with the most on an account kept by party, each with the address of their own lines."""
    return [
        (
            f"{row.name} ({row.number})",
            address(
                "ledger:account_ledger",
                cooperative,
                account.code,
                **{**filters, "pihak": f"{account.party_kind}:{row.number}"},
            ),
            row.balance,
        )
        for row in nlargest(MOST_PARTIES, rows, key=lambda row: abs(row.balance))
    ]


@require_http_methods(["GET", "POST"])
@requires("ledger.change_chart")
@listed()
def account_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The chart of accounts; an account more is opened beside a standard one."""
    accounts = list(selectors.accounts(cooperative=cooperative))
    if request.sheet:
        return as_file(request, cooperative, "daftar-akun", columns.ACCOUNTS, accounts)
    like = [(a.role, selectors.label(a)) for a in accounts if a.role]
    form = AccountForm(request.POST or None, accounts=like)
    if form.is_valid():
        with tried(form, beside="number") as attempt:
            services.open_account(cooperative=cooperative, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(
                request, _("The account %(code)s is open.") % {"code": form.cleaned_data["number"]}
            )
            return redirect("ledger:account_list", cooperative.slug)
    context = {
        "form": form,
        "accounts": [
            {
                "code": account.shown_code,
                "name": selectors.account_name(account.role, account.name),
                "active": account.active,
                "url": address("ledger:account_ledger", cooperative, account.code),
                "change_url": address("ledger:account_change", cooperative, account.code),
            }
            for account in accounts
        ],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "ledger/account_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("ledger.change_chart")
def account_change(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Rename an account here, close it to new entries or open it again."""
    account = _account(cooperative, number)
    form = AccountNameForm(
        request.POST or None, initial={"name": account.name, "active": account.active}
    )
    if form.is_valid():
        services.change_account(
            cooperative=cooperative, number=account.code, actor=request.user, **form.cleaned_data
        )
        notice(request, _("Saved."))
        return redirect("ledger:account_list", cooperative.slug)
    context = {
        "form": form,
        "title": selectors.label(account),
        "standard": selectors.account_name(account.role),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "ledger/account_change.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("ledger.change_chart")
def account_style(request: Request, cooperative: Cooperative) -> HttpResponse:
    """How codes are written here: one of the styles that cooperatives use, ours shown in each."""
    head = selectors.book(cooperative=cooperative)
    form = CodeStyleForm(request.POST or None, initial={"style": head.code_style or OWN_STYLE})
    if form.is_valid():
        with tried(form, beside="style") as attempt:
            services.show_codes(
                cooperative=cooperative, style=form.cleaned_data["style"], actor=request.user
            )
        if attempt.done:
            notice(request, _("Codes are written that way from now on, in books already kept too."))
            return redirect("ledger:account_list", cooperative.slug)
    status = 422 if form.is_bound else 200
    samples = list(selectors.accounts(cooperative=cooperative).filter(role__in=SAMPLE_ROLES))
    context = {
        "form": form,
        "styles": [
            (style.example, style.label, [styled(one.code, key) or one.code for one in samples])
            for key, style in STYLES.items()
        ],
        "samples": [selectors.account_name(one.role, one.name) for one in samples],
    }
    return render_page(request, "ledger/account_style.html", context, status=status)
