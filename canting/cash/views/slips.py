"""One paper of the desk: its page, its print, putting it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from canting.cash import papers, selectors, services
from canting.cash.forms import CashForm, DeskForm, MoveForm, ReasonForm, put_right
from canting.cash.rules import HELD
from canting.cash.views.shared import FIELD_OF, desk_form
from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel import downloads
from canting.kernel.dates import today
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.kernel.papers import PaperFormat

FORMS: dict[str, type[DeskForm]] = {
    "receipt": CashForm,
    "payment": CashForm,
    "transfer": MoveForm,
    "advance": DeskForm,
    "suspense": DeskForm,
}


def _paper(cooperative: Cooperative, number: str) -> Any:
    found = selectors.paper(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("cash.view_cash")
def paper_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A paper as it stands: what, from where to where, its photo, its entry, what replaced it."""
    paper = _paper(cooperative, number)
    context = {
        "paper": paper,
        "title": papers.title_of(paper),
        "facts": papers.facts_of(paper),
        "notas": papers.nota_rows(paper),
        "files": house.attachments(cooperative=cooperative, subjects=[number]),
        "entry": selectors.entry_of(paper=paper),
        "follower": selectors.follower(paper=paper),
        "held": paper.kind in HELD,
        "left": selectors.left_in_suspense(paper=paper) if paper.kind == "suspense" else 0,
    }
    return render_page(request, "cash/paper_detail.html", context)


@require_safe
@requires("cash.view_cash")
def paper_print(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """The paper as PDF, or as a picture for a message (`bentuk=png`)."""
    paper = _paper(cooperative, number)
    as_picture = request.GET.get("bentuk") == "png"
    copy = services.note_print(paper=paper, actor=request.user)
    form: PaperFormat = "png" if as_picture else "pdf"
    return downloads.paper(papers.printed(paper, copy=copy, format=form), number, form)


@require_http_methods(["GET", "POST"])
@requires("cash.correct_paper")
def paper_correct(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Betulkan: the old paper left, the right one beside it, the reason below."""
    paper = _paper(cooperative, number)
    if paper.state == "reversed":
        return redirect("cash:paper_detail", cooperative.slug, number)
    form = _form(request, cooperative, paper)
    if form.is_valid():
        with tried(form, beside=FIELD_OF) as attempt:
            made = services.correct_paper(
                paper=paper,
                reason=form.cleaned_data["reason"],
                on=today(cooperative.zone),
                actor=request.user,
                replacement=_replacement(paper, form),
            )
        if attempt.done:
            notice(request, _("Put right. %(number)s stays, reversed.") % {"number": number})
            shown = made.number if made else number
            return redirect("cash:paper_detail", cooperative.slug, shown)
    context = {
        "paper": paper,
        "form": form,
        "before": papers.facts_of(paper),
        "is_draft": paper.kind in FORMS,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cash/paper_correct.html", context, status=status)


def _form(request: Request, cooperative: Cooperative, paper: Any) -> forms.Form:
    kind = FORMS.get(paper.kind)
    if kind is None:
        return ReasonForm(request.POST or None)
    on = today(cooperative.zone)
    typed = {
        "purpose": paper.purpose,
        "amount": paper.amount,
        "withheld": paper.withheld or None,
        "place": paper.place,
        "to_place": paper.other_place,
        "memo": paper.memo,
        "counterparty": paper.counterparty,
    }
    return put_right(desk_form(kind, cooperative, on, request, initial=typed))


def _replacement(paper: Any, form: forms.Form) -> dict[str, Any] | None:
    if paper.kind not in FORMS or form.cleaned_data["only_cancel"]:
        return None
    facts = form.facts() if isinstance(form, DeskForm) else {}
    return {key: value for key, value in facts.items() if key not in {"only_cancel", "reason"}}
