"""The counter: one deposit, or one list for many; today's deposits and the drawer beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import places
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.selectors import parameter
from canting.kernel.dates import format_month, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.members.rules import MemberState
from canting.savings import selectors
from canting.savings.forms import DepositForm, ListForm
from canting.savings.papers import kind_word, what_for
from canting.savings.rules import MonthDue, SavingsKind
from canting.savings.services import deposit, deposit_list

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member

SHOWN_DEPOSITS = 40
MOST_ROWS = 300  # of one list; a workshop or dusun is smaller


def licensed(cooperative: Cooperative, on: date) -> bool:
    """Whether voluntary savings may be taken on this day."""
    return bool(parameter(cooperative=cooperative, name="savings_loan.licence", on=on))


def usual_amount(cooperative: Cooperative, member: Member, kind: str, on: date) -> int | None:
    """What an empty amount means: the month's regular share, or what is left of the entry share."""
    if kind == SavingsKind.REGULAR_SHARE:
        return selectors.regular_share_rate(cooperative=cooperative)(on) or None
    if kind == SavingsKind.ENTRY_SHARE:
        left = selectors.entry_share_left(cooperative=cooperative, member=member, on=on)
        return left or selectors.entry_share(cooperative=cooperative, on=on)
    return None


def due_text(months: Sequence[MonthDue]) -> str:
    """The months of which something is open, as a sentence: from when, how many, how much."""
    if not months:
        return _("Regular shares are paid up to this month.")
    total = format_rupiah(sum(month.left for month in months))
    if len(months) == 1:
        return _("Regular share of %(month)s is open: %(total)s") % {
            "month": format_month(months[0].month), "total": total,
        }  # fmt: skip
    return _("Open since %(month)s, %(count)s months: %(total)s") % {
        "month": format_month(months[0].month), "count": len(months), "total": total,
    }  # fmt: skip


def _hint(cooperative: Cooperative, member: Member, on: date) -> list[str]:
    texts = []
    if member.status != MemberState.APPLICANT:
        open_months = selectors.regular_arrears(cooperative=cooperative, member=member, on=on)
        texts.append(due_text(open_months))
    left = selectors.entry_share_left(cooperative=cooperative, member=member, on=on)
    if left:
        texts.append(_("Entry share left: %(left)s") % {"left": format_rupiah(left)})
    return texts


@require_safe
@requires("savings.record_deposit")
def deposit_hint(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What the typed member still owes, for the line under the kinds."""
    typed = request.GET.get("member", "")[:120]
    found = members.find_member(cooperative=cooperative, typed=typed)
    texts = _hint(cooperative, found, today(cooperative.zone)) if found else []
    return render_page(request, "savings/deposit_hint.html", {"who": found, "texts": texts})


def _beside(cooperative: Cooperative, on: date) -> dict[str, Any]:
    """Today's deposits, the sums by kind and the drawers."""
    found = selectors.deposits(cooperative=cooperative, on=on)
    by_kind = selectors.day_by_kind(cooperative=cooperative, on=on)
    return {
        "day": on,
        "deposits": [(d, what_for(d)) for d in found[:SHOWN_DEPOSITS]],
        "count": sum(k.count for k in by_kind),
        "people": found.filter(state="posted").order_by().values("member").distinct().count(),
        "sum": sum(k.amount for k in by_kind),
        "by_kind": [
            (
                _("%(kind)s, %(count)s deposits") % {"kind": kind_word(k.kind), "count": k.count},
                format_rupiah(k.amount),
            )
            for k in by_kind
        ],
        "drawers": [
            (label, drawer)
            for role, label in places(cooperative)
            if role != "bank"
            and (drawer := selectors.drawer(cooperative=cooperative, place=role, on=on))
            and (drawer.now or drawer.deposits)
        ],
    }


@require_http_methods(["GET", "POST"])
@requires("savings.record_deposit")
def deposit_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Take one deposit: who, what, how much."""
    return _deposit(request, cooperative, None)


@require_http_methods(["GET", "POST"])
@requires("savings.record_deposit")
def deposit_for(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The same with the member chosen already, from her page."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    return _deposit(request, cooperative, member)


def _deposit(request: Request, cooperative: Cooperative, member: Member | None) -> HttpResponse:
    day = today(cooperative.zone)
    form = DepositForm(
        request.POST or None, cooperative=cooperative, today=day,
        licensed=licensed(cooperative, day),
        initial={"member": members.member_label(member)} if member else {},
    )  # fmt: skip
    if form.is_valid() and _take(request, cooperative, form):
        return redirect("savings:deposit_new", cooperative.slug)
    context = {
        "form": form,
        "texts": _hint(cooperative, member, day) if member else [],
        **_beside(cooperative, day),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "savings/deposit_new.html", context, block="form", status=status)


def _take(request: Request, cooperative: Cooperative, form: DepositForm) -> bool:
    facts = form.cleaned_data
    member, kind, on = facts["member"], facts["kind"], facts["on"]
    amount = facts["amount"] or usual_amount(cooperative, member, kind, on)
    if amount is None:
        form.add_error("amount", _("Write how much she brought."))
        return False
    with tried(form) as attempt:
        made = deposit(
            cooperative=cooperative, member=member, kind=kind, amount=amount,
            cash_place=facts["cash_place"], on=on, actor=request.user,
        )  # fmt: skip
    if not attempt.done:
        return False
    notice(
        request,
        _("%(name)s: %(what)s, %(amount)s. Receipt %(number)s.")
        % {
            "name": member.full_name, "what": what_for(made),
            "amount": format_rupiah(made.amount), "number": made.number,
        },
        undo_url=reverse("savings:deposit_undo", args=[cooperative.slug, made.number]),
    )  # fmt: skip
    return True


@require_http_methods(["GET", "POST"])
@requires("savings.record_deposit")
def deposit_list_new(request: Request, cooperative: Cooperative) -> HttpResponse:
    """One list for many: tick who paid the usual sum; one submit, a receipt each."""
    day = today(cooperative.zone)
    group = request.GET.get("kelompok", "")[:80]
    everyone = list(members.active_members(cooperative=cooperative))
    chosen = [m for m in everyone if not group or group in (m.workshop, m.dusun)]
    people = chosen[:MOST_ROWS]
    form = ListForm(
        request.POST or None, cooperative=cooperative, today=day, members=people,
        licensed=licensed(cooperative, day),
    )  # fmt: skip
    if form.is_valid():
        with tried(form) as attempt:
            made = deposit_list(
                cooperative=cooperative, payments=form.payments(),
                cash_place=form.cleaned_data["cash_place"], on=form.cleaned_data["on"],
                actor=request.user,
            )  # fmt: skip
        if attempt.done:
            total = format_rupiah(sum(d.amount for d in made))
            notice(
                request,
                _("%(count)s deposits, %(total)s. Receipts %(first)s to %(last)s.")
                % {"count": len(made), "total": total, "first": made[0].number,
                   "last": made[-1].number},
            )  # fmt: skip
            return redirect("savings:deposit_detail", cooperative.slug, made[0].number)
    groups = {m.workshop for m in everyone if m.workshop} | {m.dusun for m in everyone if m.dusun}
    context = {
        "form": form,
        "rows": _list_rows(cooperative, people, form, day),
        "group": group,
        "hidden": len(chosen) - len(people),
        "groups": sorted(groups),
        "day": day,
    }
    return render_page(
        request, "savings/deposit_list_new.html", context, status=422 if form.is_bound else 200
    )


def _list_rows(
    cooperative: Cooperative, people: Sequence[Member], form: ListForm, on: date
) -> list[dict[str, Any]]:
    dues = selectors.regular_dues(cooperative=cooperative, members=people, on=on)
    usual = format_rupiah(selectors.regular_share_rate(cooperative=cooperative)(on))
    ticked = set(form.ticked) if form.is_bound else set()
    return [
        {
            "member": m,
            "due": format_rupiah(sum(x.left for x in dues[m.pk])) if dues[m.pk] else "",
            "months": len(dues[m.pk]),
            "amount": form.data.get(f"a-{m.number}", "") if form.is_bound else usual[2:],
            "is_ticked": m.number in ticked,
            "error": form.bad_rows.get(m.number, ""),
        }
        for m in people
    ]
