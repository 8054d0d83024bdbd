"""Old books: a file brought, looked at as it was read, asked about, booked, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.portal import forms, selectors, services
from canting.portal.old_books import (
    TAKEN,
    Answers,
    Plan,
    bring_old_book,
    control_of,
    plan_old_book,
    read_kept,
    take_in,
    waiting,
)
from canting.portal.old_books.words import effect_name, layout_name, taken_name, what_name
from canting.portal.rules.old_book import BookState

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.portal.models import OldBook

WORDS = {"layout_name": layout_name, "effect_name": effect_name, "what_name": what_name}
SHOWN_WAITING = 8


def _book_or_404(cooperative: Cooperative, number: int) -> OldBook:
    found = selectors.old_book(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def old_book_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every file brought and how it stands; a new one is read and kept, nothing is booked."""
    form = forms.OldBookFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        with tried(form, beside="file") as attempt:
            kept, _reading = bring_old_book(
                cooperative=cooperative, data=upload.read(), filename=upload.name,
                actor=request.user,
            )  # fmt: skip
        if attempt.done:
            return redirect("portal:old_book", cooperative.slug, kept.number)
    context = {
        "form": form,
        "books": list(selectors.old_books(cooperative=cooperative)[:100]),
        **WORDS,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "portal/old_book/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("portal.start")
def old_book(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """One file as it was read, with its questions; answered, compared and booked from here."""
    book = _book_or_404(cooperative, number)
    if book.state != BookState.READ:
        return redirect("portal:old_book_paper", cooperative.slug, str(number))
    if "anew" in request.POST:
        services.keep_answers(book=book, answers=Answers().as_json())
        return redirect("portal:old_book", cooperative.slug, number)
    plan = plan_old_book(cooperative=cooperative, reading=read_kept(book))
    form = forms.ReadingForm(request.POST or None, plan=plan)
    if form.is_valid():
        services.keep_answers(book=book, answers=form.answers().as_json())
        return _go_on(request, cooperative, book)
    status = 422 if form.is_bound else 200
    context = _reading_context(book, plan, form)
    return render_page(request, "portal/old_book/reading.html", context, status=status)


def _go_on(request: Request, cooperative: Cooperative, book: OldBook) -> HttpResponse:
    """After the answers are kept: book it when that was asked, else show what is still open."""
    if "book" not in request.POST:
        notice(request, _("The answers are kept."))
        return redirect("portal:old_book", cooperative.slug, book.number)
    try:
        take_in(book=book, actor=request.user, now=timezone.now())
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
        return redirect("portal:old_book", cooperative.slug, book.number)
    notice(request, _("%(file)s is booked.") % {"file": book.name})
    return redirect("portal:old_book_paper", cooperative.slug, str(book.number))


def _reading_context(book: OldBook, plan: Plan, form: forms.ReadingForm) -> dict[str, Any]:
    taken = TAKEN.get(book.layout, {})
    reading, left = plan.reading, waiting(plan)
    control, here = control_of(plan), plan.booking.total
    return {
        "book": book,
        "plan": plan,
        "form": form,
        "columns": [(label, taken_name(taken.get(label, ""))) for label in reading.header],
        "reading": reading,
        "sums": plan.sums(),
        "left": left[:SHOWN_WAITING],
        "left_count": len(left),
        "problems": [str(one) for one in plan.problems],
        "control": control,
        "here": here,
        "difference": None if control is None else here - control,
        "matched": [one for one in plan.people.values() if one.is_clear][:200],
        "people": [
            f"{one.number} {one.full_name}" for one in members.members(
                cooperative=book.cooperative
            )[:2000]
        ] if form.people else [],
        **WORDS,
    }  # fmt: skip


@require_POST
@requires("portal.start")
def old_book_drop(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """Throw a file away that is not booked."""
    book = _book_or_404(cooperative, number)
    try:
        services.drop_old_book(book=book, actor=request.user)
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
    else:
        notice(request, _("The file is thrown away; nothing was booked of it."))
    return redirect("portal:old_book_list", cooperative.slug)


@require_POST
@requires("portal.start")
def old_book_undo(request: Request, cooperative: Cooperative, number: int) -> HttpResponse:
    """Take a booked file back whole, with the reason."""
    book = _book_or_404(cooperative, number)
    try:
        services.undo_old_book(
            book=book, reason=request.POST.get("reason", ""), actor=request.user,
            now=timezone.now(),
        )  # fmt: skip
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
    else:
        notice(request, _("%(file)s is taken back. It may be brought again.") % {"file": book.name})
    return redirect("portal:old_book_paper", cooperative.slug, str(number))


@require_safe
@requires("ledger.view_books")
def old_book_paper(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """A booked file: what became of each of its rows, who booked it, the entries it posted."""
    digits = number.partition(".")[0]
    book = _book_or_404(cooperative, int(digits) if digits.isdecimal() else 0)
    rows = selectors.rows_of(book=book)
    return render_page(
        request,
        "portal/old_book/paper.html",
        {
            "book": book,
            "sums": selectors.sums_of(book=book),
            "page": page_of(rows, order=["row"], after=request.GET.get("after")),
            **WORDS,
        },
    )


@require_safe
@requires("ledger.view_books")
def old_book_history(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """What old books told of one member, oldest first."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    rows = selectors.history_of(cooperative=cooperative, member=member)
    page = page_of(rows, order=["book__number", "row"], after=request.GET.get("after"))
    return render_page(
        request, "portal/old_book/history.html", {"member": member, "page": page, **WORDS}
    )
