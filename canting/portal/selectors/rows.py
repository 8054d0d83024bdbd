"""What a home is made of: lists of work, each row with its one button."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from markupsafe import Markup

MOST_ROWS = 5
NO_BAR = Markup("")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: what, why now, and the one act; an empty address draws no button."""

    what: str
    why: str = ""
    why_kind: str = ""
    note: str = ""
    sum: str = ""
    url: str = ""
    act_label: str = ""
    act_url: str = ""
    bar: Markup = NO_BAR


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list of work; `total` counts all there is, the rows are the most urgent of them."""

    key: str
    title: str
    rows: Sequence[Row] = ()
    total: int = 0
    state: str = "wait"
    url: str = ""
    aside: str = ""
    nothing: str = ""
    foot: str = ""
    foot_sum: str = ""
    act_label: str = ""
    act_url: str = ""

    @property
    def hidden(self) -> int:
        """How many more there are than the rows shown."""
        return max(self.total - len(self.rows), 0)


@dataclass(slots=True)
class Gathered:
    """Rows from several sources with the count of all there are."""

    rows: list[Row] = field(default_factory=list)
    total: int = 0

    def add(self, rows: Collection[Row], total: int) -> None:
        """Take the rows of one source."""
        self.rows.extend(rows)
        self.total += total


def page(view: str, *parts: object, query: str = "") -> str:
    """The address of a page of a domain, or "" where the installation has no such page."""
    try:
        return reverse(view, args=parts) + query
    except NoReverseMatch:
        return ""
