"""The papers: receipt page, printing, all deposits, Betulkan, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cash.selectors import place_name
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.selectors import audit_trail
from canting.kernel import downloads
from canting.kernel.dates import format_date, format_time, today
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.money import format_rupiah, in_words
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.savings import selectors
from canting.savings.forms import CorrectionForm
from canting.savings.papers import RECEIPT_SIZES, receipts, what_for
from canting.savings.rules import DepositState
from canting.savings.services import Payment, correct_deposit, note_printed
from canting.savings.views import columns
from canting.savings.views.counter import licensed

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.papers import PaperFormat
    from canting.savings.models import Deposit


def deposit_or_404(cooperative: Cooperative, number: str) -> Deposit:
    """The deposit of this receipt number in this cooperative, else "not found"."""
    found = selectors.deposit_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def paper_form(form: str) -> tuple[str, PaperFormat]:
    """Size and format out of "58mm.png"; an unknown one is not found."""
    size, _dot, kind = form.rpartition(".")
    if size not in RECEIPT_SIZES or kind not in downloads.PAPERS:
        raise Http404
    return size, "png" if kind == "png" else "pdf"


def _facts(cooperative: Cooperative, made: Deposit) -> list[tuple[str, str]]:
    return [
        (_("Member"), f"{made.member.full_name} · {made.member.number}"),
        (_("For"), what_for(made)),
        (_("Day"), format_date(made.deposit_date)),
        (_("Cash place"), place_name(cooperative=cooperative, place=made.cash_place)),
        (_("Amount"), format_rupiah(made.amount)),
        (_("In words"), in_words(made.amount)),
    ]


@require_safe
@requires("savings.view_deposits")
def deposit_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One deposit: what it says, its printings, what replaced it, the list it came in with."""
    made = deposit_or_404(cooperative, number)
    siblings = (
        list(selectors.deposits_of_list(cooperative=cooperative, reference=made.list_reference))
        if made.list_reference
        else []
    )
    context = {
        "deposit": made,
        "facts": _facts(cooperative, made),
        "sizes": RECEIPT_SIZES,
        "successor": selectors.replacement(deposit=made),
        "siblings": [(d, what_for(d)) for d in siblings],
        "list_sum": sum(d.amount for d in siblings),
        "when": format_time(made.made_at, cooperative.zone),
        "trail": audit_trail(cooperative=cooperative, subject=made.number)[:10],
    }
    return render_page(request, "savings/deposit_detail.html", context)


@require_safe
@requires("savings.record_deposit")
def deposit_print(
    request: Request, cooperative: Cooperative, form: str, number: str
) -> HttpResponse:
    """The receipt as PDF or picture; from the second printing on it says which copy it is."""
    size, kind = paper_form(form)
    made = deposit_or_404(cooperative, number)
    copy = note_printed(deposit=made, actor=request.user)
    content = receipts(cooperative=cooperative, deposits=[(made, copy)], size=size, format=kind)
    return downloads.paper(content, made.number, kind)


@require_safe
@requires("savings.record_deposit")
def list_print(request: Request, cooperative: Cooperative, form: str, number: str) -> HttpResponse:
    """All receipts of one list in one file, a page each."""
    size, kind = paper_form(form)
    found = list(selectors.deposits_of_list(cooperative=cooperative, reference=number))
    if not found or kind != "pdf":
        raise Http404
    copies = [(made, note_printed(deposit=made, actor=request.user)) for made in found]
    content = receipts(cooperative=cooperative, deposits=copies, size=size)
    return downloads.paper(content, f"{number}-daftar")


@require_safe
@requires("savings.view_deposits")
@listed()
def deposit_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every deposit, newest first, of all or of one member."""
    typed = request.GET.get("q", "").strip()[:80]
    member = members.find_member(cooperative=cooperative, typed=typed) if typed else None
    found = selectors.deposits(cooperative=cooperative, member=member)
    if typed and member is None:
        found = found.none()
    if request.sheet:
        return as_file(request, cooperative, "setoran", columns.DEPOSITS, found)
    page = page_of(found, order=["-deposit_date"], after=request.GET.get("after"))
    here = reverse("savings:deposit_list", args=[cooperative.slug])

    def address(**asked: str) -> str:
        given = {name: value for name, value in asked.items() if value}
        return f"{here}?{urlencode(given)}" if given else here

    context = {
        "rows": [(made, what_for(made)) for made in page.rows],
        "typed": typed,
        "member": member,
        "next_url": address(q=typed, after=page.next) if page.next else "",
        "first_url": "" if page.is_first else address(q=typed),
        "clear_url": here,
    }
    return render_page(request, "savings/deposit_list.html", context)


@require_http_methods(["GET", "POST"])
@requires("savings.correct_deposit")
def deposit_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old receipt on the left, what is right on the right, a reason."""
    wrong = deposit_or_404(cooperative, number)
    day = today(cooperative.zone)
    form = CorrectionForm(
        request.POST or None, cooperative=cooperative, today=day,
        licensed=licensed(cooperative, day),
        initial={
            "member": members.member_label(wrong.member), "kind": wrong.kind,
            "amount": wrong.amount, "cash_place": wrong.cash_place, "on": day,
        },
    )  # fmt: skip
    if form.is_valid():
        facts = form.cleaned_data
        instead = Payment(facts["member"], facts["kind"], facts["amount"] or 0)
        with tried(form) as attempt:
            right = correct_deposit(
                wrong=wrong, reason=facts["reason"], on=facts["on"], actor=request.user,
                instead=None if facts["only_cancel"] else instead,
                cash_place=facts["cash_place"],
            )  # fmt: skip
        if attempt.done:
            return _corrected(request, cooperative, wrong, right)
    context = {"form": form, "deposit": wrong, "before": _facts(cooperative, wrong)}
    status = 422 if form.is_bound else 200
    return render_page(request, "savings/deposit_correct.html", context, status=status)


def _corrected(
    request: Request, cooperative: Cooperative, wrong: Deposit, right: Deposit | None
) -> HttpResponse:
    if right is None:
        text = _("%(number)s is taken back; the reason stays beside it.")
        notice(request, text % {"number": wrong.number})
        return redirect("savings:deposit_detail", cooperative.slug, wrong.number)
    text = _("%(number)s is reversed; %(new)s stands instead.")
    notice(request, text % {"number": wrong.number, "new": right.number})
    return redirect("savings:deposit_detail", cooperative.slug, right.number)


@require_POST
@requires("savings.record_deposit")
def deposit_undo(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Undo one's own deposit of today that was not printed yet; after that it is Betulkan."""
    made = deposit_or_404(cooperative, number)
    day = today(cooperative.zone)
    is_own = made.made_by_id == request.user.pk and made.deposit_date == day
    if not is_own or made.copies or made.state == DepositState.REVERSED:
        notice(
            request,
            _("%(number)s was printed or is not yours of today; put it right with Betulkan.")
            % {"number": made.number},
            kind="wait",
        )
        return redirect("savings:deposit_detail", cooperative.slug, made.number)
    try:
        correct_deposit(wrong=made, reason=_("Undone at once"), on=day, actor=request.user)
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
        return redirect("savings:deposit_detail", cooperative.slug, made.number)
    return _undone(request, cooperative, {"number": made.number})


def _undone(request: Request, cooperative: Cooperative, facts: dict[str, Any]) -> HttpResponse:
    notice(request, _("%(number)s is undone.") % facts)
    return redirect("savings:deposit_new", cooperative.slug)
