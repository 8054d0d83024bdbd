"""The supplier's bill: matched with order and receipt, differences to stock or to price_diff."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from canting.purchasing import selectors, services
from canting.purchasing.errors import (
    BadAmount,
    DependsOnIt,
    DifferenceNeedsReason,
    DifferenceTooLarge,
    MoreThanKept,
    MoreThanReceived,
    NoLines,
    NotaNeeded,
    NotaTwice,
    PaidAlready,
)
from canting.purchasing.models import SupplierBill
from canting.purchasing.rules import Match, ThreeWay, beyond, part_of
from tests.builders import there
from tests.purchasing.orders import Buying, breaches
from tests.purchasing.worked_year import day

S1 = "Toko Mori Sumber Jaya"


@pytest.fixture
def buying(db) -> Buying:
    return Buying()


def test_v25_a_quarter_of_the_difference_is_still_in_the_stock(buying):
    order = buying.order(buying.line("dye", 40, 25_000))
    buying.receive(order, 40)
    buying.hand(None, "cash", day(1, 8), ("dye", "30"), cash_place="cash_main")
    buying.bill(order, (40, 25_500), accept=True, reason="Harga naik, disepakati lewat telepon")
    assert buying.lines_of("grni_invoiced") == [
        [
            ("D", "grni", 1_000_000, S1),
            ("D", "mat_dye", 5_000, ""),
            ("D", "price_diff", 15_000, ""),
            ("K", "pay_supplier", 1_020_000, S1),
        ]
    ]
    assert buying.grni() == 0
    assert breaches(buying) == []


def test_a_cheaper_bill_lowers_the_stock_and_the_difference(buying):
    order = buying.order(buying.line("dye", 40, 25_000))
    buying.receive(order, 40)
    buying.hand(None, "cash", day(1, 8), ("dye", "10"), cash_place="cash_main")
    buying.bill(order, (40, 24_900))
    assert buying.lines_of("grni_invoiced") == [
        [
            ("D", "grni", 1_000_000, S1),
            ("K", "mat_dye", 3_000, ""),
            ("K", "price_diff", 1_000, ""),
            ("K", "pay_supplier", 996_000, S1),
        ]
    ]
    assert breaches(buying) == []


def test_a_bill_for_a_part_leaves_the_rest_open(buying):
    order = buying.order(buying.line("mori", 3, 100_000, "16.002"))
    buying.receive(order, 2)
    buying.bill(order, ("16.002", 100_000))
    assert buying.grni() == 100_000
    (row,) = selectors.three_way(order)
    assert (row.unbilled, row.unbilled_amount) == (Decimal("16.0020"), 100_000)
    assert row.three_way.matches == (Match.SHORT, Match.UNBILLED)
    buying.receive(order, 1)
    buying.bill(order, (2, 100_000))
    (row,) = selectors.three_way(order)
    assert row.three_way.matches == (Match.AGREES,)
    assert buying.grni() == 0
    assert buying.owed() == 2_000_000 + 300_000
    assert breaches(buying) == []


def test_the_due_day_follows_the_credit_days_from_the_date_on_the_bill(buying):
    order = buying.order(buying.line("malam", 5, 32_000), credit_days=14)
    buying.receive(order, 5)
    bill = buying.bill(order, (5, 32_000), own_date=day(1, 7))
    assert bill.due_on == day(1, 21)


def test_freight_on_the_bill_settles_what_was_expected(buying):
    order = buying.order(buying.line("malam", 10, 32_000), freight=20_000)
    buying.receive(order, 10, freight=20_000)
    buying.bill(order, (10, 32_000), freight=20_500)
    assert buying.grni() == 0
    assert buying.lines_of("grni_invoiced") == [
        [
            ("D", "grni", 340_000, S1),
            ("D", "mat_wax", 500, ""),
            ("K", "pay_supplier", 340_500, S1),
        ]
    ]
    assert breaches(buying) == []


def test_freight_billed_alone_goes_to_the_goods_it_carried(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10, freight=20_000)
    buying.bill(order, (10, 32_000))
    assert buying.grni() == 20_000
    buying.bill(order, freight=20_800)
    assert buying.grni() == 0
    assert buying.in_store("malam") == (Decimal(50), 1_540_800)
    assert breaches(buying) == []


def test_freight_that_will_not_be_billed_lowers_the_cost(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10, freight=800)
    buying.bill(order, (10, 32_000), freight_done=True)
    assert buying.grni() == 0
    assert buying.in_store("malam") == (Decimal(50), 1_520_000)
    assert breaches(buying) == []


@pytest.mark.parametrize(
    ("packs", "facts", "refusal"),
    [
        ((), {}, NoLines),
        ((11, 32_000), {}, MoreThanReceived),
        ((5, -1), {}, BadAmount),
        ((5, 32_000), {"nota": " "}, NotaNeeded),
        ((5, 32_000), {"freight": -5}, BadAmount),
        ((5, 40_000), {}, DifferenceTooLarge),
        ((5, 40_000), {"accept": True, "reason": " "}, DifferenceNeedsReason),
        ((5, 32_000), {"freight": 50_000}, DifferenceTooLarge),
    ],
)
def test_a_wrong_bill_is_refused_and_leaves_no_trace(buying, packs, facts, refusal):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    with pytest.raises(refusal), transaction.atomic():
        buying.bill(order, *([packs] if packs else []), **facts)
    assert not SupplierBill.objects.exists()
    assert buying.grni() == 320_000
    assert breaches(buying) == []


def test_the_same_bill_is_entered_once(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    first = buying.bill(order, (5, 32_000), nota="INV-7")
    with pytest.raises(NotaTwice, match=first.number):
        buying.bill(order, (5, 32_000), nota="inv-7")
    services.correct_bill(
        bill=first, draft=None, reason="Salah pesanan", on=day(1, 9), actor=buying.actor
    )
    assert buying.bill(order, (5, 32_000), nota="INV-7").total == 160_000


def test_goods_given_free_are_billed_at_nothing(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    buying.bill(order, (10, 0), accept=True, reason="Bonus")
    assert (buying.grni(), buying.owed()) == (0, 2_000_000)
    assert buying.in_store("malam") == (Decimal(50), 1_200_000)
    assert breaches(buying) == []


def test_a_bill_put_right_gives_back_what_it_moved(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    wrong = buying.bill(order, (10, 33_000), accept=True, reason="naik")
    facts = {"bill": wrong, "on": day(1, 10), "actor": buying.actor}
    right = services.correct_bill(
        draft=buying.draft(order, (10, 32_000)), reason="Harga tetap", **facts
    )
    assert there(right).total == 320_000
    assert there(right).replaces == wrong.number
    assert services.correct_bill(draft=None, reason="lagi", **facts) == right
    assert buying.owed() == 2_320_000
    assert buying.in_store("malam") == (Decimal(50), 1_520_000)
    services.correct_bill(
        bill=there(right), draft=None, reason="Belum ditagih", on=day(1, 11), actor=buying.actor
    )
    assert (buying.grni(), buying.owed()) == (320_000, 2_000_000)
    assert breaches(buying) == []


def test_a_bill_that_was_paid_stays_until_the_payment_is_put_right(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    bill = buying.bill(order, (10, 32_000))
    services.pay_supplier(
        cooperative=buying.coop,
        supplier=buying.s1,
        amount=2_200_000,
        cash_place="bank",
        on=day(1, 9),
        actor=buying.actor,
    )
    with pytest.raises(PaidAlready, match=r"200\.000"):
        services.correct_bill(
            bill=bill, draft=None, reason="salah", on=day(1, 10), actor=buying.actor
        )


def test_goods_go_back_first_from_what_is_not_billed(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    buying.bill(order, (6, 32_000))
    back = services.return_order(
        order=order, lines=buying.amounts(order, [5]), on=day(1, 10), actor=buying.actor
    )
    assert (buying.grni(), buying.owed()) == (0, 2_000_000 + 5 * 32_000)
    assert back.amount == 160_000
    assert back.difference == back.stock_value - 160_000
    order.refresh_from_db()
    assert order.state == "received"
    with pytest.raises(DependsOnIt, match=back.number):
        services.correct_bill(
            bill=order.bills.get(), draft=None, reason="x", on=day(1, 11), actor=buying.actor
        )
    assert breaches(buying) == []
    services.cancel_order_return(
        paper=back, reason="Diterima kembali", on=day(1, 11), actor=buying.actor
    )
    services.cancel_order_return(paper=back, reason="x", on=day(1, 11), actor=buying.actor)
    assert (buying.grni(), buying.owed()) == (4 * 32_000, 2_000_000 + 6 * 32_000)
    assert buying.in_store("malam") == (Decimal(50), 1_520_000)
    assert breaches(buying) == []


def test_goods_that_are_replaced_are_awaited_again(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    lines = buying.amounts(order, [4])
    with pytest.raises(MoreThanKept):
        services.return_order(
            order=order, lines=buying.amounts(order, [11]), on=day(1, 9), actor=buying.actor
        )
    back = services.return_order(
        order=order, lines=lines, on=day(1, 9), actor=buying.actor, replacement=True
    )
    (row,) = selectors.order_rows(order)
    assert (row.outstanding, row.kept) == (4, 6)
    buying.receive(order, 4, on=day(1, 10))
    order.refresh_from_db()
    assert order.state == "received"
    assert buying.grni() == 320_000
    with pytest.raises(DependsOnIt), transaction.atomic():
        services.cancel_order_return(paper=back, reason="Keliru", on=day(1, 11), actor=buying.actor)
    assert breaches(buying) == []


def test_billed_goods_that_go_back_may_bring_money_back(buying):
    order = buying.order(buying.line("malam", 10, 32_000))
    buying.receive(order, 10)
    buying.bill(order, (10, 32_000))
    services.return_order(
        order=order,
        lines=buying.amounts(order, [2]),
        on=day(1, 9),
        actor=buying.actor,
        cash_place="cash_main",
    )
    (lines,) = buying.lines_of("supplier_return")
    assert lines[0] == ("D", "cash_main", 64_000, "")
    assert buying.owed() == 2_320_000
    assert breaches(buying) == []


def test_figures_that_disagree_are_told_apart():
    line = ThreeWay(Decimal(10), Decimal(11), Decimal(11), 100, 110, 110, 120)
    assert line.matches == (Match.DEARER, Match.OVER)
    line = ThreeWay(Decimal(10), Decimal(0), Decimal(0), 100, 0, 0, 0)
    assert line.matches == (Match.WAITING,)


@given(
    expected=st.integers(0, 10**9),
    off=st.integers(-(10**6), 10**6),
    percent=st.decimals("0", "20", places=2),
    rupiah=st.integers(0, 10_000),
)
def test_a_difference_is_beyond_only_when_both_tolerances_are_passed(
    expected, off, percent, rupiah
):
    said = beyond(expected=expected, actual=expected + off, percent=percent, rupiah=rupiah)
    assert said == (abs(off) > rupiah and abs(off) > percent * expected / 100)


@given(
    amount=st.integers(0, 10**9),
    received=st.lists(st.decimals("0.0001", "500", places=4), min_size=1, max_size=6),
    data=st.data(),
)
def test_three_ways_end_at_nothing_whatever_the_parts_and_roundings(amount, received, data):
    """Received in any parts, billed in any parts: what waits for a bill ends at zero exactly."""
    ordered = sum(received, Decimal(0))
    came = came_amount = billed = released = Decimal(0)
    for index, part in enumerate(received):
        came += part
        came_amount += max(part_of(amount, came, ordered) - int(came_amount), 0)
        open_quantity, open_amount = came - billed, int(came_amount - released)
        assert open_amount >= 0
        share = data.draw(st.decimals("0", str(open_quantity), places=4), label=f"bill {index}")
        if share:
            out = part_of(open_amount, share, open_quantity)
            assert 0 <= out <= open_amount
            billed, released = billed + share, released + out
    if came > billed:
        released += part_of(int(came_amount - released), came - billed, came - billed)
    assert came_amount == amount
    assert released == came_amount


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    parts=st.lists(st.integers(1, 40_000), min_size=1, max_size=3),
    prices=st.lists(st.integers(31_000, 33_000), min_size=3, max_size=3),
    used=st.integers(0, 40),
    freight=st.integers(0, 5_000),
)
def test_every_sequence_keeps_books_stock_and_papers_together(buying, parts, prices, used, freight):
    with transaction.atomic():
        total = sum(parts)
        order = buying.order(buying.line("malam", -(-total // 10_000), 32_000))
        whole = Decimal(0)
        for part, price in zip(parts, prices, strict=False):
            quantity = Decimal(part) / 10_000
            whole += quantity
            buying.receive(order, str(quantity), freight=freight, over_reason="uji")
            if used:
                buying.hand(
                    "M1", "cash", day(1, 8), ("malam", f"{used / 40:.4f}"), cash_place="cash_main"
                )
            buying.bill(order, (str(quantity), price), freight_done=True, accept=True, reason="uji")
            order.refresh_from_db()
            if order.state == "received":
                break
        assert buying.grni() == 0
        assert breaches(buying) == []
        transaction.set_rollback(True)
