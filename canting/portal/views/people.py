"""Officers and staff: who holds which role here, a role given, a role ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from canting.cooperatives.doors import Request, requires
from canting.cooperatives.rules import Role
from canting.kernel.errors import DomainError
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried
from canting.portal import forms, selectors, services

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_http_methods(["GET", "POST"])
@requires("cooperatives.manage_people")
def start_people(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Everyone with a role besides membership, and a form that gives one."""
    form = forms.RoleForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with tried(form) as attempt:
            someone = services.give_role(
                cooperative=cooperative,
                username=typed["username"],
                full_name=typed["full_name"],
                password=typed["password"],
                role=Role(typed["role"]),
                actor=request.user,
            )
        if attempt.done:
            facts = {"name": someone, "role": selectors.role_name(typed["role"])}
            notice(request, _("%(name)s now acts as %(role)s.") % facts)
            return redirect("portal:start_people", cooperative.slug)
    return render_page(
        request,
        "portal/start/people.html",
        {
            "form": form,
            "officers": selectors.officers(cooperative=cooperative),
            "role_name": selectors.role_name,
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("cooperatives.manage_people")
def start_people_end(request: Request, cooperative: Cooperative) -> HttpResponse:
    """End one role of one person; the door closes at once."""
    role, username = request.POST.get("role", ""), request.POST.get("username", "")
    if role not in set(Role) - {Role.MEMBER}:
        raise Http404
    try:
        services.end_role(
            cooperative=cooperative, username=username, role=Role(role), actor=request.user
        )
    except DomainError as refusal:
        notice(request, str(refusal), kind="wrong")
    else:
        notice(request, _("The role has ended."))
    return redirect("portal:start_people", cooperative.slug)
