"""What signing in asks: whose number or phone it is, on which devices, which demo people."""

import re
from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from canting.cooperatives.models import Access, Cooperative, Device, Party, Token, User
from canting.cooperatives.rules import POWER, SIGN_IN_LINK, PartyKind, Role
from canting.cooperatives.selectors.house import party_by_number
from canting.kernel.phones import BadPhone, parse_phone


def holds_power(*, user: User) -> bool:
    """True when the user may move money or power anywhere: then a PIN is not enough."""
    return Access.objects.filter(user=user, active=True, role__in=POWER).exists()


def member_user(*, cooperative: Cooperative, party: Party) -> User | None:
    """The user through whom a member signs in, or nothing."""
    access = (
        Access.objects.filter(cooperative=cooperative, party=party, role=Role.MEMBER, active=True)
        .select_related("user")
        .first()
    )
    return access.user if access else None


def user_of_link(*, token: Token) -> User | None:
    """The member whom a sign-in link belongs to."""
    if token.purpose != SIGN_IN_LINK:
        return None
    party = party_by_number(
        cooperative=token.cooperative, kind=PartyKind.MEMBER, number=token.subject
    )
    return member_user(cooperative=token.cooperative, party=party) if party else None


def user_by_number_or_phone(*, cooperative: Cooperative, who: str) -> User | None:
    """The one member with this number (a-117 means A-0117) or phone; nothing when two share it."""
    typed = who.strip()
    number = re.sub(
        r"^([A-Za-z])[- ]?(\d{1,4})$", lambda m: f"{m[1].upper()}-{int(m[2]):04d}", typed
    )
    found = Access.objects.filter(
        cooperative=cooperative, role=Role.MEMBER, active=True, user__is_active=True
    ).select_related("user")
    by_number = list(found.filter(party__number__in={typed, typed.upper(), number})[:2])
    if not by_number:
        try:
            by_number = list(found.filter(user__phone=parse_phone(typed))[:2])
        except BadPhone:
            return None
    return by_number[0].user if len(by_number) == 1 else None


def devices(*, user: User) -> list[Device]:
    """Where a person is signed in just now, newest first."""
    found = list(Device.objects.filter(user=user).order_by("-signed_in_at"))
    live = set(
        Session.objects.filter(
            session_key__in=[d.session_key for d in found], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    return [device for device in found if device.session_key in live]


def sign_in_people(*, cooperative: Cooperative, words: str = "") -> QuerySet[Party]:
    """Members as the sign-in page lists them, by name."""
    found = Party.objects.filter(cooperative=cooperative, kind=PartyKind.MEMBER)
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(number__icontains=word))
    return found.order_by("name", "pk")


def member_users(*, cooperative: Cooperative, party_ids: Iterable[int]) -> dict[int, User]:
    """The users of these members, by party."""
    found = Access.objects.filter(
        cooperative=cooperative, role=Role.MEMBER, active=True, party_id__in=list(party_ids)
    ).select_related("user")
    return {access.party_id: access.user for access in found if access.party_id}


def demo_people() -> QuerySet[Access]:
    """The people of demo cooperatives who sign in by one press, by cooperative and role."""
    return (
        Access.objects.filter(
            active=True, user__is_demo=True, user__is_active=True, cooperative__is_demo=True
        )
        .select_related("user", "cooperative", "party")
        .order_by("cooperative_id", "role", "user__full_name", "pk")
    )


def demo_officers() -> QuerySet[User]:
    """The officers of the office who come with a demo; they see figures, never people."""
    return (
        User.objects.filter(is_demo=True, is_active=True)
        .exclude(officer_of="")
        .order_by("full_name")
    )
