"""Writes of the supervisors; see the modules of this package."""

from canting.oversight.services.findings import (
    answer_finding,
    close_finding,
    mark_seen,
    reopen_finding,
    write_finding,
)
from canting.oversight.services.samples import draw_sample, tick_item

__all__ = [
    "answer_finding",
    "close_finding",
    "draw_sample",
    "mark_seen",
    "reopen_finding",
    "tick_item",
    "write_finding",
]
