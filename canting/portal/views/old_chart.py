"""An old chart of accounts: brought, matched with ours, remembered, its codes shown if wanted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives import services as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.kernel.sealed import unseal
from canting.ledger import selectors as ledger
from canting.portal import forms, selectors
from canting.portal.old_books.chart import keep_chart, match_chart, read_chart
from canting.portal.rules.old_book import LEDGER

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

KIND = "old_chart"


@require_http_methods(["GET", "POST"])
@requires("ledger.change_chart")
def old_chart(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Bring the chart of the old program; what is remembered of old names stands below."""
    form = forms.OldChartFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with tried(form, beside="file") as attempt:
            rows = read_chart(upload.read(), filename=upload.name)
        if attempt.done:
            kept = house.keep_sheet(
                cooperative=cooperative, kind=KIND, name=upload.name, text=json.dumps(rows),
                actor=request.user, state={"rows": len(rows)},
            )  # fmt: skip
            return redirect("portal:old_chart_match", cooperative.slug, kept.reference)
    known = selectors.old_names(cooperative=cooperative, what=LEDGER)
    named = {one.code: one for one in selectors.open_accounts(cooperative=cooperative)}
    context = {
        "form": form,
        "account_label": ledger.label,
        "known": [(old, named[code]) for old, code in sorted(known.items()) if code in named],
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "portal/old_book/chart.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("ledger.change_chart")
def old_chart_match(request: Request, cooperative: Cooperative, reference: str) -> HttpResponse:
    """Which account here each old one is: proposed by name and code, chosen, remembered."""
    kept = cooperatives.sheet(cooperative=cooperative, kind=KIND, reference=reference)
    if kept is None:
        raise Http404
    rows = [(str(code), str(name)) for code, name in json.loads(unseal(kept.content))]
    chart = match_chart(cooperative=cooperative, rows=rows, answers={})
    form = forms.OldChartForm(request.POST or None, chart=chart)
    if form.is_valid():
        with tried(form) as attempt:
            keep_chart(
                cooperative=cooperative, names=form.names(), style=chart.style,
                codes=form.codes() if form.cleaned_data["use_codes"] else {},
                actor=request.user,
            )  # fmt: skip
        if attempt.done:
            house.drop_sheet(sheet=kept, actor=request.user)
            notice(request, _("%(count)s old accounts are known.") % {"count": len(form.names())})
            return redirect("portal:old_chart", cooperative.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "kept": kept, "chart": chart}
    return render_page(request, "portal/old_book/chart_match.html", context, status=status)
