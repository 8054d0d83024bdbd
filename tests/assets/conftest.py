"""A cooperative with some money in the bank, and short ways to act in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from canting.assets import services
from canting.assets.services import Thing
from canting.cash.services import receive_cash
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from tests import builders

JAN_1 = date(2026, 1, 1)


class Yard:
    """The cooperative, its manager, and what the tests do again and again."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=JAN_1)
        self.make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        receive_cash(
            purpose="other_in", amount=20_000_000, place="bank", memo="Modal", on=JAN_1, **self.make
        )

    def thing(self, **facts: Any) -> Thing:
        """A stove of six million that serves five years from July on."""
        known = {
            "name": "Kompor listrik",
            "asset_class": "machine",
            "cost": 6_000_000,
            "life_months": 60,
            "used_since": date(2026, 7, 1),
        }
        return Thing(**{**known, **facts})

    def buy(self, on: date = date(2026, 7, 1), **facts: Any) -> Any:
        """Buy it from the bank."""
        thing = self.thing(**{"used_since": on, **facts})
        return services.buy_asset(thing=thing, place="bank", on=on, **self.make)

    def book(self, month: date) -> Any:
        """Book the depreciation of a month on its last day or later."""
        return services.depreciate(month=month, on=date(2026, 12, 31), **self.make)

    def lines(self, source: str) -> list[tuple[str, str, int]]:
        """What a paper posted."""
        entry = builders.there(ledger.entry_by_source(cooperative=self.coop, source=source))
        return sorted(
            (ref.account, str(ref.side), ref.amount) for ref in ledger.lines_of(entry=entry)
        )

    def balance(self, role: str) -> int:
        """What stands on an account now, on its normal side."""
        return ledger.balance(cooperative=self.coop, role=role)

    def papers(self) -> int:
        """How many entries there are."""
        return ledger.book(cooperative=self.coop).position

    def is_sound(self) -> bool:
        """Verify finds nothing."""
        broken = [one for one in portal.verification(cooperative=self.coop) if not one.holds]
        assert [(one.name, one.breaches) for one in broken] == []
        return True


@pytest.fixture
def yard(db) -> Yard:
    return Yard()
