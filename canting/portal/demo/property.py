"""What the cooperative owns: a stove, a laptop, a grant of frames; written off month by month."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from canting.assets import services as assets
from canting.kernel.dates import first_of_month, last_of_month, next_month

if TYPE_CHECKING:
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage


def property_story(stage: Stage, calendar: Calendar) -> None:
    """Write buying, gifts and every month's depreciation into the calendar."""
    first = calendar.begins
    calendar.add(first + timedelta(days=33), lambda day: _grant(stage, day))
    calendar.add(first + timedelta(days=75), lambda day: _stove(stage, day))
    calendar.add(first + timedelta(days=130), lambda day: _held(stage, day))
    calendar.add(first + timedelta(days=250), lambda day: _printer(stage, day))
    calendar.add(first + timedelta(days=300), lambda day: _sold(stage, day))
    for month in calendar.months()[1:]:
        after = next_month(first_of_month(month))
        calendar.add(after + timedelta(days=2), partial(_write_off, stage, month))


def _buy(stage: Stage, thing: assets.Thing, seller: str, on: date) -> None:
    stage.property[thing.name] = assets.buy_asset(
        cooperative=stage.cooperative,
        thing=thing,
        place="bank",
        seller=seller,
        on=on,
        actor=stage.by("kasir"),
    )


def _grant(stage: Stage, on: date) -> None:
    assets.receive_grant(
        cooperative=stage.cooperative,
        giver="Dinas Perindustrian Kab. Probolinggo",
        amount=3_600_000,
        treatment="equity",
        thing=assets.Thing("Gawangan 12 buah", "machine", 3_600_000, 60, on, location="Galeri"),
        deed="BAST 027/114, menambah modal",
        on=on,
        actor=stage.by("kasir"),
    )


def _stove(stage: Stage, on: date) -> None:
    thing = assets.Thing("Kompor listrik batik", "machine", 2_400_000, 60, on, location="Galeri")
    _buy(stage, thing, "UD Sumber Teknik, Probolinggo", on)


def _held(stage: Stage, on: date) -> None:
    assets.receive_grant(
        cooperative=stage.cooperative,
        giver="Program TJSL sebuah BUMN",
        amount=2_000_000,
        treatment="held",
        place="bank",
        deed="Perjanjian 31/TJSL",
        condition="Pelatihan warna alam untuk 10 perajin, dengan laporan",
        on=on,
        actor=stage.by("kasir"),
    )


def _printer(stage: Stage, on: date) -> None:
    thing = assets.Thing("Pencetak nota bekas", "office", 480_000, 48, on, location="Kasir")
    _buy(stage, thing, "Toko Komputer Kraksaan", on)


def _sold(stage: Stage, on: date) -> None:
    assets.dispose(
        asset=stage.property["Pencetak nota bekas"],
        ending="sold",
        received=350_000,
        place="cash_main",
        buyer="Warung Bu Tin",
        on=on,
        actor=stage.by("kasir"),
    )


def _write_off(stage: Stage, month: date, on: date) -> None:
    assets.depreciate(
        cooperative=stage.cooperative,
        month=last_of_month(month),
        on=on,
        actor=stage.by("kasir"),
    )
