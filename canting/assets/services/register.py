"""Assets bought, given, or taken over from the old book; and put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from canting.assets import selectors
from canting.assets.errors import (
    BadCost,
    BadResidual,
    GrantOfThing,
    LifeNeeded,
    LostTooMuch,
    SomethingFollows,
    UsedLater,
)
from canting.assets.models import Asset
from canting.assets.rules import (
    ASSET,
    ASSET_SERIES,
    BOUGHT,
    CLASSES,
    GRANTED,
    NEVER,
    STRAIGHT,
    TAKEN_BACK,
    TAKEN_OVER,
)
from canting.assets.services.common import lock, mark, post, reverse_sources, tell, write
from canting.cash import selectors as cash
from canting.kernel.dates import first_of_month, format_date
from canting.kernel.money import format_rupiah
from canting.ledger.rules import credit, debit

if TYPE_CHECKING:
    from canting.assets.models import Grant
    from canting.cooperatives.models import Cooperative, User

LONGEST_LIFE = 600


class Thing(NamedTuple):
    """What is known of an asset whoever paid for it; amounts in whole rupiah, life in months."""

    name: str
    asset_class: str
    cost: int
    life_months: int
    used_since: date
    residual: int = 0
    method: str = STRAIGHT
    location: str = ""
    note: str = ""

    def facts(self) -> dict[str, Any]:
        """The fields of its row; what never loses value has no life and no residual value."""
        found = self._asdict() | {"used_since": first_of_month(self.used_since)}
        if self.asset_class in NEVER:
            found |= {"life_months": 0, "residual": 0, "method": STRAIGHT}
        return found


def check_thing(thing: Thing, *, on: date, lost_before: int = 0) -> None:
    """Refuse amounts and lives that cannot be (BadCost, BadResidual, LifeNeeded, ...)."""
    if thing.cost <= 0:
        raise BadCost(cost=format_rupiah(thing.cost))
    if first_of_month(thing.used_since) < first_of_month(on):
        raise UsedLater(since=format_date(thing.used_since), on=format_date(on))
    facts = thing.facts()
    if not 0 <= facts["residual"] < thing.cost:
        raise BadResidual(residual=format_rupiah(thing.residual), cost=format_rupiah(thing.cost))
    if thing.asset_class not in NEVER and not 1 <= thing.life_months <= LONGEST_LIFE:
        raise LifeNeeded(months=thing.life_months)
    whole = thing.cost - facts["residual"] if facts["life_months"] else 0
    if not 0 <= lost_before <= whole:
        raise LostTooMuch(lost=format_rupiah(lost_before), whole=format_rupiah(whole))


@transaction.atomic
def buy_asset(
    *,
    cooperative: Cooperative,
    thing: Thing,
    place: str,
    on: date,
    actor: User,
    seller: str = "",
) -> Asset:
    """Buy an asset out of a cash place that holds enough; number AT.

    Posts `asset_purchase` (posting.md 2.7): D the class's account, K the cash place.
    """
    check_thing(thing, on=on)
    cash.require_cash(cooperative=cooperative, place=place, amount=thing.cost, on=on)
    asset = write(
        Asset,
        series=ASSET_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=on,
        origin=BOUGHT,
        place=place,
        seller=seller.strip()[:120],
        **thing.facts(),
    )
    post(
        asset,
        source=ASSET,
        kind="asset_purchase",
        memo=asset.name,
        lines=[
            debit(CLASSES[asset.asset_class].role, asset.cost),
            credit(place, asset.cost),
        ],
        actor=actor,
    )
    tell(asset, act="bought", actor=actor, amount=asset.cost, place=place)
    return asset


@transaction.atomic
def take_over_asset(
    *,
    cooperative: Cooperative,
    thing: Thing,
    lost_before: int,
    on: date,
    actor: User,
) -> Asset:
    """Write down an asset that the opening balances hold already; posts nothing.

    `on` is the day from which these books reckon its loss of value, `lost_before` what it had lost
    by then in whole rupiah; its own first month of use may lie years back.
    """
    check_thing(
        thing._replace(used_since=max(thing.used_since, on)), on=on, lost_before=lost_before
    )
    asset = write(
        Asset,
        series=ASSET_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=on,
        origin=TAKEN_OVER,
        lost_before=lost_before,
        **thing.facts(),
    )
    tell(asset, act="taken_over", actor=actor, amount=asset.cost, lost=lost_before)
    return asset


def write_granted(*, grant: Grant, thing: Thing, actor: User) -> Asset:
    """Keep the thing that a grant brought; its entry is the grant's."""
    check_thing(thing, on=grant.on)
    return write(
        Asset,
        series=ASSET_SERIES,
        actor=actor,
        cooperative=grant.cooperative,
        on=grant.on,
        origin=GRANTED,
        grant=grant,
        **thing.facts(),
    )


@transaction.atomic
def correct_asset(
    *,
    asset: Asset,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Asset | None:
    """Put an asset right: its entry is reversed, what it lost is taken back, the right one written.

    The new one catches up with the next month's depreciation. Raises SomethingFollows while it has
    left, GrantOfThing when it came with a grant.
    """
    asset = lock(asset, reason=reason)
    if asset.grant is not None:
        raise GrantOfThing(number=asset.number, grant=asset.grant.number)
    undo_asset(asset, on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        make = take_over_asset if asset.origin == TAKEN_OVER else buy_asset
        made = make(cooperative=asset.cooperative, actor=actor, **replacement)
    mark(asset, reason=reason, successor=made, actor=actor)
    return made


def undo_asset(asset: Asset, *, on: date, reason: str, actor: User) -> None:
    """Reverse what an asset posted and take back what it lost in these books."""
    if (left := selectors.standing_disposal(asset)) is not None:
        raise SomethingFollows(number=asset.number, follower=left.number)
    lost = selectors.charged(asset)
    reverse_sources(asset, [ASSET], on=on, reason=reason, actor=actor)
    if lost:
        post(
            asset,
            source=TAKEN_BACK,
            kind="depreciation_undone",
            memo=asset.name,
            lines=[
                debit(CLASSES[asset.asset_class].accumulated, lost),
                credit("depreciation", lost),
            ],
            actor=actor,
            on=on,
        )
        asset.charges.filter(undone=False).update(undone=True)
