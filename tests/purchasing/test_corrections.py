"""Betulkan: the old paper is undone with stock and books, the right one stands in its place."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from canting.ledger import selectors as ledger
from canting.purchasing import selectors, services
from canting.purchasing.errors import (
    DependsOnIt,
    MoreThanBought,
    MoreThanOwed,
    NoDifference,
    OwesLess,
    PaidAlready,
    ReasonNeeded,
)
from canting.purchasing.invariants import INVARIANTS as purchasing_laws
from canting.purchasing.models import GoodsReceipt, HandOut, Purchase
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from canting.stock.invariants import INVARIANTS as stock_laws
from tests.purchasing.worked_year import Year, day


@pytest.fixture
def year(db) -> Iterator[Year]:
    made = Year()
    yield made
    for law in (*stock_laws, *purchasing_laws):
        assert list(law.breaches(made.coop)) == [], law.name


def in_store(year, key="mori"):
    return stock.quantity_in_store(year.coop, year.items[key])


def bought(year, quantity="100", price=20_000, freight=0):
    draft = services.PurchaseDraft(
        lines=[year.buy("mori", quantity, price)],
        supplier=year.s1,
        freight=freight,
        freight_place="cash_main" if freight else "",
    )
    return services.receive_purchase(
        cooperative=year.coop, draft=draft, on=day(1, 10), actor=year.actor
    )


def put_right(year, purchase, draft, **facts):
    facts = {"reason": "Salah ketik", "on": day(1, 12), "actor": year.actor} | facts
    return services.correct_purchase(purchase=purchase, draft=draft, **facts)


def test_a_purchase_is_put_right_with_its_receipt(year):
    purchase = bought(year, freight=30_000).purchase
    draft = services.PurchaseDraft(lines=[year.buy("mori", "90", 20_000)], supplier=year.s1)
    made = put_right(year, purchase, draft)
    purchase.refresh_from_db()
    assert (purchase.state, purchase.replaced_by, made.replaces) == (
        "reversed",
        made.number,
        purchase.number,
    )
    assert in_store(year) == 290
    assert selectors.owed_to(cooperative=year.coop, supplier=year.s1) == 2_000_000 + 1_800_000
    assert ledger.balance(cooperative=year.coop, role="cash_main") == 3_500_000
    again = put_right(year, purchase, draft)
    assert again.number == made.number
    assert Purchase.objects.filter(cooperative=year.coop).count() == 2


def test_a_purchase_is_only_cancelled_with_an_empty_draft(year):
    purchase = bought(year).purchase
    assert put_right(year, purchase, None) is None
    assert in_store(year) == 200
    assert selectors.owed_to(cooperative=year.coop, supplier=year.s1) == 2_000_000


def test_shipped_goods_are_put_right_on_the_road_and_at_the_door(year):
    purchase = year.e005()
    receipt = year.e006(purchase)
    made: Any = services.correct_receipt(
        receipt=receipt,
        reason="Ongkos salah",
        on=day(1, 16),
        actor=year.actor,
        freight=600_000,
        freight_place="cash_main",
    )
    assert made.freight == 600_000
    assert ledger.balance(cooperative=year.coop, role="cash_main") == 3_500_000 - 600_000
    services.correct_receipt(
        receipt=made, reason="Belum datang", on=day(1, 17), actor=year.actor, again=False
    )
    assert selectors.purchases(cooperative=year.coop, state="shipped").get() == purchase
    purchase.refresh_from_db()
    put_right(year, purchase, None, on=day(1, 18))
    assert ledger.balance(cooperative=year.coop, role="mat_transit") == 0


def test_a_reason_is_a_must(year):
    purchase = bought(year).purchase
    with pytest.raises(ReasonNeeded), transaction.atomic():
        put_right(year, purchase, None, reason="  ")
    purchase.refresh_from_db()
    assert purchase.state == "posted"


def test_goods_that_went_on_or_back_hold_the_purchase_fast(year):
    purchase = bought(year).purchase
    line = purchase.lines.get()
    change = services.return_to_supplier(
        line=line, quantity=Decimal(10), unit="m", on=day(1, 11), actor=year.actor
    )
    with pytest.raises(DependsOnIt, match=change.number), transaction.atomic():
        put_right(year, purchase, None)
    services.cancel_change(change=change, reason="Keliru", on=day(1, 11), actor=year.actor)
    year.hand("M4", "custody", day(1, 11), ("mori", "250"))
    with pytest.raises(NotEnoughStock, match="50 m"), transaction.atomic():
        put_right(year, purchase, None)
    assert GoodsReceipt.objects.get(cooperative=year.coop).state == "posted"


def test_a_paid_purchase_waits_for_its_payment(year):
    purchase = bought(year).purchase
    pay = {"cooperative": year.coop, "supplier": year.s1, "actor": year.actor}
    paid = services.pay_supplier(amount=4_000_000, cash_place="bank", on=day(1, 11), **pay)
    with pytest.raises(PaidAlready, match=r"Rp2\.000\.000"), transaction.atomic():
        put_right(year, purchase, None)
    services.correct_payment(payment=paid, reason="Batal", on=day(1, 12), actor=year.actor)
    put_right(year, purchase, None)
    assert ledger.balance(cooperative=year.coop, role="bank") == 20_000_000


def test_no_more_is_paid_than_is_owed(year):
    with pytest.raises(MoreThanOwed, match=r"Rp2\.000\.000"), transaction.atomic():
        services.pay_supplier(
            cooperative=year.coop,
            supplier=year.s1,
            amount=2_000_001,
            cash_place="bank",
            on=day(1, 11),
            actor=year.actor,
        )


def test_a_payment_is_put_right(year):
    pay = {"cooperative": year.coop, "supplier": year.s1, "actor": year.actor}
    paid = services.pay_supplier(amount=500_000, cash_place="bank", on=day(1, 11), **pay)
    made: Any = services.correct_payment(
        payment=paid,
        reason="Salah jumlah",
        on=day(1, 12),
        actor=year.actor,
        amount=700_000,
        charge=2_500,
        cash_place="bank",
    )
    assert (made.amount, made.replaces) == (700_000, paid.number)
    assert ledger.balance(cooperative=year.coop, role="bank") == 20_000_000 - 702_500


def test_a_return_and_a_price_are_taken_back(year):
    purchase = bought(year).purchase
    line = purchase.lines.get()
    facts = {"line": line, "on": day(1, 11), "actor": year.actor}
    with pytest.raises(MoreThanBought, match="100 m"), transaction.atomic():
        services.return_to_supplier(quantity=Decimal(101), unit="m", **facts)
    with pytest.raises(NoDifference), transaction.atomic():
        services.change_price(price=20_000, **facts)
    lower = services.change_price(price=19_000, **facts)
    assert (lower.amount, lower.stock_value) == (-100_000, -100_000)
    back = services.return_to_supplier(quantity=Decimal(5), unit="m", **facts)
    assert back.amount == -95_000
    for change in (back, lower):
        for _again in range(2):
            services.cancel_change(change=change, reason="Batal", on=day(1, 12), actor=year.actor)
    assert selectors.owed_to(cooperative=year.coop, supplier=year.s1) == 4_000_000
    assert in_store(year) == 300


def test_money_back_for_goods_returned_reaches_the_cash_place(year):
    receipt = year.e007()
    line = receipt.purchase.lines.get()
    services.return_to_supplier(
        line=line,
        quantity=Decimal(2),
        unit="kg",
        on=day(1, 17),
        actor=year.actor,
        cash_place="bank",
    )
    assert ledger.balance(cooperative=year.coop, role="bank") == 20_000_000 - 3_000_000 + 300_000


@pytest.mark.parametrize("mode", ["cash", "credit", "credit_on_sale", "custody"])
def test_a_hand_out_is_put_right_whatever_its_way(year, mode):
    cash = {"cash_place": "cash_main"} if mode == "cash" else {}
    old = year.hand("M1", mode, day(2, 1), ("mori", "60"), **cash)
    made: Any = services.correct_hand_out(
        paper=old,
        reason="Salah jumlah",
        on=day(2, 3),
        actor=year.actor,
        lines=[year.out("mori", "50")],
    )
    assert in_store(year) == 150
    assert (made.mode, made.replaces) == (mode, old.number)
    services.correct_hand_out(paper=made, reason="Batal", on=day(2, 4), actor=year.actor)
    assert in_store(year) == 200
    assert ledger.balance(cooperative=year.coop, role="custody") == 0
    assert ledger.balance(cooperative=year.coop, role="sales_material_m") == 0
    dues = selectors.material_dues(
        cooperative=year.coop, party=year.people["M1"].party, on=day(2, 5)
    )
    assert dues.total == 600_000


def test_a_hand_out_that_was_paid_on_is_held_fast(year):
    old = year.hand("M2", "credit", day(2, 1), ("mori", "10"))
    from canting.ledger.rules import Draft, credit, debit
    from canting.ledger.services import post_entry

    party = year.people["M2"].party
    lines = [debit("cash_main", 100_000), credit("recv_member", 100_000, party)]
    draft = Draft("test.paid:1", day(2, 2), "test", "Bayar", lines)
    post_entry(cooperative=year.coop, draft=draft, actor=year.actor)
    with pytest.raises(OwesLess, match=r"Rp100\.000"), transaction.atomic():
        services.correct_hand_out(paper=old, reason="Batal", on=day(2, 3), actor=year.actor)
    assert HandOut.objects.get(pk=old.pk).state == "posted"


def test_a_part_return_leaves_the_rest_with_her(year):
    """Field report 9: 100 pieces out, 10 used, 20 back; she still holds 70."""
    out = year.hand("M4", "custody", day(2, 1), ("mori", "100"), work_order="SPK/2027/02/0001")
    party = year.people["M4"].party
    stock_services_issue(year, party, "10")
    back = services.return_materials(
        cooperative=year.coop,
        member=year.people["M4"],
        lines=[year.out("mori", "20")],
        on=day(2, 5),
        actor=year.actor,
        work_order=out.work_order,
    )
    held = selectors.materials_held(year.coop, party).get()
    assert held.quantity == 70
    assert ledger.party_balance(cooperative=year.coop, role="custody", party=party) == held.value
    services.correct_return(
        paper=back,
        reason="Hanya 15 m",
        on=day(2, 6),
        actor=year.actor,
        lines=[year.out("mori", "15")],
    )
    assert selectors.materials_held(year.coop, party).get().quantity == 75


def stock_services_issue(year, party, quantity):
    """What production does when pieces are accepted: the norm leaves her custody."""
    from canting.ledger.rules import Draft, credit, debit
    from canting.ledger.services import post_entry
    from canting.stock.services import issue, pool_lot

    moved = issue(
        cooperative=year.coop,
        place=stock.custody_of(year.coop, party),
        lot=pool_lot(year.items["mori"]),
        quantity=Decimal(quantity),
        on=day(2, 4),
        source="test.accepted:1",
        actor=year.actor,
    )
    lines = [debit("wip", moved.value), credit(moved.role, moved.value, moved.party)]
    draft = Draft("test.accepted:1", day(2, 4), "accepted", "Diterima", lines)
    post_entry(cooperative=year.coop, draft=draft, actor=year.actor)
