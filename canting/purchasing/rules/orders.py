"""Supplier orders in plain rules: their states, the three-way comparison, parts of an amount."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from canting.kernel.money import half_up


class OrderState(StrEnum):
    """open: nothing came yet; part: some; received: all; closed: the rest will not come."""

    OPEN = "open"
    PART = "part"
    RECEIVED = "received"
    CLOSED = "closed"
    REVERSED = "reversed"


class Match(StrEnum):
    """What the three papers of one line say about each other."""

    AGREES = "agrees"
    WAITING = "waiting"
    UNBILLED = "unbilled"
    SHORT = "short"
    OVER = "over"
    DEARER = "dearer"
    CHEAPER = "cheaper"


@dataclass(frozen=True, slots=True)
class ThreeWay:
    """One line as it was ordered, received (less what went back) and billed.

    Quantities in base units; amounts in whole rupiah: what was ordered, what came at the ordered
    price, what of it was billed at that price, what the bills say.
    """

    ordered: Decimal
    received: Decimal
    billed: Decimal
    ordered_amount: int
    received_amount: int
    released_amount: int
    billed_amount: int

    @property
    def unbilled(self) -> Decimal:
        """What came and no bill names yet."""
        return self.received - self.billed

    @property
    def difference(self) -> int:
        """How much the bills say more (below zero: less) than the ordered price."""
        return self.billed_amount - self.released_amount

    @property
    def matches(self) -> tuple[Match, ...]:
        """What is to be said of the line, the gravest first; AGREES alone when nothing is."""
        said = [
            (Match.DEARER, self.difference > 0),
            (Match.CHEAPER, self.difference < 0),
            (Match.OVER, self.received > self.ordered),
            (Match.WAITING, self.received == 0),
            (Match.SHORT, 0 < self.received < self.ordered),
            (Match.UNBILLED, self.unbilled > 0),
        ]
        return tuple(match for match, holds in said if holds) or (Match.AGREES,)


def part_of(amount: int, part: Decimal, whole: Decimal) -> int:
    """The amount of a part of a quantity, half up; the whole is the whole amount exactly."""
    return amount if part == whole else half_up(amount * part / whole)


def most_receivable(ordered: Decimal, percent: Decimal) -> Decimal:
    """The largest quantity that still counts as what was ordered, four places, rounded down."""
    return (ordered + ordered * percent / 100).quantize(Decimal("0.0001"), rounding="ROUND_DOWN")


def beyond(*, expected: int, actual: int, percent: Decimal, rupiah: int) -> bool:
    """True when a bill differs from what was expected by more than both tolerances allow.

    Up to `rupiah`, or up to `percent` of what was expected, is taken without a question.
    """
    off = abs(actual - expected)
    return off > rupiah and off * 100 > percent * expected
