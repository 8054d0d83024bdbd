"""The margin of a buy-back follows the price really got: the lot as a whole, parts in proportion."""

from datetime import date
from decimal import Decimal

import pytest

from canting.ledger.rules import credit, debit
from canting.sales import selectors, services
from canting.sales.errors import NotReturnable
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till
from canting.stock.rules import Basis, Terms
from tests.sales.conftest import holds, refused

DAY = date(2026, 11, 20)


@pytest.fixture
def maker(shop):
    return shop.member("Bu M6")


@pytest.fixture
def lot(shop, maker):
    return shop.lot(
        quantity=10,
        value=1_210_000,
        basis=Basis.PURCHASE,
        maker=maker,
        terms=Terms(1_000_000, 1_300_000, 70, 210_000),
    )


def sell(shop, lot, pieces, price):
    return services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, Decimal(pieces), price)],
        on=DAY,
        actor=shop.actor,
    )


@pytest.mark.parametrize(
    ("price", "cost", "owed"),
    [(130_000, 1_210_000, 210_000), (125_000, 1_175_000, 175_000), (140_000, 1_280_000, 280_000),
     (95_000, 1_000_000, 0)],
)  # fmt: skip
def test_the_share_is_trued_up_to_the_price_got(shop, lot, price, cost, owed):
    sell(shop, lot, 10, price)
    assert shop.balance("cogs_member_cloth") == cost
    assert shop.balance("pay_maker") == owed
    assert selectors.margin_payable(shop.cooperative, lot)
    holds(shop)


def test_what_was_paid_too_much_is_a_claim_on_the_maker(shop, lot, maker):
    shop.post("test.paid", DAY, [debit("pay_maker", 210_000, maker), credit("bank", 210_000)])
    sale = sell(shop, lot, 10, 125_000)
    assert shop.lines(f"sales.sale:{sale.number}") == sorted(
        [
            ("cash_till", "D", 1_250_000, ""),
            ("sales_member_cloth", "K", 1_250_000, ""),
            ("cogs_member_cloth", "D", 1_175_000, ""),
            ("recv_member", "D", 35_000, maker.number),
            ("fg", "K", 1_210_000, ""),
        ]
    )


def test_parts_sold_one_after_another_end_where_the_whole_would(shop, lot):
    for pieces, price in ((3, 150_000), (4, 90_000), (3, 133_333)):
        sell(shop, lot, pieces, price)
        assert selectors.margin_payable(shop.cooperative, lot) == (
            selectors.sold_quantity(lot) == 10
        )
    # 450.000 + 360.000 + 399.999 less 1.000.000, of which 70% is hers.
    assert shop.balance("pay_maker") == 146_999
    assert shop.balance("cogs_member_cloth") == 1_146_999
    holds(shop)


def test_a_part_put_right_trues_the_rest_up_again(shop, lot):
    first = sell(shop, lot, 5, 100_000)
    sell(shop, lot, 5, 130_000)
    services.correct_sale(
        sale=first,
        reason="Harga salah",
        pieces=[Piece(lot.code, Decimal(5), 130_000)],
        on=DAY,
        actor=shop.actor,
    )
    assert shop.balance("pay_maker") == 210_000
    holds(shop)


def test_an_order_trues_up_when_it_is_accepted(shop, lot):
    order = shop.order(quantity=10)
    sent = services.deliver(
        order=order, pieces=[Piece(lot.code, Decimal(10))], on=DAY, actor=shop.actor
    )
    assert shop.balance("pay_maker") == 210_000
    services.confirm_delivery(delivery=sent, on=DAY, actor=shop.actor, confirmed_by="Ani")
    assert shop.balance("pay_maker") == 1_050_000
    holds(shop)


def test_such_cloth_does_not_come_back_by_credit_note(shop, lot):
    sale = services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(lot.code, Decimal(10), 130_000)],
        till=Till(paid_by=PaidBy.CREDIT, buyer=shop.buyer()),
        on=DAY,
        actor=shop.actor,
    )
    with refused(shop, NotReturnable):
        services.write_credit_note(
            invoice=sale.invoices.get(),
            piece=Piece(lot.code),
            reason="Cacat",
            on=DAY,
            actor=shop.actor,
        )
