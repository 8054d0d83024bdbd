"""Signing in: member number and PIN, the one-time link, the people of a demo."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from canting.cooperatives import selectors, services
from canting.cooperatives.doors import public, remember_device
from canting.cooperatives.forms import ROLE_NAMES, NewPinForm, PinSignInForm
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.refusals import tried

if TYPE_CHECKING:
    from canting.cooperatives.models import User

MEMBER_SESSION_SECONDS = 60 * 24 * 3600


@public
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Members by number and PIN, people with power by password, demo people by one press."""
    wanted = next_address(request)
    if request.user.is_authenticated:
        return redirect(wanted)
    places = list(selectors.cooperatives()[:2])
    form = PinSignInForm(
        request.POST or None,
        only=places[0].slug if len(places) == 1 else "",
        initial={"place": urlsplit(wanted).path.split("/")[1]},
    )
    if form.is_valid() and (user := _user_by_pin(request, form)):
        enter(request, user, member=True)
        return redirect(wanted)
    people = list(selectors.demo_people())
    context = {
        "form": form,
        "people": people,
        "officers": list(selectors.demo_officers()) if people else [],
        "role_names": ROLE_NAMES,
        "next": wanted,
        "has_places": bool(places),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "cooperatives/sign_in.html", context, status=status)


def _user_by_pin(request: HttpRequest, form: PinSignInForm) -> User | None:
    if not ratelimit.consume(request, action="pin"):
        form.add_error(
            None, m_("Too many tries from this connection. Wait five minutes and try again.")
        )
        return None
    cooperative = selectors.cooperative_named(form.cleaned_data["place"])
    if cooperative is None:
        form.add_error(
            "place", m_("No cooperative of this name is here. Type it as it stands on a receipt.")
        )
        return None
    with tried(form):
        return services.check_pin(
            cooperative=cooperative,
            who=form.cleaned_data["who"],
            pin=form.cleaned_data["pin"],
            now=timezone.now(),
        )
    return None


@public
@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a one-time link: set a PIN, then you are in. Opening it uses nothing up."""
    found = selectors.token(token=token)
    now = timezone.now()
    user = selectors.user_of_link(token=found) if found else None
    is_over = found is None or found.used_at or (found.expires_at and found.expires_at < now)
    if found is None or user is None or is_over:
        return render_page(request, "cooperatives/link_over.html", {}, status=410)
    form = NewPinForm(request.POST or None)
    if form.is_valid():
        with tried(form) as attempt:
            user = services.set_pin_by_link(
                token=found, pin=form.cleaned_data["pin"], again=form.cleaned_data["again"], now=now
            )
        if attempt.done:
            enter(request, user, member=True)
            return redirect("portal:open_home", found.cooperative.slug)
    context = {"form": form, "cooperative": found.cooperative, "who": user, "number": found.subject}
    status = 422 if form.is_bound else 200
    response = render_page(request, "cooperatives/set_pin.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
@never_cache
@require_POST
def sign_in_demo(request: HttpRequest) -> HttpResponse:
    """One press signs in a person of a demo cooperative; for everyone else this does not exist."""
    name = request.POST.get("username", "")
    access = next((a for a in selectors.demo_people() if a.user.username == name), None)
    if access is not None:
        enter(request, access.user, member=False)
        return redirect("portal:open_home", access.cooperative.slug)
    officer = selectors.demo_officers().filter(username=name).first()
    if officer is None:
        raise Http404
    enter(request, officer, member=False)
    return redirect("front_door")


def enter(request: HttpRequest, user: User, *, member: bool) -> None:
    """Open a session for a person and remember the device."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    if member:
        request.session.set_expiry(MEMBER_SESSION_SECONDS)
    remember_device(request, user)


def next_address(request: HttpRequest) -> str:
    """Where to go after signing in: an address of this house only."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if allowed and wanted.startswith("/") else "/"
