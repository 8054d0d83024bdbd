"""What suppliers offer over the year, who was asked, and two orders: one whole, one half here."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.portal.demo.calendar import Calendar
from canting.purchasing import selectors as purchasing
from canting.purchasing import services as buying

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage

YARDS = Decimal("17.5")
# Days after the beginning, and how much dearer everything had become, in rupiah for a thousand.
RISES = ((3, 0), (150, 30), (275, 55))
WAX_PRICE, SODA_PRICE = 47_000, 15_500


def offers(stage: Stage, calendar: Calendar) -> None:
    """Terms and three price lists of each supplier, the later ones dearer."""
    for days, rise in RISES:
        on = calendar.begins + timedelta(days=days)
        calendar.add(on, lambda day, rise=rise: _write(stage, day, rise))  # type: ignore[misc]


def _write(stage: Stage, on: date, rise: int) -> None:
    lists: dict[str, list[tuple[str, str, list[tuple[int, int]], Decimal | None]]] = {
        "solo": [
            ("MORI-P", "pis", [(1, 416_000), (10, 405_000)], YARDS),
            ("MALAM", "kg", [(1, 48_000), (25, 46_500)], None),
            ("WARNA", "takar", [(1, 14_000)], None),
            ("SODA", "kg", [(1, 16_000)], None),
        ],
        "warna": [
            ("MORI-P", "m", [(1, 26_500), (100, 25_800)], None),
            ("MALAM", "kg", [(1, WAX_PRICE)], None),
            ("SODA", "kg", [(1, SODA_PRICE)], None),
        ],
    }
    for key, rows in lists.items():
        supplier = stage.suppliers[key]
        if not rise:
            buying.set_terms(
                supplier=supplier,
                terms=_terms(key),
                valid_from=on,
                actor=stage.by("gudang"),
            )
        buying.add_offer_list(
            cooperative=stage.cooperative,
            supplier=supplier,
            lines=[
                buying.OfferLine(
                    stage.items[code],
                    unit,
                    [(packs, price + price * rise // 1_000 // 100 * 100) for packs, price in steps],
                    content,
                    "yard" if content else "",
                )
                for code, unit, steps, content in rows
            ],
            valid_from=on,
            source="WhatsApp",
            actor=stage.by("gudang"),
        )


def _terms(key: str) -> buying.TermsDraft:
    if key == "solo":
        return buying.TermsDraft(1_000_000, 150_000, 14, 4, source="Kesepakatan lisan")
    return buying.TermsDraft(300_000, 60_000, 7, 6, source="Nota pertama")


def order_story(stage: Stage, calendar: Calendar) -> None:
    """Two months ago an order came whole and was paid; the last one is late with its second half."""
    today = calendar.today
    calendar.add(today - timedelta(days=62), lambda day: _whole(stage, calendar, day))
    calendar.add(today - timedelta(days=16), lambda day: _asked(stage, day))
    calendar.add(today - timedelta(days=12), lambda day: _half(stage, calendar, day))


def _order(stage: Stage, on: date, wax: int, soda: int) -> Any:
    return buying.place_order(
        cooperative=stage.cooperative,
        supplier=stage.suppliers["warna"],
        lines=[
            buying.OrderLine(stage.items["MALAM"], wax, "kg", Decimal(1), WAX_PRICE),
            buying.OrderLine(stage.items["SODA"], soda, "kg", Decimal(1), SODA_PRICE),
        ],
        promised_on=on + timedelta(days=6),
        on=on,
        actor=stage.by("gudang"),
        freight=60_000,
    )


def _whole(stage: Stage, calendar: Calendar, on: date) -> None:
    order = _order(stage, on, 8, 4)

    def come(day: date) -> None:
        _receive(stage, order, day, 1, freight=60_000)

    def bill(day: date) -> None:
        _bill(stage, order, day, "PK-0117", freight=60_000)

    def pay(day: date) -> None:
        supplier = stage.suppliers["warna"]
        owed = purchasing.owed_to(cooperative=stage.cooperative, supplier=supplier)
        buying.pay_supplier(
            cooperative=stage.cooperative,
            supplier=supplier,
            amount=owed,
            cash_place="bank",
            on=day,
            actor=stage.by("kasir"),
        )

    calendar.add(on + timedelta(days=4), come)
    calendar.add(on + timedelta(days=6), bill)
    calendar.add(on + timedelta(days=12), pay)


def _half(stage: Stage, calendar: Calendar, on: date) -> None:
    order = _order(stage, on, 6, 4)
    calendar.add(on + timedelta(days=5), lambda day: _receive(stage, order, day, 2))
    calendar.add(on + timedelta(days=7), lambda day: _bill(stage, order, day, "PK-0131"))


def _receive(stage: Stage, order: Any, on: date, part: int, freight: int = 0) -> None:
    """All of it, or a half of every line."""
    buying.receive_order(
        order=order,
        lines={line: line.packs // part for line in purchasing.order_lines(order)},
        on=on,
        actor=stage.by("gudang"),
        freight=freight,
    )


def _bill(stage: Stage, order: Any, on: date, nota: str, freight: int = 0) -> None:
    lines = {
        row.line: buying.Billed(row.unbilled, row.line.price)
        for row in purchasing.order_rows(order)
    }
    buying.bill_order(
        order=order,
        draft=buying.BillDraft(lines, nota=nota, freight=freight),
        on=on,
        actor=stage.by("kasir"),
    )


def _asked(stage: Stage, on: date) -> None:
    buying.ask_quotes(
        cooperative=stage.cooperative,
        suppliers=list(stage.suppliers.values()),
        lines=[
            buying.AskLine(stage.items["MORI-P"], Decimal(120)),
            buying.AskLine(stage.items["MALAM"], Decimal(10)),
        ],
        answer_by=on + timedelta(days=4),
        on=on,
        actor=stage.by("gudang"),
    )
