"""Toko bahan: the till, a sale taken back, a member's own limit, turnover with whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.charts import Bar, compare_bars
from canting.kernel.dates import first_of_month, format_date, format_month, next_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.inputs import asked_day
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.purchasing import selectors, services
from canting.purchasing.errors import NotActive, OverLimit, TooLittleMoney
from canting.purchasing.forms import LimitForm, TakeBackForm, TillForm
from canting.purchasing.views import columns
from canting.purchasing.views.common import found_or_404
from canting.purchasing.views.counter import Counter

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.errors import DomainError

SHOWN = 10
FIELD_OF: dict[type[DomainError], str] = {
    TooLittleMoney: "tendered",
    OverLimit: "paid_by",
    NotActive: "member",
}


@require_http_methods(["GET", "POST"])
@requires("purchasing.sell_at_till")
def till(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Scan or name material, cut metres and grams, take the money, give the change."""
    day = today(cooperative.zone)
    who = members.find_member(cooperative=cooperative, typed=request.POST.get("member", ""))
    counter = Counter(cooperative, day, to_member=who is not None)
    counter.read(request.POST)
    begins = request.POST.get("act") == "bundle"
    if begins and who is not None:
        counter.fill(selectors.usual_bundle(member=who))
    adding = begins or counter.act(request.POST)
    typed = {name: str(request.POST[name]) for name in TillForm.base_fields if name in request.POST}
    data = None if adding else request.POST or None
    form = TillForm(data, cooperative=cooperative, today=day, initial=typed)
    lines = counter.lines()
    if not adding and lines and form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            sale = services.sell_at_till(
                cooperative=cooperative,
                lines=lines,
                checkout=form.checkout(),
                on=form.cleaned_data["on"],
                actor=request.user,
            )
        if attempt.done:
            return _sold(request, cooperative, sale)
    context = {
        "counter": counter,
        "form": form,
        "who": who,
        "no_bundle": begins and not counter.rows,
        "members": members.member_choices(cooperative=cooperative),
        "sales": selectors.till_sales(cooperative=cooperative, on=day)[:SHOWN],
        "sum": selectors.till_sum(cooperative=cooperative, on=day),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "purchasing/till.html", context, status=status)


def _sold(request: Request, cooperative: Cooperative, sale: Any) -> HttpResponse:
    told = _("%(number)s: %(total)s.")
    if sale.change:
        told = _("%(number)s: %(total)s. Give back %(change)s.")
    notice(
        request,
        told
        % {
            "number": sale.number,
            "total": format_rupiah(sale.total),
            "change": format_rupiah(sale.change),
        },
        undo_url=reverse("purchasing:till_cancel", args=[cooperative.slug, sale.number]),
    )
    return redirect("purchasing:hand_out_detail", cooperative.slug, sale.number)


@require_http_methods(["GET", "POST"])
@requires("purchasing.sell_at_till")
def till_cancel(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Take a sale of the till back with its reason; the right one is sold anew."""
    sale = found_or_404(selectors.hand_out_by_number(cooperative=cooperative, number=number))
    if not sale.standing:
        return redirect("purchasing:hand_out_detail", cooperative.slug, number)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            services.cancel_at_till(
                paper=sale,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(number)s was taken back.") % {"number": number})
            return redirect("purchasing:till", cooperative.slug)
    before = [
        (_("To whom"), sale.receiver),
        (_("Date"), format_date(sale.on)),
        *((line.item.name, format_rupiah(line.amount)) for line in selectors.hand_out_lines(sale)),
        (_("Total"), format_rupiah(sale.total), "total"),
    ]
    context = {"sale": sale, "form": form, "before": before}
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/till_cancel.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("purchasing.set_credit_limit")
def credit_limit(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A member's own limit for material: what holds, what held before, a new one."""
    member = found_or_404(members.member_by_number(cooperative=cooperative, number=number))
    on = today(cooperative.zone)
    form = LimitForm(request.POST or None, today=on)
    if form.is_valid():
        with tried(form, beside="amount") as attempt:
            services.set_credit_limit(member=member, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("The limit of %(name)s is set.") % {"name": member.full_name})
            return redirect("purchasing:member_materials", cooperative.slug, member.number)
    context = {
        "member": member,
        "form": form,
        "limits": list(selectors.limits_of(member)[:SHOWN]),
        "holds": selectors.credit_limit(cooperative=cooperative, member=member, on=on),
        "own": selectors.own_limit(member=member, on=on),
        "owed": selectors.material_dues(cooperative=cooperative, party=member.party, on=on).total,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "purchasing/credit_limit.html", context, status=status)


def _month(request: Request, cooperative: Cooperative) -> date:
    return first_of_month(asked_day(request.GET.get("bulan"), today(cooperative.zone)))


@require_safe
@requires("purchasing.view_purchases")
@listed()
def turnover(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Material sold in a month by item, members apart from others, as the books say."""
    month = _month(request, cooperative)
    found = selectors.turnover(cooperative=cooperative, month=month)
    if request.sheet:
        name = f"penjualan-bahan-{month:%Y-%m}"
        return as_file(request, cooperative, name, columns.TURNOVER, columns.sold(found))
    context = {
        "found": found,
        "month": month,
        "before": next_month(month, -1),
        "after": next_month(month) if next_month(month) <= today(cooperative.zone) else None,
        "chart": _chart(found) if any(one.total for one in found.months) else None,
    }
    return render_page(request, "purchasing/turnover.html", context)


def _chart(found: selectors.Turnover) -> Any:
    share = found.month.members * 100 // found.month.total if found.month.total else 0
    title = _("%(share)s%% of the material sold in %(month)s went to members") % {
        "share": share,
        "month": format_month(found.month.month),
    }
    return compare_bars(
        title,
        [
            Bar(_("Members"), found.month.members, 1),
            Bar(_("Others"), found.month.others, 3),
        ],
    )
