"""The material shop: sales over the counter each month, one member's own limit, a dye recipe."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from canting.catalogue.services import Part, change_item, keep_dye_recipe
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


def dye_recipe(stage: Stage) -> None:
    """The workshop's own recipe, with how its dye is handled safely."""
    manager = stage.by("pengelola")
    keep_dye_recipe(
        cooperative=stage.cooperative,
        name="Indigo dan naphthol Rengganis",
        measure="satu kain 2,4 m",
        parts=[
            Part(stage.items["WARNA"], "takar", Decimal(2), Decimal(4)),
            Part(stage.items["SODA"], "g", Decimal(80), Decimal(160)),
        ],
        source="Catatan Bu Siti, pendampingan",
        note="Rendam TRO 30 menit dulu; jemur di tempat teduh.",
        actor=manager,
    )
    change_item(
        item=stage.items["SODA"],
        actor=manager,
        safety_note="Sarung tangan dan masker; sisa larutan ke bak endap, bukan ke selokan.",
    )
