"""Blending wax: the worked blend of 14 kg, recovered wax back in the pan, putting it right."""

from decimal import Decimal

import pytest
from django.db import transaction

from canting.ledger import selectors as ledger
from canting.stock import selectors, services
from canting.stock.errors import (
    BadQuantity,
    MoreThanWentIn,
    NoGoods,
    NotEnoughStock,
    NotWax,
    RecipeNameTaken,
)
from canting.stock.models import Blend
from canting.stock.rules import GoodsLine
from tests.stock.goods import DAY, LATER

# 14 kg: damar 2, gondorukem 4, used wax 3, paraffin 1, kote 3, kendal 1 (highest melting first).
BLEND_14 = (
    ("Damar mata kucing", "wax", 2, 40_000),
    ("Gondorukem", "wax", 4, 27_000),
    ("Parafin", "wax", 1, 22_000),
    ("Kote", "wax", 3, 60_000),
    ("Malam bekas", "byproduct", 3, 10_000),
    ("Kendal", "wax", 1, 12_000),
)


@pytest.fixture
def pan(goods):
    """The wax that comes out, and what goes in, with ten kilograms of each in the store."""
    made = {name: goods.item(name, kind, "kg") for name, kind, _parts, _price in BLEND_14}
    for name, _kind, _parts, price in BLEND_14:
        goods.into(made[name], 10, 10 * price)
    return goods.item("Malam klowong", "wax", "kg"), made


def lines(made):
    return [
        GoodsLine(services.pool_lot(made[name]), Decimal(parts))
        for name, _kind, parts, _price in BLEND_14
    ]


def blend(goods, wax, ingredients, quantity=14, **facts):
    return services.blend_wax(
        item=wax, quantity=Decimal(quantity), ingredients=ingredients, on=DAY, **facts, **goods.make
    )


def test_the_worked_blend_of_fourteen_kilograms_is_worth_what_went_in(goods, pan):
    wax, made = pan
    paper = blend(goods, wax, lines(made))
    worth = sum(parts * price for _n, _k, parts, price in BLEND_14)
    assert paper.number == "RM/2026/01/0001"
    assert (paper.quantity, paper.value) == (14, worth)
    assert goods.left(wax) == (14, worth)
    assert goods.left(made["Malam bekas"]) == (7, 70_000)
    entry = ledger.entry_by_source(
        cooperative=goods.cooperative, source=f"stock.blend:{paper.number}"
    )
    sides = sorted((line.account.role, line.side, line.amount) for line in entry.lines.all())
    assert sides == [("byproduct_wax", "K", 30_000), ("mat_wax", "D", 30_000)]


def test_a_blend_without_recovered_wax_moves_no_value_between_accounts(goods, pan):
    wax, made = pan
    paper = blend(goods, wax, [GoodsLine(services.pool_lot(made["Kote"]), Decimal(2))], 2)
    source = f"stock.blend:{paper.number}"
    assert ledger.entry_by_source(cooperative=goods.cooperative, source=source) is None
    assert goods.left(wax) == (2, 120_000)


def test_what_is_strained_off_makes_the_rest_dearer_but_nothing_comes_from_nowhere(goods, pan):
    wax, made = pan
    line = GoodsLine(services.pool_lot(made["Kote"]), Decimal(2))
    with pytest.raises(MoreThanWentIn, match="2 kg"), transaction.atomic():
        blend(goods, wax, [line], "2.1")
    assert not Blend.objects.exists()
    blend(goods, wax, [line], "1.8")
    assert goods.left(wax) == (Decimal("1.8"), 120_000)


def test_a_blend_takes_only_wax_and_only_what_is_there(goods, pan):
    wax, made = pan
    goods.into(goods.mori, 10, 100)
    with pytest.raises(NotWax, match="Mori"), transaction.atomic():
        blend(goods, wax, [GoodsLine(services.pool_lot(goods.mori), Decimal(1))], 1)
    with pytest.raises(NotWax, match="Malam bekas"), transaction.atomic():
        blend(goods, made["Malam bekas"], lines(made))
    with pytest.raises(NoGoods), transaction.atomic():
        blend(goods, wax, [])
    with pytest.raises(NotEnoughStock, match="10 kg"), transaction.atomic():
        blend(goods, wax, [GoodsLine(services.pool_lot(made["Kote"]), Decimal(11))], 11)
    assert not Blend.objects.exists()


def test_ingredients_in_grams_are_weighed_with_those_in_kilograms(goods, pan):
    wax, made = pan
    fine = goods.item("Microwax", "wax", "g")
    goods.into(fine, 1000, 50_000)
    paper = blend(
        goods, wax,
        [GoodsLine(services.pool_lot(fine), Decimal(500)),
         GoodsLine(services.pool_lot(made["Kote"]), Decimal(1))],
        "1.5",
    )  # fmt: skip
    assert paper.value == 25_000 + 60_000


def test_a_blend_is_put_right_while_its_wax_is_there(goods, pan):
    wax, made = pan
    paper = blend(goods, wax, lines(made))
    again = services.correct_blend(
        paper=paper, reason="Salah timbang", on=LATER, actor=goods.actor,
        quantity=Decimal(13), ingredients=lines(made)[:-1],
    )  # fmt: skip
    assert again.replaces == paper.number
    assert goods.left(made["Kendal"]) == (10, 120_000)
    assert goods.left(wax)[0] == 13
    goods.out(wax, 1, on=LATER)
    with pytest.raises(NotEnoughStock, match="12 kg"), transaction.atomic():
        services.correct_blend(paper=again, reason="Batal", on=LATER, actor=goods.actor)
    again.refresh_from_db()
    assert again.state == "posted"


def test_a_recipe_is_kept_in_the_order_it_goes_into_the_pan(goods, pan):
    wax, made = pan
    parts = [(made[name], Decimal(p)) for name, _k, p, _price in BLEND_14]
    kept = services.keep_recipe(name="Klowong 14", item=wax, parts=parts, **goods.make)
    assert [(row.item.name, row.parts) for row in selectors.recipe_parts(kept)] == [
        (name, p) for name, _k, p, _price in BLEND_14
    ]
    with pytest.raises(RecipeNameTaken), transaction.atomic():
        services.keep_recipe(name="klowong 14", item=wax, parts=parts, **goods.make)
    services.keep_recipe(name="Klowong", item=wax, parts=parts[:2], recipe=kept, **goods.make)
    assert selectors.recipe_parts(kept).count() == 2
    with pytest.raises(BadQuantity), transaction.atomic():
        services.keep_recipe(
            name="Salah", item=wax, parts=[(made["Kote"], Decimal(0))], **goods.make
        )
