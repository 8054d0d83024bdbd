"""Who may do what: roles given and taken, people with power made, their passwords."""

from __future__ import annotations

from django.db import transaction

from canting.cooperatives import selectors
from canting.cooperatives.errors import (
    LastOfBoard,
    OfOtherHouses,
    OnlyBoardMay,
    RoleOfMembers,
    UsernameTaken,
)
from canting.cooperatives.models import Access, Cooperative, User
from canting.cooperatives.rules import GIVEN_BY_BOARD, Role
from canting.cooperatives.services.house import (
    create_user,
    grant_access,
    withdraw_access,
)
from canting.cooperatives.services.trail import record


@transaction.atomic
def appoint(*, cooperative: Cooperative, user: User, role: Role, actor: User) -> Access:
    """Give somebody a role here; the roles of power only by the board."""
    if role == Role.MEMBER:
        raise RoleOfMembers()
    _check_power(cooperative, role, actor)
    return grant_access(cooperative=cooperative, user=user, role=role, actor=actor)


@transaction.atomic
def dismiss(*, cooperative: Cooperative, user: User, role: Role, actor: User) -> None:
    """Take a role away; never that of the last one of the board. What was done keeps its name."""
    _check_power(cooperative, role, actor)
    held = Access.objects.select_for_update().filter(
        cooperative=cooperative, role=role, active=True
    )
    access = held.filter(user=user).first()
    if access is None:
        return
    if role == Role.BOARD and held.exclude(user__is_system=True).count() == 1:
        raise LastOfBoard(name=str(user))
    withdraw_access(cooperative=cooperative, access_id=access.pk, actor=actor)


def _check_power(cooperative: Cooperative, role: Role, actor: User) -> None:
    if role in GIVEN_BY_BOARD and Role.BOARD not in selectors.roles_of(
        cooperative=cooperative, user=actor
    ):
        raise OnlyBoardMay(role=role)


@transaction.atomic
def hire(
    *,
    cooperative: Cooperative,
    username: str,
    full_name: str,
    password: str,
    role: Role,
    actor: User,
    phone: str = "",
) -> User:
    """Make a person who signs in with a password and give the first role here."""
    if selectors.user_by_username(username):
        raise UsernameTaken(username=username, hint=f"{username}.{cooperative.slug}"[:60])
    user = create_user(username=username, full_name=full_name, password=password, phone=phone)
    appoint(cooperative=cooperative, user=user, role=role, actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.hired",
        subject=username,
        facts={"role": role},
    )
    return user


@transaction.atomic
def renew_password(*, cooperative: Cooperative, user: User, password: str, actor: User) -> None:
    """Set a new first password for somebody of this house alone; of the powerful only the board."""
    elsewhere = selectors.entrances(user=user).exclude(cooperative=cooperative)
    if user.officer_of or elsewhere.exists():
        raise OfOtherHouses(name=str(user))
    for role in selectors.roles_of(cooperative=cooperative, user=user):
        _check_power(cooperative, Role(role), actor)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="cooperatives.password_renewed",
        subject=user.username,
    )
