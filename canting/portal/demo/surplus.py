"""Dyeing for members before a year ends; the meeting shares its surplus, most parts are paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from canting.cash import services as cash
from canting.cooperatives import selectors as house
from canting.surplus import selectors, services
from canting.surplus.rules import CASH, SHARES, TRANSFER
from canting.surplus.services import Choice, Decision

if TYPE_CHECKING:
    from canting.portal.demo.calendar import Calendar
    from canting.portal.demo.stage import Stage
    from canting.surplus.selectors import OpenPart

MEETING = (2, 20)
# 26 members bring cloth to be dyed at the gallery before the year ends.
DYED = (12, 10)
DYEING = 26 * 150_000
# Who comes to the desk on the day after the meeting, of so many in the list.
PAID_OF_TEN = 7
SPENT = 15_000


def surplus_story(stage: Stage, calendar: Calendar) -> None:
    """Write the meeting, the payments and the training into the calendar."""
    year = calendar.begins.year
    meeting = date(year + 1, *MEETING)
    calendar.add(date(year, *DYED), lambda day: _dyeing(stage, day))
    calendar.add(meeting, lambda day: _meeting(stage, year, day))
    calendar.add(meeting + timedelta(days=4), lambda day: _pay(stage, day))
    calendar.add(meeting + timedelta(days=60), lambda day: _training(stage, day))


def _dyeing(stage: Stage, on: date) -> None:
    cash.receive_cash(
        cooperative=stage.cooperative,
        purpose="service_members",
        amount=DYEING,
        place="cash_main",
        memo="Jasa celup bersama di galeri, 26 anggota",
        on=on,
        actor=stage.by("kasir"),
    )


def _meeting(stage: Stage, year: int, on: date) -> None:
    """Share a surplus, or cover a loss as far as the reserves reach; else there is nothing."""
    coop, decision = stage.cooperative, Decision(f"01/RAT/{on.year}", on)
    standing = selectors.standing_of_year(cooperative=coop, year=year)
    facts: dict[str, Any] = {"cooperative": coop, "year": year, "decision": decision, "on": on}
    if standing.surplus > 0:
        made = services.prepare_sharing(actor=stage.by("kasir"), **facts)
    else:
        amounts = selectors.cover_proposed(cooperative=coop, loss=standing.loss_left, on=on)
        if not sum(amounts.values()):
            return
        made = services.prepare_cover(amounts=amounts, actor=stage.by("kasir"), **facts)
    services.approve_sharing(sharing=made, on=on, actor=stage.by("pengurus"))


def _way(place: int) -> str:
    return {1: SHARES, 4: TRANSFER}.get(place, CASH)


def _pay(stage: Stage, on: date) -> None:
    """Seven of ten get theirs: in cash, some by transfer, some as shares; the rest waits."""
    coop = stage.cooperative
    rows = [
        (place % 10, row)
        for place, row in enumerate(selectors.open_parts(cooperative=coop))
        if place % 10 < PAID_OF_TEN
    ]
    if rows:
        services.pay_parts(
            cooperative=coop,
            choices=_choices(stage, rows),
            on=on,
            actor=stage.by("kasir"),
            cash_place="cash_main",
            consent="Daftar hadir RAT, kolom simpanan wajib",
        )


def _choices(stage: Stage, rows: list[tuple[int, OpenPart]]) -> list[Choice]:
    people = house.parties(cooperative=stage.cooperative).in_bulk([row.party_id for _, row in rows])
    return [Choice(people[row.party_id], _way(place), row.amount) for place, row in rows]


def _training(stage: Stage, on: date) -> None:
    """Copies for a training, from the education fund, where it holds that much."""
    funds = selectors.funds(cooperative=stage.cooperative, on=on)
    if any(fund.key == "education" and fund.balance >= SPENT for fund in funds):
        cash.pay_cash(
            cooperative=stage.cooperative,
            purpose="education_fund",
            amount=SPENT,
            place="cash_main",
            memo="Fotokopi bahan pelatihan warna alam",
            counterparty="Toko Fotokopi Kraksaan",
            on=on,
            actor=stage.by("kasir"),
        )
