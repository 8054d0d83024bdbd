"""The time of day in the demonstration: each act is noted at the moment when it is said to be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Jakarta")
OPENS, MINUTES = time(8), 9 * 60
_TURN = count()


def moment(on: date) -> datetime:
    """The next moment of a day between eight and five, so that no two acts fall on one."""
    turn = next(_TURN)
    minutes = timedelta(minutes=turn % MINUTES, microseconds=turn)
    return (datetime.combine(on, OPENS, ZONE) + minutes).astimezone(UTC)


@contextmanager
def at(when: datetime) -> Iterator[None]:
    """Let everything within believe that it is this moment; only the demonstration may."""
    real = timezone.now
    instant = when.astimezone(UTC)
    timezone.now = lambda: instant
    try:
        yield
    finally:
        timezone.now = real
