"""Goods of an order come in: at the ordered price with the freight, against what will be billed."""

from decimal import Decimal

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.purchasing import selectors, services
from canting.purchasing.errors import (
    BadAmount,
    DependsOnIt,
    NoLines,
    NotOfOrder,
    OrderDone,
    OverDelivery,
)
from canting.purchasing.models import OrderReceipt
from canting.purchasing.rules import OrderState
from canting.stock.errors import NotEnoughStock
from canting.stock.rules import BatchIn
from tests.builders import there
from tests.purchasing.orders import Buying, breaches
from tests.purchasing.worked_year import day

S1 = "Toko Mori Sumber Jaya"


@pytest.fixture
def buying(db) -> Buying:
    return Buying()


def test_v24_goods_that_came_before_their_bill(buying):
    order = buying.order(buying.line("mori", 50, 20_000))
    buying.receive(order, 50)
    assert buying.lines_of("grni") == [
        [("D", "mat_cloth", 1_000_000, ""), ("K", "grni", 1_000_000, S1)]
    ]
    order.refresh_from_db()
    assert (order.state, order.completed_on) == (OrderState.RECEIVED, day(1, 8))
    assert breaches(buying) == []


def test_freight_paid_at_once_is_shared_by_value(buying):
    order = buying.order(buying.line("mori", 500, 19_000), buying.line("malam", 60, 32_000))
    buying.receive(order, 500, 60, freight=571_000, freight_place="cash_main")
    assert buying.lines_of("grni") == [
        [
            ("D", "mat_cloth", 9_975_000, ""),
            ("D", "mat_wax", 2_016_000, ""),
            ("K", "grni", 11_420_000, S1),
            ("K", "cash_main", 571_000, ""),
        ]
    ]
    landed = selectors.received_of(order)
    assert landed[buying.items["mori"]].value == 9_975_000
    assert breaches(buying) == []


def test_freight_that_the_supplier_will_bill_waits_with_the_goods(buying):
    order = buying.order(buying.line("malam", 10, 32_000), freight=20_000)
    buying.receive(order, 5, freight=10_000)
    assert buying.grni() == 170_000
    left = selectors.freight_left(order)
    assert (left.expected, left.booked, left.unbilled, left.to_come) == (
        20_000,
        10_000,
        10_000,
        10_000,
    )
    assert breaches(buying) == []


def test_goods_come_in_parts_and_end_at_the_ordered_amount(buying):
    order = buying.order(buying.line("mori", 3, 100_000, "16.002"))
    first = buying.receive(order, "16.002")
    buying.receive(order, "0.0001", on=day(1, 9))
    order.refresh_from_db()
    assert order.state == OrderState.PART
    buying.receive(order, "32.0039", on=day(1, 10))
    order.refresh_from_db()
    assert order.state == OrderState.RECEIVED
    assert first.goods == 100_000
    assert buying.grni() == 300_000
    with pytest.raises(OrderDone):
        buying.receive(order, 1)
    assert breaches(buying) == []


def test_more_than_the_tolerance_needs_a_reason(buying):
    order = buying.order(buying.line("malam", 100, 32_000))
    buying.receive(order, "60")
    with pytest.raises(OverDelivery, match="45"):
        buying.receive(order, "45.0001", on=day(1, 9))
    assert OrderReceipt.objects.count() == 1
    with transaction.atomic():
        buying.receive(order, "45", on=day(1, 9))
        assert breaches(buying) == []
        transaction.set_rollback(True)
    buying.receive(order, "50", on=day(1, 9), over_reason="Sudah dipesan untuk bulan depan")
    assert buying.in_store("malam")[0] == 150
    assert buying.grni() == 110 * 32_000
    order.refresh_from_db()
    assert order.state == OrderState.RECEIVED
    assert breaches(buying) == []


@pytest.mark.parametrize(
    ("amounts", "facts", "refusal"),
    [
        ((0,), {}, NoLines),
        (("-1",), {}, NoLines),
        ((5,), {"freight": -1}, BadAmount),
        ((5,), {"freight": 90_000_000, "freight_place": "cash_main"}, NotEnoughCash),
    ],
)
def test_a_wrong_receipt_is_refused_and_leaves_no_trace(buying, amounts, facts, refusal):
    order = buying.order(buying.line("malam", 10, 32_000))
    with pytest.raises(refusal), transaction.atomic():
        buying.receive(order, *amounts, **facts)
    assert not OrderReceipt.objects.exists()
    assert breaches(buying) == []


def test_a_line_of_another_order_is_refused(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    other = buying.order(buying.line("mori", 10, 19_000))
    with pytest.raises(NotOfOrder):
        services.receive_order(
            order=order, lines={other.lines.get(): 1}, on=day(1, 8), actor=buying.actor
        )


def test_a_material_kept_by_batch_comes_in_its_batch(buying):
    dye = buying.items["dye"]
    dye.tracked = True
    dye.save()
    order = buying.order(buying.line("dye", 10, 150_000))
    (line,) = selectors.order_lines(order)
    buying.receive(order, 10, batches={line: BatchIn("NA-17", day(12, 1))})
    assert selectors.batch_code_of(line) == "NA-17"
    services.return_order(order=order, lines={line: 1}, on=day(1, 9), actor=buying.actor)
    assert breaches(buying) == []


def test_a_receipt_put_right_takes_the_goods_out_and_in_again(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    wrong = buying.receive(order, 10)
    facts = {"receipt": wrong, "on": day(1, 9), "actor": buying.actor}
    right = services.correct_order_receipt(
        reason="Hanya 8 kg", lines=buying.amounts(order, [8]), **facts
    )
    assert there(right).goods == 256_000
    assert services.correct_order_receipt(reason="lagi", **facts) == right
    order.refresh_from_db()
    assert (order.state, order.completed_on) == (OrderState.PART, None)
    assert buying.in_store("malam") == (Decimal(48), 1_456_000)
    services.correct_order_receipt(
        receipt=there(right), reason="Bukan untuk kita", on=day(1, 9), actor=buying.actor
    )
    order.refresh_from_db()
    assert order.state == OrderState.OPEN
    assert buying.grni() == 0
    assert buying.in_store("malam") == (Decimal(40), 1_200_000)
    assert breaches(buying) == []


def test_a_receipt_that_a_bill_needs_or_whose_goods_are_gone_stays(buying):
    order = buying.order(buying.line("dye", 10, 150_000))
    receipt = buying.receive(order, 10)
    bill = buying.bill(order, (6, 150_000))
    facts = {"receipt": receipt, "reason": "salah", "on": day(1, 9), "actor": buying.actor}
    with pytest.raises(DependsOnIt, match=bill.number):
        services.correct_order_receipt(**facts)
    services.correct_bill(bill=bill, draft=None, reason="salah", on=day(1, 9), actor=buying.actor)
    buying.hand(None, "cash", day(1, 9), ("dye", "5"), cash_place="cash_main")
    with pytest.raises(NotEnoughStock), transaction.atomic():
        services.correct_order_receipt(**facts)
    assert buying.grni() == 1_500_000
    assert breaches(buying) == []


def test_what_a_bill_asks_is_due_on_its_day_and_a_payment_clears_the_oldest_debt(buying):
    order = buying.order(buying.line("dye", 10, 150_000))
    buying.receive(order, 10)
    buying.bill(order, (4, 150_000), due_on=day(1, 20))
    buying.bill(order, (6, 150_000), due_on=day(2, 20))
    first, later = (day(1, 20), 600_000), (day(2, 20), 900_000)

    def due(on, until):
        found = selectors.expected_cash(cooperative=buying.coop, on=on, until=until)
        return sorted((one.day, one.goes_out) for one in found)

    old = 2_000_000  # brought over without a day: due at once
    assert due(day(1, 9), day(1, 10)) == [(day(1, 9), old)]
    assert due(day(1, 10), day(3, 1)) == [(day(1, 10), old), first, later]
    assert due(day(1, 25), day(2, 1)) == [(day(1, 25), 600_000), (day(1, 25), old)]
    services.pay_supplier(
        cooperative=buying.coop,
        supplier=buying.s1,
        amount=old + 100_000,
        cash_place="bank",
        on=day(1, 12),
        actor=buying.actor,
    )
    assert due(day(1, 12), day(3, 1)) == [(day(1, 20), 500_000), later]
