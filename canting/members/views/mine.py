"""Saya: what a member sees of herself, her devices, and who sees her."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.selectors import audit_trail, people
from canting.kernel.dates import format_date, local_day
from canting.kernel.htmx import notice, render_page
from canting.kernel.member_text import m_
from canting.kernel.phones import format_phone
from canting.members import selectors, services
from canting.members.rules import initials, paper_name
from canting.members.views.words import role_word

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.members.models import Member


def own_record(request: Request, cooperative: Cooperative) -> Member:
    """The signed-in member's own record, whatever address she opened; else "not found"."""
    found = selectors.member_of_party(cooperative=cooperative, party_id=request.access.party_id)
    if found is None:
        raise Http404
    return found


@require_safe
@requires("members.view_me")
def me(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Name, phone, language, devices, and who may see what of her."""
    member = own_record(request, cooperative)
    opened = audit_trail(cooperative=cooperative).filter(
        for_party_id=member.party_id, action="members.nik_shown"
    )[:5]
    staff: dict[str, list[str]] = {}
    for access in people(cooperative=cooperative):
        if access.role != "member":
            staff.setdefault(str(role_word(access.role)), []).append(str(access.user))
    context = {
        "member": member,
        "phone": format_phone,
        "name": paper_name(
            full_name=member.full_name,
            title_before=member.title_before,
            title_after=member.title_after,
        ),
        "initials": initials(member.called_name or member.full_name),
        "has_nik": bool(member.nik_sealed),
        "devices": selectors.open_devices(user_id=request.user.pk, now=timezone.now()),
        "staff": [(role, ", ".join(names)) for role, names in staff.items()],
        "opened": [
            (
                format_date(local_day(entry.made_at, cooperative.zone)),
                f"{entry.actor}: {entry.facts.get('reason', '')}",
            )
            for entry in opened
        ],
    }
    return render_page(request, "members/me.html", context)


@require_POST
@requires("members.view_me")
def me_sign_out(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Sign out on every other device, for a phone that was lost or lent."""
    ended = services.sign_out_elsewhere(
        user_id=request.user.pk, keep=request.session.session_key or "", now=timezone.now()
    )
    notice(request, m_("Signed out on %(count)s other devices.", count=ended))
    return redirect("members:me", cooperative.slug)
