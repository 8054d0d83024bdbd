"""Quality as a run of lots: the share that passed, told with its count."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import (
    Chart,
    Table,
    dot,
    drawing,
    figure,
    line,
    percent,
    polyline,
    rect,
    words,
)

TOP, HEIGHT = 20, 100
# Fewer pieces than this say little about a maker's hand: the point is drawn hollow.
SMALL_LOT = 5


class Lot(NamedTuple):
    """One lot: its name, pieces inspected and pieces that passed at once."""

    label: str
    pieces: int
    passed: int


def quality_run(
    title: str,
    lots: Sequence[Lot],
    *,
    middle: tuple[Decimal, Decimal] | None = None,
    description: str = "",
) -> Chart:
    """Draw the pass share of the lots; `middle` is the middle half of all makers in percent."""
    shares = [percent(lot.passed, lot.pieces) for lot in lots]
    floor = Decimal(50) if min(shares, default=Decimal(100)) >= 50 else Decimal(0)
    parts: list[str] = []
    if middle:
        low, high = (max(value, floor) for value in middle)
        parts.append(rect(0, _y(high, floor), 100, _y(low, floor) - _y(high, floor), "band"))
    for level in (Decimal(100), (Decimal(100) + floor) / 2, floor):
        at = _y(level, floor)
        parts += [line(0, at, 100, at, "grid-line"), words(0, at - 5, f"{figure(level)}%", "mut")]
    step = Decimal(84) / max(len(lots) - 1, 1)
    points = [(12 + step * number, _y(share, floor)) for number, share in enumerate(shares)]
    points = [(x.quantize(Decimal("0.01")), y) for x, y in points]
    parts.append(polyline(points, "l1"))
    for lot, (x, y) in zip(lots, points, strict=True):
        parts.append(dot(x, y, "hollow" if lot.pieces < SMALL_LOT else "p1"))
        parts.append(words(x, TOP + HEIGHT + 24, str(lot.pieces), "mid mut"))
    described = description or _("Share that passed, lot by lot; the numbers below count pieces.")
    table = Table(
        (_("Lot"), _("Pieces"), _("Passed")),
        tuple((lot.label, str(lot.pieces), str(lot.passed)) for lot in lots),
    )
    return Chart(title, described, drawing(title, described, TOP + HEIGHT + 30, parts), table)


def _y(share: Decimal, floor: Decimal) -> Decimal:
    """Return the height in pixels of a pass share."""
    return (TOP + HEIGHT * (100 - share) / (100 - floor)).quantize(Decimal("0.1"))
