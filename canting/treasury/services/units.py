"""Business units: opened, their accounts and weights set from a day on, renamed, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import record
from canting.ledger import selectors as ledger
from canting.treasury import selectors
from canting.treasury.errors import UnitIsThere, UnknownKind, UnknownPlanAccount
from canting.treasury.models import Unit, UnitRule, UnitShare
from canting.treasury.rules import KINDS, STARTERS

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def add_unit(
    *, cooperative: Cooperative, name: str, starter: str, valid_from: date, actor: User
) -> Unit:
    """Open a business unit; a starter gives it the accounts such units usually have, from a day on.

    Raises UnitIsThere.
    """
    ledger.lock_book(cooperative=cooperative)
    if selectors.units(cooperative=cooperative).filter(name__iexact=name).exists():
        raise UnitIsThere(name=name)
    made = Unit.objects.create(cooperative=cooperative, name=name)
    accounts = {one.role: one for one in selectors.plan_accounts(cooperative=cooperative)}
    now = timezone.now()
    UnitRule.objects.bulk_create(
        UnitRule(
            cooperative=cooperative,
            account=accounts[role],
            kind=kind,
            unit=made,
            valid_from=valid_from,
            made_by=actor,
            made_at=now,
        )
        for role, kind in STARTERS[starter].roles
        if role in accounts
    )
    _tell_unit(made, "unit_added", actor, on=valid_from.isoformat())
    return made


@transaction.atomic
def change_unit(*, unit: Unit, name: str, active: bool, actor: User) -> Unit:
    """Rename a unit, or close it for new rules; its results stay. Raises UnitIsThere."""
    others = selectors.units(cooperative=unit.cooperative).exclude(pk=unit.pk)
    if others.filter(name__iexact=name).exists():
        raise UnitIsThere(name=name)
    before = unit.name
    unit.name, unit.active = name, active
    unit.save(update_fields=["name", "active"])
    _tell_unit(unit, "unit_changed", actor, before=before, active=active)
    return unit


@transaction.atomic
def set_unit_rule(
    *,
    cooperative: Cooperative,
    account: str,
    kind: str,
    unit: Unit | None,
    valid_from: date,
    source: str,
    actor: User,
) -> UnitRule:
    """From a day on, an account (with entries of a kind) is a unit's, or shared without one.

    Rules are added, never changed: the newest from the latest day holds. Raises UnknownPlanAccount,
    UnknownKind.
    """
    known = {one.code: one for one in selectors.plan_accounts(cooperative=cooperative)}
    if account not in known:
        raise UnknownPlanAccount(account=account)
    if kind not in KINDS:
        raise UnknownKind(kind=kind)
    made = UnitRule.objects.create(
        cooperative=cooperative,
        account=known[account],
        kind=kind,
        unit=unit,
        valid_from=valid_from,
        source=source[:160],
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="treasury.unit_rule_set",
        subject=account,
        facts={
            "kind": kind,
            "to": unit.name if unit else "",
            "on": valid_from.isoformat(),
            "source": source,
        },
    )
    return made


@transaction.atomic
def set_unit_weights(
    *, cooperative: Cooperative, weights: Mapping[int, int], valid_from: date, actor: User
) -> None:
    """Set the fixed weight of units (by key) from a day on, where the key of shared costs is fixed."""
    known = {one.pk: one for one in selectors.units(cooperative=cooperative)}
    now = timezone.now()
    UnitShare.objects.bulk_create(
        UnitShare(unit=known[pk], weight=weight, valid_from=valid_from, made_by=actor, made_at=now)
        for pk, weight in weights.items()
        if pk in known
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="treasury.unit_weights_set",
        subject=", ".join(f"{known[pk].name} {one}" for pk, one in weights.items() if pk in known)[
            :100
        ],
        facts={"on": valid_from.isoformat()},
    )


def _tell_unit(unit: Unit, act: str, actor: User, **facts: Any) -> None:
    record(
        cooperative_id=unit.cooperative_id,
        actor=actor,
        action=f"treasury.{act}",
        subject=unit.name,
        facts=facts,
    )
