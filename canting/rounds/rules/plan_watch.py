"""The clock of a search: who wants to hear of it, who may end it, when it must end."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from canting.rounds.rules.plan_facts import Progress, Stopped


@dataclass
class Watch:
    """Who wants to know how far the search is, who may end it, and when it must end."""

    seconds: float
    cancelled: Callable[[], bool] | None = None
    progress: Callable[[Progress], None] | None = None
    began: float = field(default_factory=time.monotonic)
    stopped: Stopped = Stopped.DONE
    fault: BaseException | None = None
    told: float = 0.0
    cut_short: bool = False

    def gone(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began

    def left(self) -> float:
        """Seconds that remain."""
        return max(self.seconds - self.gone(), 0.0)

    def is_over(self) -> bool:
        """Is the time up or did somebody cancel? Kept as the reason."""
        if self.stopped == Stopped.DONE and self.cancelled is not None and self.cancelled():
            self.stopped = Stopped.CANCELLED
        if self.stopped == Stopped.DONE and self.left() <= 0:
            self.stopped = Stopped.TIME
        return self.stopped != Stopped.DONE

    def reason(self) -> Stopped:
        """Why the search ended, over all its runs."""
        if self.stopped == Stopped.DONE and self.cut_short:
            return Stopped.TIME
        return self.stopped

    def tell(self, best: int | None, gap: float | None) -> None:
        """Say where the search stands."""
        if self.progress is not None:
            self.progress(Progress(self.gone(), best, gap))
