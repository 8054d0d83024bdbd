"""Where something stands on its way, and where money came from and went to."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import (
    Chart,
    Key,
    Table,
    drawing,
    listed,
    percent,
    rect,
    words,
)
from canting.kernel.money import format_rupiah

BAR, ROOM = 28, 12


class Stop(NamedTuple):
    """One step of a way: `state` is done, now or later."""

    label: str
    state: str


class Part(NamedTuple):
    """A part of a sum of money; `ink` 1 to 6."""

    label: str
    amount: int
    ink: int


_INKS = {"done": "q5", "now": "q3", "later": "q1"}


def way(title: str, stops: Sequence[Stop], *, description: str = "") -> Chart:
    """Draw the steps of a way as parts of one bar: behind us, where we are, before us."""
    told = {"done": _("done"), "now": _("now"), "later": _("to come")}
    parts = [
        rect(percent(place, len(stops)), 0, percent(1, len(stops)), 14, f"{_INKS[stop.state]} gap")
        for place, stop in enumerate(stops)
    ]
    rows = tuple((stop.label, told[stop.state]) for stop in stops)
    described = description or listed(rows)
    keys = tuple(
        Key(_INKS[stop.state], stop.label, told[stop.state] if stop.state == "now" else "")
        for stop in stops
    )
    return Chart(
        title,
        described,
        drawing(title, described, 18, parts),
        Table((_("Step"), _("State")), rows),
        keys,
    )


def both_sides(
    title: str, sources: Sequence[Part], uses: Sequence[Part], *, description: str = ""
) -> Chart:
    """Draw one sum twice: above where the money came from, below what it went for."""
    parts: list[str] = []
    for top, label, side in (
        (0, _("Where it came from"), sources),
        (BAR + 40, _("Where it went"), uses),
    ):
        parts.append(words(0, top + 13, label, "mut"))
        parts += _bar(side, top + 20)
    rows = tuple((part.label, format_rupiah(part.amount)) for part in (*sources, *uses))
    described = description or listed(rows)
    return Chart(
        title,
        described,
        drawing(title, described, 2 * (BAR + 40) - 14, parts),
        Table((_("Money"), _("Amount")), rows),
        tuple(
            Key(f"q{part.ink}", part.label, format_rupiah(part.amount))
            for part in (*sources, *uses)
        ),
    )


def _bar(side: Sequence[Part], top: int) -> list[str]:
    total = sum(part.amount for part in side)
    if not total:
        return [rect(0, top, 100, BAR, "track")]
    drawn: list[str] = []
    done = 0
    for part in side:
        left, width = percent(done, total), percent(part.amount, total)
        drawn.append(rect(left, top, width, BAR, f"q{part.ink} gap"))
        if width >= ROOM:
            drawn.append(
                words(left + width / 2, top + BAR // 2 + 5, part.label[:18], f"mid k{part.ink}")
            )
        done += part.amount
    return drawn
