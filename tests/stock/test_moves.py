"""Moving stock: what leaves at which value, what is refused, what undoing does."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from canting.catalogue.services import create_item
from canting.cooperatives.rules import PartyKind
from canting.stock import selectors, services
from canting.stock.errors import (
    AlreadyUndone,
    BadQuantity,
    BadValue,
    CannotUndo,
    NotEnoughLater,
    NotEnoughStock,
)
from canting.stock.models import StockMove
from tests.builders import party

DAY = date(2026, 1, 10)


@pytest.fixture
def mori(cooperative, actor):
    return create_item(
        cooperative=cooperative, name="Mori primissima", kind="cloth", unit="m", actor=actor
    )


@pytest.fixture
def stock(cooperative, actor, mori):
    """Short names for the calls a test repeats."""

    class Stock:
        lot = services.pool_lot(mori)
        store = selectors.store(cooperative)

        def into(self, quantity, value, on=DAY, source="test.in:1", place=None):
            return services.receive(
                cooperative=cooperative,
                place=place or self.store,
                lot=self.lot,
                quantity=Decimal(quantity),
                value=value,
                on=on,
                source=source,
                actor=actor,
            )

        def out(self, quantity, on=DAY, source="test.out:1", place=None, value=None):
            return services.issue(
                cooperative=cooperative,
                place=place or self.store,
                lot=self.lot,
                quantity=Decimal(quantity),
                on=on,
                source=source,
                actor=actor,
                value=value,
            )

        def undo(self, source, on=DAY):
            return services.mirror(
                cooperative=cooperative,
                source=source,
                on=on,
                reason_source=f"undo:{source}",
                actor=actor,
            )

        def left(self, place=None):
            found = selectors.balance_of(place or self.store, self.lot)
            return found.quantity, found.value

    return Stock()


def test_stock_leaves_at_the_average_and_the_last_metre_takes_the_last_rupiah(stock):
    stock.into("3", 100)
    first = stock.out("1", source="a")
    second = stock.out("1", source="b")
    last = stock.out("1", source="c")
    assert [first.value, second.value, last.value] == [33, 34, 33]
    assert first.role == "mat_cloth"
    assert first.party is None
    assert stock.left() == (0, 0)


def test_more_than_is_there_is_refused_with_what_is_left(stock):
    stock.into("40", 400_000)
    stock.out("30", source="rina")
    with pytest.raises(NotEnoughStock, match="10 m") as refused, transaction.atomic():
        stock.out("25", source="tono")
    assert "25 m" in str(refused.value)
    assert stock.left() == (10, 100_000)
    assert not StockMove.objects.filter(source="tono").exists()


def test_an_earlier_date_may_not_make_a_later_day_negative(stock):
    stock.into("10", 1_000, on=date(2026, 1, 1))
    stock.out("8", on=date(2026, 1, 10), source="b")
    stock.into("10", 1_000, on=date(2026, 1, 20), source="c")
    with pytest.raises(NotEnoughLater, match="2 m"), transaction.atomic():
        stock.out("3", on=date(2026, 1, 5), source="d")
    assert stock.out("2", on=date(2026, 1, 5), source="e").quantity == 2
    assert stock.left()[0] == 10


def test_before_anything_came_in_there_is_nothing_to_take(stock):
    stock.into("10", 1_000, on=date(2026, 1, 10))
    with pytest.raises(NotEnoughLater), transaction.atomic():
        stock.out("1", on=date(2026, 1, 9))


@pytest.mark.parametrize("quantity", ["0", "-1", "0.00004"])
def test_nothing_cannot_be_moved(stock, quantity):
    with pytest.raises(BadQuantity), transaction.atomic():
        stock.into(quantity, 0)


def test_consigned_cloth_has_no_value(stock, cooperative):
    owner = party(cooperative, PartyKind.MEMBER, "Bu Siti")
    place = selectors.consigned(cooperative, owner)
    with pytest.raises(BadValue), transaction.atomic():
        stock.into("1", 5, place=place)
    assert stock.into("1", 0, place=place).role == ""


def test_material_at_a_maker_keeps_its_value_and_its_maker(stock, cooperative, actor):
    maker = party(cooperative, PartyKind.MEMBER, "Bu Siti")
    stock.into("100", 1_939_286)
    out, into = services.transfer(
        cooperative=cooperative,
        lot=stock.lot,
        quantity=Decimal(50),
        from_place=stock.store,
        to_place=selectors.custody_of(cooperative, maker),
        on=DAY,
        source="purchasing.hand_out:KB/1",
        actor=actor,
    )
    assert (out.value, out.role, out.party) == (969_643, "mat_cloth", None)
    assert (into.value, into.role, into.party) == (969_643, "custody", maker)
    held = list(selectors.materials_in_custody(cooperative))
    assert [(row.quantity, row.value) for row in held] == [(Decimal(50), 969_643)]


def test_undoing_gives_back_quantity_and_value_of_that_move(stock):
    stock.into("10", 1_000)
    stock.out("4", source="out")
    stock.into("10", 3_000, source="later")
    stock.undo("out")
    assert stock.left() == (20, 4_000)
    with pytest.raises(AlreadyUndone), transaction.atomic():
        stock.undo("out")


def test_a_receipt_whose_goods_are_gone_cannot_be_undone(stock):
    stock.into("10", 1_000, source="in")
    stock.out("4", source="out")
    with pytest.raises(NotEnoughStock, match="6 m"), transaction.atomic():
        stock.undo("in")
    assert stock.left() == (6, 600)


def test_a_receipt_that_went_out_at_the_average_cannot_leave_value_behind(stock):
    stock.into("10", 1_000, source="first")
    stock.into("10", 2_000, source="second")
    stock.out("10", source="out")
    with pytest.raises(CannotUndo), transaction.atomic():
        stock.undo("first")
    assert stock.left() == (10, 1_500)


def test_a_price_difference_changes_the_value_alone(stock, cooperative, actor):
    stock.into("60", 1_920_000)
    services.revalue(
        cooperative=cooperative,
        place=stock.store,
        lot=stock.lot,
        value=60_000,
        on=DAY,
        source="test.diff:1",
        actor=actor,
    )
    assert stock.left() == (60, 1_980_000)
    stock.undo("test.diff:1")
    assert stock.left() == (60, 1_920_000)


@pytest.mark.parametrize("deed", ["UPDATE {} SET quantity = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_move(stock, deed):
    stock.into("1", 5)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format("stock_stockmove"))
