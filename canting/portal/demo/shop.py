"""The material shop: a few sales over the counter each month, and one member's own limit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from canting.portal.demo.stage import OWN_DECISION
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import Checkout, sell_at_till, set_credit_limit
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage

# Day of the month, who buys (none: a guest), what and how much, money handed over.
SALES = (
    (5, "", (("MORI-P", "2.5"),), 100_000),
    (12, "anggota", (("MORI-P", "1.5"), ("SODA", "0.5")), 0),
    (19, "", (("WARNA", "2"), ("SODA", "0.25")), 50_000),
)
KEPT = Decimal(40)  # the shop leaves this much of everything for the makers


def month_of_shop(stage: Stage, calendar: Calendar, month: date) -> None:
    """Write a month's sales over the counter into the calendar."""
    for day, who, lines, tendered in SALES:
        calendar.add(month.replace(day=day), partial(_sell, stage, who, lines, tendered))


def _sell(
    stage: Stage, who: str, lines: tuple[tuple[str, str], ...], tendered: int, on: date
) -> None:
    wanted = [OutLine(stage.items[code], Decimal(much)) for code, much in lines]
    for line in wanted:
        left = stock.quantity_in_store(stage.cooperative, line.item)
        if left < line.quantity + (KEPT if line.item.unit == "m" else 0):
            return
    member = next(iter(stage.members.values())) if who else None
    sell_at_till(
        cooperative=stage.cooperative,
        lines=wanted,
        checkout=Checkout(member=member, tendered=tendered),
        on=on,
        actor=stage.by("kasir"),
    )


def own_limit(stage: Stage, calendar: Calendar) -> None:
    """The board lets one member owe more than the others."""

    def decide(on: date) -> None:
        set_credit_limit(
            member=list(stage.members.values())[1],
            amount=1_500_000,
            valid_from=on,
            reason=f"{OWN_DECISION}: pesanan besar",
            actor=stage.by("pengurus"),
        )

    calendar.add(calendar.begins + timedelta(days=60), decide)
