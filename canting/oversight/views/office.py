"""The doors of the regency office; to all others these pages do not exist."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import SignedIn, officer_only
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.tables_out import Column, write_xlsx
from canting.kernel.typed import clean
from canting.ledger import statements
from canting.oversight.rules.office import Flag
from canting.oversight.selectors import office as selectors


def _words(row: selectors.HouseRow) -> list[tuple[str, str]]:
    """The flags of a row as (kind, sentence) for the page and the sheet."""
    sentences = {
        Flag.PROVISIONAL: ("wait", _("Opening not signed")),
        Flag.NEVER_CLOSED: ("wrong", _("No month closed yet")),
        Flag.BEHIND: (
            "wrong",
            _("%(count)s months not closed") % {"count": row.months_behind},
        ),
        Flag.QUIET: ("wrong", _("Nothing booked for 60 days")),
        Flag.SUSPENSE: ("wait", _("Unexplained money in suspense")),
    }
    return [sentences[flag] for flag in row.flags]


def _region(request: SignedIn) -> str:
    return request.user.officer_of


def _day() -> date:
    # The office reads months, not hours: its own clock is the installation's.
    return timezone.localdate()


@officer_only
@require_safe
def cooperative_list(request: SignedIn) -> HttpResponse:
    """Every cooperative of the region with what its books say; never its people."""
    words = clean(request.GET.get("q", ""))[:60]
    page, rows = selectors.page_of_region(
        region_code=_region(request), on=_day(), words=words, after=request.GET.get("after")
    )
    context = {
        "page": page,
        "rows": [(row, _words(row)) for row in rows],
        "words": words,
        "region": _region(request),
        "on": _day(),
    }
    return render_page(request, "oversight/cooperative_list.html", context, block="rows")


@officer_only
@require_safe
def cooperative_sheet(request: SignedIn) -> HttpResponse:
    """The same table of the whole region as a spreadsheet."""
    columns = [
        Column(_("Cooperative")),
        Column(_("Place")),
        Column(_("Registry number"), "identity"),
        Column(_("Members"), "number"),
        Column(_("Closed through"), "date"),
        Column(_("Turnover of 12 months"), "money"),
        Column(_("Assets"), "money"),
        Column(_("Surplus of this year"), "money"),
        Column(_("To look at"), width=50),
    ]
    rows = (
        (
            row.cooperative.name,
            row.cooperative.place,
            row.cooperative.registry_number,
            row.members,
            row.closed_through,
            row.turnover,
            row.assets,
            row.surplus,
            "; ".join(sentence for _kind, sentence in _words(row)),
        )
        for row in selectors.every_row(region_code=_region(request), on=_day())
    )
    file = write_xlsx(columns, rows, sheet=_("Cooperatives"))
    name = f"koperasi-{_day():%Y-%m-%d}.xlsx"
    return downloads.sheet(file, name)


@officer_only
@require_safe
def cooperative_detail(request: SignedIn, cooperative: str) -> HttpResponse:
    """One cooperative's figures; a cooperative of another region does not exist here."""
    house = selectors.house_in_region(region_code=_region(request), slug=cooperative)
    if house is None:
        raise Http404
    with timezone.override(house.zone):
        on = today(house.zone)
        row = selectors.house_rows(found=[house], on=on)[0]
        closed = row.closed_through if request.GET.get("per") != "kini" else None
        as_of = closed or on
        context = {
            "row": row,
            "flags": _words(row),
            "as_of": as_of,
            "is_closed": closed is not None,
            "position": statements.financial_position(cooperative=house, as_of=as_of),
            "result": statements.surplus(
                cooperative=house, since=statements.first_of_year(as_of), until=as_of
            ),
        }
        return render_page(request, "oversight/cooperative_detail.html", context)
