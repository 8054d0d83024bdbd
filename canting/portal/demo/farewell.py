"""A member who leaves with the board's decision, and goods worth less than they cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from canting.members.services import admit_member
from canting.portal.demo.calendar import Calendar
from canting.savings.services import Decision, approve_exit, ask_exit, deposit
from canting.stock import selectors as stock
from canting.stock.services import Price, write_down

if TYPE_CHECKING:
    from canting.members.models import Member
    from canting.portal.demo.stage import Stage

LEAVER = "Sulastri Handayani"
SHARES = (("entry_share", 100_000), ("regular_share", 75_000))
LEAST_WORTH = 20_000


def farewell_story(stage: Stage, calendar: Calendar) -> None:
    """She joins early, asks to leave in the last third of the year, and waits for her shares."""
    first = calendar.begins
    found: list[Member] = []
    calendar.add(first + timedelta(days=30), lambda day: found.append(_joins(stage, day)))
    calendar.add(first + timedelta(days=290), lambda day: _leaves(stage, found[0], day))
    calendar.add(first + timedelta(days=300), lambda day: _falls(stage, day))


def _joins(stage: Stage, on: date) -> Member:
    clerk = stage.by("kasir")
    member = admit_member(
        cooperative=stage.cooperative, full_name=LEAVER, on=on, actor=stage.by("pengelola")
    )
    for kind, amount in SHARES:
        deposit(
            cooperative=stage.cooperative, member=member, kind=kind, amount=amount,
            cash_place="cash_main", on=on, actor=clerk,
        )  # fmt: skip
    return member


def _leaves(stage: Stage, member: Member, on: date) -> None:
    leaving = ask_exit(
        cooperative=stage.cooperative, member=member, cause="moved", on=on,
        actor=stage.by("kasir"), reason="Ikut suami pindah ke Jember",
    )  # fmt: skip
    decision = Decision(f"RP-11/{on.year}", on)
    approve_exit(leaving=leaving, decision=decision, actor=stage.by("pengurus"))


def _falls(stage: Stage, on: date) -> None:
    """The cheapest goods of some worth would bring a fifth less than they cost."""
    for code, _name in reversed(stock.worth_writing_down(stage.cooperative)):
        lot = stock.lot_by_code(stage.cooperative, code)
        there, cost = stock.there_of(lot) if lot else (0, 0)
        if lot is None or not there or cost < LEAST_WORTH:
            continue
        write_down(
            cooperative=stage.cooperative, lot=lot,
            price=Price(cost * 4 // 5, "Kain pudar, harga tawar di pameran"), on=on,
            actor=stage.by("pengelola"),
        )  # fmt: skip
        return
