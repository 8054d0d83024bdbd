"""What is owed to suppliers and until when: by bill, by terms, payments on the oldest due first."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from canting.cooperatives.rules import Role
from canting.cooperatives.selectors import rights_of
from canting.portal import selectors as portal
from canting.purchasing import selectors, services
from canting.purchasing.services import PurchaseDraft, TermsDraft
from tests import builders
from tests.portal.clock import stop_clock
from tests.purchasing.orders import Buying
from tests.purchasing.worked_year import day


@pytest.fixture
def buying(db) -> Buying:
    made = Buying()
    services.set_terms(
        supplier=made.s1, terms=TermsDraft(credit_days=30), valid_from=day(1, 1), actor=made.actor
    )
    return made


def billed(buying, packs: int, due_on, **facts) -> str:
    order = buying.order(buying.line("malam", packs, 32_000))
    buying.receive(order, packs)
    return buying.bill(order, (packs, 32_000), due_on=due_on, **facts).number


def dues(buying, on):
    found = selectors.supplier_dues(cooperative=buying.coop, on=on)
    return [(row.paper, row.due_on, row.open) for row in found]


def test_bills_are_due_as_they_say_and_purchases_by_the_terms(buying):
    bill = billed(buying, 10, day(1, 20))
    draft = PurchaseDraft(lines=[buying.buy("mori", "10", 20_000)], supplier=buying.s1)
    receipt = services.receive_purchase(
        cooperative=buying.coop, draft=draft, on=day(1, 9), actor=buying.actor
    )
    assert dues(buying, day(1, 21)) == [
        (bill, day(1, 20), 320_000),
        ("Saldo awal", day(1, 31), 2_000_000),
        (receipt.number, day(2, 8), 200_000),
    ]
    debt = selectors.supplier_debt(cooperative=buying.coop, supplier=buying.s1, on=day(1, 21))
    assert (debt.billed, debt.overdue, debt.unbilled) == (2_520_000, 320_000, 0)


def test_a_payment_settles_what_was_due_first(buying):
    bill = billed(buying, 10, day(1, 20))
    services.pay_supplier(
        cooperative=buying.coop, supplier=buying.s1, amount=1_000_000, cash_place="bank",
        on=day(1, 15), actor=buying.actor,
    )  # fmt: skip
    assert dues(buying, day(1, 21)) == [("Saldo awal", day(1, 31), 1_320_000)]
    second = billed(buying, 1, day(3, 1), nota="B-2")
    assert [row[0] for row in dues(buying, day(1, 21))] == ["Saldo awal", second]
    assert bill not in {row[0] for row in dues(buying, day(1, 21))}


def test_only_what_falls_due_soon_is_told_and_a_bill_taken_back_is_not(buying):
    number = billed(buying, 10, day(1, 20))
    soon = selectors.bills_due(cooperative=buying.coop, on=day(1, 14))
    assert [row.paper for row in soon] == [number]
    bill = selectors.bill_by_number(cooperative=buying.coop, number=number)
    assert bill is not None
    services.correct_bill(bill=bill, draft=None, reason="salah", on=day(1, 14), actor=buying.actor)
    assert selectors.bills_due(cooperative=buying.coop, on=day(1, 14)) == []


def test_the_first_page_names_late_suppliers_and_bills_to_pay(buying, monkeypatch):
    billed(buying, 10, day(1, 12))
    waiting = buying.order(buying.line("malam", 5, 32_000))
    stop_clock(monkeypatch, datetime(2027, 1, 14, 7, 5, tzinfo=UTC))
    client = Client()
    client.force_login(builders.person_with_role(buying.coop, Role.MANAGER))
    page = client.get(reverse("portal:today", args=[buying.coop.slug])).content.decode()
    assert waiting.number in page
    assert "Lewat 4 hari" in page
    assert "2 hari lewat tempo" in page
    assert "Rp320.000" in page


def test_an_order_is_found_by_number_supplier_and_the_number_on_its_bill(buying):
    billed(buying, 10, day(1, 12), nota="INV-77")
    (order,) = selectors.orders(cooperative=buying.coop)
    rights = rights_of(frozenset({Role.STOREKEEPER}))
    for words in (order.number, "mori sumber", "inv-77"):
        groups = portal.search(cooperative=buying.coop, words=words, rights=rights)
        assert any(order.number in hit.why for group in groups for hit in group.hits), words
    assert portal.jump(cooperative=buying.coop, words=order.number.lower(), rights=rights).endswith(
        order.number
    )
