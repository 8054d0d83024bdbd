"""Who may act here: officers and staff get a role, with a password told in person; roles end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from canting.cooperatives import selectors as cooperatives
from canting.cooperatives.rules import Role
from canting.cooperatives.services import create_user, grant_access, withdraw_access
from canting.portal import selectors
from canting.portal.errors import LastManager, NameMissing, PasswordWeak, UsernameTaken

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


def person(*, username: str, full_name: str, password: str) -> User:
    """The person who signs in so, or a new one; an existing one only with their own password."""
    name = username.strip().lower()
    known = cooperatives.user_by_username(name)
    if known:
        if not known.check_password(password):
            raise UsernameTaken(username=name)
        return known
    if not name or not full_name.strip():
        raise NameMissing()
    try:
        validate_password(password)
    except ValidationError as weak:
        raise PasswordWeak(why=" ".join(weak.messages)) from weak
    return create_user(username=name, full_name=full_name.strip(), password=password)


@transaction.atomic
def give_role(
    *,
    cooperative: Cooperative,
    username: str,
    full_name: str,
    password: str,
    role: Role,
    actor: User,
) -> User:
    """Let a person act in a role here. Someone who is here already needs no password again.

    Raises NameMissing, UsernameTaken and PasswordWeak.
    """
    here = selectors.officer_by_username(cooperative=cooperative, username=username)
    someone = here or person(username=username, full_name=full_name, password=password)
    grant_access(cooperative=cooperative, user=someone, role=role, actor=actor)
    return someone


@transaction.atomic
def end_role(*, cooperative: Cooperative, username: str, role: Role, actor: User) -> None:
    """End a role of a person; a cooperative keeps one manager. Ended before, nothing changes."""
    found = [
        access
        for access in selectors.officers(cooperative=cooperative)
        if access.user.username == username and access.role == role
    ]
    if not found:
        return
    if role == Role.MANAGER:
        others = selectors.officers(cooperative=cooperative).filter(role=Role.MANAGER)
        if not others.exclude(user__username=username).exists():
            raise LastManager(name=str(found[0].user))
    withdraw_access(cooperative=cooperative, access_id=found[0].pk, actor=actor)
