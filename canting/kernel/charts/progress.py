"""Bars that grow from the left: an order by stage, stock cover in weeks, a quorum, a share done."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import (
    Chart,
    Key,
    Table,
    drawing,
    figure,
    line,
    listed,
    percent,
    rect,
    words,
)

# Narrower than this part of the bar, a number would touch its neighbour: the key below carries it.
ROOM_FOR_NUMBER = Decimal(4)


class Stage(NamedTuple):
    """Pieces in one stage; `ink` 1 (plain cloth) to 6 (sent)."""

    label: str
    pieces: int
    ink: int


class Cover(NamedTuple):
    """How many weeks a material lasts, how long an order takes, the day it runs out in words."""

    label: str
    weeks: Decimal
    lead_weeks: Decimal
    runs_out: str = ""


def stacked_progress(
    title: str,
    stages: Sequence[Stage],
    *,
    planned: int | None = None,
    description: str = "",
    height: int = 32,
) -> Chart:
    """Draw pieces by stage, done first; `planned` puts the upright line where the plan is today."""
    total = sum(stage.pieces for stage in stages)
    top = 24 if planned is not None else 0
    parts: list[str] = []
    done = 0
    for stage in stages:
        if not stage.pieces:
            continue
        left, width = percent(done, total), percent(stage.pieces, total)
        parts.append(rect(left, top, width, height, f"q{stage.ink} gap"))
        if width >= ROOM_FOR_NUMBER:
            middle = left + width / 2
            parts.append(
                words(middle, top + height // 2 + 5, str(stage.pieces), f"mid k{stage.ink}")
            )
        done += stage.pieces
    if not total:
        parts.append(rect(0, top, 100, height, "track"))
    if planned is not None:
        parts.append(_tick(percent(min(planned, total), total), top, height, planned))
    told = [(stage.label, str(stage.pieces)) for stage in stages]
    described = description or _("%(list)s; %(total)s pieces in all.") % {
        "list": listed(told),
        "total": total,
    }
    return Chart(
        title,
        described,
        drawing(title, described, top + height + 4, parts),
        Table((_("Stage"), _("Pieces")), tuple(told)),
        tuple(Key(f"q{stage.ink}", stage.label, str(stage.pieces)) for stage in stages),
    )


def _tick(at: Decimal, top: int, height: int, planned: int) -> str:
    # The word stays inside the picture at both ends.
    side = "" if at < 12 else "end" if at > 88 else "mid"
    text = _("plan %(pieces)s") % {"pieces": planned}
    return line(at, top - 4, at, top + height + 4, "mark") + words(
        at, 14, text, f"{side} mut".strip()
    )


def cover_bars(title: str, materials: Sequence[Cover], *, description: str = "") -> Chart:
    """Draw how many weeks each material lasts, shortest first; the line is its order time."""
    rows = sorted(materials, key=lambda material: material.weeks)
    longest = max((max(row.weeks, row.lead_weeks) for row in rows), default=Decimal(1))
    scale = max(longest * Decimal("1.2"), Decimal(1))
    parts: list[str] = []
    for number, row in enumerate(rows):
        y = 64 * number
        ink = "f4" if row.weeks < row.lead_weeks else "f1"
        mark = percent(row.lead_weeks, scale)
        end = max(percent(row.weeks, scale), Decimal(0))
        parts += [
            words(0, y + 13, row.label),
            rect(0, y + 20, 100, 16, "track"),
            rect(0, y + 22, end, 12, ink),
            line(mark, y + 18, mark, y + 38, "mark"),
            words(max(end, mark), y + 33, figure(row.weeks), "str", shift=7),
            words(0, y + 52, row.runs_out, "mut"),
        ]
    described = description or _("How many weeks each material lasts, shortest first.")
    table = Table(
        (_("Material"), _("Weeks"), _("Order time"), _("Runs out")),
        tuple(
            (row.label, figure(row.weeks), figure(row.lead_weeks), row.runs_out or "–")
            for row in rows
        ),
    )
    return Chart(
        title, described, drawing(title, described, max(64 * len(rows) - 8, 10), parts), table
    )


def progress(
    title: str,
    done: Decimal | int,
    total: Decimal | int,
    *,
    ink: str = "f1",
    mark: int | None = None,
) -> Chart:
    """Draw one slim bar: `done` of `total`, with an upright line at `mark` when given."""
    share = min(percent(done, total), Decimal(100))
    parts = [rect(0, 3, 100, 8, "track"), rect(0, 3, share, 8, ink)]
    if mark is not None:
        at = min(percent(mark, total), Decimal(100))
        parts.append(line(at, 0, at, 14, "mark"))
    described = _("%(done)s of %(total)s") % {"done": figure(done), "total": figure(total)}
    table = Table((_("Done"), _("In all")), ((figure(done), figure(total)),))
    return Chart(title, described, drawing(title, described, 14, parts, "bar"), table)


def quorum_bar(title: str, present: int, needed: int, members: int) -> Chart:
    """Draw who is present against the quorum; readable from the back row of a meeting."""
    at = percent(needed, members)
    share = min(percent(present, members), Decimal(100))
    came = _("%(count)s present") % {"count": present}
    parts = [
        rect(0, 30, 100, 40, "track"),
        rect(0, 30, share, 40, "f1"),
        line(at, 22, at, 78, "mark"),
        words(at, 14, _("quorum %(count)s") % {"count": needed}, "mid"),
        words(2, 56, came, "on1 str") if share > 25 else words(share, 56, came, "str", shift=7),
        words(
            98, 56, _("%(count)s members") % {"count": members}, "end mut" if share < 75 else "sr"
        ),
    ]
    table = Table(
        (_("Matter"), _("People")),
        (
            (_("Present"), str(present)),
            (_("Quorum"), str(needed)),
            (_("Members"), str(members)),
        ),
    )
    described = listed((name, count) for name, count in table.rows)
    return Chart(title, described, drawing(title, described, 82, parts), table)
