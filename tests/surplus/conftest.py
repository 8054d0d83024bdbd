"""A closed year with a surplus: three members with shares, material sold to two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.catalogue.services import set_price
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, close_year, post_entry, prepare_year
from canting.portal import selectors as portal
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import hand_out
from canting.savings.services import deposit
from canting.surplus import services
from canting.surplus.services import Decision
from tests import builders
from tests.production.workshop import JAN_1, Workshop

YEAR = 2027
MARCH, FEB_20 = date(2027, 3, 1), date(2028, 2, 20)
RAT = date(2028, 2, 15)
DECISION = Decision("01/RAT/2028", RAT)


@dataclass
class House:
    """The cooperative, its people and its members, with a year to be decided about."""

    shop: Workshop
    second: Any
    shared: Any = None
    make: dict[str, Any] = field(default_factory=dict)

    @property
    def coop(self):
        return self.shop.cooperative

    def party(self, key):
        return self.shop.makers[key].party

    def entry(self, source, on, *lines):
        draft = Draft(source, on, "test", "Percobaan", list(lines))
        post_entry(cooperative=self.coop, draft=draft, actor=self.shop.actor)

    def close(self, year=YEAR, on=FEB_20):
        for month in range(1, 13):
            day = date(year, month, 1)
            close_month(cooperative=self.coop, month=day, on=on, actor=self.shop.actor)
        facts = {"cooperative": self.coop, "year": year, "on": on}
        prepare_year(actor=self.shop.actor, **facts)
        close_year(actor=self.second, **facts)

    def prepare(self, **facts):
        given = {"year": YEAR, "decision": DECISION, "on": FEB_20} | facts
        return services.prepare_sharing(**self.make, **given)

    def share(self, **facts):
        made = self.prepare(**facts)
        return services.approve_sharing(sharing=made, on=FEB_20, actor=self.second)

    def net(self, role):
        return ledger.balance(cooperative=self.coop, role=role)

    def owed(self, key):
        return ledger.party_balance(
            cooperative=self.coop, role="shu_payable", party=self.party(key)
        )

    def broken(self):
        return [
            (one.name, one.breaches)
            for one in portal.verification(cooperative=self.coop)
            if not one.holds and one.name.startswith(("surplus", "ledger", "cash"))
        ]


@pytest.fixture(autouse=True)
def no_frozen_files(monkeypatch):
    """What closing a year freezes is not looked at here, and takes its time."""
    monkeypatch.setattr("canting.ledger.services.years.freeze", lambda **_facts: None)


@pytest.fixture
def traded(db, actor) -> House:
    """The year before it is closed: M1 bought 60 metres, M2 40; M1 to M3 hold shares."""
    shop = Workshop(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    made = House(
        shop, builders.user("hadi"), make={"cooperative": shop.cooperative, "actor": actor}
    )
    shop.fund(2_000_000)
    shop.stock_store()
    for key, amount in (("M1", 500_000), ("M2", 500_000), ("M3", 300_000)):
        deposit(
            member=shop.makers[key],
            kind="regular_share",
            amount=amount,
            cash_place="cash_main",
            on=JAN_1,
            **made.make,
        )
    set_price(
        cooperative=shop.cooperative,
        item=shop.mori,
        price_list="member",
        amount=22_000,
        valid_from=JAN_1,
        actor=actor,
    )
    for key, quantity in (("M1", 60), ("M2", 40)):
        hand_out(
            member=shop.makers[key],
            lines=[OutLine(shop.mori, Decimal(quantity))],
            mode="credit",
            basis="purchase",
            on=MARCH,
            **made.make,
        )
    return made


@pytest.fixture
def closed(traded) -> House:
    """The year closed, nothing decided."""
    traded.close()
    return traded


@pytest.fixture
def shared(closed) -> House:
    """The surplus shared by the usual percentages."""
    closed.shared = closed.share()
    return closed


@pytest.fixture
def lost(traded) -> House:
    """The year closed with a loss of three million; reserves of one and a half and one."""
    left = ledger.result_until(cooperative=traded.coop, until=date(2027, 12, 31))
    traded.entry(
        "test.reserves",
        MARCH,
        debit("bank", 2_500_000),
        credit("reserve_general", 1_500_000),
        credit("reserve_risk", 1_000_000),
    )
    traded.entry(
        "test.cost",
        MARCH,
        debit("other_expense", left + 3_000_000),
        credit("bank", left + 3_000_000),
    )
    traded.close()
    return traded
