"""The journal, one entry, an entry written by hand and its correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors, services
from canting.ledger.errors import UnknownParty
from canting.ledger.forms import CorrectionForm, EntryForm, LineFormSet
from canting.ledger.rules import KEPT_BY_PAPERS, BusinessClass, Line, Side
from canting.ledger.services.manual import MANUAL
from canting.ledger.views import columns
from canting.ledger.views.asked import address, is_provisional, span

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

PREFIX = "baris"


@require_safe
@requires("ledger.view_books")
@listed()
def entry_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The journal between two days, newest place first."""
    asked = span(request, cooperative)
    if request.sheet:
        rows = selectors.journal_rows(cooperative=cooperative, since=asked.since, until=asked.until)
        return as_file(request, cooperative, "jurnal", columns.JOURNAL, rows)
    page = selectors.journal_page(
        cooperative=cooperative,
        since=asked.since,
        until=asked.until,
        after=request.GET.get("setelah"),
    )
    days = {"dari": asked.since, "sampai": asked.until}
    context = {
        "asked": asked,
        "page": page,
        "count": page.count,
        "entries": [(row, _lines(cooperative, row.entry_date, row.lines)) for row in page.rows],
        "first_url": "" if page.is_first else address("ledger:entry_list", cooperative, **days),
        "next_url": address("ledger:entry_list", cooperative, **days, setelah=page.next)
        if page.next
        else "",
    }
    return render_page(request, "ledger/entry_list.html", context, block="rows")


def _lines(
    cooperative: Cooperative, day: date, lines: Sequence[selectors.EntryLine]
) -> list[tuple[selectors.EntryLine, str]]:
    """Each line with the address of its account as it stood that day."""
    return [
        (line, address("ledger:account_ledger", cooperative, line.code, sampai=day))
        for line in lines
    ]


def _lines_of(cooperative: Cooperative, entry: Any) -> list[tuple[selectors.EntryLine, str]]:
    lines = selectors.lines_by_entry(entry_ids=[entry.pk])
    return _lines(cooperative, entry.entry_date, lines.get(entry.pk, []))


@require_safe
@requires("ledger.view_books")
def entry_detail(request: Request, cooperative: Cooperative, position: int) -> HttpResponse:
    """One entry: lines, who wrote it for whom, its paper, what it reverses, its digest."""
    entry = selectors.entry(cooperative=cooperative, position=position)
    if entry is None:
        raise Http404
    is_manual = entry.source.startswith(MANUAL)
    context = {
        "entry": entry,
        "lines": _lines_of(cooperative, entry),
        "acts": house.audit_trail(cooperative=cooperative, subject=entry.paper or entry.source)[
            :20
        ],
        "files": house.attachments(cooperative=cooperative, subjects=[entry.paper])
        if entry.paper
        else [],
        "reversed_by": selectors.is_reversed(entry=entry),
        "is_manual": is_manual,
        "paper_url": ""
        if is_manual or entry.source.startswith("ledger.")
        else address("portal:paper", cooperative, source=entry.source),
        "provisional": is_provisional(cooperative, entry.entry_date),
    }
    return render_page(request, "ledger/entry_detail.html", context)


@require_safe
@requires("ledger.view_books")
def paper_entry(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The entry that a manual paper posted."""
    entry = selectors.entry_by_source(cooperative=cooperative, source=f"{MANUAL}{number}")
    if entry is None:
        raise Http404
    return redirect("ledger:entry_detail", cooperative.slug, entry.position)


@require_http_methods(["GET", "POST"])
@requires("ledger.post_entry")
def entry_create(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write an entry by hand: a grid of lines whose sides must be equal."""
    form = EntryForm(request.POST or None, today=today(cooperative.zone))
    lines = _formset(request, cooperative)
    saves = request.POST.get("act") != "count"
    if form.is_valid() and lines.is_valid() and saves:
        with tried(form) as attempt:
            number, posted = services.post_manual(
                cooperative=cooperative,
                lines=_typed(cooperative, lines),
                memo=form.cleaned_data["memo"],
                on=form.cleaned_data["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("Posted as %(number)s.") % {"number": number})
            return redirect("ledger:entry_detail", cooperative.slug, posted.position)
    context = {"form": form, "lines": lines, **_totals(lines)}
    status = 422 if form.is_bound else 200
    return render_page(request, "ledger/entry_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("ledger.reverse_entry")
def entry_correct(request: Request, cooperative: Cooperative, position: int) -> HttpResponse:
    """Betulkan for an entry written by hand: the old one reversed, the right one beside it."""
    entry = selectors.entry_with_lines(cooperative=cooperative, position=position)
    if entry is None or not entry.source.startswith(MANUAL):
        raise Http404
    on = today(cooperative.zone)
    form = CorrectionForm(request.POST or None, today=on, initial={"memo": entry.memo, "on": on})
    lines = _formset(request, cooperative, initial=_as_typed(entry))
    if form.is_valid() and lines.is_valid() and request.POST.get("act") != "count":
        only = form.cleaned_data["only_reverse"]
        with tried(form) as attempt:
            services.correct_manual(
                entry=entry,
                reason=form.cleaned_data["reason"],
                on=form.cleaned_data["on"],
                actor=request.user,
                lines=None if only else _typed(cooperative, lines),
                memo=form.cleaned_data["memo"],
            )
        if attempt.done:
            notice(request, _("Put right. The old entry stays, reversed."))
            return redirect("ledger:entry_detail", cooperative.slug, entry.position)
    context = {
        "form": form,
        "lines": lines,
        "entry": entry,
        "old": _lines_of(cooperative, entry),
        **_totals(lines),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "ledger/entry_correct.html", context, status=status)


def _formset(request: Request, cooperative: Cooperative, initial: Any = None) -> Any:
    accounts = [
        (account.code, selectors.label(account))
        for account in selectors.accounts(cooperative=cooperative)
        if account.active and account.role not in KEPT_BY_PAPERS
    ]
    return LineFormSet(
        request.POST or None,
        prefix=PREFIX,
        initial=initial,
        form_kwargs={"accounts": accounts},
    )


def _as_typed(entry: Any) -> list[dict[str, Any]]:
    return [
        {
            "account": line.account.code,
            "debit" if line.side == Side.DEBIT else "credit": line.amount,
            "party": line.party.number if line.party else "",
            "business": line.business,
        }
        for line in sorted(entry.lines.all(), key=lambda line: line.pk)
    ]


def _filled(lines: Any) -> list[dict[str, Any]]:
    """The lines that were written: those with an amount."""
    if not lines.is_bound:
        return []
    typed = [getattr(form, "cleaned_data", {}) for form in lines.forms]
    return [line for line in typed if line.get("debit") or line.get("credit")]


def _typed(cooperative: Cooperative, lines: Any) -> list[Line]:
    kinds = {a.code: a.party_kind for a in selectors.accounts(cooperative=cooperative)}
    return [_line(cooperative, kinds, typed) for typed in _filled(lines)]


def _line(cooperative: Cooperative, kinds: dict[str, str], typed: dict[str, Any]) -> Line:
    party = None
    if typed["party"]:
        kind = kinds[typed["account"]]
        found = house.parties(cooperative=cooperative).filter(number__iexact=typed["party"])
        party = (found.filter(kind=kind) if kind else found).first()
        if party is None:
            raise UnknownParty(kind=kind, number=typed["party"])
    return Line(
        account=typed["account"],
        side=Side.DEBIT if typed["debit"] else Side.CREDIT,
        amount=typed["debit"] or typed["credit"],
        party=party,
        business=BusinessClass(typed["business"]),
    )


def _totals(lines: Any) -> dict[str, str]:
    """Both sums and what is missing, counted here; the page counts along while typing."""
    filled: Sequence[dict[str, Any]] = _filled(lines)
    debits = sum(line.get("debit") or 0 for line in filled)
    credits = sum(line.get("credit") or 0 for line in filled)
    return {
        "debits": format_rupiah(debits),
        "credits": format_rupiah(credits),
        "left": format_rupiah(debits - credits),
    }
