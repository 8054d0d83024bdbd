"""Closing a year: what it needs, who prepares, who signs, its frozen files, opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.closing import frozen_files
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.ledger import selectors, services
from canting.ledger.forms import ReasonForm

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

KINDS = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@requires("ledger.view_books")
def year_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Which years are closed, with their frozen files, and what the next one still needs."""
    return _page(request, cooperative)


def _page(
    request: Request,
    cooperative: Cooperative,
    *,
    refusal: str = "",
    form: ReasonForm | None = None,
) -> HttpResponse:
    on = today(cooperative.zone)
    head = selectors.book(cooperative=cooperative)
    year = selectors.next_year_to_close(cooperative=cooperative, book=head)
    month = selectors.next_month_to_close(book=head)
    acts = list(selectors.year_acts(cooperative=cooperative)[:40])
    last = next((act for act in acts if act.year == year), None)
    prepared = last if last is not None and last.act == "prepare" else None
    by_two = house.parameter(cooperative=cooperative, name="ledger.close_by_two", on=on)
    _first, end = selectors.year_days(year)
    closed = [act for act in acts if act.act == "close"]
    context = {
        "year": year,
        "is_over": on > end,
        "months_left": 12 - month.month if month.year == year and month <= end else 0,
        "month": month,
        "surplus": selectors.result_until(cooperative=cooperative, until=end),
        "prepared": prepared,
        "may_sign": prepared is not None and (not by_two or prepared.actor_id != request.user.pk),
        "acts": acts,
        "closed": closed,
        "says": {one.name: one.says for one in frozen_files()},
        "may_reopen": year - 1
        if selectors.year_is_closed(cooperative=cooperative, year=year - 1)
        else 0,
        "form": form or ReasonForm(),
        "refusal": refusal,
    }
    return render_page(
        request, "ledger/year_list.html", context, status=422 if refusal or form else 200
    )


@require_POST
@requires("ledger.close_period")
def year_prepare(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """Say that a year is ready to be closed."""
    try:
        services.prepare_year(
            cooperative=cooperative, year=year, on=today(cooperative.zone), actor=request.user
        )
    except DomainError as refused:
        return _page(request, cooperative, refusal=str(refused))
    text = _("The closing of %(year)s is prepared. Someone else of the board signs it now.")
    notice(request, text % {"year": year}, kind="wait")
    return redirect("ledger:year_list", cooperative.slug)


@require_POST
@requires("ledger.close_year")
def year_close(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """Close a year: its number is typed, and another person prepared it."""
    if request.POST.get("confirm", "").strip() != str(year):
        refusal = _("Type the year, %(year)s, to close it.") % {"year": year}
        return _page(request, cooperative, refusal=refusal)
    try:
        services.close_year(
            cooperative=cooperative, year=year, on=today(cooperative.zone), actor=request.user
        )
    except DomainError as refused:
        return _page(request, cooperative, refusal=str(refused))
    text = _("%(year)s is closed. Its files are frozen; copy them to another place.")
    notice(request, text % {"year": year})
    return redirect("ledger:year_list", cooperative.slug)


@require_POST
@requires("ledger.reopen_period")
def year_reopen(request: Request, cooperative: Cooperative, year: int) -> HttpResponse:
    """Open a closed year again, with a reason that stays."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.reopen_year(
                cooperative=cooperative,
                year=year,
                reason=form.cleaned_data["reason"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("The year %(year)s is open again.") % {"year": year}, kind="wait")
            return redirect("ledger:year_list", cooperative.slug)
    return _page(request, cooperative, form=form)


@require_safe
@requires("ledger.view_books")
def year_file(request: Request, cooperative: Cooperative, year: int, name: str) -> HttpResponse:
    """A frozen file of a closed year, exactly as it was frozen."""
    kept = selectors.frozen_file(cooperative=cooperative, year=year, name=name)
    if kept is None:
        raise Http404
    path = house.attachment_path(cooperative_id=cooperative.pk, digest=kept.digest)
    if not path.is_file():
        raise Http404
    kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    answer = FileResponse(
        path.open("rb"),
        content_type=kind,
        as_attachment=not name.endswith(".pdf"),
        filename=f"{cooperative.slug}-{year}-{name}",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]
