"""Budgets: beside the books, written, read from a sheet, approved by the meeting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.charts import Bar, compare_bars, progress
from canting.kernel.dates import format_month, last_of_month, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.treasury import papers, selectors, services
from canting.treasury.errors import DecidedLater, DecisionNeeded, DraftStands
from canting.treasury.forms import (
    ApproveForm,
    MonthsForm,
    SheetForm,
    StartForm,
    YearAmountsForm,
)
from canting.treasury.rules import BUDGET_STATES, SECTIONS, Compared, section_of, section_sign

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.treasury.models import Budget
    from canting.treasury.selectors import Comparison

FIELD_OF: dict[type[DomainError], str] = {
    DraftStands: "year",
    DecisionNeeded: "decision",
    DecidedLater: "decided_on",
}
YEARS_BACK = 5


def _asked(request: Request, cooperative: Cooperative) -> date:
    """The last month that is compared: this month, or what the address says."""
    on = today(cooperative.zone)
    year, month = request.GET.get("tahun", ""), request.GET.get("bulan", "")
    chosen = int(year) if year.isdecimal() and len(year) == 4 else on.year
    chosen = min(max(chosen, on.year - YEARS_BACK), on.year + 1)
    usual = on.month if chosen == on.year else 12
    last = int(month) if month.isdecimal() and len(month) < 3 and 1 <= int(month) <= 12 else usual
    return date(chosen, last, 1)


@require_safe
@requires("treasury.view_budget")
def budget_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The year's budget beside the books; as a file with ?bentuk=xlsx, csv or pdf."""
    month = _asked(request, cooperative)
    found = selectors.budget_in_force(cooperative=cooperative, year=month.year)
    told = selectors.comparison(
        cooperative=cooperative, year=month.year, month=month.month, found=found
    )
    form = request.GET.get("bentuk", "")
    if form in ("xlsx", "csv", "pdf"):
        return _file(request, cooperative, form, told, found, month)
    versions = list(selectors.budgets(cooperative=cooperative))
    known = {month.year, today(cooperative.zone).year, *(one.year for one in versions)}
    context = {
        "told": told,
        "found": found,
        "heading": papers.heading(found, month.year),
        "month": month,
        "until": last_of_month(month),
        "years": sorted(known, reverse=True),
        "months": [(at, format_month(date(month.year, at, 1))) for at in range(1, 13)],
        "versions": versions,
        "states": {key: _(word) for key, word in BUDGET_STATES.items()},
        "sections": [(_(SECTIONS[one.key]), one, _rows(one)) for one in told.sections],
        "chart": _chart(told, found, month),
        "bar": _bar,
    }
    return render_page(request, "treasury/budget_page.html", context)


def _rows(section: selectors.SectionPlan) -> list[tuple[Any, Compared]]:
    return [
        (one, one.compared.times(section_sign(one.account.statement, one.account.normal)))
        for one in section.accounts
    ]


def _bar(name: str, one: Compared) -> Any:
    """A slim bar: what became of it, with a line where the plan is."""
    planned, actual = max(one.planned, 0), max(one.actual, 0)
    if not planned and not actual:
        return ""
    title = _("%(name)s: %(actual)s of %(planned)s") % {
        "name": name,
        "actual": format_rupiah(one.actual),
        "planned": format_rupiah(one.planned),
    }
    return progress(title, actual, max(planned, actual), mark=planned or None).svg


def _chart(told: Comparison, found: Budget | None, month: date) -> Any:
    if found is None or not told.sections:
        return None
    facts = {
        "month": format_month(month),
        "actual": format_rupiah(told.result.actual),
        "planned": format_rupiah(told.result.planned),
    }
    title = _("Until %(month)s the surplus is %(actual)s; %(planned)s was planned") % facts
    bars = []
    for section in told.sections:
        if section.key not in ("revenue", "cost", "operating_expense", "cooperative_expense"):
            continue
        name = _(SECTIONS[section.key])
        bars.append(Bar(_("%(name)s, planned") % {"name": name}, section.compared.planned, 3))
        bars.append(Bar(_("%(name)s, actual") % {"name": name}, section.compared.actual, 1))
    return compare_bars(title, bars)


def _file(
    request: Request,
    cooperative: Cooperative,
    form: str,
    told: Comparison,
    found: Budget | None,
    month: date,
) -> HttpResponse:
    until = last_of_month(month)
    table = papers.comparison_table(told, found, until)
    name = f"anggaran-{cooperative.slug}-{until.isoformat()}"
    if form == "pdf":
        closed = ledger.head(cooperative=cooperative).closed_through
        content = papers.comparison_pdf(
            cooperative,
            table,
            made_by=str(request.user),
            provisional=closed is None or until > closed,
        )
        return downloads.paper(content, name)
    file = papers.comparison_sheet(table, as_csv=form == "csv")
    return downloads.sheet(file, f"{name}.{form}")


@require_http_methods(["GET", "POST"])
@requires("treasury.write_budget")
def budget_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Begin a new version of a year's budget."""
    on = today(cooperative.zone)
    form = StartForm(request.POST or None, today=on)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.start_budget(
                cooperative=cooperative, actor=request.user, on=on, **form.facts()
            )
        if attempt.done:
            return redirect("treasury:budget_detail", cooperative.slug, made.pk)
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/budget_new.html", {"form": form}, status=status)


@require_safe
@requires("treasury.view_budget")
def budget_detail(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """One version: its accounts with the year's amounts, how it was decided, what can be done."""
    return _detail(request, cooperative, _budget(cooperative, pk))


def _detail(
    request: Request,
    cooperative: Cooperative,
    found: Budget,
    *,
    years: YearAmountsForm | None = None,
    sheet: SheetForm | None = None,
    approve: ApproveForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    rows = _plan(cooperative, found)
    years = years or YearAmountsForm(accounts=[(one.code, label, sum(m)) for one, label, m in rows])
    parts: dict[str, list[Any]] = {}
    for one, label, months in rows:
        section = _(SECTIONS[section_of(one.statement)])
        parts.setdefault(section, []).append((one, label, sum(months), years[f"a{one.code}"]))
    context = {
        "found": found,
        "heading": papers.heading(found, found.year),
        "state": _(BUDGET_STATES[found.state]),
        "parts": parts,
        "years": years,
        "sheet": sheet or SheetForm(),
        "approve": approve or ApproveForm(today=today(cooperative.zone)),
        "refusal": refusal,
    }
    bound = any(one is not None and one.is_bound for one in (sheet, approve)) or years.is_bound
    status = 422 if refusal or bound else 200
    return render_page(request, "treasury/budget_detail.html", context, status=status)


def _plan(cooperative: Cooperative, found: Budget) -> list[tuple[Any, str, list[int]]]:
    """Every account with its label and twelve months; closed ones only while something is planned."""
    planned = selectors.planned_months(found)
    return [
        (one, ledger.label(one), [planned.get(one.pk, {}).get(at, 0) for at in range(1, 13)])
        for one in selectors.plan_accounts(cooperative=cooperative)
    ]


@require_POST
@requires("treasury.write_budget")
def budget_years(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Write the whole year's amounts that were typed, spread evenly over the months."""
    found = _budget(cooperative, pk)
    rows = _plan(cooperative, found)
    form = YearAmountsForm(
        request.POST, accounts=[(one.code, label, sum(m)) for one, label, m in rows]
    )
    if form.is_valid():
        with tried(form) as attempt:
            count = services.set_year_amounts(
                budget=found, amounts=form.amounts(), actor=request.user
            )
        if attempt.done:
            notice(request, _("%(count)s accounts changed.") % {"count": count})
            return redirect("treasury:budget_detail", cooperative.slug, pk)
    return _detail(request, cooperative, found, years=form)


@require_http_methods(["GET", "POST"])
@requires("treasury.write_budget")
def budget_months(request: Request, cooperative: Cooperative, pk: int, number: str) -> HttpResponse:
    """What is planned on one account in each month."""
    found = _budget(cooperative, pk)
    accounts = {one.code: one for one in selectors.plan_accounts(cooperative=cooperative)}
    if number not in accounts:
        raise Http404
    account = accounts[number]
    amounts = selectors.months_of(found, account)
    form = MonthsForm(request.POST or None, amounts=amounts)
    if form.is_valid():
        with tried(form) as attempt:
            services.set_months(
                budget=found, account=account, amounts=form.amounts(), actor=request.user
            )
        if attempt.done:
            notice(request, _("The months are written."))
            return redirect("treasury:budget_detail", cooperative.slug, pk)
    context = {
        "form": form,
        "found": found,
        "label": ledger.label(account),
        "total": sum(amounts),
        "fields": tuple(form.fields),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "treasury/budget_months.html", context, status=status)


@require_safe
@requires("treasury.view_budget")
def budget_export(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """The version as a sheet to fill in and read again; as CSV with ?bentuk=csv."""
    found = _budget(cooperative, pk)
    rows = [((one, label), months) for one, label, months in _plan(cooperative, found)]
    as_csv = request.GET.get("bentuk") == "csv"
    name = f"rapb-{found.year}-{found.version}.{'csv' if as_csv else 'xlsx'}"
    return downloads.sheet(papers.budget_sheet(rows, as_csv=as_csv), name)


@require_POST
@requires("treasury.write_budget")
def budget_read(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Read the version from a sheet."""
    found = _budget(cooperative, pk)
    form = SheetForm(request.POST, request.FILES)
    if form.is_valid() and form.table is not None:
        with tried(form) as attempt:
            count = services.put_table(budget=found, table=form.table, actor=request.user)
        if attempt.done:
            notice(request, _("%(count)s accounts were read.") % {"count": count})
            return redirect("treasury:budget_detail", cooperative.slug, pk)
    return _detail(request, cooperative, found, sheet=form)


@require_POST
@requires("treasury.approve_budget")
def budget_approve(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Write down that the meeting approved it; from then on it stays as it is."""
    found = _budget(cooperative, pk)
    on = today(cooperative.zone)
    form = ApproveForm(request.POST, today=on)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            services.approve_budget(budget=found, on=on, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("The budget of %(year)s is approved.") % {"year": found.year})
            return redirect("treasury:budget_detail", cooperative.slug, pk)
    return _detail(request, cooperative, found, approve=form)


@require_POST
@requires("treasury.write_budget")
def budget_drop(request: Request, cooperative: Cooperative, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = _budget(cooperative, pk)
    with tried() as attempt:
        services.drop_budget(budget=found, actor=request.user)
    if not attempt.done:
        return _detail(request, cooperative, found, refusal=attempt.words)
    notice(request, _("The draft is thrown away."))
    return redirect("treasury:budget_page", cooperative.slug)


def _budget(cooperative: Cooperative, pk: int) -> Budget:
    found = selectors.budget(cooperative=cooperative, pk=pk)
    if found is None:
        raise Http404
    return found
