"""The two statements on screen, as a sheet and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import next_month, today
from canting.kernel.htmx import render_page
from canting.kernel.inputs import asked_day
from canting.ledger import papers, selectors, statements
from canting.ledger.papers import StatementTable, TableRow
from canting.ledger.views.asked import address, file_name, is_provisional, span

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("ledger.view_books")
def position_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The financial position beside the year's start or the same day last year."""
    as_of = asked_day(request.GET.get("tanggal"), today(cooperative.zone))
    last_year = request.GET.get("banding") == "tahun-lalu"
    other = next_month(as_of, -12) if last_year else date(as_of.year - 1, 12, 31)
    now = statements.financial_position(cooperative=cooperative, as_of=as_of)
    before = statements.financial_position(cooperative=cooperative, as_of=other)
    table = papers.position_table(now, before)
    if answer := _file(request, cooperative, [table], as_of, "posisi-keuangan"):
        return answer
    here = "ledger:position_page"
    context = {
        "as_of": as_of,
        "table": table,
        "rows": [(row, _place_links(cooperative, row, (as_of, other))) for row in table.rows],
        "head": selectors.book(cooperative=cooperative),
        "difference": now.difference,
        "provisional": is_provisional(cooperative, as_of),
        "comparisons": [
            (_("Start of the year"), address(here, cooperative, tanggal=as_of), not last_year),
            (
                _("Same day last year"),
                address(here, cooperative, tanggal=as_of, banding="tahun-lalu"),
                last_year,
            ),
        ],
        "files": _files(here, cooperative, tanggal=as_of, banding=request.GET.get("banding")),
    }
    return render_page(request, "ledger/position.html", context)


def _place_links(cooperative: Cooperative, row: TableRow, days: Sequence[date]) -> list[str]:
    if row.key == "shu_current":
        return [
            address(
                "ledger:surplus_page", cooperative, dari=statements.first_of_year(day), sampai=day
            )
            for day in days
        ]
    if not row.key or row.key == "shu_previous":
        return []
    return [
        address("ledger:trial_balance_page", cooperative, tanggal=day, pos=row.key) for day in days
    ]


@require_safe
@requires("ledger.view_books")
def surplus_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The result of a time beside the same time last year, and whose business it came from."""
    asked = span(request, cooperative)
    now = statements.surplus(cooperative=cooperative, since=asked.since, until=asked.until)
    before = statements.surplus(
        cooperative=cooperative,
        since=next_month(asked.since, -12),
        until=next_month(asked.until, -12),
    )
    table, split = papers.surplus_table(now, before), papers.split_table(now)
    if answer := _file(request, cooperative, [table, split], asked.until, "hasil-usaha"):
        return answer
    days = {"dari": asked.since, "sampai": asked.until}
    context = {
        "asked": asked,
        "table": table,
        "rows": [(row, _beneath(cooperative, now, row.key, days)) for row in table.rows],
        "split": split,
        "provisional": is_provisional(cooperative, asked.until),
        "files": _files("ledger:surplus_page", cooperative, **days),
    }
    return render_page(request, "ledger/surplus.html", context)


def _beneath(
    cooperative: Cooperative, now: statements.Surplus, key: str, days: dict[str, Any]
) -> list[tuple[TableRow, str]]:
    """The accounts beneath a line, each with the address of its own lines in that time."""
    return [
        (
            TableRow(f"{line.key} {line.label}", (line.amount,)),
            address("ledger:account_ledger", cooperative, line.key, **days),
        )
        for line in now.accounts.get(key, ())
    ]


def _files(name: str, cooperative: Cooperative, **asked: Any) -> dict[str, str]:
    return {form: address(name, cooperative, **asked, bentuk=form) for form in ("xlsx", "pdf")}


def _file(
    request: Request,
    cooperative: Cooperative,
    tables: Sequence[StatementTable],
    as_of: date,
    name: str,
) -> HttpResponse | None:
    form, name = request.GET.get("bentuk"), file_name(name, cooperative, as_of)
    if form == "xlsx":
        return downloads.sheet(papers.as_sheet(tables), f"{name}.xlsx")
    if form == "pdf":
        content = papers.as_pdf(
            cooperative,
            tables,
            provisional=is_provisional(cooperative, as_of),
            made_by=str(request.user),
            signers=[_("Manager"), _("Board"), _("Supervisors")],
        )
        return downloads.paper(content, name)
    return None
