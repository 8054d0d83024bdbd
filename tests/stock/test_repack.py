"""Packing anew: what is taken out of the bulk is what the packs are worth, to the rupiah."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canting.catalogue.errors import UnknownUnit
from canting.catalogue.services import set_unit
from canting.ledger.models import JournalEntry
from canting.stock import selectors, services
from canting.stock.errors import BadQuantity, MoreThanWentIn, NotEnoughStock, NotRepacked
from canting.stock.models import Blend
from tests.stock.goods import DAY, LATER

D = Decimal


@pytest.fixture
def tin(goods):
    """Five kilograms of dye at 100.001, and a pack of which a kilogram makes four."""
    bulk = goods.item("Remasol merah", "dye", "kg")
    pack = goods.item("Remasol merah 250 g", "dye", "pcs")
    set_unit(item=pack, unit="kg", factor=D(4), actor=goods.actor)
    goods.into(bulk, 5, 500_005)
    return bulk, pack


def pack(goods, bulk, into, quantity, packs, **facts):
    return services.repack(
        bulk=bulk, quantity=D(quantity), into=into, packs=D(packs), on=DAY, **facts, **goods.make
    )


def test_packs_are_worth_what_left_the_tin(goods, tin):
    bulk, into = tin
    paper = pack(goods, bulk, into, 1, 4)
    assert (paper.quantity, paper.value) == (4, 100_001)
    assert goods.left(bulk) == (D(4), 400_004)
    assert goods.left(into) == (D(4), 100_001)
    assert not JournalEntry.objects.filter(source=f"stock.blend:{paper.number}").exists()


def test_what_is_spilled_stays_in_the_value_of_the_packs(goods, tin):
    bulk, into = tin
    pack(goods, bulk, into, 1, 3)
    assert goods.left(into) == (D(3), 100_001)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.decimals("0.0001", "0.4", places=4), min_size=1, max_size=5))
def test_whatever_is_taken_no_rupiah_is_lost(goods, tin, parts):
    bulk, into = tin
    before = goods.left(bulk)[1] + goods.left(into)[1]
    for part in parts:
        if part <= goods.left(bulk)[0] - D("0.5"):
            pack(goods, bulk, into, part, "0.0001")
    assert goods.left(bulk)[1] + goods.left(into)[1] == before


@pytest.mark.parametrize(
    ("quantity", "packs", "error"),
    [
        (1, 5, MoreThanWentIn),
        (6, 4, NotEnoughStock),
        (0, 4, BadQuantity),
        (1, 0, BadQuantity),
        (-1, 4, BadQuantity),
        (1, -4, BadQuantity),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_no_trace(goods, tin, quantity, packs, error):
    bulk, into = tin
    with pytest.raises(error):
        pack(goods, bulk, into, quantity, packs)
    assert goods.left(bulk) == (D(5), 500_005)
    assert not Blend.objects.exists()


def test_only_another_item_of_the_same_kind_can_be_packed(goods, tin):
    bulk, _into = tin
    with pytest.raises(NotRepacked):
        pack(goods, bulk, bulk, 1, 1)
    with pytest.raises(NotRepacked):
        pack(goods, bulk, goods.mori, 1, 1)


def test_a_pack_that_does_not_say_what_it_holds_is_refused(goods, tin):
    bulk, _into = tin
    with pytest.raises(UnknownUnit):
        pack(goods, bulk, goods.item("Remasol kecil", "dye", "pcs"), 1, 4)


def test_a_batch_goes_over_with_its_expiry(goods):
    bulk = goods.dye
    into = goods.item("Naphthol 100 g", "dye", "pcs", tracked=True)
    set_unit(item=into, unit="g", factor=D("0.01"), actor=goods.actor)
    goods.into(bulk, 1_000, 90_000, batch=("A7", LATER))
    pack(goods, bulk, into, 500, 5, batch="A7")
    assert goods.batches(into) == {"A7": D(5)}
    batch = selectors.batch_of_item(into, "A7")
    assert batch is not None
    assert batch.expires_on == LATER


def test_put_right_gives_the_tin_back(goods, tin):
    bulk, into = tin
    paper = pack(goods, bulk, into, 1, 4)
    services.correct_blend(paper=paper, reason="Salah timbang", on=DAY, actor=goods.actor)
    assert goods.left(bulk) == (D(5), 500_005)
    assert goods.left(into)[0] == 0
