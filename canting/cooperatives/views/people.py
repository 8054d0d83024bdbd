"""Orang: who works here and watches over it, and what each may do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from canting.cooperatives import selectors, services
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.forms import ROLE_NAMES, NewPersonForm, PasswordForm, RoleForm
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import GIVEN_BY_BOARD, Role
from canting.cooperatives.views import columns
from canting.kernel.htmx import notice, render_page
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@require_safe
@requires("cooperatives.manage_people")
@listed()
def people_list(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Everyone with a role here, by name."""
    found = selectors.staff_people(cooperative=cooperative).order_by(
        "user__full_name", "user_id", "role"
    )
    people = [
        {
            "user": user,
            "roles": ", ".join(str(ROLE_NAMES[Role(access.role)]) for access in accesses),
        }
        for user, accesses in groupby(found, key=lambda access: access.user)
    ]
    if request.sheet:
        return as_file(request, cooperative, "orang-dan-tugas", columns.PEOPLE, people)
    return render_page(request, "cooperatives/people_list.html", {"people": people})


@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
@requires("cooperatives.manage_people")
def person_create(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Make a person with a first role and a first password."""
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        facts = {key: value for key, value in form.cleaned_data.items() if key != "again"}
        with tried(form) as attempt:
            made = services.hire(
                cooperative=cooperative,
                actor=request.user,
                **{**facts, "role": Role(facts["role"])},
            )
        if attempt.done:
            notice(request, _("%(name)s may sign in now.") % {"name": made.full_name})
            return redirect("cooperatives:person_detail", cooperative.slug, made.username)
    status = 422 if form.is_bound else 200
    return render_page(request, "cooperatives/person_form.html", {"form": form}, status=status)


def _person(cooperative: Cooperative, username: str) -> tuple[Any, frozenset[str]]:
    """A person with a role here other than plain member, and the roles."""
    user = selectors.user_by_username(username)
    roles = selectors.roles_of(cooperative=cooperative, user=user) if user else frozenset()
    if user is None or not roles - {Role.MEMBER}:
        raise Http404
    return user, roles


@require_safe
@requires("cooperatives.manage_people")
def person_detail(request: Request, cooperative: Cooperative, username: str) -> HttpResponse:
    """What a person may do here, giving and taking roles, a new first password."""
    return _page(request, cooperative, username, PasswordForm())


def _page(
    request: Request, cooperative: Cooperative, username: str, form: PasswordForm
) -> HttpResponse:
    user, roles = _person(cooperative, username)
    is_board = Role.BOARD in request.access.roles
    context = {
        "person": user,
        "roles": [
            (role, ROLE_NAMES[Role(role)], is_board or role not in GIVEN_BY_BOARD)
            for role in sorted(roles)
            if role != Role.MEMBER
        ],
        "is_also_member": Role.MEMBER in roles,
        "rights": sorted(selectors.rights_of(roles)),
        "role_form": RoleForm(),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cooperatives/person_detail.html", context, status=status)


@require_POST
@requires("cooperatives.manage_people")
def person_role(request: Request, cooperative: Cooperative, username: str) -> HttpResponse:
    """Give a role (`role`) or take one away (`take`)."""
    user, _roles = _person(cooperative, username)
    taken = request.POST.get("take", "")
    form = RoleForm({"role": taken or request.POST.get("role", "")})
    if not form.is_valid():
        raise Http404
    role = Role(form.cleaned_data["role"])
    act = services.dismiss if taken else services.appoint
    act(cooperative=cooperative, user=user, role=role, actor=request.user)
    facts = {"name": str(user), "role": ROLE_NAMES[role]}
    text = _("%(name)s is no longer %(role)s here.") if taken else _("%(name)s is now %(role)s.")
    notice(request, text % facts)
    left = selectors.roles_of(cooperative=cooperative, user=user) - {Role.MEMBER}
    if left:
        return redirect("cooperatives:person_detail", cooperative.slug, username)
    return redirect("cooperatives:people_list", cooperative.slug)


@sensitive_post_parameters("password", "again")
@require_POST
@requires("cooperatives.manage_people")
def person_password(request: Request, cooperative: Cooperative, username: str) -> HttpResponse:
    """Set a new first password, handed over in person."""
    user, _roles = _person(cooperative, username)
    form = PasswordForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.renew_password(
                cooperative=cooperative,
                user=user,
                password=form.cleaned_data["password"],
                actor=request.user,
            )
        if attempt.done:
            notice(request, _("The new password holds. Hand it over in person."))
            return redirect("cooperatives:person_detail", cooperative.slug, username)
    return _page(request, cooperative, username, form)
