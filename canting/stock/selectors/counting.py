"""What a count is compared with: the book's quantity at the moment each person counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.stock.models import BatchBalance, StockBalance, StockMove
from canting.stock.rules import worth_of
from canting.stock.selectors.papers import count_lines

if TYPE_CHECKING:
    from canting.stock.models import CountLine, StockCount

Key = tuple[int, int | None]  # lot and batch


@dataclass(frozen=True)
class BookThen:
    """The book of one place as it was at any moment of the day of a count.

    A move dated before that day belongs to it whenever it was written; one of a later day never;
    one of the same day when it was written before the counting.
    """

    now: dict[Key, Decimal]
    moves: dict[Key, list[tuple[bool, datetime, Decimal]]]

    def at(self, key: Key, moment: datetime | None) -> Decimal:
        """How much the book had then, in the base unit."""
        left = self.now.get(key, Decimal(0))
        for is_later, made_at, quantity in self.moves.get(key, []):
            if is_later or (moment is not None and made_at > moment):
                left -= quantity
        return left

    def moved_since(self, key: Key, moment: datetime | None) -> Decimal:
        """What moved after that moment, to be told beside a row."""
        return self.now.get(key, Decimal(0)) - self.at(key, moment)


def book_then(count: StockCount) -> BookThen:
    """The book of a count's place, by lot and batch; three queries whatever its length."""
    scope = {"place": count.place}
    pools = StockBalance.objects.filter(**scope).select_related("lot__item")
    batches = BatchBalance.objects.filter(**scope).select_related("batch")
    if count.kind:
        pools = pools.filter(lot__item__kind=count.kind)
        batches = batches.filter(batch__item__kind=count.kind)
    pool_of_item = {row.lot.item_id: row.lot_id for row in pools if row.lot.is_pool}
    now: dict[Key, Decimal] = {
        (row.lot_id, None): row.quantity for row in pools if not row.lot.item.tracked
    }
    for held in batches:
        lot_id = pool_of_item.get(held.batch.item_id)
        if lot_id is not None:
            now[(lot_id, held.batch_id)] = held.quantity
    moves: dict[Key, list[tuple[bool, datetime, Decimal]]] = {}
    since = StockMove.objects.filter(place=count.place, on__gte=count.on)
    for lot_id, batch_id, on, made_at, quantity in since.values_list(
        "lot_id", "batch_id", "on", "made_at", "quantity"
    ):
        moves.setdefault((lot_id, batch_id), []).append((on > count.on, made_at, quantity))
    return BookThen(now, moves)


@dataclass(frozen=True)
class CountRow:
    """One row of a count as it stands: what each found, what the book had then, the difference."""

    line: CountLine
    book: Decimal
    first: Decimal | None
    second: Decimal | None
    difference: Decimal | None
    moved_since: Decimal
    value: int
    needs_worth: bool

    @property
    def is_counted(self) -> bool:
        """True when both have counted it."""
        return self.first is not None and self.second is not None

    @property
    def agree(self) -> bool:
        """True when both found the same difference to the book of their own moment."""
        return self.is_counted and self.difference is not None


def count_rows(count: StockCount) -> list[CountRow]:
    """Every row of an open count, compared with the book at the moment it was counted."""
    book = book_then(count)
    pools = {
        row.lot_id: row for row in StockBalance.objects.filter(place=count.place, quantity__gt=0)
    }
    lines = list(count_lines(count))
    last = _last_moment(lines)
    return [_row(line, book, pools.get(line.lot_id), last) for line in lines]


def _last_moment(lines: Sequence[CountLine]) -> datetime | None:
    moments = [at for line in lines for at in (line.first_at, line.second_at) if at]
    return max(moments, default=None)


def _row(
    line: CountLine, book: BookThen, pool: StockBalance | None, last: datetime | None
) -> CountRow:
    key = (line.lot_id, line.batch_id)
    then = book.at(key, line.first_at or last)
    difference: Decimal | None = None
    if line.first_quantity is not None:
        difference = line.first_quantity - then
        if line.second_quantity is not None:
            second = line.second_quantity - book.at(key, line.second_at)
            difference = difference if second == difference else None
    value, needs_worth = 0, False
    if difference:
        value, needs_worth = _worth(line, difference, pool)
    return CountRow(
        line=line,
        book=then,
        first=line.first_quantity,
        second=line.second_quantity,
        difference=difference,
        moved_since=book.moved_since(key, line.first_at or last),
        value=value,
        needs_worth=needs_worth,
    )


def worth_of_line(line: CountLine, difference: Decimal, pool: StockBalance | None) -> int:
    """What a difference is worth in whole rupiah, signed as it is; 0 when nobody can know."""
    return _worth(line, difference, pool)[0]


def _worth(line: CountLine, difference: Decimal, pool: StockBalance | None) -> tuple[int, bool]:
    """The difference at the average that lies there; with nothing there, at what was written."""
    if pool is not None:
        return worth_of(
            quantity=difference, balance_quantity=pool.quantity, balance_value=pool.value
        ), False
    return worth_of(
        quantity=difference, balance_quantity=Decimal(1), balance_value=line.unit_value
    ), line.unit_value == 0
