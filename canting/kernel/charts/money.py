"""Charts of money: cash by week, savings by month, who gets what of a price, the surplus."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from canting.kernel.charts.frame import (
    JUTA,
    Chart,
    Key,
    Table,
    drawing,
    figure,
    juta,
    line,
    listed,
    percent,
    polyline,
    rect,
    words,
)
from canting.kernel.money import format_rupiah

Q = Decimal("0.1")


class CashWeek(NamedTuple):
    """One week of cash in rupiah; an estimate is drawn soft and dashed."""

    label: str
    came_in: int
    went_out: int
    balance: int
    estimate: bool = False


class SavingsMonth(NamedTuple):
    """One month of savings in rupiah: paid in by kind (one order everywhere) and withdrawn."""

    label: str
    paid: tuple[int, ...]
    withdrawn: int = 0


class PriceParts(NamedTuple):
    """A product and what of its price goes to maker, material and cooperative, in rupiah."""

    label: str
    maker: int
    material: int
    cooperative: int


class Step(NamedTuple):
    """One step of a waterfall in rupiah; `total` bars stand on the ground."""

    label: str
    amount: int
    total: bool = False


def cash_columns(
    title: str, weeks: Sequence[CashWeek], *, floor: int = 0, description: str = ""
) -> Chart:
    """Draw cash in and out per week, the balance as a line and the safe floor, all on one axis."""
    highest = max([1, floor, *(max(w.came_in, w.went_out, w.balance) for w in weeks)])
    lowest = min([0, *(w.balance for w in weeks)])
    span = highest - lowest
    zero = (24 + Decimal(126) * highest / span).quantize(Q)

    def y(amount: int) -> Decimal:
        return (24 + Decimal(126) * (highest - amount) / span).quantize(Q)

    slot = Decimal(98) / max(len(weeks), 1)
    parts = [line(0, zero, 100, zero, "zero")]
    points: list[tuple[Decimal, Decimal]] = []
    for number, week in enumerate(weeks):
        left = (1 + slot * number).quantize(Q)
        bar = (slot * Decimal("0.4")).quantize(Q)
        soft = " soft" if week.estimate else ""
        parts.append(rect(left, y(week.came_in), bar, zero - y(week.came_in), f"f1{soft}"))
        parts.append(rect(left + bar, y(week.went_out), bar, zero - y(week.went_out), f"f2{soft}"))
        points.append((left + bar, y(week.balance)))
    first_estimate = next((n for n, week in enumerate(weeks) if week.estimate), -1)
    if floor:
        parts.append(line(0, y(floor), 100, y(floor), "floor"))
        parts.append(
            words(0, y(floor) + 16, _("safe floor Rp%(juta)s m") % {"juta": juta(floor)}, "mut")
        )
    parts.append(polyline(points, "l1", first_estimate))
    parts += _cash_words(weeks, points, first_estimate)
    described = description or _(
        "Million rupiah a week: columns in and out, the line is the balance."
    )
    table = Table(
        (_("Week"), _("In"), _("Out"), _("Balance")),
        tuple(
            (
                _("%(week)s, expected") % {"week": week.label} if week.estimate else week.label,
                *(format_rupiah(sum_) for sum_ in (week.came_in, week.went_out, week.balance)),
            )
            for week in weeks
        ),
    )
    height = 150 + 30 if zero <= 150 else int(zero) + 30
    return Chart(
        title,
        described,
        drawing(title, described, height, parts),
        table,
        (Key("f1", _("in")), Key("f2", _("out"))),
    )


def _cash_words(
    weeks: Sequence[CashWeek], points: Sequence[tuple[Decimal, Decimal]], first_estimate: int
) -> list[str]:
    """Name the balance today, the ends of the axis and the last estimate."""
    if not weeks:
        return []
    now = first_estimate - 1 if first_estimate > 0 else len(weeks) - 1
    x, y = points[now]
    side = "end" if x > 30 else ""
    told = _("balance Rp%(juta)s m") % {"juta": juta(weeks[now].balance)}
    parts = [words(x, max(y - 10, Decimal(12)), told, f"str {side}".strip())]
    if now < len(weeks) - 1:
        parts.append(line(x, 20, x, 154, "grid-line"))
        end = points[-1]
        parts.append(words(100, max(end[1] - 10, Decimal(12)), juta(weeks[-1].balance), "end"))
        if 15 < x < 85:
            parts.append(words(x, 170, _("this week"), "end mut"))
    parts.append(words(0, 170, weeks[0].label, "mut"))
    parts.append(words(100, 170, weeks[-1].label, "end mut"))
    return parts


def price_share(
    title: str,
    products: Sequence[PriceParts],
    *,
    names: tuple[str, str, str] | None = None,
    description: str = "",
) -> Chart:
    """Draw each price as one bar of 100 percent: maker, material, cooperative, in thousands."""
    labels = names or (_("Maker"), _("Material"), _("Cooperative"))
    parts: list[str] = []
    for number, product in enumerate(products):
        y = 64 * number
        amounts = (product.maker, product.material, product.cooperative)
        price = sum(amounts)
        parts.append(words(0, y + 15, product.label))
        parts.append(words(100, y + 15, format_rupiah(price), "end"))
        left = Decimal(0)
        for ink, amount in enumerate(amounts, 1):
            width = percent(amount, price)
            parts.append(rect(left, y + 22, width, 28, f"f{ink} gap"))
            if width >= 8:
                thousand = figure(Decimal(amount) / 1000)
                parts.append(words(left + width / 2, y + 41, thousand, "mid ondark str"))
            left += width
    described = description or _("What of each price goes to whom, in thousand rupiah.")
    table = Table(
        (_("Product"), *labels, _("Price")),
        tuple(
            (
                p.label,
                format_rupiah(p.maker),
                format_rupiah(p.material),
                format_rupiah(p.cooperative),
                format_rupiah(p.maker + p.material + p.cooperative),
            )
            for p in products
        ),
    )
    keys = tuple(Key(f"f{ink}", label) for ink, label in enumerate(labels, 1))
    height = max(64 * len(products) - 10, 10)
    return Chart(title, described, drawing(title, described, height, parts), table, keys)


def _short(amount: int, small: bool) -> str:
    """An amount for a label: thousands where the whole chart is below a million, else millions."""
    return figure(Decimal(amount) / 1000) if small else juta(amount)


def savings_columns(
    title: str, months: Sequence[SavingsMonth], kinds: tuple[str, ...], *, description: str = ""
) -> Chart:
    """Draw savings paid in per month, stacked by kind, with withdrawals below zero."""
    highest = max([1, *(sum(month.paid) for month in months)])
    lowest = max([0, *(month.withdrawn for month in months)])
    unit = Decimal(110) / (highest + lowest)
    zero = (24 + unit * highest).quantize(Q)
    bottom = int(zero + unit * lowest) + 1
    # One member's month is thousands: in millions every label would be 0.
    small = max(highest, lowest) < JUTA
    slot = Decimal(100) / max(len(months), 1)
    bar = (slot * Decimal("0.66")).quantize(Q)
    size = "mid sm" if len(months) > 8 else "mid"
    parts: list[str] = [line(0, zero, 100, zero, "zero")]
    for number, month in enumerate(months):
        left = (slot * number + (slot - bar) / 2).quantize(Q)
        middle = left + bar / 2
        top = zero
        for ink, amount in enumerate(month.paid, 1):
            tall = (unit * amount).quantize(Q)
            top -= tall
            if amount:
                parts.append(rect(left, top, bar, tall, f"f{ink} gap"))
        if sum(month.paid):
            parts.append(words(middle, top - 6, _short(sum(month.paid), small), size))
        if month.withdrawn:
            tall = (unit * month.withdrawn).quantize(Q)
            parts.append(rect(left, zero, bar, tall, "f4"))
            parts.append(
                words(middle, zero + tall + 15, _short(-month.withdrawn, small), "mid mut")
            )
        parts.append(words(middle, bottom + 38, month.label, "mid mut"))
    described = description or (
        _("Thousand rupiah a month by kind; withdrawals below zero.")
        if small
        else _("Million rupiah a month by kind; withdrawals below zero.")
    )
    table = Table(
        (_("Month"), *kinds, _("Withdrawn")),
        tuple(
            (m.label, *(format_rupiah(a) for a in m.paid), format_rupiah(-m.withdrawn))
            for m in months
        ),
    )
    keys = tuple(Key(f"f{ink}", kind) for ink, kind in enumerate(kinds, 1))
    return Chart(
        title,
        described,
        drawing(title, described, bottom + 44, parts),
        table,
        (*keys, Key("f4", _("Withdrawn"))) if lowest else keys,
    )


def _amount(amount: int, scale: int) -> str:
    """An amount in millions, or whole where a tenth of a million would tell nothing of its parts."""
    return juta(amount) if scale >= 10 * JUTA else format_rupiah(amount)


def waterfall(title: str, steps: Sequence[Step], *, description: str = "") -> Chart:
    """Draw from revenue to surplus and on to its shares; each step takes from what was there."""
    scale = max([1, *(abs(step.amount) for step in steps)])
    parts: list[str] = []
    level = 0
    for number, step in enumerate(steps):
        y = 40 * number
        before, level = (0, step.amount) if step.total else (level, level + step.amount)
        left, right = sorted((max(before, 0), max(level, 0)))
        ink = "f1" if step.total else "f2"
        parts += [
            words(0, y + 15, step.label, "str" if step.total else ""),
            words(100, y + 15, _amount(step.amount, scale), "end str" if step.total else "end"),
            rect(percent(left, scale), y + 21, percent(right - left, scale), 12, ink),
        ]
    told = [(step.label, format_rupiah(step.amount)) for step in steps]
    described = description or listed(told)
    table = Table((_("Step"), _("Rupiah")), tuple(told))
    return Chart(
        title, described, drawing(title, described, max(40 * len(steps) - 4, 10), parts), table
    )
