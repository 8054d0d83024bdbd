"""The month's own final tax: by basis, booked once, differences later, paid with set-off."""

from datetime import date
from decimal import Decimal

import pytest

from canting.ledger import selectors as ledger
from canting.ledger.rules import BusinessClass, credit, debit
from canting.sales import selectors, services
from canting.sales.errors import MonthNotOver, NoTaxDue, NothingPaid, TooMuchTax
from canting.sales.rules import PaidBy, Piece
from canting.sales.services import Till
from canting.stock.rules import Basis
from tests.sales.conftest import holds, refused

DAY, END = date(2026, 11, 20), date(2026, 11, 30)


def book(shop, on=END, month=DAY):
    return services.book_final_tax(
        cooperative=shop.cooperative, month=month, on=on, actor=shop.actor
    )


def sell(shop, price, **till):
    basis = till.pop("basis", Basis.COMMISSION)
    maker = shop.member(f"Bu {price}") if basis == Basis.CONSIGNMENT else None
    return services.sell_at_gallery(
        cooperative=shop.cooperative,
        pieces=[Piece(shop.lot(basis=basis, maker=maker).code, price=price)],
        till=Till(**till),
        on=DAY,
        actor=shop.actor,
    )


def test_the_base_counts_each_basis_in_its_own_way(shop):
    sell(shop, 1_000_000)
    sell(shop, 300_000, basis=Basis.PURCHASE)
    sell(shop, 500_000, basis=Basis.CONSIGNMENT)
    shop.post("test.interest", DAY, [debit("bank", 9_000), credit("bank_interest", 9_000)])
    shop.post(
        "test.service",
        DAY,
        [debit("bank", 100), credit("service_n", 100, None, BusinessClass.NONMEMBER)],
    )
    tax = selectors.month_tax(cooperative=shop.cooperative, month=DAY)
    assert {base.group: base.amount for base in tax.bases if base.amount} == {
        "purchase": 300_000,
        "commission": 1_000_000,
        "consignment": 100_000,
        "none": 100,
    }
    assert (tax.base, tax.percent, tax.due) == (1_400_100, Decimal("0.5"), 7_001)


def test_it_is_booked_once_and_later_only_the_difference(shop):
    sell(shop, 1_000_000)
    first = book(shop)
    position = ledger.book(cooperative=shop.cooperative).position
    assert book(shop).pk == first.pk
    assert ledger.book(cooperative=shop.cooperative).position == position
    sell(shop, 400_000)
    assert book(shop).amount == 2_000
    assert shop.balance("tax_final") == shop.balance("pph_final_payable") == 7_000
    holds(shop)


def test_a_reversed_sale_takes_its_tax_back(shop):
    sale = sell(shop, 1_000_000)
    book(shop)
    services.correct_sale(sale=sale, reason="Batal", on=DAY, actor=shop.actor)
    assert book(shop).amount == -5_000
    assert shop.balance("pph_final_payable") == 0


def test_before_the_end_or_without_turnover_nothing_is_booked(shop):
    with refused(shop, NoTaxDue):
        book(shop)
    sell(shop, 1_000_000)
    with refused(shop, MonthNotOver):
        book(shop, on=date(2026, 11, 29))


@pytest.mark.parametrize(("price", "tax"), [(99, 0), (100, 1), (299, 1), (300, 2)])
def test_half_a_rupiah_goes_up(shop, price, tax):
    sell(shop, price)
    found = selectors.month_tax(cooperative=shop.cooperative, month=DAY)
    assert found.due == tax


def test_it_is_paid_in_money_and_set_off(shop):
    invoice = sell(shop, 1_000_000, paid_by=PaidBy.CREDIT, buyer=shop.buyer()).invoices.get()
    services.receive_payment(
        invoice=invoice, cash=997_000, final_tax=3_000, cash_place="bank", on=DAY, actor=shop.actor
    )
    book(shop)
    pay = {
        "cooperative": shop.cooperative,
        "month": DAY,
        "cash_place": "bank",
        "on": date(2026, 12, 10),
        "actor": shop.actor,
    }
    for amount, set_off, error in (
        (0, 0, NothingPaid),
        (5_001, 0, TooMuchTax),
        (0, 3_001, TooMuchTax),
        (-1, 2, NothingPaid),
    ):
        with refused(shop, error):
            services.pay_final_tax(amount=amount, set_off=set_off, **pay)
    paper = services.pay_final_tax(amount=2_000, set_off=3_000, reference="NTPN-1", **pay)
    assert shop.lines(f"sales.tax_paid:{paper.number}") == [
        ("bank", "K", 2_000, ""),
        ("pph_final_payable", "D", 5_000, ""),
        ("pph_final_withheld", "K", 3_000, ""),
    ]
    holds(shop)
