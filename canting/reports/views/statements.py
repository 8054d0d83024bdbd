"""The six statements on screen, as sheets and on paper; every figure opens what it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.htmx import render_page
from canting.ledger import selectors as ledger
from canting.ledger.papers import TableRow
from canting.ledger.rules import FIRST_OF_SURPLUS
from canting.reports import papers, selectors
from canting.reports.papers import Told
from canting.reports.papers.charts import position_chart, result_chart
from canting.reports.statements import Period, books_of, year_to
from canting.reports.views.asked import (
    Asked,
    address,
    asked_position,
    asked_time,
    comparisons,
    is_provisional,
    position_comparisons,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

MEMBERS_A_PAGE = 100
FORMS = ("xlsx", "pdf", "json")
FIRST_OF_EQUITY = "3"
VIEWS = {
    "posisi-keuangan": "reports:position_page",
    "hasil-usaha": "reports:surplus_page",
    "perubahan-ekuitas": "reports:equity_page",
    "arus-kas": "reports:cash_page",
    "promosi-ekonomi": "reports:promotion_page",
    "catatan": "reports:notes_page",
}


def file_of(
    request: Request, cooperative: Cooperative, told: Sequence[Told], name: str
) -> HttpResponse | None:
    """The statements as the file that `bentuk` asks for; None when a page is wanted."""
    form, until = request.GET.get("bentuk"), told[0].period.until
    name = f"{name}-{cooperative.slug}-{until.isoformat()}"
    printed = [one.printed for one in told]
    if form == "xlsx":
        return downloads.sheet(papers.as_xlsx(printed), f"{name}.xlsx")
    if form == "json":
        content = papers.as_figures(cooperative.slug, told).encode()
        return downloads.saved(content, f"{name}.json", "application/json")
    if form == "pdf":
        content = papers.as_pdf(
            cooperative,
            printed,
            as_of=until,
            made_by=str(request.user),
            provisional=is_provisional(cooperative, until),
        )
        return downloads.paper(content, name)
    return None


def shared(cooperative: Cooperative, told: Told, asked: Asked, view: str) -> dict[str, Any]:
    """What every page of a statement shows: head, time, files, what must agree."""
    return {
        "told": told,
        "asked": asked,
        "title": told.printed.title,
        "lead": told.printed.lead,
        "ties": told.ties,
        "provisional": is_provisional(cooperative, told.period.until),
        "comparisons": comparisons(view, cooperative, asked),
        "files": {form: address(view, cooperative, **asked.words, bentuk=form) for form in FORMS},
    }


def _told(
    request: Request, cooperative: Cooperative, name: str, asked: Asked
) -> tuple[Told, HttpResponse | None]:
    told = papers.statement_of(
        cooperative=cooperative, name=name, period=asked.period, earlier=asked.earlier
    )
    return told, file_of(request, cooperative, [told], name)


@require_safe
@requires("reports.view_statements")
def position_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The financial position beside the year's start, a year before, or the end of last month."""
    asked = asked_position(request, cooperative)
    told, answer = _told(request, cooperative, "posisi-keuangan", asked)
    if answer is not None:
        return answer
    view = "reports:position_page"
    days = (asked.period, asked.earlier)
    context = {
        **shared(cooperative, told, asked, view),
        "comparisons": position_comparisons(view, cooperative, asked),
        "head": ledger.book(cooperative=cooperative),
        "chart": position_chart(told.now),
        "rows": [(row, _place_links(cooperative, row, days)) for row in told.tables[0].rows],
    }
    return render_page(request, "reports/position.html", context)


def _place_links(cooperative: Cooperative, row: TableRow, days: Sequence[Period]) -> list[str]:
    """The accounts of a line on both days; of the year's surplus the statement of surplus."""
    if row.key == "shu_current":
        return [
            address(
                "reports:surplus_page",
                cooperative,
                dari=year_to(day.until).since,
                sampai=day.until,
            )
            for day in days
        ]
    if not row.key or row.key == "shu_previous":
        return []
    return [
        address("ledger:trial_balance_page", cooperative, tanggal=day.until, pos=row.key)
        for day in days
    ]


@require_safe
@requires("reports.view_statements")
def surplus_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The result of a time beside an earlier one, whose business it came from, month by month."""
    asked = asked_time(request, cooperative)
    told, answer = _told(request, cooperative, "hasil-usaha", asked)
    if answer is not None:
        return answer
    table, split = told.tables
    context = {
        **shared(cooperative, told, asked, "reports:surplus_page"),
        "rows": [(row, _beneath(cooperative, told, row.key)) for row in table.rows],
        "table": table,
        "split": split,
        "chart": result_chart(cooperative, asked.period),
    }
    return render_page(request, "reports/surplus.html", context)


def _beneath(cooperative: Cooperative, told: Told, key: str) -> list[tuple[TableRow, str]]:
    """The accounts beneath a line, each with the address of its own lines in that time."""
    days = {"dari": told.period.since, "sampai": told.period.until}
    return [
        (
            TableRow(f"{line.shown or line.key} {line.label}", (line.amount,)),
            address("ledger:account_ledger", cooperative, line.key, **days),
        )
        for line in told.now.accounts.get(key, ())
    ]


@require_safe
@requires("reports.view_statements")
def equity_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Changes in equity of a time and of an earlier one; every column opens its account."""
    asked = asked_time(request, cooperative)
    told, answer = _told(request, cooperative, "perubahan-ekuitas", asked)
    if answer is not None:
        return answer
    days = {"dari": asked.period.since, "sampai": asked.period.until}
    accounts = [
        (
            ledger.label(one),
            address("ledger:account_ledger", cooperative, one.code, **days),
        )
        for one in ledger.accounts(cooperative=cooperative)
        if FIRST_OF_EQUITY <= one.code < FIRST_OF_SURPLUS
    ]
    context = {**shared(cooperative, told, asked, "reports:equity_page"), "accounts": accounts}
    return render_page(request, "reports/equity.html", context)


@require_safe
@requires("reports.view_statements")
def cash_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Cash flows in both forms; a heading opens the entries of its money."""
    asked = asked_time(request, cooperative)
    told, answer = _told(request, cooperative, "arus-kas", asked)
    if answer is not None:
        return answer
    times = (asked.period, asked.earlier)
    context = {
        **shared(cooperative, told, asked, "reports:cash_page"),
        "direct": [(row, _flow_links(cooperative, row, times)) for row in told.tables[0].rows],
        "indirect": [(row, _open_links(cooperative, row, times)) for row in told.tables[1].rows],
    }
    return render_page(request, "reports/cash.html", context)


def _flow_links(cooperative: Cooperative, row: TableRow, times: Sequence[Period]) -> list[str]:
    if row.key == "cash":
        return [
            address("ledger:trial_balance_page", cooperative, tanggal=time.until, pos="cash")
            for time in times
        ]
    if not row.key:
        return []
    return [
        address(
            "reports:flow_entries", cooperative, pos=row.key, dari=time.since, sampai=time.until
        )
        for time in times
    ]


def _open_links(cooperative: Cooperative, row: TableRow, times: Sequence[Period]) -> list[str]:
    if row.key not in papers.POSITION_LINES:
        return []
    return [
        address("ledger:trial_balance_page", cooperative, tanggal=time.until, pos=row.key)
        for time in times
    ]


@require_safe
@requires("reports.view_statements")
def promotion_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What each member gained, some members at a time; the sums and the whole list on paper."""
    asked = asked_time(request, cooperative)
    told, answer = _told(request, cooperative, "promosi-ekonomi", asked)
    if answer is not None:
        return answer
    start = max(int(request.GET.get("mulai", "0")) if _is_number(request) else 0, 0)
    view = "reports:promotion_page"
    shown = told.tables[0].rows[start : start + MEMBERS_A_PAGE]

    def page(begin: int) -> str:
        return address(view, cooperative, **asked.words, mulai=begin)

    context = {
        **shared(cooperative, told, asked, view),
        "rows": list(zip(told.now.rows[start:], shown, strict=False)),
        "gains": told.tables[0],
        "parts": told.tables[1],
        "words": told.printed.words,
        "next_url": page(start + MEMBERS_A_PAGE)
        if start + MEMBERS_A_PAGE < len(told.now.rows)
        else "",
        "first_url": page(0) if start else "",
        "count": len(told.now.rows),
    }
    return render_page(request, "reports/promotion.html", context)


def _is_number(request: Request) -> bool:
    return request.GET.get("mulai", "").isdecimal() and len(request.GET["mulai"]) < 7


@require_safe
@requires("reports.view_statements")
def notes_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The notes: text kept from year to year, tables that fill themselves."""
    asked = asked_time(request, cooperative)
    told, answer = _told(request, cooperative, "catatan", asked)
    if answer is not None:
        return answer
    context = {
        **shared(cooperative, told, asked, "reports:notes_page"),
        "sections": told.printed.sections,
        "year": asked.period.until.year,
        "texts": selectors.notes_of(cooperative=cooperative, year=asked.period.until.year),
    }
    return render_page(request, "reports/notes.html", context)


@require_safe
@requires("reports.view_statements")
def index(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Laporan keuangan: the six statements, what must agree between them, and all in one file."""
    asked = asked_time(request, cooperative)
    if request.GET.get("bentuk"):
        told = [
            papers.statement_of(
                cooperative=cooperative, name=name, period=asked.period, earlier=asked.earlier
            )
            for name in papers.NAMES
        ]
        answer = file_of(request, cooperative, told, "laporan-keuangan")
        if answer is not None:
            return answer
    books = books_of(cooperative=cooperative, period=asked.period)
    statements = [
        (_(title), address(VIEWS[name], cooperative, **asked.words))
        for name, title in papers.NAMES.items()
    ]
    context = {
        "asked": asked,
        "provisional": is_provisional(cooperative, asked.period.until),
        "ties": books.ties(),
        "figures": [
            (_("Assets"), books.position.total_assets, statements[0][1]),
            (_("Equity"), books.position.total_equity, statements[2][1]),
            (_("Surplus after tax"), books.result.after_tax.total, statements[1][1]),
            (_("Cash and bank"), books.cash.closing, statements[3][1]),
        ],
        "statements": statements,
        "flow_url": address("reports:flow_entries", cooperative, **asked.words),
        "files": {
            form: address("reports:index", cooperative, **asked.words, bentuk=form)
            for form in FORMS
        },
        "result_chart": result_chart(cooperative, asked.period),
        "position_chart": position_chart(books.position),
    }
    return render_page(request, "reports/index.html", context)
