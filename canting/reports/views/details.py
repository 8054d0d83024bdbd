"""What stands behind a heading of the cash flows, and the text of the notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import FIRST_YEAR, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.reports import selectors, services
from canting.reports.forms import NoteForm
from canting.reports.papers import part_names
from canting.reports.rules.flows import HEADINGS
from canting.reports.rules.notes import SECTIONS
from canting.reports.statements import entries_under, member_lines
from canting.reports.views import columns
from canting.reports.views.asked import address, asked_time

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

ROWS = 60
PIECE = 500
LAST = 2**62


def _all_under(cooperative: Cooperative, heading: str, period: Any) -> Iterator[Any]:
    """Every entry under a heading, newest first, read in pieces."""
    before = LAST
    while before:
        rows, before = entries_under(
            cooperative=cooperative, heading=heading, period=period, before=before, most=PIECE
        )
        yield from rows


@require_safe
@requires("reports.view_statements")
@listed()
def flow_entries(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The entries whose money stands under one heading of the cash flows, newest first."""
    asked = asked_time(request, cooperative)
    heading = request.GET.get("pos", next(iter(HEADINGS)))
    if heading not in HEADINGS:
        raise Http404
    typed = request.GET.get("sebelum", "")
    before = int(typed) if typed.isdecimal() and len(typed) < 19 else LAST
    if request.sheet:
        rows_of_all = _all_under(cooperative, heading, asked.period)
        return as_file(request, cooperative, f"arus-kas-{heading}", columns.FLOW, rows_of_all)
    rows, following = entries_under(
        cooperative=cooperative, heading=heading, period=asked.period, before=before, most=ROWS
    )
    here = {"pos": heading, "dari": asked.period.since, "sampai": asked.period.until}
    view = "reports:flow_entries"
    context = {
        "title": _(HEADINGS[heading]),
        "asked": asked,
        "rows": rows,
        "next_url": address(view, cooperative, **here, sebelum=following) if following else "",
        "first_url": "" if before == LAST else address(view, cooperative, **here),
        "choices": [
            (_(label), address(view, cooperative, **{**here, "pos": key}), key == heading)
            for key, label in HEADINGS.items()
        ],
        "cash_url": address("reports:cash_page", cooperative, **asked.words),
    }
    return render_page(request, "reports/flow_entries.html", context)


@require_safe
@requires("reports.view_statements")
def member_gains(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What one member's benefit is made of: each line of her papers, price here and elsewhere."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    asked = asked_time(request, cooperative)
    names = part_names()
    lines = member_lines(cooperative=cooperative, period=asked.period, party_id=member.party_id)
    sums: dict[str, int] = {}
    for one in lines:
        sums[one.part] = sums.get(one.part, 0) + (one.gain or 0)
    context = {
        "member": member,
        "asked": asked,
        "lines": [(one, names[one.part]) for one in lines],
        "sums": [(names[part], amount) for part, amount in sums.items()],
        "back": address("reports:promotion_page", cooperative, **asked.words),
    }
    return render_page(request, "reports/member_gains.html", context)


@require_http_methods(["GET", "POST"])
@requires("reports.edit_notes")
def note_edit(request: Request, cooperative: Cooperative, section: str) -> HttpResponse:
    """Write what a section of the notes says for a year; it begins with last year's text."""
    if section not in SECTIONS:
        raise Http404
    on = today(cooperative.zone)
    typed = request.GET.get("tahun", "")
    asked = int(typed) if typed.isdecimal() and len(typed) == 4 else on.year
    year = asked if FIRST_YEAR <= asked <= on.year else on.year
    note = selectors.notes_of(cooperative=cooperative, year=year)[section]
    form = NoteForm(request.POST or None, initial={"text": note.text})
    back = address("reports:notes_page", cooperative, sampai=min(date(year, 12, 31), on))
    if form.is_valid():
        with tried(form, beside="text") as attempt:
            services.write_note(
                cooperative=cooperative,
                year=year,
                section=section,
                text=form.cleaned_data["text"],
                on=on,
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("The text is kept, and next year begins with it."))
            return redirect(back)
    context = {"form": form, "note": note, "year": year, "back": back}
    status = 422 if form.is_bound else 200
    return render_page(request, "reports/note_edit.html", context, status=status)
