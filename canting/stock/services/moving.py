"""The one road of every move of stock: reckoned on locked balances, written at once.

A paper with one line and a sharing out to five hundred members go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from canting.kernel.database import insert_rows
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah, share
from canting.kernel.quantities import format_quantity, quantize
from canting.stock import selectors
from canting.stock.errors import BadQuantity, BadValue, NotEnoughLater, NotEnoughStock
from canting.stock.models import StockBalance
from canting.stock.rules import (
    BatchIn,
    BatchPart,
    Moved,
    PlaceKind,
    account_role,
    value_out,
)
from canting.stock.services.batches import keep_batch, parts_in, parts_out

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.stock.models import Lot, Place, StockMove

# A batch's number (none for what is not kept by batch) and a signed quantity of it.
Part = tuple[int | None, Decimal]
COLUMNS = (
    "cooperative_id", "place_id", "lot_id", "batch_id", '"on"', "quantity", "value", "source",
    "paper", "actor_id", "made_at", "undoes_id",
)  # fmt: skip
DIGITS, PLACES = 14, 4


def lock_stock(pairs: Iterable[tuple[Place, Lot]]) -> dict[tuple[int, int], StockBalance]:
    """Lock the balances of these places and lots, in id order, making those that are not there.

    Call it first when one paper moves several lots: two papers then never wait for each other.
    """
    wanted = {(place.pk, lot.pk): (place, lot) for place, lot in pairs}
    places, lots = {key[0] for key in wanted}, {key[1] for key in wanted}
    there = StockBalance.objects.filter(place_id__in=places, lot_id__in=lots)
    known = set(there.values_list("place_id", "lot_id"))
    StockBalance.objects.bulk_create(
        (
            StockBalance(place=place, lot=lot, cooperative_id=place.cooperative_id)
            for key, (place, lot) in wanted.items()
            if key not in known
        ),
        ignore_conflicts=True,
    )
    rows = (
        StockBalance.objects.select_for_update(of=("self",))
        .filter(place_id__in=places, lot_id__in=lots)
        .select_related("lot__item", "place__party")
        .order_by("id")
    )
    return {(row.place_id, row.lot_id): row for row in rows if (row.place_id, row.lot_id) in wanted}


class Moving:
    """Moves of one day on balances that are locked; `write` puts them into the database."""

    def __init__(
        self, locked: dict[tuple[int, int], StockBalance], *, on: date, actor: User
    ) -> None:
        self.locked, self.on, self.actor = locked, on, actor
        self._rows: list[tuple[Any, ...]] = []
        self._touched: dict[int, StockBalance] = {}
        # How much lower than now a balance gets on a later day, and on which.
        self._falls: dict[int, tuple[Decimal, date]] = {}
        ops = connection.ops
        self._day = ops.adapt_datefield_value(on)
        self._now = ops.adapt_datetimefield_value(timezone.now())

    def receive(
        self,
        place: Place,
        lot: Lot,
        *,
        quantity: Decimal,
        value: int,
        source: str,
        paper: str = "",
        batch: BatchIn | None = None,
        parts: Sequence[BatchPart] = (),
    ) -> Moved:
        """Take a quantity worth `value` in; see `services.receive`."""
        exact = checked_quantity(lot, quantity)
        if value < 0 or (value and place.kind == PlaceKind.CONSIGNED):
            raise BadValue(item=lot.item.name, value=format_rupiah(value))
        balance = self.locked[place.pk, lot.pk]
        split = parts_in(balance.lot.item, exact, batch=batch, parts=parts, source=source)
        return self.move(
            balance, quantity=exact, value=value, source=source, paper=paper, parts=split
        )

    def issue(
        self,
        place: Place,
        lot: Lot,
        *,
        quantity: Decimal,
        source: str,
        paper: str = "",
        value: int | None = None,
        batch_id: int | None = None,
    ) -> Moved:
        """Take a quantity out at the moving average, or at `value`; see `services.issue`."""
        exact = checked_quantity(lot, quantity)
        balance = self.locked[place.pk, lot.pk]
        self.refuse_if_short(balance, exact)
        average = value_out(
            quantity=exact, balance_quantity=balance.quantity, balance_value=balance.value
        )
        leaving = average if value is None else value
        if not _can_leave(balance, exact, leaving):
            raise BadValue(item=lot.item.name, value=format_rupiah(leaving))
        if balance.lot.item.tracked:
            self._flush()  # what left a batch just now is asked of the database
        parts = parts_out(balance, exact, batch_id=batch_id, on=self.on)
        return self.move(
            balance,
            quantity=-exact,
            value=-leaving,
            source=source,
            paper=paper,
            parts=[(key, -moved) for key, moved in parts],
        )

    def refuse_if_short(self, balance: StockBalance, quantity: Decimal) -> None:
        """Refuse what would fall below zero now or at the end of any later day."""
        item = balance.lot.item
        if quantity > balance.quantity:
            raise NotEnoughStock(
                **_short(balance, quantity), left=format_quantity(balance.quantity, item.unit)
            )
        fall, day = self._fall_of(balance)
        if quantity > balance.quantity - fall:
            raise NotEnoughLater(
                **_short(balance, quantity),
                left=format_quantity(balance.quantity - fall, item.unit),
                date=format_date(self.on),
                later=format_date(day),
            )

    def _fall_of(self, balance: StockBalance) -> tuple[Decimal, date]:
        """Asked once: every move of this day lowers all later days alike."""
        if balance.pk not in self._falls:
            now = balance.quantity
            least, day = selectors.least_later(balance.place, balance.lot, self.on, now)
            self._falls[balance.pk] = (now - least, day)
        return self._falls[balance.pk]

    def move(
        self,
        balance: StockBalance,
        *,
        quantity: Decimal,
        value: int,
        source: str,
        paper: str = "",
        undoes: StockMove | None = None,
        parts: Sequence[Part] = (),
    ) -> Moved:
        """Keep one move a batch (one in all without batches) to be written, and the new balance."""
        split = list(parts) or [(None, quantity)]
        values = _values_of(value, split)
        decimal = connection.ops.adapt_decimalfield_value
        for (batch_id, moved), worth in zip(split, values, strict=True):
            self._rows.append(
                (
                    balance.cooperative_id, balance.place_id, balance.lot_id, batch_id, self._day,
                    decimal(moved, DIGITS, PLACES), worth, source, paper, self.actor.pk, self._now,
                    undoes.pk if undoes else None,
                )
            )  # fmt: skip
            if batch_id is not None:
                keep_batch(balance, batch_id, moved)
        balance.quantity += quantity
        balance.value += value
        self._touched[balance.pk] = balance
        place = balance.place
        party = place.party if place.kind == PlaceKind.CUSTODY else None
        role = account_role(place.kind, balance.lot.item.kind)
        named = tuple(BatchPart(key, abs(moved)) for key, moved in split if key is not None)
        return Moved(abs(value), role, party, abs(quantity), named)

    def _flush(self) -> None:
        with connection.cursor() as cursor:
            insert_rows(cursor, "stock_stockmove", COLUMNS, self._rows)
        self._rows = []

    def write(self) -> None:
        """Write the moves and the balances they left."""
        self._flush()
        touched = list(self._touched.values())
        if len(touched) == 1:
            touched[0].save(update_fields=["quantity", "value"])
        else:
            StockBalance.objects.bulk_update(touched, ["quantity", "value"], batch_size=200)
        self._touched = {}


def _values_of(value: int, split: Sequence[Part]) -> list[int]:
    """The value divided over the batches by quantity; the parts add up to it."""
    if len(split) == 1:
        return [value]
    return share(value, [abs(moved) for _batch, moved in split])


def checked_quantity(lot: Lot, quantity: Decimal) -> Decimal:
    """A quantity of four places above zero, or BadQuantity."""
    exact = quantize(quantity)
    if exact <= 0:
        raise BadQuantity(item=lot.item.name, quantity=format_quantity(quantity, lot.item.unit))
    return exact


def _short(balance: StockBalance, quantity: Decimal) -> dict[str, str]:
    item = balance.lot.item
    return {
        "wanted": format_quantity(quantity, item.unit),
        "item": balance.lot.label or item.name,
        "place": selectors.place_name(balance.place),
    }


def _can_leave(balance: StockBalance, quantity: Decimal, value: int) -> bool:
    """Value stays at zero or more, and nothing is left of it without goods."""
    left = balance.value - value
    return left >= 0 and value >= 0 and (left == 0 or balance.quantity != quantity)
