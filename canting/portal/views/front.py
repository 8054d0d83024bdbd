"""The front door, links without an account, the passport of a cloth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from canting import __version__
from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.doors import Request, SignedIn, public, requires, signed_in
from canting.kernel.htmx import render_page
from canting.portal import selectors
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# Links that are none, from one address: nobody mistypes so many within ten minutes.
MOST_GUESSES, GUESSES_SECONDS = 30, 600


@public
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """Send everyone to their own home; an empty installation says how to begin."""
    if not request.user.is_authenticated:
        if not cooperatives.cooperatives().exists():
            return render_page(request, "portal/welcome.html", {})
        return redirect(settings.LOGIN_URL)
    if request.user.officer_of:
        return redirect("office:cooperative_list")
    slugs = {access.cooperative.slug for access in cooperatives.entrances(user=request.user)}
    if len(slugs) == 1:
        return redirect("portal:open_home", slugs.pop())
    return redirect("choose")


@signed_in
@require_safe
def choose(request: SignedIn) -> HttpResponse:
    """The cooperatives a person belongs to, when there is not exactly one."""
    found = {access.cooperative for access in cooperatives.entrances(user=request.user)}
    listed = sorted(found, key=lambda one: one.name)
    return render_page(request, "portal/choose.html", {"cooperatives": listed})


@require_safe
@requires("portal.open")
def open_home(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Members to Beranda, all others to Hari ini."""
    home = "portal:home" if request.access.is_member else "portal:today"
    return redirect(home, cooperative.slug)


@public
@require_http_methods(["GET", "POST"])
def token(request: HttpRequest, token: str) -> HttpResponse:
    """Open the one thing a link is for, through the view of the domain that owns it."""
    found = cooperatives.token(token=token)
    view = selectors.token_views().get(found.purpose) if found else None
    if found is None or view is None:
        return _unknown(request)
    if found.expires_at and found.expires_at < timezone.now():
        return render_page(
            request, "portal/token_over.html", {"cooperative": found.cooperative}, status=410
        )
    answer: HttpResponse = view(request, found)
    return answer


def _unknown(request: HttpRequest) -> HttpResponse:
    """The same answer to every link that is none; who guesses on and on is told to wait."""
    key = f"guessed-links:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=GUESSES_SECONDS)
    try:
        guesses = cache.incr(key)
    except ValueError:  # it ran out just now
        guesses = 1
    status = 429 if guesses > MOST_GUESSES else 404
    answer = render_page(request, "404.html", {}, status=status)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    if status == 429:
        answer["Retry-After"] = str(GUESSES_SECONDS)
    return answer


@public
@require_safe
def cloth_passport(request: HttpRequest, code: str) -> HttpResponse:
    """What anyone may know of a cloth by its code: what it is and where it was made; no price."""
    lot = stock.public_lot(code=code)
    if lot is None:
        return render_page(request, "portal/cloth_unknown.html", {"code": code[:12]}, status=404)
    return render_page(request, "portal/cloth_passport.html", {"lot": lot})


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Version, licence, where the source is."""
    return render_page(
        request, "portal/about.html", {"version": __version__, "health": reverse("health")}
    )
