"""Start capital and the costs of the house."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.portal.demo.calendar import Calendar

if TYPE_CHECKING:
    from canting.portal.demo.stage import Stage


def start_capital(stage: Stage, on: date) -> None:
    """A grant of the regency that by its deed adds to the capital (posting.md 2.7)."""
    post_entry(
        cooperative=stage.cooperative,
        draft=Draft(
            source="demo.grant:1",
            entry_date=on,
            kind="grant_cash",
            memo="Hibah modal, akta menyebut menambah modal",
            lines=[debit("bank", 20_000_000), credit("grant_equity", 20_000_000)],
        ),
        actor=stage.by("pengelola"),
    )


def month_of_costs(stage: Stage, calendar: Calendar, month: date) -> None:
    """Costs of one month."""
