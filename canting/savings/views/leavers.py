"""Settling with a leaver: set-off, payment, their papers and putting them right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash.selectors import place_name
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.savings import selectors
from canting.savings.forms import ExitPaperCorrection, ExitPayForm, SetOffForm
from canting.savings.rules import ExitPaperKind
from canting.savings.services import correct_exit_paper, pay_exit, set_off
from canting.savings.views.exits import exit_or_404, paper_word, standing

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.savings.models import ExitPaper


@require_http_methods(["GET", "POST"])
@requires("savings.pay_exit")
def exit_set_off(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Her debts are set off against what she gets; no money moves."""
    leaving = exit_or_404(cooperative, number)
    shown = standing(cooperative, leaving.member)
    form = SetOffForm(
        request.POST or None,
        today=today(cooperative.zone),
        initial={"amount": shown["total_owed"]},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = set_off(leaving=leaving, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(amount)s is set off. Paper %(number)s.") % {
                "amount": format_rupiah(made.amount), "number": made.number})  # fmt: skip
            return redirect("savings:exit_detail", cooperative.slug, number)
    context = {"form": form, "leaving": leaving, **shown}
    return render_page(
        request, "savings/exit_set_off.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("savings.pay_exit")
def exit_pay(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What is left is paid to a leaver or her heirs, in cash or by transfer."""
    leaving = exit_or_404(cooperative, number)
    form = ExitPayForm(
        request.POST or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        initial={"taker": leaving.heirs or leaving.member.full_name},
    )
    if form.is_valid():
        with tried(form) as attempt:
            made = pay_exit(leaving=leaving, actor=request.user, **form.cleaned_data)
        if attempt.done:
            notice(request, _("%(amount)s is paid out. Voucher %(number)s.") % {
                "amount": format_rupiah(made.amount), "number": made.number})  # fmt: skip
            return redirect("savings:exit_paper_detail", cooperative.slug, made.number)
    context = {"form": form, "leaving": leaving, **standing(cooperative, leaving.member)}
    return render_page(
        request, "savings/exit_pay.html", context, status=422 if form.is_bound else 200
    )


def _or_404(cooperative: Cooperative, number: str) -> ExitPaper:
    found = selectors.exit_paper(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def _facts(cooperative: Cooperative, paper: ExitPaper) -> list[tuple[str, str]]:
    member = paper.exit.member
    place = place_name(cooperative=cooperative, place=paper.cash_place) if paper.cash_place else ""
    rows = [
        (_("Member"), f"{member.full_name} · {member.number}"),
        (_("Day"), format_date(paper.on)),
        (_("Cash place"), place),
        (_("Who signs for it"), paper.taker),
        *(
            (ledger.account_name(part.role), format_rupiah(part.amount))
            for part in paper.parts.all()
        ),
        (_("Amount"), format_rupiah(paper.amount)),
    ]
    return [(label, text) for label, text in rows if text]


@require_safe
@requires("savings.view_deposits")
def exit_paper_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One payment or set-off, fit to print and sign."""
    paper = _or_404(cooperative, number)
    context = {
        "paper": paper,
        "word": paper_word(paper),
        "facts": [*_facts(cooperative, paper), (_("In words"), in_words(paper.amount))],
    }
    return render_page(request, "savings/exit_paper.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.correct_exit")
def exit_paper_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan on a payment or a set-off of a leaver: taken back, and written right or not at all."""
    wrong = _or_404(cooperative, number)
    form = ExitPaperCorrection(
        request.POST or None,
        cooperative=cooperative,
        today=today(cooperative.zone),
        pays=wrong.kind == ExitPaperKind.PAYMENT,
        initial={"amount": wrong.amount, "cash_place": wrong.cash_place},
    )
    if form.is_valid():
        given = form.cleaned_data
        with tried(form) as attempt:
            made = correct_exit_paper(
                wrong=wrong,
                reason=given["reason"],
                on=given["on"],
                actor=request.user,
                amount=given["amount"],
                cash_place=given.get("cash_place", ""),
            )
        if attempt.done:
            notice(request, _("%(number)s is taken back.") % {"number": wrong.number})
            shown = made.number if made else wrong.number
            return redirect("savings:exit_paper_detail", cooperative.slug, shown)
    context = {"paper": wrong, "before": _facts(cooperative, wrong), "form": form}
    return render_page(
        request, "savings/exit_paper_correct.html", context, status=422 if form.is_bound else 200
    )
