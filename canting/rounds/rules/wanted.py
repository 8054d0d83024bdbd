"""How much the store needs: recipes of work orders, reorder points with rain, quotas by output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from canting.kernel.money import share
from canting.kernel.quantities import quantize

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known of one material: base units in store and on order, weekly use, days, points."""

    item: str
    in_store: Decimal
    on_order: Decimal
    weekly_use: Decimal
    lead_days: int
    reorder_point: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Rain:
    """The months in which drying and roads are slow, and how much longer a week of lead is then.

    batik.md 8.2 (S32): an order of ten sheets takes one week in dry weather and two in rain.
    """

    months: frozenset[int] = frozenset()
    factor: Decimal = Decimal(1)

    def on(self, day: date) -> Decimal:
        """The factor of a day."""
        return self.factor if day.month in self.months else Decimal(1)


def lead_days_on(*, lead_days: int, day: date, rain: Rain) -> int:
    """Days from ordering to having it, longer in the rain, rounded up."""
    return int((lead_days * rain.on(day)).to_integral_value(ROUND_CEILING))


def to_reorder(shelf: Shelf, *, day: date, cover_weeks: int, rain: Rain) -> Decimal:
    """Base units to order today, never below nil.

    Ordered when store and orders together fall to the reorder point: the one that was set, else the
    use during the lead time. Then up to that point and `cover_weeks` of use more.
    """
    lead = lead_days_on(lead_days=shelf.lead_days, day=day, rain=rain)
    point = max(shelf.reorder_point, quantize(shelf.weekly_use * lead / 7))
    have = shelf.in_store + shelf.on_order
    if point <= 0 or have > point:
        return ZERO
    return max(quantize(point + shelf.weekly_use * cover_weeks - have), ZERO)


def material_need(
    *, pieces: int, norms: Mapping[str, Decimal], held: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    """What a maker lacks for so many pieces still to be made: norm times pieces less what she holds."""
    lacks = {item: quantize(norm * pieces) - held.get(item, ZERO) for item, norm in norms.items()}
    return {item: lack for item, lack in lacks.items() if lack > 0}


@dataclass(frozen=True, slots=True)
class Maker:
    """A member and how many of her pieces were accepted lately."""

    number: str
    recent_pieces: int

    @property
    def is_active(self) -> bool:
        """True when a piece of hers was accepted lately (GKBI's lesson: no quota to the idle)."""
        return self.recent_pieces > 0


def quotas(*, total: Decimal, step: Decimal, makers: Sequence[Maker]) -> dict[str, Decimal]:
    """A scarce material divided over the active makers by recent output, in whole steps.

    Largest remainder, so the parts add up to the whole steps of the total; the idle get nothing.
    """
    active = [maker for maker in makers if maker.is_active]
    steps = int((total / step).to_integral_value(ROUND_FLOOR))
    if not active or steps <= 0:
        return {}
    parts = share(steps, [Fraction(maker.recent_pieces) for maker in active])
    return {
        maker.number: quantize(part * step)
        for maker, part in zip(active, parts, strict=True)
        if part
    }


def may_ask(
    *, quota: Decimal, asked: Decimal, total: Decimal, asked_by_all: Decimal, expired: bool
) -> Decimal:
    """How much more a member may ask of a material under quota, base units.

    Until the quota expires her own part; after it whatever of the total nobody has asked for.
    """
    left = total - asked_by_all if expired else quota - asked
    return max(left, ZERO)
