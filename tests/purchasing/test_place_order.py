"""A supplier order: placing it posts nothing; it is put right, closed, opened again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from canting.ledger.models import JournalEntry
from canting.purchasing import selectors, services
from canting.purchasing.errors import (
    AlreadyReversed,
    BadAmount,
    BadPack,
    BadPacks,
    BadPrice,
    DependsOnIt,
    NoLines,
    OrderDone,
    PromiseBefore,
    ReasonNeeded,
)
from canting.purchasing.models import SupplierOrder
from canting.purchasing.rules import OrderState
from canting.purchasing.services import TermsDraft
from tests.builders import there
from tests.purchasing.orders import Buying, breaches
from tests.purchasing.worked_year import day


@pytest.fixture
def buying(db) -> Buying:
    return Buying()


def test_an_order_keeps_packs_and_exact_base_quantities_and_posts_nothing(buying):
    before = JournalEntry.objects.count()
    order = buying.order(
        buying.line("mori", 30, 380_000, "16.002"),
        buying.line("malam", 25, 32_000),
        freight=90_000,
        source="rounds.round:BB/2027/01/0001",
    )
    assert order.number.startswith("SP/2027/01/")
    mori, wax = selectors.order_lines(order)
    assert (mori.base_quantity, mori.amount) == (Decimal("480.0600"), 11_400_000)
    assert (wax.base_quantity, wax.amount) == (Decimal(25), 800_000)
    assert (mori.reference_price, mori.reference_place) == (24_000, "Pasar Klewer")
    assert (order.goods, order.freight, order.state) == (12_200_000, 90_000, OrderState.OPEN)
    assert JournalEntry.objects.count() == before
    assert breaches(buying) == []


def test_the_credit_days_of_the_terms_hold_unless_told_otherwise(buying):
    services.set_terms(
        supplier=buying.s1,
        terms=TermsDraft(credit_days=30),
        valid_from=day(1, 1),
        actor=buying.actor,
    )
    assert buying.order(buying.line("malam", 1, 32_000)).credit_days == 30
    assert buying.order(buying.line("malam", 1, 32_000), credit_days=7).credit_days == 7


@pytest.mark.parametrize(
    ("line", "facts", "refusal"),
    [
        (None, {}, NoLines),
        ({"packs": 0}, {}, BadPacks),
        ({"pack": Decimal(0)}, {}, BadPack),
        ({"price": 0}, {}, BadPrice),
        ({}, {"freight": -1}, BadAmount),
        ({}, {"promised_on": day(1, 4)}, PromiseBefore),
    ],
)
def test_a_wrong_order_is_refused_and_leaves_no_trace(buying, line, facts, refusal):
    lines = [] if line is None else [replace(buying.line("malam", 5, 32_000), **line)]
    with pytest.raises(refusal):
        buying.order(*lines, **facts)
    assert not SupplierOrder.objects.exists()
    assert breaches(buying) == []


def test_an_order_put_right_gives_way_to_its_successor(buying):
    wrong = buying.order(buying.line("malam", 250, 32_000))
    facts = {"order": wrong, "on": day(1, 6), "actor": buying.actor}
    with pytest.raises(ReasonNeeded):
        services.correct_order(reason="", **facts)
    right = services.correct_order(
        reason="Satu nol terlalu banyak", lines=[buying.line("malam", 25, 32_000)], **facts
    )
    assert there(right).goods == 800_000
    assert services.correct_order(reason="lagi", **facts) == right
    wrong.refresh_from_db()
    assert (wrong.state, wrong.replaced_by) == (OrderState.REVERSED, there(right).number)
    with pytest.raises(AlreadyReversed):
        buying.receive(wrong, 1)
    assert (
        services.correct_order(
            order=there(right), reason="Batal beli", on=day(1, 7), actor=buying.actor
        )
        is None
    )
    assert list(selectors.orders_open(cooperative=buying.coop)) == []
    assert breaches(buying) == []


def test_an_order_on_which_goods_came_cannot_be_put_right(buying):
    order = buying.order(buying.line("malam", 25, 32_000))
    receipt = buying.receive(order, 10)
    with pytest.raises(DependsOnIt, match=receipt.number):
        services.correct_order(order=order, reason="salah", on=day(1, 9), actor=buying.actor)


def test_what_will_not_come_is_closed_with_a_reason_and_counts_against_the_supplier(buying):
    order = buying.order(buying.line("malam", 25, 32_000))
    buying.receive(order, 10)
    closed = services.close_order(order, "Barang habis di pemasok", day(1, 20), buying.actor)
    assert (closed.state, closed.failed) == (OrderState.CLOSED, True)
    assert services.close_order(order, "lagi", day(1, 21), buying.actor).reason == closed.reason
    with pytest.raises(OrderDone):
        buying.receive(order, 1)
    (facts,) = selectors.supplier_facts(cooperative=buying.coop, on=day(1, 21))
    assert (facts.on_time, facts.delivered) == (0, 1)
    again = services.reopen_order(order, "Ternyata datang", day(1, 22), buying.actor)
    assert (again.state, again.failed) == (OrderState.PART, False)
    buying.receive(order, 15, on=day(1, 23))
    order.refresh_from_db()
    assert order.state == OrderState.RECEIVED
    with pytest.raises(OrderDone):
        services.reopen_order(order, "x", day(1, 24), buying.actor)
    with pytest.raises(OrderDone):
        services.close_order(order, "x", day(1, 24), buying.actor)


def test_an_order_closed_in_time_is_no_fault_of_the_supplier(buying):
    order = buying.order(buying.line("malam", 25, 32_000))
    services.close_order(order, "Tidak jadi", day(1, 6), buying.actor)
    (facts,) = selectors.supplier_facts(cooperative=buying.coop, on=day(1, 31))
    assert facts.delivered == 0


def test_promises_are_counted_on_time_and_in_full(buying):
    def facts(on):
        (found,) = selectors.supplier_facts(cooperative=buying.coop, on=on)
        return found.on_time, found.delivered

    assert facts(day(1, 31)) == (0, 0)
    buying.receive(buying.order(buying.line("malam", 5, 32_000)), 5, on=day(1, 10))
    buying.receive(buying.order(buying.line("malam", 5, 32_000)), 5, on=day(1, 11))
    part = buying.order(buying.line("malam", 5, 32_000))
    buying.receive(part, 3, on=day(1, 9))
    assert facts(day(1, 10)) == (1, 2)
    assert facts(day(1, 12)) == (1, 3)
    assert [o.number for o in selectors.orders_overdue(cooperative=buying.coop, on=day(1, 12))] == [
        part.number
    ]
