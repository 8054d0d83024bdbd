"""What comes again and again: when it is due, and costs that belong to other months than the bill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from canting.kernel.dates import first_of_month, last_of_month, months_between, next_month
from canting.kernel.money import share
from canting.kernel.texts import gettext_noop as _

PAID, OWED = "paid", "owed"
WAYS: Mapping[str, str] = {
    PAID: _("Paid at once from a cash place"),
    OWED: _("Booked as owed, paid when the bill comes"),
}
RHYTHMS: Mapping[int, str] = {
    1: _("Every month"),
    2: _("Every 2 months"),
    3: _("Every 3 months"),
    6: _("Every 6 months"),
    12: _("Every year"),
}
LONGEST_RHYTHM, LAST_DAY, MOST_MONTHS = 60, 31, 120


class Rhythm(NamedTuple):
    """When something is due: the first time, every so many months, on a day of the month."""

    first: date
    every: int
    day: int
    until: date | None = None
    times: int | None = None


def due_days(rhythm: Rhythm, until: date) -> list[date]:
    """Every day up to `until` on which it is due; in a short month its last day.

    Counted from the first month each time, so that the 31st comes back after February. Where the
    day of the first month is over already, the month after it is the first.
    """
    start = first_of_month(rhythm.first)
    if _day_in(start, rhythm.day) < rhythm.first:
        start = next_month(start)
    last = min(until, rhythm.until or until)
    found: list[date] = []
    while rhythm.times is None or len(found) < rhythm.times:
        due = _day_in(next_month(start, len(found) * rhythm.every), rhythm.day)
        if due > last:
            break
        found.append(due)
    return found


def next_due(rhythm: Rhythm, after: date) -> date | None:
    """The first due day after a day; None when there is none any more."""
    far = next_month(max(after, rhythm.first), rhythm.every + 1)
    return next((day for day in due_days(rhythm, far) if day > after), None)


def _day_in(month: date, day: int) -> date:
    return month.replace(day=min(day, last_of_month(month).day))


def prepaid_until(amount: int, months: int, since: date, until: date) -> int:
    """What of a cost paid ahead belongs to the months up to the end of `until`'s, whole rupiah.

    Spread evenly by the largest remainder (posting.md 1), so that the months add up to the whole.
    """
    gone = min(max(months_between(since, until) + 1, 0), months)
    return sum(share(amount, [1] * months)[:gone])
