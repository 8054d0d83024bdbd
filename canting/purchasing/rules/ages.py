"""The age of credit: how long it has been due, in buckets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

# Days since it fell due: the last day of each bucket; the first is not due yet, the last is open.
BUCKETS: tuple[int | None, ...] = (0, 30, 60, 90, None)


def bucket_of(due: date, on: date) -> int:
    """Which bucket a debt due on a day falls into: 0 is not overdue, the last over ninety days."""
    late = (on - due).days
    for place, last in enumerate(BUCKETS):
        if last is not None and late <= last:
            return place
    return len(BUCKETS) - 1


def open_parts(
    owed: int, newest_first: Iterable[tuple[date, int]], *, unknown: date
) -> list[tuple[date, int]]:
    """What of each debt (due day, amount) is still open when the oldest were paid first.

    The parts add up to what is owed, whole rupiah; what no debt explains is due on `unknown`.
    """
    parts: list[tuple[date, int]] = []
    left = owed
    for due, amount in newest_first:
        if left <= 0:
            break
        parts.append((due, min(amount, left)))
        left -= parts[-1][1]
    return [*parts, (unknown, left)] if left > 0 else parts
