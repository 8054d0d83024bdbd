"""The events of making in the worked year, line by line (posting.md 2.3, 2.4; E014 to E061)."""

from datetime import date

import pytest

from canting.cooperatives.services import set_parameter
from canting.production import selectors, services
from canting.production.rules import FactKind
from canting.stock import selectors as stock
from tests.production.workshop import FEB_25, JAN_1, D

pytestmark = pytest.mark.django_db
MAR_1, MAR_2, MAR_4, MAR_5 = (date(2027, 3, day) for day in (1, 2, 4, 5))


@pytest.fixture
def finish_by_hand(cooperative, actor):
    set_parameter(
        cooperative=cooperative,
        name="production.finish_at_acceptance",
        value=False,
        valid_from=JAN_1,
        source="Rapat 2-1-2027",
        actor=actor,
    )


def source_of(paper) -> str:
    return f"quality.inspection:{paper.number}"


def test_the_commission_order_is_booked_as_in_the_worked_year(stocked, finish_by_hand):
    shop = stocked
    assert shop.lines("test.custody:M4:1")[::2][0] == ("D", "custody", 969_643, "M4")
    assert shop.balance("custody", "M4") == shop.balance("custody", "M5") == 1_597_243
    order = shop.order()
    m4 = shop.part(order, "M4")

    accepted = shop.inspect(assignment=m4, counts={"A": 12, "B": 4})
    assert shop.kind(source_of(accepted)) == "accepted"
    assert shop.lines(source_of(accepted)) == [
        ("D", "wip", 1_980_223, ""),
        ("K", "custody", 1_200_223, "M4"),
        ("K", "wages_payable", 780_000, "M4"),
    ]
    ours = shop.inspect(assignment=m4, result="reject", fault="ours", reason="Malam kita pecah")
    assert shop.kind(source_of(ours)) == "reject_ours"
    assert shop.lines(source_of(ours)) == [
        ("D", "quality_loss", 125_014, ""),
        ("K", "custody", 75_014, "M4"),
        ("K", "wages_payable", 50_000, "M4"),
    ]
    hers = shop.inspect(
        assignment=m4, result="reject", fault="hers", defects=["torn"], objection="Sobek di jalan"
    )
    assert shop.kind(source_of(hers)) == "reject_hers"
    assert shop.lines(source_of(hers)) == [
        ("D", "recv_damage", 75_014, "M4"),
        ("K", "custody", 75_014, "M4"),
    ]
    back = shop.inspect(
        assignment=m4, result="rework", fault="hers", counts={"": 2}, reason="Isen kurang"
    )
    assert not selectors.work_moves(cooperative=shop.cooperative, sources=[source_of(back)])
    repaired = shop.inspect(repair_of=back, counts={"B": 2}, on=MAR_1)
    assert shop.kind(source_of(repaired)) == "rework_hers_accepted"
    assert shop.lines(source_of(repaired)) == [
        ("D", "wip", 240_028, ""),
        ("K", "custody", 150_028, "M4"),
        ("K", "wages_payable", 90_000, "M4"),
    ]
    assert shop.bring_back("M4", shop.mori, 4, MAR_2) == 77_571
    over = services.record_material_fact(
        cooperative=shop.cooperative,
        kind=FactKind.OVERUSE,
        member=shop.makers["M4"],
        item=shop.mori,
        quantity=D(1),
        reason="Salah potong",
        on=MAR_2,
        actor=shop.actor,
        work_order=order,
    )
    assert shop.lines(f"production.material:{over.number}") == [
        ("D", "recv_damage", 19_393, "M4"),
        ("K", "custody", 19_393, "M4"),
    ]
    assert shop.balance("custody", "M4") == 0
    assert shop.balance("recv_damage", "M4") == 94_407

    m5 = shop.part(order, "M5")
    accepted = shop.inspect(assignment=m5, counts={"A": 18}, on=MAR_2)
    assert shop.lines(source_of(accepted)) == [
        ("D", "wip", 2_250_251, ""),
        ("K", "custody", 1_350_251, "M5"),
        ("K", "wages_payable", 900_000, "M5"),
    ]
    back = shop.inspect(
        assignment=m5,
        result="rework",
        fault="ours",
        counts={"A": 2},
        reason="Warna kita salah",
        extra_wage=10_000,
        on=MAR_2,
    )
    repaired = shop.inspect(repair_of=back, counts={"A": 2}, on=MAR_4)
    assert shop.kind(source_of(repaired)) == "rework_ours_accepted"
    assert shop.lines(source_of(repaired)) == [
        ("D", "wip", 250_028, ""),
        ("D", "quality_loss", 20_000, ""),
        ("K", "custody", 150_028, "M5"),
        ("K", "wages_payable", 120_000, "M5"),
    ]
    assert shop.bring_back("M5", shop.mori, 5, MAR_4) == 96_964

    wax = services.record_byproduct(
        order=order, item=shop.wax_again, quantity=D(6), on=MAR_5, actor=shop.actor
    )
    assert shop.lines(f"production.material:{wax.number}") == [
        ("D", "byproduct_wax", 60_000, ""),
        ("K", "wip", 60_000, ""),
    ]
    value = services.finish_order(order=order, on=MAR_5, actor=shop.actor)
    assert value == 4_660_530
    assert shop.lines(f"production.finish:{order.number}") == [
        ("D", "fg", 4_660_530, ""),
        ("K", "wip", 4_660_530, ""),
    ]
    assert shop.balance("wip") == 0
    assert (shop.balance("wages_payable", "M4"), shop.balance("wages_payable", "M5")) == (
        920_000,
        1_020_000,
    )
    pieces = sum(row.quantity for row in stock.sellable_lots(shop.cooperative, shop.shirt))
    assert pieces == 38
    done = selectors.work_order(cooperative=shop.cooperative, number=order.number)
    assert done is not None
    assert done.status == "done"
    shop.assert_books_balance()


def test_cloth_bought_is_a_lot_per_grade_at_its_own_price(shop):
    paper = shop.inspect(
        member=shop.makers["M1"],
        product=shop.shirt,
        basis="purchase",
        counts={"A": 15, "B": 5},
        on=MAR_5,
    )
    assert shop.kind(source_of(paper)) == "purchase_delivery"
    assert shop.lines(source_of(paper)) == [
        ("D", "fg", 4_050_000, ""),
        ("K", "pay_maker", 4_050_000, "M1"),
    ]
    b_lot = next(row.lot for row in stock.sellable_lots(shop.cooperative) if row.lot.grade == "B")
    back = services.return_to_maker(
        cooperative=shop.cooperative,
        lot=b_lot,
        quantity=1,
        reason="Cacat tersembunyi",
        on=date(2027, 3, 6),
        actor=shop.actor,
    )
    assert shop.lines(f"production.return:{back.number}") == [
        ("D", "pay_maker", 180_000, "M1"),
        ("K", "fg", 180_000, ""),
    ]
    assert shop.balance("pay_maker", "M1") == 3_870_000
    shop.assert_books_balance()


@pytest.mark.parametrize(
    ("maker", "count", "amount"), [("M3", 8, 1_600_000), ("M5", 30, 6_300_000)]
)
def test_other_cloth_bought(shop, actor, maker, count, amount):
    if maker == "M3":
        from canting.catalogue.services import set_price

        set_price(
            cooperative=shop.cooperative,
            item=shop.shirt,
            price_list="purchase",
            grade="A",
            amount=200_000,
            valid_from=date(2027, 3, 11),
            actor=actor,
        )
    paper = shop.inspect(
        member=shop.makers[maker],
        product=shop.shirt,
        basis="purchase",
        counts={"A": count},
        on=date(2027, 3, 11) if maker == "M3" else date(2027, 7, 10),
    )
    expected = amount if maker == "M3" else count * 210_000
    assert shop.lines(source_of(paper)) == [
        ("D", "fg", expected, ""),
        ("K", "pay_maker", expected, maker),
    ]
    assert expected == amount


def test_an_advance_and_its_buy_back_show_no_margin_before_the_sale(shop):
    shop.fund(20_000_000)
    contract = shop.contract(due=date(2027, 4, 7), on=date(2027, 2, 7))
    assert shop.lines(f"production.advance:{contract.number}") == [
        ("D", "advance_maker", 1_000_000, "M6"),
        ("K", "bank", 1_000_000, ""),
    ]
    paper = shop.inspect(advance=contract, counts={"A": 10}, on=date(2027, 3, 18))
    assert shop.kind(source_of(paper)) == "buyback"
    assert shop.lines(source_of(paper)) == [
        ("D", "fg", 1_210_000, ""),
        ("K", "advance_maker", 1_000_000, "M6"),
        ("K", "pay_maker", 210_000, "M6"),
    ]
    lot = stock.sellable_lots(shop.cooperative).get().lot
    assert (lot.advance_amount, lot.agreed_price, lot.maker_share_percent, lot.share_booked) == (
        1_000_000,
        1_300_000,
        70,
        210_000,
    )
    held = selectors.held_margin_sources(shop.cooperative, shop.makers["M6"].party)
    assert held == {source_of(paper)}
    shop.assert_books_balance()


def test_consigned_cloth_is_quantity_only(shop):
    paper = shop.inspect(
        member=shop.makers["M2"],
        product=shop.shirt,
        basis="consignment",
        counts={"A": 5},
        on=date(2027, 3, 18),
    )
    lot = stock.sellable_lots(shop.cooperative).get().lot
    assert paper.pay == 0
    services.return_to_maker(
        cooperative=shop.cooperative,
        lot=lot,
        quantity=3,
        reason="Tidak laku",
        on=date(2027, 4, 16),
        actor=shop.actor,
    )
    left = stock.sellable_lots(shop.cooperative).get()
    assert left.quantity == 2
    assert left.value == 0
    assert shop.balance("consign_payable") == shop.balance("fg") == 0


@pytest.mark.parametrize(
    ("kind", "role", "whose"),
    [
        (FactKind.LOST_HERS, "recv_damage", "M4"),
        (FactKind.WAIVED, "quality_loss", ""),
        (FactKind.LOST_OURS, "quality_loss", ""),
    ],
)
def test_material_lost_or_waived_goes_to_the_right_account(stocked, kind, role, whose):
    fact = services.record_material_fact(
        cooperative=stocked.cooperative,
        kind=kind,
        member=stocked.makers["M4"],
        item=stocked.malam,
        quantity=D(1),
        reason="Tumpah saat banjir",
        on=FEB_25,
        actor=stocked.actor,
    )
    assert stocked.lines(f"production.material:{fact.number}") == [
        ("D", role, 32_760, whose),
        ("K", "custody", 32_760, "M4"),
    ]
    assert stocked.kind(f"production.material:{fact.number}") == kind
    stocked.assert_books_balance()


def test_the_maker_nets_the_same_under_both_bases(cooperative, actor):
    """V22 and V23: material 60.000 (cost 52.000) against 110.000, or wage 50.000: she nets 50.000."""
    from canting.catalogue.services import create_item, set_norm, set_price
    from tests.production.workshop import Workshop

    shop = Workshop(cooperative, actor)
    plain = create_item(
        cooperative=cooperative, name="Mori kemeja", kind="cloth", unit="m", actor=actor
    )
    shirt = create_item(
        cooperative=cooperative, name="Kemeja sama", kind="product", unit="pcs", actor=actor
    )
    set_norm(product=shirt, material=plain, quantity=D(2), actor=actor)
    for price_list, amount in (("piece_rate", 50_000), ("purchase", 110_000)):
        set_price(
            cooperative=cooperative,
            item=shirt,
            price_list=price_list,
            amount=amount,
            valid_from=JAN_1,
            actor=actor,
        )
    shop.stock_store([(plain, "2", 52_000)])
    shop.hand_out("M4", [(plain, "2")])
    order = shop.order({"M4": 1}, product=shirt)
    commission = shop.inspect(assignment=shop.part(order, "M4"))
    assert shop.lines(source_of(commission)) == [
        ("D", "wip", 102_000, ""),
        ("K", "custody", 52_000, "M4"),
        ("K", "wages_payable", 50_000, "M4"),
    ]
    assert shop.lines(f"quality.finished:{commission.number}") == [
        ("D", "fg", 102_000, ""),
        ("K", "wip", 102_000, ""),
    ]
    bought = shop.inspect(member=shop.makers["M5"], product=shirt, basis="purchase")
    assert shop.lines(source_of(bought)) == [
        ("D", "fg", 110_000, ""),
        ("K", "pay_maker", 110_000, "M5"),
    ]
    material_sold = 60_000
    assert shop.balance("wages_payable", "M4") == 50_000
    assert shop.balance("pay_maker", "M5") - material_sold == 50_000
    shop.assert_books_balance()
