"""Handing over sign-in links, and signing devices out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from canting.cooperatives import selectors, services
from canting.cooperatives.doors import Request, requires
from canting.cooperatives.forms import SignInLinkForm
from canting.cooperatives.listed import as_file, listed
from canting.cooperatives.rules import SIGN_IN_LINK, PartyKind
from canting.cooperatives.views import columns
from canting.kernel.dates import format_date, local_day, today
from canting.kernel.htmx import render_page
from canting.kernel.member_text import m_
from canting.kernel.pagination import page_of
from canting.kernel.refusals import tried
from canting.kernel.tables_out import in_pieces
from canting.kernel.wa import wa_address

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative, Party, Token, User


def _member_party(cooperative: Cooperative, number: str) -> Party:
    party = selectors.party_by_number(cooperative=cooperative, kind=PartyKind.MEMBER, number=number)
    if party is None:
        raise Http404
    return party


@require_safe
@requires("cooperatives.give_sign_in_link")
@listed()
def sign_in_links(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Members and whether they can sign in, each with a button for a link."""
    words = request.GET.get("q", "").strip()
    found = selectors.sign_in_people(cooperative=cooperative, words=words)
    if request.sheet:
        shown = _with_users(cooperative, found)
        return as_file(request, cooperative, "tautan-masuk", columns.SIGN_IN, shown)
    page = page_of(found, order=("name",), after=request.GET.get("after"))
    users = selectors.member_users(
        cooperative=cooperative, party_ids=[party.pk for party in page.rows]
    )
    rows = [(party, users.get(party.pk)) for party in page.rows]
    context = {"rows": rows, "page": page, "words": words}
    return render_page(request, "cooperatives/sign_in_links.html", context, block="rows")


def _with_users(
    cooperative: Cooperative, found: QuerySet[Party]
) -> Iterator[tuple[Party, User | None]]:
    for parties in in_pieces(found):
        users = selectors.member_users(
            cooperative=cooperative, party_ids=[party.pk for party in parties]
        )
        for party in parties:
            yield party, users.get(party.pk)


@require_safe
@requires("cooperatives.give_sign_in_link")
def sign_in_link_detail(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """One member: her link while it lives, her devices, a button for a fresh link."""
    return _detail(request, cooperative, _member_party(cooperative, number), None)


def _detail(
    request: Request, cooperative: Cooperative, party: Party, form: SignInLinkForm | None
) -> HttpResponse:
    user = selectors.member_user(cooperative=cooperative, party=party)
    token = _live_link(cooperative, party)
    path = reverse("sign_in_by_link", args=[token.token]) if token else ""
    public = f"{settings.PUBLIC_URL}{path}" if token and settings.PUBLIC_URL else ""
    text = m_(
        "%(coop)s: open this link and choose your PIN. It works once, until %(until)s: %(link)s",
        coop=cooperative.name,
        until=_day_of(token),
        link=public,
    )
    phone = user.phone if user else ""
    context = {
        "party": party,
        "member_user": user,
        "token": token,
        "path": path,
        "link": public,
        "wa": wa_address(phone, text) if public else "",
        "devices": selectors.devices(user=user) if user else [],
        "has_power": bool(user and selectors.holds_power(user=user)),
        "form": form or SignInLinkForm(initial={"phone": phone}),
    }
    status = 422 if form else 200
    response = render_page(request, "cooperatives/sign_in_link.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _live_link(cooperative: Cooperative, party: Party) -> Token | None:
    token = selectors.live_token(
        cooperative=cooperative, purpose=SIGN_IN_LINK, subject=party.number
    )
    if token and not token.used_at and token.expires_at and token.expires_at > timezone.now():
        return token
    return None


def _day_of(token: Token | None) -> str:
    if token is None or token.expires_at is None:
        return ""
    # It ends with the day: at the instant itself another day has begun.
    last = token.expires_at - timedelta(microseconds=1)
    return format_date(local_day(last, token.cooperative.zone))


@require_POST
@requires("cooperatives.give_sign_in_link")
def sign_in_link_new(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Make a fresh link for a member; an older one stops working."""
    party = _member_party(cooperative, number)
    form = SignInLinkForm(request.POST)
    if form.is_valid():
        with tried(form) as attempt:
            services.issue_sign_in_link(
                cooperative=cooperative,
                party=party,
                on=today(cooperative.zone),
                actor=request.user,
                phone=form.cleaned_data["phone"],
            )
        if attempt.done:
            messages.success(request, _("Link made. Hand it over; it works once."))
            return redirect("cooperatives:sign_in_link_detail", cooperative.slug, number)
    return _detail(request, cooperative, party, form)


@require_POST
@requires("cooperatives.give_sign_in_link")
def device_revoke(request: Request, cooperative: Cooperative, number: str) -> HttpResponse:
    """Sign a member out on one device or on all: a phone was lost or is shared."""
    party = _member_party(cooperative, number)
    user = selectors.member_user(cooperative=cooperative, party=party)
    if user is None:
        raise Http404
    if reference := request.POST.get("device", ""):
        count = services.revoke_device(
            cooperative=cooperative, user=user, reference=reference, actor=request.user
        )
    else:
        count = services.revoke_devices(cooperative=cooperative, user=user, actor=request.user)
    messages.success(request, _("Signed out on %(count)s devices.") % {"count": count})
    return redirect("cooperatives:sign_in_link_detail", cooperative.slug, number)


@require_safe
@requires("cooperatives.view_own_devices")
def my_devices(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Where I am signed in."""
    context = {
        "devices": selectors.devices(user=request.user),
        "current": request.session.session_key,
    }
    return render_page(request, "cooperatives/my_devices.html", context)


@require_POST
@requires("cooperatives.view_own_devices")
def my_device_revoke(request: Request, cooperative: Cooperative) -> HttpResponse:
    """Sign myself out on another device."""
    count = services.revoke_device(
        cooperative=cooperative,
        user=request.user,
        reference=request.POST.get("device", ""),
        actor=request.user,
    )
    messages.success(request, m_("Signed out on %(count)s devices.", count=count))
    return redirect("cooperatives:my_devices", cooperative.slug)
