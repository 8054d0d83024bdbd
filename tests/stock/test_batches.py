"""Dye lots: named on the way in, earliest expiry out first, never below zero on any day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from canting.stock import selectors, services
from canting.stock.errors import (
    BatchNeeded,
    CannotTrack,
    NotEnoughLater,
    NotEnoughOfBatch,
    NotThisBatch,
    OtherExpiry,
    StillThere,
)
from canting.stock.invariants import INVARIANTS
from canting.stock.models import Batch, BatchBalance, StockMove
from tests.stock.goods import DAY, LATER

SOON, LATE = date(2026, 6, 1), date(2027, 6, 1)


def breaches(cooperative) -> list[str]:
    return [text for law in INVARIANTS for text in law.breaches(cooperative)
            if law.name.startswith("stock.ba") or law.name == "stock.nothing_was_negative"]  # fmt: skip


def test_a_material_kept_by_batch_names_its_batch_on_the_way_in(goods):
    with pytest.raises(BatchNeeded, match="Naphthol"), transaction.atomic():
        goods.into(goods.dye, 500, 110_000)
    with pytest.raises(BatchNeeded), transaction.atomic():
        goods.into(goods.dye, 500, 110_000, batch="  ")
    assert not Batch.objects.exists()
    goods.into(goods.dye, 500, 110_000, batch=(" nd-7  a ", SOON))
    assert goods.batches(goods.dye) == {"ND-7 A": 500}
    assert breaches(goods.cooperative) == []


def test_a_material_without_batches_asks_for_none(goods):
    goods.into(goods.mori, 40, 800_000, batch="X1")
    assert goods.batches(goods.mori) == {}


def test_the_earliest_expiry_leaves_first_and_what_has_expired_last(goods):
    goods.into(goods.dye, 100, 10_000, batch=("LATE", LATE))
    goods.into(goods.dye, 100, 10_000, batch=("SOON", SOON))
    goods.into(goods.dye, 100, 10_000, batch=("NONE", None))
    goods.into(goods.dye, 100, 10_000, batch=("OVER", date(2026, 1, 2)))
    moved = goods.out(goods.dye, 150)
    assert moved.value == 15_000
    assert [part.quantity for part in moved.parts] == [Decimal(100), Decimal(50)]
    assert goods.batches(goods.dye) == {"LATE": 50, "NONE": 100, "OVER": 100}
    goods.out(goods.dye, 150)
    assert goods.batches(goods.dye) == {"OVER": 100}


def test_the_batch_that_was_chosen_leaves_and_no_other(goods):
    goods.into(goods.dye, 100, 10_000, batch=("LATE", LATE))
    goods.into(goods.dye, 100, 30_000, batch=("SOON", SOON))
    moved = goods.out(goods.dye, 100, batch="late")
    assert moved.value == 20_000, "value stays in the pool at the moving average"
    with pytest.raises(NotEnoughOfBatch, match="LATE"), transaction.atomic():
        goods.out(goods.dye, 1, batch="LATE")
    with pytest.raises(NotThisBatch, match=r"SOON, LATE"), transaction.atomic():
        goods.out(goods.dye, 1, batch="OTHER")
    assert goods.left(goods.dye) == (100, 20_000)


def test_an_earlier_date_may_not_make_a_batch_negative_on_a_later_day(goods):
    goods.into(goods.dye, 100, 10_000, batch="A", on=DAY)
    goods.into(goods.dye, 100, 10_000, batch="B", on=DAY)
    goods.out(goods.dye, 90, batch="A", on=LATER)
    with pytest.raises(NotEnoughOfBatch, match="10 g"), transaction.atomic():
        goods.out(goods.dye, 20, batch="A", on=DAY)
    with pytest.raises(NotEnoughLater), transaction.atomic():
        goods.out(goods.dye, 20, batch="B", on=date(2026, 1, 9))
    goods.out(goods.dye, 110, on=DAY)
    assert goods.batches(goods.dye) == {}
    assert breaches(goods.cooperative) == []


def test_the_same_code_with_another_expiry_is_refused(goods):
    goods.into(goods.dye, 1, 100, batch=("A", None))
    goods.into(goods.dye, 1, 100, batch=("A", SOON))
    goods.into(goods.dye, 1, 100, batch=("A", None))
    assert Batch.objects.get().expires_on == SOON
    with pytest.raises(OtherExpiry, match="2027"), transaction.atomic():
        goods.into(goods.dye, 1, 100, batch=("A", LATE))
    assert goods.batches(goods.dye) == {"A": 3}


def test_batches_go_along_to_a_maker_and_come_back(goods):
    maker = goods.member("Siti").party
    custody = selectors.custody_of(goods.cooperative, maker)
    goods.into(goods.dye, 60, 6_000, batch=("A", SOON))
    goods.into(goods.dye, 60, 6_000, batch=("B", LATE))
    services.transfer(
        lot=services.pool_lot(goods.dye), quantity=Decimal(100), from_place=goods.store,
        to_place=custody, on=DAY, source="test:move", **goods.make,
    )  # fmt: skip
    assert goods.batches(goods.dye, custody) == {"A": 60, "B": 40}
    assert goods.batches(goods.dye) == {"B": 20}
    services.mirror(source="test:move", on=DAY, reason_source="test:undone", **goods.make)
    assert goods.batches(goods.dye, custody) == {}
    assert goods.batches(goods.dye) == {"A": 60, "B": 60}
    assert breaches(goods.cooperative) == []


def test_a_receipt_cannot_be_undone_when_its_batch_has_gone(goods):
    goods.into(goods.dye, 50, 5_000, batch="A", source="test:a")
    goods.into(goods.dye, 50, 5_000, batch="B")
    goods.out(goods.dye, 30, batch="A")
    with pytest.raises(NotEnoughOfBatch, match="20 g"), transaction.atomic():
        services.mirror(source="test:a", on=DAY, reason_source="test:undone", **goods.make)
    assert goods.batches(goods.dye) == {"A": 20, "B": 50}


def test_what_lay_there_before_becomes_one_old_batch_and_no_value_moves(goods):
    goods.into(goods.mori, 40, 800_000, source="test:before")
    services.track_item(item=goods.mori, on=LATER, actor=goods.actor)
    services.track_item(item=goods.mori, on=LATER, actor=goods.actor)
    assert goods.batches(goods.mori) == {"LAMA": 40}
    assert goods.left(goods.mori) == (40, 800_000)
    services.mirror(source="test:before", on=LATER, reason_source="test:undone", **goods.make)
    assert goods.left(goods.mori) == (0, 0)
    assert BatchBalance.objects.filter(quantity__gt=0).count() == 0
    assert breaches(goods.cooperative) == []


def test_tracking_ends_only_when_nothing_is_left(goods):
    goods.into(goods.dye, 5, 500, batch="A")
    with pytest.raises(StillThere, match="5 g"), transaction.atomic():
        services.stop_tracking(item=goods.dye, actor=goods.actor)
    goods.out(goods.dye, 5)
    services.stop_tracking(item=goods.dye, actor=goods.actor)
    services.stop_tracking(item=goods.dye, actor=goods.actor)
    goods.into(goods.dye, 5, 500)
    assert goods.left(goods.dye) == (5, 500)


def test_a_product_is_not_kept_by_batch(goods):
    shirt = goods.item("Kain tulis", "product", "pcs")
    with pytest.raises(CannotTrack, match="Kain tulis"), transaction.atomic():
        services.track_item(item=shirt, on=DAY, actor=goods.actor)
    assert not StockMove.objects.exists()


def test_what_expires_soon_or_has_expired_is_listed_with_its_days(goods):
    goods.into(goods.dye, 5, 500, batch=("A", date(2026, 1, 31)))
    goods.into(goods.dye, 5, 500, batch=("B", date(2026, 1, 9)))
    goods.into(goods.dye, 5, 500, batch=("C", date(2026, 3, 1)))
    found = selectors.expiring(cooperative=goods.cooperative, on=DAY, days=30)
    assert [(one.batch.code, one.days, one.is_over) for one in found] == [
        ("B", -1, True),
        ("A", 21, False),
    ]
