"""What the office may conclude from the books of a cooperative, and what it may not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS_BEHIND = 2
QUIET_DAYS = 60


class Flag(StrEnum):
    """What deserves a visit or a call; each follows from a figure that anyone can check."""

    PROVISIONAL = "provisional"
    NEVER_CLOSED = "never_closed"
    BEHIND = "behind"
    QUIET = "quiet"
    SUSPENSE = "suspense"


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts that flags are drawn from; money in whole rupiah."""

    signed: bool
    opened_on: date
    closed_through: date | None
    last_posted: date | None
    suspense: int


def months_behind(standing: Standing, on: date) -> int:
    """How many full months before `on` are not closed; never below zero."""
    last = standing.closed_through
    closed = last.year * 12 + last.month if last else _month_before(standing.opened_on)
    return max(_month_before(on) - closed, 0)


def _month_before(day: date) -> int:
    return day.year * 12 + day.month - 1


def flags(standing: Standing, on: date) -> Iterator[Flag]:
    """What is not in order on a day; nothing when all is."""
    if not standing.signed:
        yield Flag.PROVISIONAL
    if months_behind(standing, on) > MONTHS_BEHIND:
        yield Flag.BEHIND if standing.closed_through else Flag.NEVER_CLOSED
    if (on - (standing.last_posted or standing.opened_on)).days > QUIET_DAYS:
        yield Flag.QUIET
    if standing.suspense:
        yield Flag.SUSPENSE
