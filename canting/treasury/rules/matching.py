"""Which entry of ours a line of the bank may be."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

WORD = re.compile(r"[^\W_]{4,}")


class Said(NamedTuple):
    """A line of the bank: its key, day, signed whole rupiah and words."""

    key: int
    on: date
    amount: int
    words: str


class Booked(NamedTuple):
    """A line of the book on the bank's account: the same, its words being memo, paper and party."""

    key: int
    on: date
    amount: int
    words: str


def candidates_of(
    said: Sequence[Said], booked: Iterable[Booked], days: int
) -> Mapping[int, list[Booked]]:
    """For each line the entries of the same amount within so many days, the likeliest first.

    Shared words count before nearness in time; what came first in the book decides the rest.
    """
    by_amount: dict[int, list[Booked]] = defaultdict(list)
    for one in booked:
        by_amount[one.amount].append(one)
    return {
        line.key: sorted(
            (one for one in by_amount[line.amount] if abs((one.on - line.on).days) <= days),
            key=lambda one: (
                -_shared(line.words, one.words),
                abs((one.on - line.on).days),
                one.key,
            ),
        )
        for line in said
    }


def sure_pairs(candidates: Mapping[int, Sequence[Booked]]) -> list[tuple[int, int]]:
    """Lines with just one candidate which is nobody else's: (line, entry line)."""
    asked = Counter(one.key for found in candidates.values() for one in found)
    return [
        (line, found[0].key)
        for line, found in candidates.items()
        if len(found) == 1 and asked[found[0].key] == 1
    ]


def _shared(one: str, other: str) -> int:
    return len(set(WORD.findall(one.lower())) & set(WORD.findall(other.lower())))
