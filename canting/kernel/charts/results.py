"""Charts of the statements: the result month by month, and what a total is made of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import (
    Chart,
    Table,
    drawing,
    figure,
    juta,
    line,
    listed,
    percent,
    rect,
    words,
)
from canting.kernel.money import format_rupiah

Q = Decimal("0.1")
TOP, ROOM = 20, 120
# A part narrower than this (percent) has no room for its figure.
LEAST_WORDS = 12


class ResultMonth(NamedTuple):
    """One month: what came in as revenue and what it cost, whole rupiah."""

    label: str
    revenue: int
    cost: int

    @property
    def result(self) -> int:
        """What is left of it."""
        return self.revenue - self.cost


class StackPart(NamedTuple):
    """One part of a bar: its name, whole rupiah, ink 1 to 6."""

    label: str
    amount: int
    ink: int


class Stack(NamedTuple):
    """One bar with its parts."""

    label: str
    parts: tuple[StackPart, ...]

    @property
    def total(self) -> int:
        """All parts that are drawn: those above zero."""
        return sum(part.amount for part in self.parts if part.amount > 0)


def result_columns(title: str, months: Sequence[ResultMonth], *, description: str = "") -> Chart:
    """Draw the surplus of each month as a column above zero, a loss below it."""
    highest = max([0, *(month.result for month in months)])
    lowest = min([0, *(month.result for month in months)])
    span = max(highest - lowest, 1)
    zero = (TOP + Decimal(ROOM) * highest / span).quantize(Q)
    bottom = TOP + ROOM + (16 if lowest < 0 else 0)
    slot = Decimal(100) / max(len(months), 1)
    bar = (slot * Decimal("0.66")).quantize(Q)
    size = "mid sm" if len(months) > 8 else "mid"
    parts: list[str] = [line(0, zero, 100, zero, "zero")]
    for number, month in enumerate(months):
        left = (slot * number + (slot - bar) / 2).quantize(Q)
        tall = (Decimal(ROOM) * abs(month.result) / span).quantize(Q)
        top = zero - tall if month.result > 0 else zero
        if month.result:
            ink = "f1" if month.result > 0 else "f4"
            parts.append(rect(left, top, bar, tall, ink))
            spot = top - 5 if month.result > 0 else top + tall + 13
            parts.append(words(left + bar / 2, spot, juta(month.result), size))
        parts.append(words(left + bar / 2, bottom + 18, month.label, "mid mut"))
    described = description or _("Million rupiah a month: surplus above zero, loss below.")
    table = Table(
        (_("Month"), _("Revenue"), _("Cost"), _("Surplus")),
        tuple(
            (m.label, format_rupiah(m.revenue), format_rupiah(m.cost), format_rupiah(m.result))
            for m in months
        ),
    )
    return Chart(title, described, drawing(title, described, bottom + 24, parts), table)


def stacked_bars(title: str, stacks: Sequence[Stack], *, description: str = "") -> Chart:
    """Draw bars of parts on one scale, each part with its share; their names stand beneath."""
    most = max([1, *(stack.total for stack in stacks)])
    parts: list[str] = []
    y = 0
    for stack in stacks:
        parts.append(words(0, y + 15, stack.label, "str"))
        parts.append(words(100, y + 15, format_rupiah(stack.total), "end str"))
        left = Decimal(0)
        drawn = [part for part in stack.parts if part.amount > 0]
        for part in drawn:
            width = percent(part.amount, most)
            parts.append(rect(left, y + 22, width, 28, f"f{part.ink} gap"))
            if width >= LEAST_WORDS:
                share = figure(percent(part.amount, stack.total), 0)
                parts.append(words(left + width / 2, y + 41, f"{share}%", "mid ondark str"))
            left += width
        y += 60
        for part in drawn:
            parts.append(rect(0, y - 1, 2, 11, f"f{part.ink}"))
            parts.append(words(4, y + 9, part.label))
            parts.append(words(100, y + 9, format_rupiah(part.amount), "end"))
            y += 20
        y += 14
    rows = tuple(
        (part.label, format_rupiah(part.amount)) for stack in stacks for part in stack.parts
    )
    described = description or listed((stack.label, format_rupiah(stack.total)) for stack in stacks)
    return Chart(
        title,
        described,
        drawing(title, described, max(y - 14, 10), parts),
        Table((_("Line"), _("Amount")), rows),
    )
