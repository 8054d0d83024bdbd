"""Sums of money one below the other, to be compared by length."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import Chart, Table, drawing, listed, percent, rect, words
from canting.kernel.money import format_rupiah

ROW, BAR = 68, 22


class Bar(NamedTuple):
    """One sum: its name, whole rupiah, ink 1 to 6."""

    label: str
    amount: int
    ink: int


def compare_bars(title: str, bars: Sequence[Bar], *, description: str = "") -> Chart:
    """Draw sums from zero, all on one scale: the name, below it the amount, then the bar."""
    most = max((bar.amount for bar in bars), default=0)
    parts: list[str] = []
    for place, bar in enumerate(bars):
        top = ROW * place
        parts.append(words(0, top + 14, bar.label, "mut"))
        parts.append(words(0, top + 31, format_rupiah(bar.amount), "str"))
        parts.append(rect(0, top + 37, 100, BAR, "track"))
        parts.append(rect(0, top + 37, percent(max(bar.amount, 0), most), BAR, f"f{bar.ink}"))
    rows = tuple((bar.label, format_rupiah(bar.amount)) for bar in bars)
    described = description or listed(rows)
    height = max(ROW * len(bars) - 6, 10)
    return Chart(
        title,
        described,
        drawing(title, described, height, parts),
        Table((_("Way"), _("Amount")), rows),
    )
