"""The chart of the cash page looks four weeks ahead: invoices, suppliers, the open pay of makers."""

from datetime import date

import pytest

from canting.cooperatives.models import Cooperative
from canting.cooperatives.rules import Role
from canting.kernel.expected import Expected, expected_cash
from canting.sales.services import issue_invoice, receive_payment
from tests.portal.house import ON, House

pytestmark = pytest.mark.usefixtures("afternoon")
UNTIL = date(2027, 4, 17)


@pytest.fixture
def cooperative(of_2027) -> Cooperative:
    return of_2027


@pytest.fixture
def house(cooperative, actor) -> House:
    made = House(cooperative, actor)
    made.work()
    made.sell()
    return made


def due(house, on=ON, until=UNTIL) -> list[Expected]:
    return expected_cash(cooperative=house.cooperative, on=on, until=until)


def test_the_open_pay_of_makers_is_due_at_once(house):
    assert due(house) == [Expected(ON, goes_out=100_000)]


def test_an_invoice_is_due_on_its_day_late_it_is_due_now_and_paid_no_more(house):
    made = issue_invoice(
        order=house.sale, on=date(2027, 3, 5), due_on=date(2027, 4, 4), actor=house.actor
    )
    assert Expected(date(2027, 4, 4), comes_in=300_000) in due(house)
    assert Expected(date(2027, 4, 6), comes_in=300_000) in due(house, on=date(2027, 4, 6))
    assert not any(one.comes_in for one in due(house, until=date(2027, 4, 3)))
    receive_payment(
        invoice=made, cash=100_000, cash_place="bank", on=date(2027, 3, 10), actor=house.actor
    )
    assert Expected(date(2027, 4, 4), comes_in=200_000) in due(house)


def test_the_page_draws_and_tells_the_four_weeks(house, client_as):
    page = client_as(Role.CASHIER).get(f"/{house.cooperative.slug}/kas/").content.decode()
    assert "17/4, perkiraan" in page
    assert page.count(", perkiraan") == 4


def test_without_anything_due_the_chart_ends_today(cooperative, actor, client_as):
    House(cooperative, actor)
    page = client_as(Role.CASHIER).get(f"/{cooperative.slug}/kas/").content.decode()
    assert "<figure" in page
    assert ", perkiraan" not in page
