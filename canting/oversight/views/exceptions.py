"""What is out of the ordinary: counted by kind, listed, given as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import progress
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.tables_out import column
from canting.oversight import services
from canting.oversight.rules import Kind
from canting.oversight.selectors import exceptions
from canting.oversight.selectors.exceptions import KindCount, Span
from canting.oversight.selectors.words import KINDS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

LOOK_BACK = timedelta(days=90)
COLUMNS = (
    column(lambda row: str(KINDS[row.kind]), _("Kind"), width=30),
    column("day", _("Date"), "date"),
    column("what", _("What"), width=48),
    column("who", _("By")),
    column("amount", _("Amount"), "money"),
    column("paper", _("Paper"), "identity"),
    column(lambda row: row.position or None, _("Journal"), "number"),
)


def _kind(request: Request) -> Kind | None:
    asked = request.GET.get("jenis", "")
    return Kind(asked) if asked in {one.value for one in Kind} else None


@require_safe
@requires("oversight.view_exceptions")
@listed()
def exception_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Everything out of the ordinary in a time, all or of one kind, the newest first."""
    on = today(cooperative.zone)
    until = asked_day(request.GET.get("sampai"), on)
    since = min(asked_day(request.GET.get("dari"), until - LOOK_BACK), until)
    kind = _kind(request)
    asked: dict[str, Any] = {
        "cooperative": cooperative,
        "span": Span.of_days(cooperative, since, until),
        "on": on,
    }
    if request.sheet:
        rows = exceptions.every_exception(kind=kind, **asked)
        return as_file(request, cooperative, "pengecualian", COLUMNS, rows)
    counts = exceptions.exception_counts(**asked)
    context = {
        "page": exceptions.exception_page(kind=kind, after=request.GET.get("after"), **asked),
        "since": since,
        "until": until,
        "kind": kind,
        "kinds": KINDS,
        "bars": _bars(request, cooperative, counts, since, until),
        "total": sum(one.count for one in counts),
        "all_url": _address(cooperative, since, until),
        "addresses": lambda row: _row_url(cooperative, row),
    }
    return render_page(request, "oversight/exception_list.html", context, block="rows")


def _address(cooperative: Cooperative, since: date, until: date, kind: str = "") -> str:
    words = {"dari": since.isoformat(), "sampai": until.isoformat()}
    if kind:
        words["jenis"] = kind
    return f"{reverse('oversight:exception_list', args=[cooperative.slug])}?{urlencode(words)}"


def _row_url(cooperative: Cooperative, row: exceptions.Exception_) -> str:
    """The entry with its paper, or what the audit trail says of the subject."""
    if row.position:
        return reverse("ledger:entry_detail", args=[cooperative.slug, row.position])
    trail = reverse("cooperatives:audit_list", args=[cooperative.slug])
    return f"{trail}?{urlencode({'berkas': row.paper})}"


def _bars(
    request: Request, cooperative: Cooperative, counts: list[KindCount], since: date, until: date
) -> list[dict[str, Any]]:
    """A row for each kind that there is: its count, its bar beside the most frequent, its sum."""
    most = max((one.count for one in counts), default=0)
    return [
        {
            "what": str(KINDS[one.kind]),
            "count": one.count,
            "sum": format_rupiah(one.amount) if one.amount else "",
            "url": _address(cooperative, since, until, one.kind.value),
            "bar": progress(
                _("%(kind)s: %(count)s") % {"kind": KINDS[one.kind], "count": one.count},
                one.count,
                most,
            ).svg,
        }
        for one in counts
        if one.count
    ]


@require_POST
@requires("oversight.mark_seen")
def exceptions_seen(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Note that all of it was looked through; Hari ini counts from here on."""
    services.mark_seen(cooperative=cooperative, actor=request.user)
    notice(request, _("Noted. Today shows what comes after this."))
    return redirect("oversight:exception_list", cooperative.slug)
