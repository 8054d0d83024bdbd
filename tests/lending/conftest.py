"""A cooperative with a partner, two of the board and members, and short ways to act in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.cash.services import receive_cash
from canting.ledger import selectors as ledger
from canting.lending import selectors, services
from canting.lending.rules import Terms
from canting.lending.services import Agreement, Deal
from canting.members.services import admit_member
from canting.portal import selectors as portal
from tests import builders

JAN_1, MAR_1, JUN_15 = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 15)
# Ten half years from 15 December on, three per cent of what is open.
TERMS = Terms(10, date(2026, 12, 15), 6, 0, Decimal(3), "effective")
# Five quarters, one per cent each of the whole.
HERS = Terms(5, date(2026, 9, 16), 3, 0, Decimal(4), "flat")


class Desk:
    """The cooperative, its treasurer, one of the board, and what the tests do again and again."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.board = builders.user("hadi")
        self.coop = builders.cooperative(actor=self.actor, cutover=JAN_1)
        self.make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        receive_cash(
            purpose="other_in", amount=1_000_000, place="bank", memo="Modal", on=JAN_1, **self.make
        )
        self.partner = services.add_financier(
            name="BUMN Uji", kind="partner", on=JAN_1, **self.make
        )
        self.siti = admit_member(full_name="Siti Aminah", on=JAN_1, **self.make)
        self.hos = admit_member(full_name="Hosniyah", on=JAN_1, **self.make)

    def deal(self, **facts: Any) -> Deal:
        """A contract for twenty million."""
        known = {
            "contract": "PK-12/2026",
            "signed_on": date(2026, 6, 1),
            "limit": 20_000_000,
            "terms": TERMS,
        }
        return Deal(**{**known, **facts})

    def facility(self, **facts: Any) -> Any:
        """An approved contract."""
        financier = facts.pop("financier", self.partner)
        made = services.prepare_facility(
            financier=financier, deal=self.deal(**facts), on=date(2026, 6, 1), **self.make
        )
        return services.approve_facility(
            facility=made, on=date(2026, 6, 2), actor=self.board, decision="Rapat 3"
        )

    def drawn(self, amount: int = 20_000_000, **facts: Any) -> Any:
        """An approved contract with money drawn into the bank."""
        made = self.facility(**facts)
        services.draw(facility=made, amount=amount, place="bank", on=JUN_15, actor=self.actor)
        return made

    def prepared(self, facility: Any, amount: int = 5_000_000, **facts: Any) -> Any:
        """An agreement with Siti that waits for the board."""
        terms = facts.pop("terms", HERS)
        return services.prepare_onlend(
            facility=facility,
            member=facts.pop("member", self.siti),
            deal=Agreement(amount, terms, **facts),
            on=JUN_15,
            actor=self.actor,
        )

    def passed_on(self, facility: Any, amount: int = 5_000_000, **facts: Any) -> Any:
        """Funds handed to Siti from the bank."""
        made = self.prepared(facility, amount, **facts)
        services.approve_onlend(onlend=made, on=JUN_15, actor=self.board)
        return services.pay_out(onlend=made, place="bank", on=date(2026, 6, 16), actor=self.actor)

    def pay(self, onlend: Any, principal: int, fee: int = 0, on: date = date(2026, 9, 16)) -> Any:
        """What she pays back into the bank."""
        return services.receive_instalment(
            onlend=onlend, principal=principal, fee=fee, place="bank", on=on, actor=self.actor
        )

    def stand(self, facility: Any) -> Any:
        """How a contract stands."""
        return selectors.facility_stand(facility)

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
def desk(db) -> Desk:
    return Desk()
