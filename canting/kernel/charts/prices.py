"""Prices over time as steps: a price holds until the next one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import Chart, Key, Table, dot, drawing, line, percent, words
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah

TOP, HEIGHT = 24, 140
# The cheapest sellers now are drawn; lines beyond these would look alike and stand in the table.
INKS = ("f1", "f2", "f3", "f5")


class PricePoint(NamedTuple):
    """From which day a price of one base unit holds, whole rupiah."""

    on: date
    amount: int


class PriceLine(NamedTuple):
    """One seller's prices, oldest first; `market` is the dashed line that the others are seen by."""

    label: str
    points: tuple[PricePoint, ...]
    market: bool = False


def price_history(
    title: str, lines: Sequence[PriceLine], *, until: date, description: str = ""
) -> Chart:
    """Draw what each seller asked for a base unit from when on, up to a day; market dashed."""
    filled = [row for row in lines if row.points]
    sellers = sorted((row for row in filled if not row.market), key=lambda r: r.points[-1].amount)
    drawn = [row for row in filled if row.market] + sellers[: len(INKS)]
    days = [point.on for row in drawn for point in row.points]
    first = min(days, default=until)
    span = max((until - first).days, 1)
    amounts = [point.amount for row in drawn for point in row.points]
    low, high = _scale(amounts)
    parts: list[str] = []
    for level in (high, (low + high) // 2, low):
        at = _y(level, low, high)
        parts += [line(0, at, 100, at, "grid-line"), words(0, at - 5, format_rupiah(level), "mut")]
    keys: list[Key] = []
    inks = iter(INKS)
    for row in drawn:
        ink = "mark" if row.market else next(inks)
        parts.append(_steps(row, ink, first, span, until, low, high))
        keys.append(Key(ink, row.label, format_rupiah(row.points[-1].amount)))
    bottom = TOP + HEIGHT + 22
    parts += [
        words(0, bottom, format_date(first), "mut"),
        words(100, bottom, format_date(until), "end mut"),
    ]
    described = description or _("What one unit cost at each seller, from which day on.")
    return Chart(
        title,
        described,
        drawing(title, described, TOP + HEIGHT + 30, parts),
        _table(lines),
        tuple(keys),
    )


def _table(lines: Sequence[PriceLine]) -> Table:
    rows = sorted(
        ((point.on, row.label, point.amount) for row in lines for point in row.points),
        key=lambda row: (row[0], row[1]),
        reverse=True,
    )
    return Table(
        (_("From"), _("Seller"), _("Price")),
        tuple((format_date(on), label, format_rupiah(amount)) for on, label, amount in rows),
    )


def _scale(amounts: Sequence[int]) -> tuple[int, int]:
    """A little room under the lowest and over the highest price."""
    low, high = min(amounts, default=0), max(amounts, default=1)
    room = max((high - low) // 8, high // 50, 1)
    return max(low - room, 0), high + room


def _y(amount: int, low: int, high: int) -> Decimal:
    share = percent(high - amount, high - low)
    return (TOP + HEIGHT * share / 100).quantize(Decimal("0.1"))


def _steps(
    row: PriceLine, ink: str, first: date, span: int, until: date, low: int, high: int
) -> str:
    """The line of one seller: flat until the next price, then up or down at once."""
    css = "mark dash" if row.market else ink.replace("f", "l")
    found: list[str] = []
    before: tuple[Decimal, Decimal] | None = None
    for number, point in enumerate(row.points):
        x, y = _x(point.on, first, span), _y(point.amount, low, high)
        if before is not None:
            found.append(line(x, before[1], x, y, css))
        later = row.points[number + 1].on if number + 1 < len(row.points) else until
        end = max(_x(later, first, span), x)
        found.append(line(x, y, end, y, css))
        if not row.market:
            found.append(dot(x, y, ink))
        before = (end, y)
    return "".join(found)


def _x(on: date, first: date, span: int) -> Decimal:
    return 14 + percent((on - first).days, span) * Decimal("0.85")
