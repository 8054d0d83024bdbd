"""An advance of one million against cloth agreed at 1,300,000, shared 70 to 30 with its maker.

Her share is booked when the cloth comes and paid only when it was sold; the cooperative's part
exists only with the sale, and the price really got decides both (posting of `buyback`).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from canting.catalogue.services import create_item
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.statements import surplus
from canting.members.services import admit_member
from canting.portal import selectors as portal
from canting.portal.selectors.unpaid import maker_pays
from canting.production import selectors as production
from canting.production.services import give_advance
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.sales.rules import Piece
from canting.sales.services import sell_at_gallery
from canting.savings.services import deposit
from canting.settlement import selectors as settlement
from canting.settlement.services import Choice, pay_makers
from canting.stock import selectors as stock
from tests import builders

JAN_1 = date(2027, 1, 1)
FEB_7 = date(2027, 2, 7)
MARCH_18 = date(2027, 3, 18)
APRIL_12 = date(2027, 4, 12)
APRIL_14 = date(2027, 4, 14)
PIECES = 10
ADVANCE, AGREED, SHARE, BOOKED = 1_000_000, 1_300_000, 70, 210_000


class Contract:
    """A maker with an advance on ten cloths, which came in and lie ready for sale."""

    def __init__(self) -> None:
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=JAN_1)
        self.make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        self.maker = admit_member(full_name="Fatonah", on=JAN_1, **self.make)
        self._shares()
        self.product = create_item(
            name="Bromo cap", kind="product", unit="pcs", technique="cap", **self.make
        )
        self.advance()

    def advance(self, place: str = "cash_main") -> None:
        """Money to her for ten cloths, which come in on the contract."""
        self.paper = give_advance(
            member=self.maker,
            product=self.product,
            pieces=PIECES,
            amount=ADVANCE,
            agreed_price=AGREED,
            share_percent=SHARE,
            due_date=date(2027, 6, 1),
            cash_place=place,
            on=FEB_7,
            **self.make,
        )
        inspect(
            delivery=delivery_of(cooperative=self.coop, advance=self.paper),
            finding=Finding(Result.PASS, {"A": PIECES}),
            on=MARCH_18,
            actor=self.actor,
        )

    def _shares(self) -> None:
        set_parameter(
            name="savings.entry_share",
            value=500_000,
            valid_from=JAN_1,
            source="Rapat",
            **self.make,
        )
        for number in range(3):
            member = admit_member(full_name=f"Anggota {number}", on=JAN_1, **self.make)
            deposit(
                member=member,
                kind="entry_share",
                amount=500_000,
                cash_place="cash_main",
                on=JAN_1,
                **self.make,
            )

    def sell(self, price: int, pieces: int = PIECES) -> None:
        """Pieces of the lot over the counter, the price of one given."""
        lot = stock.sellable_lots(self.coop, self.product)[0].lot
        piece = Piece(lot.code, Decimal(pieces), price)
        sell_at_gallery(pieces=[piece], on=APRIL_12, **self.make)

    def plan(self):
        """What she would be paid after the sale, None when nothing."""
        found = settlement.plans(
            cooperative=self.coop, on=APRIL_14, party_ids=[self.maker.party_id]
        )
        return found[0] if found else None

    def pay(self):
        return pay_makers(
            choices=[Choice(self.maker.party_id)], cash_place="cash_main", on=APRIL_14, **self.make
        )

    def owed(self) -> int:
        return ledger.party_balance(cooperative=self.coop, role="pay_maker", party=self.maker.party)

    def earned(self) -> int:
        """What the cooperative itself has earned."""
        return surplus(cooperative=self.coop, since=JAN_1, until=APRIL_14).before_tax.total

    def balance(self, role: str) -> int:
        return ledger.balance(cooperative=self.coop, role=role)

    def assert_verified(self) -> None:
        broken = [one for one in portal.verification(cooperative=self.coop) if not one.holds]
        assert [(one.name, one.breaches) for one in broken] == []


@pytest.fixture
def contract(db) -> Contract:
    return Contract()


def test_before_the_sale_her_share_is_booked_and_waits_and_we_earned_nothing(contract):
    assert contract.balance("fg") == ADVANCE + BOOKED
    assert contract.balance("advance_maker") == 0
    assert contract.owed() == BOOKED
    plan = contract.plan()
    assert (plan.slips, plan.held) == ((), BOOKED)
    assert contract.earned() == 0
    contract.assert_verified()


@pytest.mark.parametrize(
    ("sold", "hers", "ours"),
    [
        (1_300_000, 210_000, 90_000),
        (1_250_000, 175_000, 75_000),
        (1_400_000, 280_000, 120_000),
    ],
)
def test_the_price_really_got_decides_both_shares_and_her_slip(contract, sold, hers, ours):
    contract.sell(sold // PIECES)
    assert contract.earned() == ours
    plan = contract.plan()
    assert (plan.held, plan.earned) == (0, hers)
    (slip,) = contract.pay()
    assert (slip.earned, slip.deducted, slip.paid) == (hers, 0, hers)
    assert contract.owed() == 0
    assert contract.balance("fg") == 0
    contract.assert_verified()


def test_a_loss_is_the_cooperatives_and_leaves_her_nothing_to_pay(contract):
    contract.sell(95_000)
    assert contract.earned() == -50_000
    assert contract.owed() == 0
    assert contract.plan() is None
    contract.assert_verified()


def test_sold_in_two_parts_she_gets_the_share_of_the_whole(contract):
    contract.sell(130_000, pieces=5)
    contract.sell(120_000, pieces=5)
    assert contract.earned() == 75_000
    (slip,) = contract.pay()
    assert slip.paid == 175_000
    contract.assert_verified()


def pays(contract) -> list[tuple[str, int]]:
    found = maker_pays(cooperative=contract.coop, on=APRIL_14)
    return [(one.name, one.amount) for one in found]


def test_a_share_that_waits_for_the_sale_is_in_no_total_of_what_may_be_paid(contract):
    assert contract.owed() == BOOKED
    assert settlement.waiting_total(cooperative=contract.coop, on=APRIL_14) == (0, 0)
    assert settlement.payable_lines(cooperative=contract.coop, on=APRIL_14) == []
    assert pays(contract) == []
    contract.sell(130_000)
    assert settlement.waiting_total(cooperative=contract.coop, on=APRIL_14) == (1, BOOKED)
    assert settlement.held_lines(cooperative=contract.coop, on=APRIL_14) == []
    assert pays(contract) == [("Fatonah", BOOKED)]


def test_a_cooperative_that_pays_at_the_buy_back_holds_nothing(contract):
    set_parameter(
        name="buyback.pay_at", value="buyback", valid_from=JAN_1, source="Rapat", **contract.make
    )
    assert settlement.waiting_total(cooperative=contract.coop, on=APRIL_14) == (1, BOOKED)
    assert pays(contract) == [("Fatonah", BOOKED)]


def test_held_shares_of_many_makers_ask_as_often_as_of_one(contract):
    def asked() -> int:
        with CaptureQueriesContext(connection) as asking:
            found = production.held_margins(cooperative=contract.coop, on=APRIL_14)
        assert all(found.values())
        return len(asking)

    before = asked()
    for name in ("Gayatri", "Hasanah"):
        contract.maker = admit_member(full_name=name, on=JAN_1, **contract.make)
        contract.advance("bank")
    assert asked() == before <= 8
    found = production.held_margins(cooperative=contract.coop, on=APRIL_14)
    assert len(found) == 3
