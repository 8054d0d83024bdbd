"""A word from the board on every member's first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today as day_of
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.portal import selectors, services
from canting.portal.forms.notice import NoticeForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET", "HEAD", "POST"])
@requires("portal.post_notice")
def notice_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What stands on the members' first page now, and the form for the next word."""
    on = day_of(cooperative.zone)
    form = NoticeForm(request.POST or None, day=on)
    if form.is_valid():
        with tried(form) as attempt:
            services.post_notice(
                cooperative=cooperative,
                text=form.cleaned_data["text"],
                until=form.cleaned_data["until"],
                on=on,
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("The members see it on their first page from now on."))
            return redirect("portal:notice_page", cooperative.slug)
    standing = selectors.notice_of_day(cooperative=cooperative, on=on)
    return render_page(
        request,
        "portal/notice.html",
        {"form": form, "standing": standing},
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("portal.post_notice")
def notice_withdraw(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Take the word away from the members' first page."""
    services.withdraw_notices(cooperative=cooperative, actor=request.user)
    notice(request, _("The notice was taken away."))
    return redirect("portal:notice_page", cooperative.slug)
