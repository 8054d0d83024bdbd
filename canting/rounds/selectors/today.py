"""What buying together puts on today's page: deadlines, late orders, goods waiting to be shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.rounds.models import Round
from canting.rounds.rules import RoundState
from canting.rounds.selectors import arrivals, shares
from canting.rounds.selectors.rounds import open_rounds

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import SupplierOrder

NEAR_DAYS = 3


@dataclass(frozen=True, slots=True)
class Nudge:
    """One round and what it waits for: `kind` is deadline, late, share, fetch or close."""

    round: Round
    kind: str
    order: SupplierOrder | None = None
    count: int = 0


def nudges(*, cooperative: Cooperative, on: date) -> list[Nudge]:
    """What open rounds wait for today, the nearest deadline first."""
    return [one for found in open_rounds(cooperative=cooperative) for one in _of(found, on)]


def _of(found: Round, on: date) -> list[Nudge]:
    if found.state == RoundState.COLLECTING:
        near = found.deadline - on <= timedelta(days=NEAR_DAYS)
        return [Nudge(found, "deadline")] if near else []
    if found.state == RoundState.PLANNED:
        return [Nudge(found, "order")]
    orders = arrivals.orders_of(found)
    rows = arrivals.came(found, orders=orders)
    late = [Nudge(found, "late", order=order) for order in arrivals.late_orders(orders, on)]
    stage = arrivals.stage(found, rows, orders)
    if stage == RoundState.RECEIVED:
        return [*late, Nudge(found, "share")]
    waiting = shares.waiting_shares(found).order_by().values("need__member").distinct().count()
    if waiting:
        return [*late, Nudge(found, "fetch", count=waiting)]
    return [*late, Nudge(found, "close")] if stage == RoundState.SHARED else late
