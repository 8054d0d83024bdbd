"""Transfers: two stores, two makers; a paper with number, put right, no other way."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from canting.ledger import selectors as ledger
from canting.ledger.services import close_month
from canting.stock import selectors, services
from canting.stock.errors import (
    DayClosed,
    NoGoods,
    NotEnoughStock,
    ReasonNeeded,
    StoreNeedsName,
    StoreThere,
    WrongWay,
)
from canting.stock.invariants import INVARIANTS
from canting.stock.models import Transfer
from canting.stock.rules import GoodsLine
from tests.stock.goods import DAY, LATER


@pytest.fixture
def kraksaan(goods):
    return services.open_store(name="Gudang Kraksaan", **goods.make)


def move(goods, start, end, *lines, on=DAY, **facts):
    return services.move_goods(
        from_place=start,
        to_place=end,
        lines=[GoodsLine(services.pool_lot(item), Decimal(q), *more) for item, q, *more in lines],
        on=on,
        **facts,
        **goods.make,
    )


def test_goods_move_between_two_stores_and_no_account_changes(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    goods.into(goods.dye, 100, 30_000, batch="A")
    position = ledger.book(cooperative=goods.cooperative).position
    paper = move(goods, goods.store, kraksaan, (goods.mori, 15), (goods.dye, 30, "A"))
    assert paper.number == "PT/2026/01/0001"
    assert goods.left(goods.mori) == (25, 500_000)
    assert goods.left(goods.mori, kraksaan) == (15, 300_000)
    assert goods.batches(goods.dye, kraksaan) == {"A": 30}
    assert ledger.book(cooperative=goods.cooperative).position == position
    assert selectors.place_name(kraksaan) == "Gudang Kraksaan"
    assert selectors.quantity_in_store(goods.cooperative, goods.mori) == 40


def test_material_moves_from_one_maker_to_another_with_its_custody(goods):
    siti, tono = goods.member("Siti").party, goods.member("Tono").party
    one, two = (selectors.custody_of(goods.cooperative, who) for who in (siti, tono))
    goods.into(goods.mori, 10, 200_000, place=one)
    paper = move(goods, one, two, (goods.mori, 4))
    assert goods.left(goods.mori, one) == (6, 120_000)
    assert goods.left(goods.mori, two) == (4, 80_000)
    entry = ledger.entry_by_source(
        cooperative=goods.cooperative, source=f"stock.transfer:{paper.number}"
    )
    assert entry is not None
    assert entry.kind == "custody_moved"
    lines = {(line.side, line.party_id, line.amount) for line in entry.lines.all()}
    assert lines == {("K", siti.pk, 80_000), ("D", tono.pk, 80_000)}


def test_other_ways_have_papers_of_their_own(goods, kraksaan):
    custody = selectors.custody_of(goods.cooperative, goods.member("Siti").party)
    goods.into(goods.mori, 40, 800_000)
    for start, end in ((goods.store, custody), (custody, goods.store), (kraksaan, kraksaan)):
        with pytest.raises(WrongWay), transaction.atomic():
            move(goods, start, end, (goods.mori, 1))
    with pytest.raises(NoGoods), transaction.atomic():
        move(goods, goods.store, kraksaan)
    assert not Transfer.objects.exists()


def test_more_than_is_there_leaves_no_trace(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    with pytest.raises(NotEnoughStock, match="25 m"), transaction.atomic():
        move(goods, goods.store, kraksaan, (goods.mori, 15), (goods.mori, 26))
    assert not Transfer.objects.exists()
    assert goods.left(goods.mori) == (40, 800_000)
    assert move(goods, goods.store, kraksaan, (goods.mori, 1)).number == "PT/2026/01/0001"


def test_a_transfer_is_put_right_and_twice_is_once(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    paper = move(goods, goods.store, kraksaan, (goods.mori, 15))
    with pytest.raises(ReasonNeeded), transaction.atomic():
        services.correct_transfer(paper=paper, reason=" ", on=LATER, actor=goods.actor)
    line = GoodsLine(services.pool_lot(goods.mori), Decimal(12))
    made = services.correct_transfer(
        paper=paper, reason="Salah hitung", on=LATER, actor=goods.actor, lines=[line]
    )
    again = services.correct_transfer(
        paper=paper, reason="Salah hitung", on=LATER, actor=goods.actor, lines=[line]
    )
    assert made == again
    assert made.replaces == paper.number
    assert goods.left(goods.mori, kraksaan) == (12, 240_000)
    old = selectors.transfer_by_number(cooperative=goods.cooperative, number=paper.number)
    assert (old.state, old.replaced_by) == ("reversed", made.number)


def test_a_transfer_whose_goods_are_gone_stays(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    paper = move(goods, goods.store, kraksaan, (goods.mori, 15))
    goods.out(goods.mori, 10, place=kraksaan)
    with pytest.raises(NotEnoughStock, match="5 m"), transaction.atomic():
        services.correct_transfer(paper=paper, reason="Salah", on=LATER, actor=goods.actor)
    paper.refresh_from_db()
    assert paper.state == "posted"


def test_a_closed_day_takes_no_transfer_even_without_an_entry(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    close_month(
        cooperative=goods.cooperative, month=date(2026, 1, 1), on=LATER, actor=goods.actor,
    )  # fmt: skip
    with pytest.raises(DayClosed, match="Feb"), transaction.atomic():
        move(goods, goods.store, kraksaan, (goods.mori, 1))


def test_a_further_store_has_a_name_of_its_own(goods, kraksaan):
    with pytest.raises(StoreThere, match="Gudang Kraksaan"), transaction.atomic():
        services.open_store(name="gudang  kraksaan", **goods.make)
    with pytest.raises(StoreNeedsName), transaction.atomic():
        services.open_store(name="  ", **goods.make)
    assert [one.name for one in selectors.named_stores(goods.cooperative)] == ["Gudang Kraksaan"]
    assert selectors.store(goods.cooperative).name == ""


def test_cloth_in_a_further_store_is_not_offered_for_sale(goods, kraksaan):
    shirt = goods.item("Kain tulis", "product", "pcs")
    lot = services.make_lot(
        item=shirt, basis="purchase", origin="member", grade="A", maker=None, on=DAY,
        source="test:lot", cooperative=goods.cooperative,
    )  # fmt: skip
    services.receive(
        place=goods.store, lot=lot, quantity=Decimal(1), value=100, on=DAY, source="test:lot",
        **goods.make,
    )  # fmt: skip
    services.release(lot=lot, on=DAY, actor=goods.actor)
    assert selectors.sellable_lots(goods.cooperative).count() == 1
    services.move_goods(
        from_place=goods.store, to_place=kraksaan, lines=[GoodsLine(lot, Decimal(1))], on=DAY,
        **goods.make,
    )  # fmt: skip
    assert selectors.sellable_lots(goods.cooperative).count() == 0


def test_the_series_has_no_gap_and_custody_meets_the_books(goods, kraksaan):
    goods.into(goods.mori, 40, 800_000)
    move(goods, goods.store, kraksaan, (goods.mori, 15))
    found = [text for law in INVARIANTS if law.name != "stock.value_is_the_account"
             for text in law.breaches(goods.cooperative)]  # fmt: skip
    assert found == []
