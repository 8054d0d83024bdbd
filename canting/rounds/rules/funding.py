"""Where each rupiah of each source of a round went: sources on one side, uses on the other."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pot:
    """A source of money, or what money was used for, in whole rupiah."""

    key: str
    label: str
    amount: int
    ink: int = 1


@dataclass(frozen=True, slots=True)
class Flow:
    """So much of one source went into one use."""

    source: str
    use: str
    amount: int


def flows(sources: Sequence[Pot], uses: Sequence[Pot]) -> list[Flow]:
    """Lay sources and uses of the same sum along one line: where they overlap, the one paid the other.

    What is used first was brought first; no rupiah is counted twice or left out.
    """
    found: list[Flow] = []
    left = [pot.amount for pot in uses]
    place = 0
    for source in sources:
        rest = source.amount
        while rest and place < len(uses):
            part = min(rest, left[place])
            if part:
                found.append(Flow(source.key, uses[place].key, part))
            rest -= part
            left[place] -= part
            if not left[place]:
                place += 1
    return found
