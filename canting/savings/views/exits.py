"""Leaving: the list, the request, the board's decision, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.kernel.dates import format_date, today
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.savings import selectors
from canting.savings.forms import CAUSE_WORDS, DecisionForm, ExitCorrection, ExitForm
from canting.savings.rules import DepositState, ExitPaperKind, ExitState
from canting.savings.services import Decision, approve_exit, ask_exit, correct_exit
from canting.savings.views import columns

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.ties import Tie
    from canting.members.models import Member
    from canting.savings.models import Exit, ExitPaper

PAPER_WORDS = {ExitPaperKind.PAYMENT: "pay", ExitPaperKind.SET_OFF: "set_off"}


def exit_or_404(cooperative: Cooperative, number: str) -> Exit:
    """The leaving of this number in this cooperative, else "not found"."""
    found = selectors.exit_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def paper_word(paper: ExitPaper) -> str:
    """What a leaver's paper is, in words."""
    return _("Payment") if paper.kind == ExitPaperKind.PAYMENT else _("Set-off")


def named(sums: dict[str, int]) -> list[tuple[str, str]]:
    """Accounts with their amounts, as a page shows them, with the sum below when there are two."""
    rows = [(ledger.account_name(role), format_rupiah(amount)) for role, amount in sums.items()]
    if len(rows) > 1:
        rows.append((_("Together"), format_rupiah(sum(sums.values()))))
    return rows


def ties_shown(cooperative: Cooperative, ties: list[Tie]) -> list[tuple[str, str]]:
    """What ties a leaver, each with the address where it is finished."""
    return [
        (
            tie.text,
            reverse(tie.view, args=[cooperative.slug, *([tie.argument] if tie.argument else [])])
            if tie.view
            else "",
        )
        for tie in ties
    ]


def standing(cooperative: Cooperative, member: Member) -> dict[str, Any]:
    """What a member has, gets and owes, and what ties her: the figures of every page of leaving."""
    has = selectors.holdings(cooperative=cooperative, member=member)
    shares = {"share_principal": has.entry_share, "share_mandatory": has.regular_share}
    gets = selectors.owed_to_her(member=member)
    owes = selectors.owed_by_her(member=member)
    ties = selectors.open_ties(member=member, on=today(cooperative.zone))
    gets = {**{role: amount for role, amount in shares.items() if amount}, **gets}
    return {
        "gets": named(gets),
        "owes": named(owes),
        "ties": ties_shown(cooperative, ties),
        "rest": sum(gets.values()) - sum(owes.values()),
        "total_owed": sum(owes.values()),
    }


@require_safe
@requires("savings.view_deposits")
@listed()
def exit_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Everyone who asked to leave: who waits for the board, for money, who has left."""
    found = selectors.exits(cooperative=cooperative)
    if request.sheet:
        return as_file(request, cooperative, "anggota-keluar", columns.EXITS, found)
    page = page_of(found, order=["-asked_on"], after=request.GET.get("after"))
    rows = [
        (one, columns.EXIT_MARKS[ExitState(one.state)], columns.EXIT_WORDS[ExitState(one.state)])
        for one in page.rows
    ]
    context = {"rows": rows, "page": page}
    return render_page(request, "savings/exit_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.ask_exit")
def exit_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A member asks to leave: what she has and owes stands beside the form."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    last = selectors.last_exit(member=member)
    if request.method == "GET" and last is not None and last.state != ExitState.PAID:
        return redirect("savings:exit_detail", cooperative.slug, last.number)
    form = ExitForm(request.POST or None, today=today(cooperative.zone))
    if form.is_valid():
        with tried(form) as attempt:
            made = ask_exit(
                cooperative=cooperative, member=member, actor=request.user, **form.cleaned_data
            )
        if attempt.done:
            notice(request, _("%(number)s waits for the decision of the board.") % {
                "number": made.number})  # fmt: skip
            return redirect("savings:exit_detail", cooperative.slug, made.number)
    context = {"form": form, "member": member, **standing(cooperative, member)}
    return render_page(
        request, "savings/exit_new.html", context, status=422 if form.is_bound else 200
    )


def facts_of(leaving: Exit) -> list[tuple[str, str]]:
    """What a leaving says of itself."""
    rows = [
        (_("Member"), f"{leaving.member.full_name} · {leaving.member.number}"),
        (_("Why"), str(CAUSE_WORDS[leaving.cause])),
        (_("In her words"), leaving.reason),
        (_("Heirs"), leaving.heirs),
        (_("Asked on"), format_date(leaving.asked_on)),
        (_("Decision"), leaving.decision),
        (_("Decided on"), format_date(leaving.decided_on) if leaving.decided_on else ""),
        (_("Decided by"), str(leaving.decided_by or "")),
        (_("Shares that became a debt"), format_rupiah(leaving.moved) if leaving.moved else ""),
        (_("To be paid by"), format_date(leaving.pay_by) if leaving.pay_by else ""),
    ]
    return [(label, text) for label, text in rows if text]


@require_safe
@requires("savings.view_deposits")
def exit_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One leaving: where it stands, what she gets and owes, and the next step."""
    leaving = exit_or_404(cooperative, number)
    papers = [(one, paper_word(one)) for one in selectors.papers_of(leaving)]
    has_standing = any(one.state == DepositState.POSTED for one, _word in papers)
    state = ExitState(leaving.state)
    context = {
        "leaving": leaving,
        "state": (columns.EXIT_MARKS[state], columns.EXIT_WORDS[state]),
        "facts": facts_of(leaving),
        "papers": papers,
        "may_correct": leaving.state != ExitState.ENDED and not has_standing,
        **standing(cooperative, leaving.member),
    }
    return render_page(request, "savings/exit_detail.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.decide_exit")
def exit_decide(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The board lets a member go: from this day her shares are a debt."""
    leaving = exit_or_404(cooperative, number)
    form = DecisionForm(request.POST or None, today=today(cooperative.zone))
    if form.is_valid():
        decision = Decision(form.cleaned_data["decision"], form.cleaned_data["on"])
        with tried(form) as attempt:
            approve_exit(leaving=leaving, decision=decision, actor=request.user)
        if attempt.done:
            notice(request, _("%(name)s is leaving; her shares are a debt from now on.") % {
                "name": leaving.member.full_name})  # fmt: skip
            return redirect("savings:exit_detail", cooperative.slug, number)
    context = {"form": form, "leaving": leaving, **standing(cooperative, leaving.member)}
    return render_page(
        request, "savings/exit_decide.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "POST"])
@requires("savings.correct_exit")
def exit_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan on a leaving while nothing is paid: taken back, or decided anew."""
    wrong = exit_or_404(cooperative, number)
    day = today(cooperative.zone)
    form = ExitCorrection(
        request.POST or None,
        today=day,
        decided=wrong.decided_on is not None,
        initial={"decision": wrong.decision, "on": format_date(wrong.decided_on or day)},
    )
    if form.is_valid():
        given = form.cleaned_data
        instead = (
            Decision(given["decision"], given["on"])
            if "decision" in given and not given["only_cancel"]
            else None
        )
        with tried(form) as attempt:
            made = correct_exit(
                wrong=wrong, reason=given["reason"], on=day, actor=request.user, instead=instead
            )
        if attempt.done:
            notice(request, _("%(number)s is taken back.") % {"number": wrong.number})
            shown = made.number if made else wrong.number
            return redirect("savings:exit_detail", cooperative.slug, shown)
    context = {"leaving": wrong, "before": facts_of(wrong), "form": form}
    return render_page(
        request, "savings/exit_correct.html", context, status=422 if form.is_bound else 200
    )
