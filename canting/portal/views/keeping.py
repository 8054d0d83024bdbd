"""Keeping it true and safe: papers behind figures, verification, backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.services import record
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.portal import selectors, services

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("portal.open")
def paper(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The page of the paper behind an entry or a stock move (`?source=`)."""
    url = selectors.paper_url(cooperative=cooperative, source=request.GET.get("source", ""))
    if url is None:
        raise Http404
    return redirect(url)


@require_safe
@requires("portal.verify")
def verify_page(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Every law of the house and whether it holds just now."""
    found = list(selectors.verification(cooperative=cooperative))
    broken = [one for one in found if not one.holds]
    return render_page(request, "portal/verify.html", {"found": found, "broken": broken})


@require_safe
@requires("portal.backup")
def backup_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """The backups that lie on this machine and how old the newest is."""
    return render_page(
        request,
        "portal/backup_list.html",
        {
            "backups": services.listed_backups(),
            "age": services.backup_age(now=timezone.now()),
            "here": connection.vendor == "sqlite" and selectors.owns_installation(cooperative),
        },
    )


@require_POST
@requires("portal.backup")
def backup_now(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Write an archive now; only where this cooperative has the installation to itself."""
    if not selectors.owns_installation(cooperative):
        raise Http404
    try:
        made = services.back_up(now=timezone.now())
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
        return redirect("portal:backup_list", cooperative.slug)
    record(
        cooperative_id=cooperative.pk,
        actor=request.user,
        action="portal.backed_up",
        subject=made.path.name,
    )
    notice(request, _("Backup %(name)s was written.") % {"name": made.path.name})
    return redirect("portal:backup_list", cooperative.slug)


@require_safe
@requires("portal.backup")
def backup_download(
    request: Request, cooperative: Cooperative, name: str
) -> HttpResponse | FileResponse:
    """Take an archive home on a stick; it opens the whole installation, so it is logged."""
    found = services.backup_file(name=name)
    if found is None or not selectors.owns_installation(cooperative):
        raise Http404
    record(
        cooperative_id=cooperative.pk,
        actor=request.user,
        action="portal.backup_taken",
        subject=name,
    )
    return FileResponse(found.open("rb"), as_attachment=True, filename=name)
