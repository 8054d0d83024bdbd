"""The same shirt, bought from its maker or made on commission, at equivalent prices.

The maker takes 50,000 home both times; turnover, tax and the day the cooperative's own margin
shows are not the same (the variants `same_maker_purchase` and `same_maker_commission`).
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from canting.catalogue.services import create_item, set_norm, set_price
from canting.cooperatives.services import set_parameter
from canting.ledger import selectors as ledger
from canting.ledger.statements import surplus
from canting.members.services import admit_member
from canting.portal import selectors as portal
from canting.production.rules import Part
from canting.production.selectors import assignment
from canting.production.services import open_work_order
from canting.purchasing.selectors import BuyLine, OutLine
from canting.purchasing.services import PurchaseDraft, hand_out, receive_purchase
from canting.quality.rules import Finding, Result
from canting.quality.services import delivery_of, inspect
from canting.sales import selectors as sales
from canting.sales.rules import Piece
from canting.sales.services import book_final_tax, sell_at_gallery
from canting.savings.services import deposit
from canting.settlement.selectors import deductions
from canting.settlement.services import Choice, pay_makers
from canting.stock import selectors as stock
from tests import builders

JAN_1 = date(2027, 1, 1)
JAN_20 = date(2027, 1, 20)
FEB_10 = date(2027, 2, 10)
FEB_12 = date(2027, 2, 12)
FEB_15 = date(2027, 2, 15)
FEB_28 = date(2027, 2, 28)
COST, LISTED = 26_000, 30_000  # a metre of cloth: what we pay, what a member pays
METRES = Decimal(2)
WAGE, BOUGHT, SOLD = 50_000, 110_000, 200_000
CASH = 1_000_000


class Shirt:
    """One cooperative, one maker, one shirt under one basis."""

    def __init__(self, basis: str) -> None:
        self.basis = basis
        self.actor = builders.user("rini")
        self.coop = builders.cooperative(actor=self.actor, cutover=JAN_1)
        self.make: dict[str, Any] = {"cooperative": self.coop, "actor": self.actor}
        self.maker = admit_member(full_name="Siti Aminah", on=JAN_1, **self.make)
        self._parameters()
        deposit(
            member=self.maker,
            kind="entry_share",
            amount=CASH,
            cash_place="cash_main",
            on=JAN_1,
            **self.make,
        )
        self._goods()

    def _parameters(self) -> None:
        decided = {"savings.entry_share": CASH, "settlement.deduction_cap": 60}
        for name, value in decided.items():
            set_parameter(name=name, value=value, valid_from=JAN_1, source="Rapat", **self.make)

    def _goods(self) -> None:
        self.cloth = create_item(name="Mori", kind="cloth", unit="m", **self.make)
        self.shirt = create_item(
            name="Kemeja", kind="product", unit="pcs", technique="cap", **self.make
        )
        set_norm(product=self.shirt, material=self.cloth, quantity=METRES, actor=self.actor)
        prices = [
            (self.cloth, "member", "", LISTED),
            (self.shirt, "piece_rate", "A", WAGE),
            (self.shirt, "purchase", "A", BOUGHT),
        ]
        for item, price_list, grade, amount in prices:
            set_price(
                item=item,
                price_list=price_list,
                grade=grade,
                amount=amount,
                valid_from=JAN_1,
                **self.make,
            )
        receive_purchase(
            draft=PurchaseDraft(
                lines=[BuyLine(self.cloth, METRES, "", COST)],
                seller="Toko Mori",
                payment="cash",
                cash_place="cash_main",
            ),
            on=JAN_1,
            **self.make,
        )

    def work(self) -> None:
        """The order, its material, the shirt inspected: accepted or bought."""
        order = open_work_order(
            product=self.shirt,
            basis=self.basis,
            quantity=1,
            parts=[Part(self.maker, 1)],
            due_date=FEB_10,
            on=JAN_20,
            **self.make,
        )
        hand_out(
            member=self.maker,
            lines=[OutLine(self.cloth, METRES)],
            mode="credit" if self.basis == "purchase" else "custody",
            basis=self.basis,
            on=JAN_20,
            work_order=order.number,
            **self.make,
        )
        part = assignment(cooperative=self.coop, number=order.number, party_id=self.maker.party_id)
        inspect(
            delivery=delivery_of(cooperative=self.coop, assignment=part),
            finding=Finding(Result.PASS, {"A": 1}),
            on=FEB_10,
            actor=self.actor,
        )

    def pay(self):
        """The maker's one slip."""
        slips = pay_makers(
            choices=[Choice(self.maker.party_id)], cash_place="cash_main", on=FEB_12, **self.make
        )
        assert len(slips) == 1
        return slips[0]

    def sell(self) -> None:
        """A guest takes the shirt over the counter."""
        lot = stock.sellable_lots(self.coop, self.shirt)[0].lot
        sell_at_gallery(pieces=[Piece(lot.code, Decimal(1), SOLD)], on=FEB_15, **self.make)

    def earned(self, until: date) -> int:
        """The cooperative's surplus before tax up to a day."""
        return surplus(cooperative=self.coop, since=JAN_1, until=until).before_tax.total

    def balance(self, role: str) -> int:
        return ledger.balance(cooperative=self.coop, role=role)


@pytest.fixture
def bought(db) -> Shirt:
    return Shirt("purchase")


@pytest.fixture
def commissioned(db) -> Shirt:
    return Shirt("commission")


def test_the_maker_takes_the_same_home_under_both_bases(bought, commissioned):
    found = {}
    for case in (bought, commissioned):
        case.work()
        slip = case.pay()
        taken = {row.kind: row.amount for row in deductions(slip)}
        found[case.basis] = (slip.earned, taken, slip.paid)
        for role in ("pay_maker", "wages_payable", "recv_member", "custody", "wip"):
            assert case.balance(role) == 0, role
    assert found == {
        "purchase": (BOUGHT, {"material": 60_000}, 50_000),
        "commission": (WAGE, {}, 50_000),
    }


def test_material_is_turnover_only_when_it_is_sold_to_the_maker(bought, commissioned):
    for case in (bought, commissioned):
        case.work()
    assert bought.balance("sales_material_m") == 60_000
    assert commissioned.balance("sales_material_m") == 0
    assert bought.earned(FEB_10) == 8_000  # the shirt is not sold, the margin on material shows
    assert commissioned.earned(FEB_10) == 0
    assert (bought.balance("fg"), commissioned.balance("fg")) == (BOUGHT, WAGE + 52_000)


def test_the_cooperative_earns_the_same_and_is_taxed_on_more_under_purchase(bought, commissioned):
    taxes = {}
    for case in (bought, commissioned):
        case.work()
        case.pay()
        case.sell()
        assert case.earned(FEB_28) == 98_000
        months = [sales.month_tax(cooperative=case.coop, month=day) for day in (JAN_20, FEB_15)]
        taxes[case.basis] = (sum(m.base for m in months), sum(m.due for m in months))
        for month in months:
            if month.due:
                book_final_tax(month=month.month, on=FEB_28, **case.make)
        assert case.balance("pph_final_payable") == taxes[case.basis][1]
    assert taxes == {"purchase": (260_000, 1_300), "commission": (200_000, 1_000)}


def test_both_books_verify_to_the_end(bought, commissioned):
    for case in (bought, commissioned):
        case.work()
        case.pay()
        case.sell()
        broken = [one for one in portal.verification(cooperative=case.coop) if not one.holds]
        assert [(one.name, one.breaches) for one in broken] == []
        assert (
            case.balance("cash_main") + case.balance("cash_till") == CASH - 52_000 - 50_000 + SOLD
        )
