"""An asset that leaves: written off to the month, its account cleared, the rest gain or loss."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.assets import selectors
from canting.assets.errors import (
    AlreadyLeft,
    AlreadyReversed,
    LeftTooEarly,
    NothingReceived,
    PlaceNeeded,
)
from canting.assets.models import Asset, Charge, Disposal
from canting.assets.rules import CHARGED, CLASSES, DISPOSAL, DISPOSAL_SERIES, SOLD
from canting.assets.services.common import lock, mark, post, reverse_sources, tell, write
from canting.assets.services.depreciation import charge_lines
from canting.cash import selectors as cash
from canting.kernel.dates import format_date, last_of_month
from canting.kernel.money import format_rupiah
from canting.ledger.rules import Line, nonzero, signed

if TYPE_CHECKING:
    from canting.cooperatives.models import User


@transaction.atomic
def dispose(
    *,
    asset: Asset,
    ending: str,
    on: date,
    actor: User,
    received: int = 0,
    place: str = "",
    buyer: str = "",
) -> Disposal:
    """Write down that an asset left; number LA. Its loss is first booked up to and with that month.

    Posts `depreciation` for that and `disposal` (posting.md 2.7). Raises AlreadyLeft, LeftTooEarly,
    PlaceNeeded, NothingReceived.
    """
    _check(asset, ending, received, place)
    asset = selectors.lock_asset(asset)
    if asset.state == "reversed":
        raise AlreadyReversed(number=asset.number)
    if (left := selectors.standing_disposal(asset)) is not None:
        raise AlreadyLeft(number=asset.number, paper=left.number)
    until = last_of_month(on)
    last = selectors.charged_until(asset)
    if on < asset.on or (last and until < last):
        raise LeftTooEarly(
            number=asset.number, until=format_date(last or asset.on), on=format_date(on)
        )
    if received:
        cash.place_name(cooperative=asset.cooperative, place=place)
    due = selectors.due_of(asset, until=until)
    paper = write(
        Disposal,
        series=DISPOSAL_SERIES,
        actor=actor,
        cooperative=asset.cooperative,
        on=on,
        asset=asset,
        ending=ending,
        received=received,
        place=place if received else "",
        buyer=buyer.strip()[:120],
        cost=asset.cost,
        lost=asset.lost_before + selectors.charged(asset) + due.amount,
    )
    if due.amount:
        Charge.objects.create(asset=asset, disposal=paper, until=until, amount=due.amount)
        lines = charge_lines([due])
        memo = asset.name
        post(paper, source=CHARGED, kind="depreciation", memo=memo, lines=lines, actor=actor)
    post(
        paper,
        source=DISPOSAL,
        kind="disposal",
        memo=asset.name,
        lines=disposal_lines(paper),
        actor=actor,
    )
    tell(paper, act="disposed", actor=actor, asset=asset.number, amount=received)
    return paper


def _check(asset: Asset, ending: str, received: int, place: str) -> None:
    if received < 0 or (received and ending != SOLD):
        raise NothingReceived()
    if received and not place:
        raise PlaceNeeded(amount=format_rupiah(received))


def disposal_lines(paper: Disposal) -> list[Line]:
    """D cash, D what was lost, K the cost; what is missing is a loss, what is over a gain."""
    kind = CLASSES[paper.asset.asset_class]
    parts = [
        (paper.place, paper.received),
        (kind.accumulated, paper.lost),
        ("disposal_gain", paper.cost - paper.lost - paper.received),
        (kind.role, -paper.cost),
    ]
    return nonzero(*(signed(role, amount) for role, amount in parts if amount))


@transaction.atomic
def correct_disposal(
    *,
    paper: Disposal,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Disposal | None:
    """Put a disposal right: the asset is there again; with `replacement` it leaves the right way."""
    paper = lock(paper, reason=reason)
    reverse_sources(paper, [DISPOSAL, CHARGED], on=on, reason=reason, actor=actor)
    if paper.received:
        cash.require_cash(
            cooperative=paper.cooperative, place=paper.place, amount=0, on=min(on, paper.on)
        )
    paper.charges.update(undone=True)
    paper.state = "reversed"
    paper.save(update_fields=["state"])
    made = None
    if replacement is not None:
        made = dispose(asset=paper.asset, actor=actor, **replacement)
    mark(paper, reason=reason, successor=made, actor=actor)
    return made
