"""The days of the demonstration: acts wait in order of their day, and are done one after another."""

import heapq
import itertools
from collections.abc import Callable
from datetime import date, timedelta

from canting.kernel.dates import first_of_month, next_month
from canting.portal.demo import clock

SUNDAY = 6
MONTHS = 12
# Rain slows dyeing and drying (batik.md 8.2); before Lebaran orders come in numbers.
RAINY = frozenset({11, 12, 1, 2, 3})
BUSY = frozenset({2, 3, 8, 10})

Act = Callable[[date], None]


class Calendar:
    """Acts by day; an act may write further acts into the calendar."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.begins = next_month(first_of_month(today), -MONTHS)
        self._acts: list[tuple[date, int, Act]] = []
        self._order = itertools.count()

    def months(self) -> list[date]:
        """The first day of every month, the running one last."""
        return [next_month(self.begins, n) for n in range(MONTHS + 1)]

    def add(self, on: date, act: Act) -> None:
        """Write an act down for a day, for Monday when it is a Sunday."""
        if on.weekday() == SUNDAY:
            on += timedelta(days=1)
        heapq.heappush(self._acts, (on, next(self._order), act))

    def run(self) -> None:
        """Do everything up to yesterday; what lies later waits for the user."""
        while self._acts and self._acts[0][0] < self.today:
            on, _, act = heapq.heappop(self._acts)
            with clock.at(clock.moment(on)):
                act(on)
