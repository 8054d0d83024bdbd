"""What the doors of buying together share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from canting.kernel.htmx import render_page
from canting.kernel.refusals import tried
from canting.members import selectors as members
from canting.rounds import selectors
from canting.rounds.forms import ReasonForm

if TYPE_CHECKING:
    from canting.cooperatives.doors import Request
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member
    from canting.rounds.models import Round


def round_or_404(cooperative: Cooperative, number: str) -> Round:
    """The round of this number; 404 when this cooperative has none."""
    found = selectors.round_by_number(cooperative=cooperative, number=number)
    if found is None:
        raise Http404
    return found


def member_or_404(cooperative: Cooperative, number: str) -> Member:
    """The member of this number; 404 when this cooperative has none."""
    member = members.member_by_number(cooperative=cooperative, number=number)
    if member is None:
        raise Http404
    return member


def with_reason(
    request: Request,
    found: Round,
    deed: Callable[[str], Any],
    *,
    words: tuple[str, str, str],
    back: str = "rounds:round_detail",
    hidden: dict[str, str] | None = None,
) -> HttpResponse:
    """A deed that needs a reason: asked, done, then back; `words` are title, effect, what was done."""
    title, effect, done = words
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            deed(form.cleaned_data["reason"])
            messages.success(request, done)
        if attempt.done:
            return redirect(back, found.cooperative.slug, found.number)
    context = {
        "found": found,
        "form": form,
        "title": title,
        "effect": effect,
        "hidden": hidden or {},
        "back": back,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "rounds/reason.html", context, status=status)
