"""Grants: money or things, own capital or income, held until their conditions are met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.assets.errors import BadCost, ConditionNeeded, NotHeld
from canting.assets.models import Grant
from canting.assets.rules import (
    CLASSES,
    EQUITY,
    GRANT,
    GRANT_KINDS,
    GRANT_SERIES,
    HELD,
    INCOME,
    MET,
)
from canting.assets.services.common import lock, mark, post, reverse_sources, tell, write
from canting.assets.services.register import Thing, undo_asset, write_granted
from canting.cash import selectors as cash
from canting.kernel.money import format_rupiah
from canting.ledger.rules import credit, debit

if TYPE_CHECKING:
    from canting.assets.models import Asset
    from canting.cooperatives.models import Cooperative, User

ACCOUNT = {EQUITY: "grant_equity", INCOME: "grant_income", HELD: "grant_held"}


@transaction.atomic
def receive_grant(
    *,
    cooperative: Cooperative,
    giver: str,
    amount: int,
    treatment: str,
    on: date,
    actor: User,
    place: str = "",
    thing: Thing | None = None,
    deed: str = "",
    condition: str = "",
) -> Grant:
    """Receive a grant of money into a cash place, or of a thing at its fair value; number HB.

    The deed decides (parameter of posting.md 5): own capital posts `grant_cash` or `grant_kind`,
    income `grant_cash_income` or `grant_kind_income`; under conditions it is a debt until they are
    met (`grant_cash_held`, `grant_kind_held`). Raises BadCost, ConditionNeeded, UnknownPlace.
    """
    if amount <= 0:
        raise BadCost(cost=format_rupiah(amount))
    if treatment == HELD and not condition.strip():
        raise ConditionNeeded()
    if thing is None:
        cash.place_name(cooperative=cooperative, place=place)
    grant = write(
        Grant,
        series=GRANT_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=on,
        giver=giver.strip()[:120],
        amount=amount,
        place="" if thing else place,
        treatment=treatment,
        deed=deed.strip()[:120],
        condition=condition.strip()[:200],
    )
    into = place
    if thing is not None:
        write_granted(grant=grant, thing=thing._replace(cost=amount), actor=actor)
        into = CLASSES[thing.asset_class].role
    post(
        grant,
        source=GRANT,
        kind=GRANT_KINDS[treatment, thing is not None],
        memo=grant.giver,
        lines=[debit(into, amount), credit(ACCOUNT[treatment], amount)],
        actor=actor,
    )
    tell(grant, act="granted", actor=actor, amount=amount, treatment=treatment)
    return grant


@transaction.atomic
def release_grant(*, grant: Grant, how: str, on: date, actor: User) -> Grant:
    """Write down that the conditions of a held grant are met: it is income from that day.

    Posts `grant_released`: D grants held, K grant income. Raises NotHeld, ConditionNeeded.
    """
    grant = Grant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    if grant.treatment != HELD or grant.state == "reversed" or grant.met_on:
        raise NotHeld(number=grant.number)
    if not how.strip():
        raise ConditionNeeded()
    grant.met_on, grant.met_how = on, how.strip()[:200]
    grant.save(update_fields=["met_on", "met_how"])
    post(
        grant,
        source=MET,
        kind="grant_released",
        memo=grant.giver,
        lines=[debit("grant_held", grant.amount), credit("grant_income", grant.amount)],
        actor=actor,
        on=on,
    )
    tell(grant, act="released", actor=actor, how=grant.met_how)
    return grant


@transaction.atomic
def correct_grant(
    *,
    grant: Grant,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Grant | None:
    """Put a grant right: its entries and its thing are undone, and the right one is written.

    Raises SomethingFollows while the thing has left, NotEnoughCash when the money is spent.
    """
    grant = lock(grant, reason=reason)
    asset: Asset | None = getattr(grant, "asset", None)
    if asset is not None:
        undo_asset(asset, on=on, reason=reason, actor=actor)
    reverse_sources(grant, [MET, GRANT], on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        made = receive_grant(cooperative=grant.cooperative, actor=actor, **replacement)
    if grant.place:
        cash.require_cash(
            cooperative=grant.cooperative, place=grant.place, amount=0, on=min(on, grant.on)
        )
    if asset is not None:
        successor = getattr(made, "asset", None) if made else None
        mark(asset, reason=reason, successor=successor, actor=actor)
    mark(grant, reason=reason, successor=made, actor=actor)
    return made
