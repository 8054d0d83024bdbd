"""What the house knows: cooperatives, who may do what, parameters, parties, audit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from canting.cooperatives.errors import LicenceNeeded, UnknownParameter
from canting.cooperatives.models import (
    Access,
    AuditRecord,
    Cooperative,
    ImportMapping,
    Message,
    Party,
    PastedSheet,
    Token,
    User,
)
from canting.cooperatives.rules import (
    POWER,
    Dated,
    Parameter,
    PartyKind,
    Role,
    value_on,
)
from canting.cooperatives.selectors.reading import own_value, own_values
from canting.kernel.database import Reader, hot_cursor


@dataclass(frozen=True)
class Entrance:
    """What one user may do in one cooperative, looked up once a request."""

    user: User
    cooperative: Cooperative
    roles: frozenset[str]
    rights: frozenset[str]
    party_id: int | None
    has_second_factor: bool = True

    @property
    def needs_second_factor(self) -> bool:
        """True for a person with power who signs in with a password alone; demo people may."""
        return bool(self.roles & POWER) and not (self.has_second_factor or self.user.is_demo)

    @property
    def is_member(self) -> bool:
        """True when the user is here as a member and nothing more."""
        return self.roles == {Role.MEMBER}


# Asked by every page, so it is written out: to compose it anew takes longer than to run it.
_USERS, _HOUSES = Reader(User), Reader(Cooperative)
_WAY_IN = f"""
{_USERS.columns("u")}, {_HOUSES.columns("c")}, a.role, a.party_id,
EXISTS(SELECT 1 FROM mfa_authenticator m WHERE m.user_id = a.user_id)
"""
_ENTRANCE_SQL = f"""
SELECT {_WAY_IN}
FROM cooperatives_access a JOIN cooperatives_cooperative c ON c.id = a.cooperative_id
JOIN cooperatives_user u ON u.id = a.user_id
WHERE c.slug = %s AND a.user_id = %s AND a.active ORDER BY a.id
"""
_SESSION_SQL = f"""
SELECT s.session_data, {_WAY_IN}
FROM django_session s LEFT JOIN (
    cooperatives_device d JOIN cooperatives_access a ON a.user_id = d.user_id AND a.active
    JOIN cooperatives_cooperative c ON c.id = a.cooperative_id AND c.slug = %s
    JOIN cooperatives_user u ON u.id = a.user_id
) ON d.session_key = s.session_key
WHERE s.session_key = %s AND s.expire_date > %s ORDER BY a.id
"""


def _from_every_domain(name: str, module: str = "rules") -> list[Any]:
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.{module}"):
            value = getattr(import_module(f"{config.name}.{module}"), name, None)
            if value is not None:
                found.append(value)
    return found


@cache
def all_rights() -> Mapping[str, frozenset[str]]:
    """Every right of every domain and the roles that hold it, merged from their `rules.RIGHTS`."""
    merged: dict[str, frozenset[str]] = {}
    for rights in _from_every_domain("RIGHTS"):
        for right, roles in rights.items():
            if right in merged:
                raise ValueError(f"The right {right} is declared twice.")
            merged[right] = frozenset(roles)
    return merged


@cache
def all_parameters() -> Mapping[str, Parameter]:
    """Every dated parameter of every domain by name, merged from their `rules.PARAMETERS`."""
    return {p.name: p for group in _from_every_domain("PARAMETERS") for p in group}


@cache
def all_acts() -> Mapping[str, str]:
    """What somebody did, by the code in the audit trail; merged from every domain's `acts`."""
    return {
        code: said for acts in _from_every_domain("ACTIONS", "acts") for code, said in acts.items()
    }


def act_words(action: str) -> str:
    """What somebody did, in the user's language; a code that is no longer written stays as it is."""
    return gettext(all_acts().get(action, action))


@lru_cache(maxsize=256)
def rights_of(roles: frozenset[str]) -> frozenset[str]:
    """The rights that any of these roles holds."""
    return frozenset(right for right, holders in all_rights().items() if holders & roles)


def cooperative_by_slug(slug: str) -> Cooperative | None:
    """The cooperative of this short name, or nothing."""
    return Cooperative.objects.filter(slug=slug).first()


def cooperative_named(name: str) -> Cooperative | None:
    """The cooperative of this short name, else the only one of this full name; for commands."""
    if found := cooperative_by_slug(name):
        return found
    same = list(Cooperative.objects.filter(name__iexact=name)[:2])
    return same[0] if len(same) == 1 else None


def cooperatives() -> QuerySet[Cooperative]:
    """All cooperatives of the installation by name; for the office and for commands only."""
    return Cooperative.objects.order_by("name", "id")


def cooperatives_of_region(*, region_code: str) -> QuerySet[Cooperative]:
    """The cooperatives that an office of this region oversees."""
    return Cooperative.objects.filter(region_code__startswith=region_code).order_by("name", "id")


def entrance(*, user_id: int, slug: str) -> Entrance | None:
    """A user's way into the cooperative of this short name, in one query; nothing for a stranger.

    Who the user is comes with it; whether the request may speak for them is the door's question.
    """
    with hot_cursor() as cursor:
        cursor.execute(_ENTRANCE_SQL, [slug, user_id])
        rows = cursor.fetchall()
    return _entrance(rows) if rows else None


def session_and_entrance(
    *, session_key: str, slug: str, now: datetime
) -> tuple[str | None, Entrance | None]:
    """What a session holds, still packed, and the way in of the user its device is noted for.

    One query for what every page asks; whether the session is that user's is the door's question.
    """
    moment = connection.ops.adapt_datetimefield_value(now)
    with hot_cursor() as cursor:
        cursor.execute(_SESSION_SQL, [slug, session_key, moment])
        rows = cursor.fetchall()
    if not rows:
        return None, None
    data, role = rows[0][0], rows[0][-3]
    return data, _entrance([row[1:] for row in rows]) if role else None


def _entrance(rows: Sequence[Sequence[Any]]) -> Entrance:
    *values, _role, _party, second_factor = rows[0]
    roles = frozenset(row[-3] for row in rows)
    return Entrance(
        user=_USERS.read(values[: _USERS.width]),
        cooperative=_HOUSES.read(values[_USERS.width :]),
        roles=roles,
        rights=rights_of(roles),
        party_id=next((row[-2] for row in rows if row[-2]), None),
        has_second_factor=bool(second_factor),
    )


def entrances(*, user: User) -> QuerySet[Access]:
    """Every active access of a user, with its cooperative, for the page that chooses one."""
    return (
        Access.objects.filter(user=user, active=True)
        .select_related("cooperative")
        .order_by("cooperative__name", "role")
    )


def people(*, cooperative: Cooperative) -> QuerySet[Access]:
    """Who has access to the cooperative, with their user, by name."""
    return (
        Access.objects.filter(cooperative=cooperative, active=True)
        .exclude(user__is_system=True)
        .select_related("user", "party")
        .order_by("user__full_name", "role")
    )


def staff_people(*, cooperative: Cooperative) -> QuerySet[Access]:
    """Who works here or watches over it: every role but that of a plain member, by name."""
    return people(cooperative=cooperative).exclude(role=Role.MEMBER)


def roles_of(*, cooperative: Cooperative, user: User) -> frozenset[str]:
    """The roles that a user holds here just now."""
    return frozenset(
        Access.objects.filter(cooperative=cooperative, user=user, active=True).values_list(
            "role", flat=True
        )
    )


def holders_of(*, cooperative: Cooperative, right: str) -> list[User]:
    """The people of the cooperative who hold a right, for the sentence "who may do this"."""
    roles = all_rights().get(right, frozenset()) - {Role.MEMBER}
    ids = Access.objects.filter(cooperative=cooperative, active=True, role__in=roles).values(
        "user_id"
    )
    return list(User.objects.filter(id__in=ids, is_system=False).order_by("full_name")[:3])


def user_by_username(username: str) -> User | None:
    """The person who signs in under this name, whatever its case, or nothing."""
    return User.objects.filter(username__iexact=username, is_system=False).first()


def system_user() -> User:
    """The named user under which jobs and commands act."""
    return User.objects.get_or_create(
        username="sistem", defaults={"full_name": "Sistem", "is_system": True, "is_active": False}
    )[0]


def parameter(*, cooperative: Cooperative, name: str, on: date) -> Any:
    """The value of a dated parameter in force on a day: the cooperative's own, else the law's."""
    definition = all_parameters().get(name)
    if definition is None:
        raise UnknownParameter(name=name)
    own = own_value(cooperative=cooperative, name=name, on=on)
    return value_on(definition.values, on) if own is None else own


def parameter_history(*, cooperative: Cooperative, name: str) -> list[Dated]:
    """Every dated value of a parameter with its source, oldest first."""
    definition = all_parameters()[name]
    own = own_values(cooperative=cooperative).get(name, [])
    return in_order([*definition.values, *own])


def in_order(values: Sequence[Dated]) -> list[Dated]:
    """Dated values by their first day; of one day the law's first, then what was set later."""
    return sorted(values, key=lambda dated: dated.valid_from)


def in_force(definition: Parameter, own: Sequence[Dated], on: date) -> Dated:
    """The dated value that `parameter` answers with: the cooperative's own, else the law's."""
    begun = [dated for dated in own if dated.valid_from <= on]
    if begun:
        return begun[-1]
    return [dated for dated in in_order(definition.values) if dated.valid_from <= on][-1]


def require_licence(*, cooperative: Cooperative, on: date, act: str) -> None:
    """Refuse an act of savings and loans when no licence is entered (Permenkop UKM 8/2023)."""
    if not parameter(cooperative=cooperative, name="savings_loan.licence", on=on):
        raise LicenceNeeded(act=act)


def parties(*, cooperative: Cooperative, kind: PartyKind | None = None) -> QuerySet[Party]:
    """The parties of the cooperative, all or of one kind, by number."""
    found = Party.objects.filter(cooperative=cooperative)
    return (found.filter(kind=kind) if kind else found).order_by("kind", "number")


def party_by_number(*, cooperative: Cooperative, kind: PartyKind, number: str) -> Party | None:
    """The party of this kind and number, or nothing."""
    return Party.objects.filter(cooperative=cooperative, kind=kind, number=number).first()


def lock_parties(*, cooperative: Cooperative, ids: Iterable[int]) -> list[Party]:
    """These parties of the cooperative, locked in one order until the transaction ends."""
    found = Party.objects.select_for_update().filter(cooperative=cooperative, pk__in=list(ids))
    return list(found.order_by("pk"))


def audit_trail(*, cooperative: Cooperative, subject: str | None = None) -> QuerySet[AuditRecord]:
    """Acts recorded in the cooperative, newest first, all or of one paper."""
    found = AuditRecord.objects.filter(cooperative=cooperative).select_related("actor", "for_party")
    return (found.filter(subject=subject) if subject else found).order_by("-id")


def audited_subjects(*, cooperative: Cooperative, action: str, subjects: Sequence[str]) -> set[str]:
    """Which of these subjects the audit trail knows under an action."""
    return set(
        AuditRecord.objects.filter(
            cooperative=cooperative, action=action, subject__in=subjects
        ).values_list("subject", flat=True)
    )


def messages_about(*, cooperative: Cooperative, subjects: Sequence[str]) -> QuerySet[Message]:
    """Texts about these papers that were opened in WhatsApp or mailed, newest first."""
    found = Message.objects.filter(cooperative=cooperative, subject__in=subjects)
    return found.select_related("opened_by").order_by("-id")


def times_recorded(*, cooperative: Cooperative, action: str, subject: str) -> int:
    """How often an act on a subject stands in the audit trail."""
    return AuditRecord.objects.filter(
        cooperative=cooperative, subject=subject, action=action
    ).count()


def token(*, token: str) -> Token | None:
    """The live token with this value: not revoked; expiry is judged by the caller's clock."""
    return Token.objects.filter(token=token, revoked_at=None).select_related("cooperative").first()


def live_token(*, cooperative: Cooperative, purpose: str, subject: str) -> Token | None:
    """The newest unrevoked token for one thing, so that a link printed twice stays the same."""
    return (
        Token.objects.filter(cooperative=cooperative, subject=subject, purpose=purpose)
        .filter(Q(revoked_at=None))
        .order_by("-id")
        .first()
    )


def sheets(*, cooperative: Cooperative, kind: str) -> QuerySet[PastedSheet]:
    """Sheets brought for one kind of import, newest first, without their content."""
    return (
        PastedSheet.objects.filter(cooperative=cooperative, kind=kind)
        .select_related("made_by")
        .defer("content")
        .order_by("-id")
    )


def sheet(*, cooperative: Cooperative, kind: str, reference: str) -> PastedSheet | None:
    """One brought sheet by its reference, or nothing."""
    return PastedSheet.objects.filter(
        cooperative=cooperative, kind=kind, reference=reference
    ).first()


def lock_sheet(*, cooperative: Cooperative, reference: str) -> PastedSheet:
    """The brought sheet with this reference, locked until the transaction ends."""
    return PastedSheet.objects.select_for_update().get(cooperative=cooperative, reference=reference)


def mappings(*, cooperative: Cooperative, kind: str) -> QuerySet[ImportMapping]:
    """How layouts met before are read, newest first."""
    return (
        ImportMapping.objects.filter(cooperative=cooperative, kind=kind)
        .select_related("made_by")
        .order_by("-made_at", "-id")
    )
