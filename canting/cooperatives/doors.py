"""The doors: who may enter (404, 403), and every writing request done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from canting.cooperatives import selectors, services
from canting.cooperatives.errors import KeyMissing
from canting.kernel.errors import DomainError
from canting.kernel.htmx import render_page

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Token, User

View = Callable[..., Any]  # it answers with a page or with a file
KEPT_BODY_BYTES = 200_000
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
            ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


class SignedIn(HttpRequest):
    """A request of somebody who has signed in, outside the cooperatives."""

    user: User


class Request(SignedIn):
    """A request that has passed a door: it knows its user and what they may do here."""

    access: selectors.Entrance
    sheet: str  # the file that is asked for in place of a list's page, "" for the page
    offers_sheet: bool


def public(view: View) -> View:
    """Mark a view that anyone may open; it must show nothing of any one cooperative's people."""
    view.door = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A view for any signed-in person, outside the cooperatives (such as choosing one)."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    door.door = "signed_in"  # type: ignore[attr-defined]
    return door


def officer_only(view: View) -> View:
    """A view of the regency office; to all others it does not exist."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.officer_of:
            raise Http404
        response: HttpResponse = view(request, *args, **kwargs)
        return response

    door.door = "officer"  # type: ignore[attr-defined]
    return door


def requires(right: str) -> Callable[[View], View]:
    """Let in whoever holds the right here; strangers get 404, colleagues without it 403."""

    def mark(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, cooperative: str, *args: Any, **kwargs: Any) -> HttpResponse:
            access = _entrance(request, cooperative)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if access is None:
                raise Http404
            request.access = access  # type: ignore[attr-defined]
            request.sheet, request.offers_sheet = "", False  # type: ignore[attr-defined]
            if access.needs_second_factor:
                return _ask_second_factor(request)
            if right not in access.rights:
                return refuse(request, access.cooperative, right)
            with timezone.override(access.cooperative.zone):
                return once(
                    request,
                    access.cooperative,
                    lambda: view(request, access.cooperative, *args, **kwargs),
                )

        door.door = right  # type: ignore[attr-defined]
        return door

    return mark


def _entrance(request: HttpRequest, slug: str) -> selectors.Entrance | None:
    """The way in of whoever the session names; None when it names nobody or knows no way.

    The user comes in the same query, so it is handed to `request.user` when the session proves it;
    whatever is out of the ordinary is left to Django's own reading of the session.
    """
    access = _known_device(request, slug)
    claimed = _claimed_user(request)
    if claimed and (access is None or access.user.pk != claimed):
        access = selectors.entrance(user_id=claimed, slug=slug)
    if access is None or not claimed:
        return None
    user = access.user
    if not hasattr(request, "_cached_user") and user.is_active and _is_proved(request, user):
        request._cached_user = user  # type: ignore[attr-defined]
    return access if request.user.pk == user.pk else None


def _known_device(request: HttpRequest, slug: str) -> selectors.Entrance | None:
    """Read the session together with the way in of whoever signed in on this device."""
    session: Any = request.session
    if session.is_read or not session.session_key:
        return None
    data, access = selectors.session_and_entrance(
        session_key=session.session_key, slug=slug, now=timezone.now()
    )
    session.take(data)
    return access


def _is_proved(request: HttpRequest, user: User) -> bool:
    proof = request.session.get(HASH_SESSION_KEY, "")
    return bool(proof) and constant_time_compare(proof, user.get_session_auth_hash())


def _claimed_user(request: HttpRequest) -> int | None:
    if hasattr(request, "_cached_user"):
        return request.user.pk
    if request.session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    claimed = str(request.session.get(SESSION_KEY, ""))
    return int(claimed) if claimed.isdecimal() else None


def by_token(purpose: str) -> Callable[[View], View]:
    """Mark a view that `/t/<token>/` opens for one purpose; it gets the token, not a name."""

    def mark(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, token: Token) -> HttpResponse:
            if token.purpose != purpose:
                raise Http404
            with timezone.override(token.cooperative.zone):
                response = once(request, token.cooperative, lambda: view(request, token))
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            return response

        door.door = f"token:{purpose}"  # type: ignore[attr-defined]
        return door

    return mark


def _ask_second_factor(request: HttpRequest) -> HttpResponse:
    messages.warning(
        request,
        _(
            "Your task moves money or power, so a second step protects it: scan the code with an "
            "authenticator app on your phone, then type the six digits that it shows."
        ),
    )
    return HttpResponseRedirect(
        f"{reverse('mfa_activate_totp')}?{urlencode({'next': request.get_full_path()})}"
    )


def refuse(request: HttpRequest, cooperative: Cooperative, right: str) -> HttpResponse:
    """The page for a colleague who holds no such right: 403, with who does."""
    holders = selectors.holders_of(cooperative=cooperative, right=right)
    return render_page(request, "403.html", {"holders": holders}, status=403)


def _body(request: HttpRequest) -> dict[str, Any]:
    parts: dict[str, Any] = {
        name: values
        for name, values in sorted(request.POST.lists())
        if name not in {"csrfmiddlewaretoken", "request_key"}
    }
    for name, upload in request.FILES.items():
        digest = hashlib.sha256()
        for chunk in upload.chunks():  # type: ignore[union-attr]
            digest.update(chunk)
        upload.seek(0)  # type: ignore[union-attr]
        parts[f"file:{name}"] = digest.hexdigest()
    return parts


def _replay(request: HttpRequest, answer: dict[str, Any]) -> HttpResponse:
    for level, text, tags in answer.get("messages", []):
        messages.add_message(request, level, text, extra_tags=tags)
    if answer.get("location"):
        return HttpResponseRedirect(answer["location"], status=answer["status"])
    response = HttpResponse(answer.get("body", ""), status=answer.get("status", 200))
    for name, value in answer.get("headers", {}).items():
        response[name] = value
    return response


def _answer(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", [])
    answer: dict[str, Any] = {
        "status": response.status_code,
        "messages": [[m.level, str(m.message), m.extra_tags] for m in queued],
    }
    if response.status_code in {301, 302, 303}:
        answer["location"] = response["Location"]
    elif not response.streaming and len(response.content) <= KEPT_BODY_BYTES:
        answer["body"] = response.content.decode(response.charset or "utf-8", "replace")
        answer["headers"] = {"Content-Type": response["Content-Type"]}
    return answer


def once(
    request: HttpRequest, cooperative: Cooperative, deed: Callable[[], HttpResponse]
) -> HttpResponse:
    """Do a writing request once and only once; a second copy gets the first one's answer.

    The key, the deed and the answer share one transaction: a refusal (status 400 and above)
    rolls all three back, so that the corrected form may use the same key.
    """
    if request.method in {"GET", "HEAD"}:
        return deed()
    key = request.POST.get("request_key", "") or request.headers.get("Idempotency-Key", "")
    actor = request.user if request.user.is_authenticated else None
    try:
        if not 8 <= len(key) <= 64:
            raise KeyMissing()
        digest = services.body_digest(_body(request), request.path)
        with transaction.atomic():
            answer = services.claim_key(
                cooperative=cooperative, key=key, actor=actor, body_digest=digest
            )
            if answer is not None:
                return _replay(request, answer)
            response = deed()
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                services.answer_key(
                    cooperative=cooperative, key=key, answer=_answer(request, response)
                )
        return response
    except DomainError as refusal:
        return render_page(request, "422.html", {"refusal": refusal}, status=422)


def remember_device(request: HttpRequest, user: User) -> None:
    """Note the device of a session that was just opened."""
    if not request.session.session_key:
        request.session.save()
    services.note_device(
        user=user,
        session_key=str(request.session.session_key),
        name=device_name(request.headers.get("User-Agent", "")),
        now=timezone.now(),
    )


def device_name(agent: str) -> str:
    """Chrome, Android: what a person recognizes a device by, from what the browser says."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part) or "?"
