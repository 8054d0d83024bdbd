"""Taking money out: refused for shares with the way out, paid for voluntary savings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import place_name
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import format_date, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.savings import selectors
from canting.savings.errors import SharesStay
from canting.savings.forms import WithdrawalCorrection, WithdrawForm
from canting.savings.services import correct_withdrawal, keep_refusal, withdraw

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.savings.models import Withdrawal


@require_http_methods(["GET", "POST"])
@requires("savings.record_deposit")
def withdrawal_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A member asks money back: voluntary savings are paid, shares refused and the asking kept."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    form = WithdrawForm(
        request.POST or None, cooperative=cooperative, today=today(cooperative.zone)
    )
    if form.is_valid():
        facts = form.cleaned_data
        try:
            made = withdraw(
                cooperative=cooperative, member=member, kind=facts["kind"],
                amount=facts["amount"], cash_place=facts["cash_place"], on=facts["on"],
                actor=request.user,
            )  # fmt: skip
        except SharesStay as refusal:
            # Answered with a redirect, not a refusal: the audit line of the asking must stay.
            keep_refusal(
                cooperative=cooperative, member=member, kind=facts["kind"],
                amount=facts["amount"], refusal=str(refusal), actor=request.user,
            )  # fmt: skip
            notice(request, str(refusal), kind="wrong")
            return redirect("savings:withdrawal_new", cooperative.slug, number)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            notice(request, _("%(amount)s is paid out. Voucher %(number)s.") % {
                "amount": format_rupiah(made.amount), "number": made.number})  # fmt: skip
            return redirect("savings:withdrawal_detail", cooperative.slug, made.number)
    context = {
        "form": form,
        "member": member,
        "has": selectors.holdings(cooperative=cooperative, member=member),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "savings/withdrawal_new.html", context, status=status)


def _or_404(cooperative: Cooperative, number: str) -> Withdrawal:
    found = selectors.withdrawal_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def _facts(cooperative: Cooperative, made: Withdrawal) -> list[tuple[str, str]]:
    return [
        (_("Member"), f"{made.member.full_name} · {made.member.number}"),
        (_("Day"), format_date(made.withdrawal_date)),
        (_("Cash place"), place_name(cooperative=cooperative, place=made.cash_place)),
        (_("Amount"), format_rupiah(made.amount)),
    ]


@require_safe
@requires("savings.view_deposits")
def withdrawal_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One withdrawal as its voucher says it."""
    made = _or_404(cooperative, number)
    context = {
        "withdrawal": made,
        "facts": [*_facts(cooperative, made), (_("In words"), in_words(made.amount))],
    }
    return render_page(request, "savings/withdrawal_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.correct_deposit")
def withdrawal_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan on a withdrawal: taken back, with a reason, and paid out right or not at all."""
    wrong = _or_404(cooperative, number)
    form = WithdrawalCorrection(
        request.POST or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"amount": wrong.amount, "cash_place": wrong.cash_place},
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = correct_withdrawal(
                wrong=wrong,
                reason=given["reason"],
                amount=given["amount"],
                cash_place=given["cash_place"],
                on=given["on"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("%(number)s is taken back.") % {"number": wrong.number})
            shown = made.number if made else wrong.number
            return redirect("savings:withdrawal_detail", cooperative.slug, shown)
    context = {"withdrawal": wrong, "before": _facts(cooperative, wrong), "form": form}
    status = 422 if form.is_bound else 200
    return render_page(request, "savings/withdrawal_correct.html", context, status=status)
