"""The money of a round: where each rupiah went; taken, given back, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import today
from canting.kernel.htmx import render_page
from canting.kernel.money import format_rupiah
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.rounds import selectors, services
from canting.rounds.forms import DepositCorrection, FundForm, ReasonForm, ReturnForm
from canting.rounds.rules import FundKind, FundState
from canting.rounds.views import pages
from canting.rounds.views.common import member_or_404, round_or_404, with_reason

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.rounds.models import Fund, Round


@require_http_methods(["GET"])
@requires("rounds.view_rounds")
def round_money(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Where each rupiah of each source went, and every paper behind it."""
    found = round_or_404(cooperative, number)
    context = {"found": found, "view": pages.money_page(found=found), **pages.NAMES}
    return render_page(request, "rounds/round_money.html", context)


@require_http_methods(["GET", "POST"])
@requires("rounds.handle_money")
def fund_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Write down money for a round: a deposit, a promise, a share, a buyer's, a lender's, our own."""
    found = round_or_404(cooperative, number)
    typed = request.GET.get("anggota", "")
    member = members.member_by_number(cooperative=cooperative, number=typed) if typed else None
    initial = {"member": members.member_label(member)} if member else {}
    form = FundForm(request.POST or None, cooperative=cooperative, initial=initial)
    if form.is_valid():
        with tried(form) as attempt:
            made = _take(request, found, form.cleaned_data)
            told = _("%(what)s: %(amount)s noted. %(paper)s")
            facts = {
                "what": selectors.fund_kind_name(made.kind),
                "amount": format_rupiah(made.amount),
                "paper": made.paper,
            }
            messages.success(request, told % facts)
        if attempt.done:
            return redirect("rounds:round_money", cooperative.slug, number)
    context = {
        "found": found,
        "form": form,
        "members": members.member_choices(cooperative=cooperative),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/fund_new.html", context, status=status)


def _take(request: Request, found: Round, data: dict[str, Any]) -> Fund:
    on = today(found.cooperative.zone)
    common: dict[str, Any] = {"found": found, "on": on, "actor": request.user}
    kind, amount = data["kind"], data["amount"] or 0
    if kind == FundKind.PLEDGE:
        return services.pledge(member=data["member"], amount=amount, note=data["note"], **common)
    if kind == FundKind.DOWN_PAYMENT:
        return services.link_down_payment(number=data["paper"], amount=amount, **common)
    if kind == FundKind.OWN:
        return services.set_own_money(amount=amount, note=data["note"], **common)
    if kind == FundKind.FACILITY:
        lender = house.party_by_number(
            cooperative=found.cooperative, kind=PartyKind.FINANCIER, number=data["financier"]
        )
        return services.link_facility(
            financier=lender, name=data["note"], contract=data["paper"], amount=amount, **common
        )
    take = services.take_deposit if kind == FundKind.DEPOSIT else services.take_extra_share
    return take(member=data["member"], amount=amount, cash_place=data["cash_place"], **common)


@require_http_methods(["GET", "POST"])
@requires("rounds.handle_money")
def fund_withdraw(request: Request, cooperative: Cooperative, pk: int, number: str) -> HttpResponse:
    """Betulkan: a deposit's receipt is put right; a promise or a link is taken back."""
    found = round_or_404(cooperative, number)
    fund = selectors.fund_by_id(found=found, pk=pk)
    if fund is None or fund.state != FundState.STANDING:
        raise Http404
    is_deposit = fund.kind == FundKind.DEPOSIT
    form: Any = ReasonForm(request.POST or None)
    if is_deposit:
        first = {"amount": fund.amount}
        form = DepositCorrection(request.POST or None, cooperative=cooperative, initial=first)
    if form.is_valid():
        with tried(form) as attempt:
            _withdraw(request, fund, form.cleaned_data)
            messages.success(request, _("Put right."))
        if attempt.done:
            return redirect("rounds:round_money", cooperative.slug, number)
    context = {
        "found": found,
        "fund": fund,
        "form": form,
        "is_deposit": is_deposit,
        "before": pages.fund_facts(fund),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/fund_withdraw.html", context, status=status)


def _withdraw(request: Request, fund: Fund, data: dict[str, Any]) -> None:
    if fund.kind != FundKind.DEPOSIT:
        services.withdraw_fund(
            fund=fund,
            reason=data["reason"],
            on=today(fund.cooperative.zone),
            actor=request.user,
        )
        return
    services.correct_deposit(
        fund=fund,
        reason=data["reason"],
        on=today(fund.cooperative.zone),
        actor=request.user,
        amount=0 if data["only_cancel"] else data["amount"],
        cash_place=data["cash_place"],
    )


@require_http_methods(["GET", "POST"])
@requires("rounds.handle_money")
def deposit_return(
    request: Request, cooperative: Cooperative, member: str, number: str
) -> HttpResponse:
    """Give a member back what is left of hers."""
    found = round_or_404(cooperative, number)
    her = member_or_404(cooperative, member)
    held = next((h for h in selectors.held_by_member(found) if h.party.pk == her.party_id), None)
    if held is None:
        raise Http404
    first = {"amount": held.free}
    form = ReturnForm(request.POST or None, cooperative=cooperative, initial=first)
    if form.is_valid():
        amount = form.cleaned_data["amount"]
        with tried(form) as attempt:
            paper = services.give_back(
                found=found,
                party=her.party,
                amount=amount,
                cash_place=form.cleaned_data["cash_place"],
                on=today(cooperative.zone),
                actor=request.user,
            )
            told = _("%(amount)s given back to %(name)s. Voucher %(number)s.")
            facts = {"amount": format_rupiah(amount), "name": her.full_name, "number": paper}
            messages.success(request, told % facts)
        if attempt.done:
            return redirect("rounds:round_money", cooperative.slug, number)
    context = {"found": found, "form": form, "member": her, "held": held}
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/deposit_return.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("rounds.handle_money")
def return_undo(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: a voucher by which money went back is undone (`bk` names it)."""
    found = round_or_404(cooperative, number)
    voucher = request.POST.get("bk") or request.GET.get("bk", "")
    if voucher not in selectors.vouchers_of(found):
        raise Http404
    on = today(cooperative.zone)
    return with_reason(
        request,
        found,
        lambda reason: services.undo_return(
            found=found, number=voucher, reason=reason, on=on, actor=request.user
        ),
        words=(
            _("Put %(number)s right") % {"number": voucher},
            _("The voucher is reversed; the money is held for the member again."),
            _("Put right. The money lies here again."),
        ),
        back="rounds:round_money",
        hidden={"bk": voucher},
    )


@require_http_methods(["POST"])
@requires("rounds.handle_money")
def deposit_carry(
    request: Request, cooperative: Cooperative, member: str, number: str
) -> HttpResponse:
    """Use in this round what a member's earlier rounds kept of hers."""
    found = round_or_404(cooperative, number)
    her = member_or_404(cooperative, member)
    with tried() as attempt:
        amount = services.carry_over(
            found=found, party=her.party, on=today(cooperative.zone), actor=request.user
        )
        facts = {"amount": format_rupiah(amount), "name": her.full_name}
        messages.success(request, _("%(amount)s of %(name)s is used here.") % facts)
    if not attempt.done:
        messages.error(request, attempt.words)
    return redirect("rounds:round_money", cooperative.slug, number)
