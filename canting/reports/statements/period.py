"""The time a statement tells of, and the time it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from canting.kernel.dates import last_of_month, next_month
from canting.ledger.statements import first_of_year


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both counted in."""

    since: date
    until: date

    @property
    def eve(self) -> date:
        """The day before it begins."""
        return self.since - timedelta(days=1)

    @property
    def is_year(self) -> bool:
        """True for a whole calendar year."""
        year = self.since.year
        return (self.since, self.until) == (date(year, 1, 1), date(year, 12, 31))

    def earlier(self, months: int) -> Period:
        """The same time so many months before; a month's end stays a month's end."""
        return Period(next_month(self.since, -months), month_end_kept(self.until, -months))


def month_end_kept(day: date, months: int) -> date:
    """The same day so many months on (or back); the last of a month stays the last of one."""
    moved = next_month(day, months)
    return last_of_month(moved) if day == last_of_month(day) else moved


def year_to(as_of: date) -> Period:
    """The financial year up to a day."""
    return Period(first_of_year(as_of), as_of)
