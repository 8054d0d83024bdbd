"""What a home is made of: lists of work, each row with its one button."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.urls import NoReverseMatch, resolve, reverse
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


def first_rows(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """The most urgent rows and how many there are in all, in one query."""
    rows = list(found.annotate(_of_all=Window(Count("*")))[:MOST_ROWS])
    return rows, rows[0]._of_all if rows else 0


def page(view: str, *parts: object, query: str = "") -> str:
    """The address of a page of a domain, or "" where the installation has no such page."""
    try:
        return reverse(view, args=parts) + query
    except NoReverseMatch:
        return ""


def may_open(url: str, rights: Collection[str]) -> bool:
    """True when the door of this page lets these rights in; a page without address: no."""
    if not url.startswith("/"):
        return False
    return getattr(resolve(url.partition("?")[0]).func, "door", "") in rights


def only_open(found: WorkList, rights: Collection[str]) -> WorkList:
    """The list without the links and buttons that would end before a closed door."""

    def kept(url: str) -> str:
        return url if not url.startswith("/") or may_open(url, rights) else ""

    rows = [replace(row, url=kept(row.url), act_url=kept(row.act_url)) for row in found.rows]
    return replace(found, rows=rows, url=kept(found.url), act_url=kept(found.act_url))
