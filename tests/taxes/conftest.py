"""A cooperative with money, a firm and a maker."""

from __future__ import annotations

from datetime import date

import pytest

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.portal import selectors as portal
from tests import builders
from tests.settlement.books import Books


class Desk:
    """Short ways to act and to look."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=date(2026, 1, 1))
        self.make = {"cooperative": self.coop, "actor": self.actor}
        self.books = Books(self.coop, self.actor)
        self.books.cash(place="cash_main")
        self.books.cash(place="bank")
        self.firm = builders.party(self.coop, PartyKind.SUPPLIER, "CV Celup", "P-0001")

    def balance(self, role):
        """What stands on an account, on its normal side."""
        return ledger.balance(cooperative=self.coop, role=role)

    def papers(self):
        """How many entries there are."""
        return ledger.book(cooperative=self.coop).position

    def is_sound(self):
        """No rule of the taxes is broken."""
        found = [one for one in portal.verification(cooperative=self.coop) if not one.holds]
        assert [(o.name, o.breaches) for o in found if o.name.startswith("taxes.")] == []
        return True


@pytest.fixture
def desk(db):
    return Desk()
