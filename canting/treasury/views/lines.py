"""One line of the bank: what it may be, matched, parted, or booked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import selectors, services
from canting.treasury.forms import BookForm

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SHOWN_ENTRIES = 60


@require_http_methods(["GET", "POST"])
@requires("treasury.match_bank")
def bank_line(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """One line with the entries it may be; choose those it is."""
    line = _line(cooperative, pk)
    refusal = ""
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("entri") if one.isdecimal()]
        with tried() as attempt:
            services.match_line(line=line, entries=chosen, actor=request.user)
        if attempt.done:
            notice(request, _("The line has its entry now."), undo_url=_part_url(cooperative, pk))
            return _back(cooperative, line)
        refusal = attempt.words
    return _page(request, cooperative, line, _form(cooperative, line), refusal)


@require_POST
@requires("treasury.match_bank")
def bank_book(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Book what the bank moved, from its own line."""
    line = _line(cooperative, pk)
    form = _form(cooperative, line, request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            paper = services.book_line(line=line, actor=request.user, **form.cleaned_data)
        if attempt.done:
            told = _("%(number)s is booked and the line has its entry.")
            undo = reverse("cash:paper_correct", args=[cooperative.slug, paper.number])
            notice(request, told % {"number": paper.number}, undo_url=undo)
            return _back(cooperative, line)
    return _page(request, cooperative, line, form, "")


@require_POST
@requires("treasury.match_bank")
def bank_part(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Part a line from its entries."""
    line = _line(cooperative, pk)
    with tried() as attempt:
        services.part_line(line=line, actor=request.user)
    text = _("Parted. Nothing in the books has changed.") if attempt.done else attempt.words
    notice(request, text, kind="done" if attempt.done else "wait")
    return redirect("treasury:bank_line", cooperative.slug, pk)


def _page(
    request: Request, cooperative: Cooperative, line: Any, form: BookForm, refusal: str
) -> HttpResponse:
    on = today(cooperative.zone)
    found = selectors.candidates(cooperative=cooperative, account=line.account, found=[line], on=on)
    likely = [one.key for one in found.get(line.pk, ())]
    free = selectors.open_entries(cooperative=cooperative, account=line.account)
    side = "D" if line.amount > 0 else "K"
    nearest = free.filter(side=side, amount__lte=abs(line.amount), entry_date__lte=on)
    rows = {one.pk: one for one in free.filter(pk__in=likely)}
    rows |= {one.pk: one for one in nearest[:SHOWN_ENTRIES]}
    ranked = [rows.pop(key) for key in likely if key in rows] + list(rows.values())
    context = {
        "line": line,
        "label": ledger.label(line.account),
        "entries": [(one, selectors.signed(one)) for one in ranked],
        "own": [(one, selectors.signed(one)) for one in selectors.entries_of(line)],
        "likely": likely,
        "form": form,
        "refusal": refusal,
    }
    status = 422 if refusal or form.is_bound else 200
    return render_page(request, "treasury/bank_line.html", context, status=status)


def _line(cooperative: Cooperative, pk: int) -> Any:
    found = selectors.line(cooperative=cooperative, pk=pk)
    if found is None:
        raise Http404
    return found


def _form(cooperative: Cooperative, line: Any, data: Any = None) -> BookForm:
    is_later = line.on < ledger.earliest_open_day(cooperative=cooperative)
    day = today(cooperative.zone) if is_later else line.on
    return BookForm(data, comes_in=line.amount > 0, text=line.text, day=day, is_later=is_later)


def _part_url(cooperative: Cooperative, pk: int) -> str:
    return reverse("treasury:bank_line", args=[cooperative.slug, pk])


def _back(cooperative: Cooperative, line: Any) -> HttpResponse:
    address = reverse("treasury:bank_page", args=[cooperative.slug])
    return redirect(f"{address}?rekening={line.account.code}")
