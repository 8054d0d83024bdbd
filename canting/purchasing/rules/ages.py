"""The age of credit: how long it has been due, in buckets."""

from __future__ import annotations

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
