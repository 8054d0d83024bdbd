"""Plain functions that make valid data by calling the services."""

import itertools
from datetime import date
from typing import TypeVar

from allauth.mfa.models import Authenticator

from canting.cooperatives.models import Cooperative, Party, User
from canting.cooperatives.rules import CooperativeKind, PartyKind, Role
from canting.cooperatives.services import (
    create_party,
    create_user,
    grant_access,
    open_cooperative,
)
from canting.ledger.services import open_book

CUTOVER = date(2026, 1, 1)
_counter = itertools.count(1)

Thing = TypeVar("Thing")


def there(found: Thing | None) -> Thing:
    """What a selector found; a test that counts on it fails here when there is nothing."""
    assert found is not None
    return found


def user(username: str, **facts) -> User:
    """A person who can sign in."""
    return create_user(
        username=f"{username}-{next(_counter)}",
        full_name=username.title(),
        password="a long sentence 42",
        **facts,
    )


def cooperative(
    *, actor: User | None = None, slug: str = "", name: str = "Koperasi Batik Uji", cutover=CUTOVER
) -> Cooperative:
    """An empty cooperative with its book open."""
    actor = actor or user("pendiri")
    made = open_cooperative(
        slug=slug or f"uji-{next(_counter)}",
        name=name,
        kind=CooperativeKind.PRODUCER,
        cutover_date=cutover,
        actor=actor,
        reserved=frozenset(),
        place="Kraksaan",
        region_code="35.13",
    )
    open_book(cooperative=made, actor=actor)
    return made


def party(
    cooperative: Cooperative, kind: PartyKind, name: str = "Contoh", number: str = ""
) -> Party:
    """Someone whom journal lines can name."""
    return create_party(
        cooperative=cooperative, kind=kind, name=name, number=number, on=cooperative.cutover_date
    )


def second_factor(someone: User) -> None:
    """The authenticator app that everyone with power has set up."""
    Authenticator.objects.create(
        user=someone, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )


def person_with_role(cooperative: Cooperative, role: Role, party: Party | None = None) -> User:
    """A user who holds this role in the cooperative."""
    someone = user(str(role))
    second_factor(someone)
    if role == Role.MEMBER and party is None:
        party = globals()["party"](cooperative, PartyKind.MEMBER, "Bu Contoh")
    grant_access(cooperative=cooperative, user=someone, role=role, actor=someone, party=party)
    return someone
