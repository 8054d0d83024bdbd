"""Drawing a sample that anybody can draw again: the same seed and the same papers, the same draw.

No random generator of any program is used. Every paper gets the SHA-256 of "seed|key", and the order
of these digests is the shuffled order; so the draw is the same in every version and on paper.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SIZE = 25
START = "start"


class Method(StrEnum):
    """Each paper alike, or each rupiah alike (so that large papers are drawn more often)."""

    UNIFORM = "uniform"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A paper that may be drawn: its key and what it is worth, whole rupiah (or pieces)."""

    key: str
    amount: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper drawn, and how many of the draws fell on it."""

    key: str
    amount: int
    hits: int = 1


def digest(seed: str, key: str) -> bytes:
    """SHA-256 of "seed|key": the place of a paper in the shuffled order."""
    return hashlib.sha256(f"{seed}|{key}".encode()).digest()


def shuffled(papers: Iterable[Weighed], seed: str) -> list[Weighed]:
    """The papers in the order of their digests; equal keys are told apart by nothing and stay."""
    return sorted(papers, key=lambda one: (digest(seed, one.key), one.key))


def draw(
    papers: Iterable[Weighed], *, seed: str, size: int = SIZE, method: Method = Method.UNIFORM
) -> list[Drawn]:
    """At most `size` papers, in the order of their draw.

    By amount (monetary unit sampling): the shuffled papers lie end to end, each as long as its
    amount; the first mark falls by the digest of "seed|start", the others follow at even distances.
    A paper longer than the distance is certain to be hit. Papers without an amount never are.
    """
    order = shuffled(papers, seed)
    if method == Method.UNIFORM:
        return [Drawn(one.key, one.amount) for one in order[:size]]
    return _by_amount([one for one in order if one.amount > 0], seed, size)


def _by_amount(order: Sequence[Weighed], seed: str, size: int) -> list[Drawn]:
    total = sum(one.amount for one in order)
    if not total or size < 1:
        return []
    start = int.from_bytes(digest(seed, START), "big") % total
    found: list[Drawn] = []
    reached, mark = 0, 0
    for one in order:
        reached += one.amount
        hits = 0
        while mark < size and (start + mark * total) // size < reached:
            hits, mark = hits + 1, mark + 1
        if hits:
            found.append(Drawn(one.key, one.amount, hits))
    return found
