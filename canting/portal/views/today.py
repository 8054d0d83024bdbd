"""Hari ini: the first page of everyone who works for the cooperative."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone
from django.views.decorators.http import require_safe

from canting.cooperatives import selectors as house
from canting.cooperatives.doors import Request, requires
from canting.kernel.dates import today as day_of
from canting.kernel.htmx import render_page
from canting.portal import selectors, services

if TYPE_CHECKING:
    from django.http import HttpResponse

    from canting.cooperatives.models import Cooperative

STALE, DANGEROUS = timedelta(days=2), timedelta(days=7)


@require_safe
@requires("portal.view_today")
def today(request: Request, cooperative: Cooperative) -> HttpResponse:
    """What is late, what waits for me, what is to be paid, what runs out: by role, one page."""
    on = day_of(cooperative.zone)
    access = request.access
    with house.parameters_read_once(cooperative=cooperative):
        found = selectors.today_for(
            cooperative=cooperative,
            on=on,
            roles=access.roles,
            rights=access.rights,
            user_id=access.user.pk,
        )
    return render_page(
        request,
        "portal/today.html",
        {"found": found, "on": on, "now": timezone.now(), "backup": _backup(request, cooperative)},
    )


def _backup(request: Request, cooperative: Cooperative) -> tuple[str, int] | None:
    """How stale the newest backup is (kind, days; -1: never made); nothing while all is well."""
    if "portal.backup" not in request.access.rights or connection.vendor != "sqlite":
        return None
    if not selectors.owns_installation(cooperative):
        return None
    age = services.backup_age(now=timezone.now())
    if age is None:
        return "wrong", -1
    if age <= STALE:
        return None
    return ("wrong" if age > DANGEROUS else "wait"), age.days
