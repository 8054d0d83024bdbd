"""Decisions about a surplus: the years, one decision, its signature, its papers, undoing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.kernel.tables_out import write_xlsx
from canting.surplus import papers, selectors, services
from canting.surplus.forms import ReasonForm, percent_text, pool_names
from canting.surplus.rules import PREPARED, SHARE, STATES

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.charts import Chart
    from canting.surplus.models import Sharing


def sharing_or_404(cooperative: Cooperative, number: str) -> Sharing:
    """The decision of this number in this cooperative, else "not found"."""
    found = selectors.sharing(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("surplus.view_sharing")
def sharing_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Which years the meeting can decide about, what it decided, and who still gets a part."""
    open_parts = selectors.open_parts(cooperative=cooperative)
    context = {
        "standings": selectors.standings(cooperative=cooperative),
        "sharings": list(selectors.sharings(cooperative=cooperative)[:60]),
        "states": {key: _(word) for key, word in STATES.items()},
        "open_count": len(open_parts),
        "open_sum": sum(one.amount for one in open_parts),
        "fund_sum": sum(
            fund.balance
            for fund in selectors.funds(cooperative=cooperative, on=today(cooperative.zone))
        ),
    }
    return render_page(request, "surplus/sharing_list.html", context)


@require_safe
@requires("surplus.view_sharing")
def sharing_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One decision: its pools, every member's part with how it was reckoned, its state."""
    return _page(request, sharing_or_404(cooperative, number))


def _page(request: Request, sharing: Sharing, refusal: str = "") -> HttpResponse:
    cooperative = sharing.cooperative
    names = pool_names()
    pools = list(selectors.pools(sharing=sharing))
    is_share = sharing.kind == SHARE
    context = {
        "sharing": sharing,
        "is_share": is_share,
        "state": _(STATES[sharing.state]),
        "facts": papers.facts_of(sharing),
        "pools": [
            (names[p.key], percent_text(p.percent) if p.percent else "", p.amount) for p in pools
        ],
        "parts": list(selectors.parts(sharing=sharing)),
        "sums": selectors.weight_sums(sharing=sharing),
        "chart": _chart(sharing, {p.key: p.amount for p in pools}) if is_share else None,
        "may_sign": sharing.state == PREPARED and sharing.made_by_id != request.user.pk,
        "confirm": str(sharing.year),
        "trail": house.audit_trail(cooperative=cooperative, subject=sharing.number),
        "refusal": refusal,
    }
    status = 422 if refusal else 200
    return render_page(request, "surplus/sharing_detail.html", context, status=status)


def _chart(sharing: Sharing, pools: dict[str, int]) -> Chart:
    title = _("%(amount)s of %(year)s, and where it goes") % {
        "amount": format_rupiah(sharing.surplus),
        "year": sharing.year,
    }
    return papers.chart_of(title, sharing.surplus, pools, pool_names())


@require_POST
@requires("surplus.approve_sharing")
def sharing_approve(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Sign a decision as the second person; the year is typed, and it is booked in one entry."""
    sharing = sharing_or_404(cooperative, number)
    if request.POST.get("confirm", "").strip() != str(sharing.year):
        return _page(request, sharing, _("Type the year, %(year)s, to sign.") % {
            "year": sharing.year
        })  # fmt: skip
    try:
        services.approve_sharing(sharing=sharing, on=today(cooperative.zone), actor=request.user)
    except DomainError as refused:
        return _page(request, sharing, str(refused))
    notice(request, _("%(number)s is signed and in the books.") % {"number": number})
    return redirect("surplus:sharing_detail", cooperative.slug, number)


@require_http_methods(["GET", "POST"])
@requires("surplus.prepare_sharing")
def sharing_withdraw(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take back what is prepared and not signed; nothing was booked."""
    sharing = sharing_or_404(cooperative, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.withdraw_sharing(sharing=sharing, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(number)s is taken back. Prepare it anew.") % {"number": number})
            return redirect("surplus:sharing_list", cooperative.slug)
    return _back_page(request, sharing, form, _("Nothing was booked yet; it only stops waiting."))


@require_http_methods(["GET", "POST"])
@requires("surplus.correct_sharing")
def sharing_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: undo a booked decision with its reason; the year is prepared anew after it."""
    sharing = sharing_or_404(cooperative, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.correct_sharing(
                sharing=sharing,
                on=today(cooperative.zone),
                actor=request.user,
                **form.cleaned_data,
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            return redirect("surplus:sharing_list", cooperative.slug)
    return _back_page(
        request, sharing, form, _("The entry is reversed; prepare the right sharing after it.")
    )


def _back_page(request: Request, sharing: Sharing, form: ReasonForm, effect: str) -> HttpResponse:
    context = {
        "form": form,
        "before": papers.facts_of(sharing),
        "number": sharing.number,
        "detail": "surplus:sharing_detail",
        "effect": effect,
        "save_label": _("Take it back"),
        "money": (),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "surplus/correction.html", context, status=status)


@require_safe
@requires("surplus.view_sharing")
def sharing_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The list for the meeting on A4."""
    sharing = sharing_or_404(cooperative, number)
    return downloads.paper(papers.list_paper(sharing, pool_names()), number)


@require_safe
@requires("surplus.view_sharing")
def sharing_export(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The same list as a sheet with real numbers."""
    sharing = sharing_or_404(cooperative, number)
    made = write_xlsx(papers.list_columns(), papers.list_rows(sharing), sheet=str(sharing.year))
    return downloads.sheet(made, f"shu-{sharing.year}-{cooperative.slug}.xlsx")


@require_safe
@requires("surplus.view_sharing")
def slips_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Every member's slip, a page each, or one member's (`anggota`)."""
    sharing = sharing_or_404(cooperative, number)
    slips = selectors.slips_of(sharing=sharing, member=request.GET.get("anggota", ""))
    if not slips:
        raise Http404
    return downloads.paper(papers.slips_paper(slips), number)
