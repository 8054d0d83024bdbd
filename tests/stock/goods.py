"""A small store for the tests of the stock: a dye kept by batch, wax, cloth, two makers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from canting.catalogue.services import create_item
from canting.members.services import admit_member
from canting.stock import selectors, services
from canting.stock.rules import BatchIn

JAN_1 = date(2026, 1, 1)
DAY = date(2026, 1, 10)
LATER = date(2026, 2, 10)


class Goods:
    """Items of one cooperative and short names for the moves that a test repeats."""

    def __init__(self, cooperative: Any, actor: Any) -> None:
        self.cooperative, self.actor = cooperative, actor
        self.store = selectors.store(cooperative)
        self.dye = self.item("Naphthol AS-D", "dye", "g", tracked=True)
        self.mori = self.item("Mori primissima", "cloth", "m")
        self.sent = 0

    @property
    def make(self) -> dict[str, Any]:
        return {"cooperative": self.cooperative, "actor": self.actor}

    def item(self, name: str, kind: str, unit: str, **facts: Any) -> Any:
        return create_item(name=name, kind=kind, unit=unit, **facts, **self.make)

    def member(self, name: str) -> Any:
        return admit_member(full_name=name, on=JAN_1, **self.make)

    def into(self, item: Any, quantity: Any, value: int, **facts: Any) -> Any:
        """Take in so much worth so much; `batch` is a code or a code and an expiry."""
        self.sent += 1
        batch = facts.pop("batch", None)
        if batch is not None:
            batch = BatchIn(*batch) if isinstance(batch, tuple) else BatchIn(batch)
        return services.receive(
            place=facts.pop("place", self.store),
            lot=services.pool_lot(item),
            quantity=Decimal(quantity),
            value=value,
            on=facts.pop("on", DAY),
            source=facts.pop("source", f"test.in:{self.sent}"),
            batch=batch,
            **facts,
            **self.make,
        )

    def out(self, item: Any, quantity: Any, **facts: Any) -> Any:
        """Take out so much; `batch` is a chosen code."""
        self.sent += 1
        return services.issue(
            place=facts.pop("place", self.store),
            lot=services.pool_lot(item),
            quantity=Decimal(quantity),
            on=facts.pop("on", DAY),
            source=facts.pop("source", f"test.out:{self.sent}"),
            batch_id=services.chosen_batch(item, facts.pop("batch", "")),
            **facts,
            **self.make,
        )

    def batches(self, item: Any, place: Any = None) -> dict[str, Decimal]:
        """What lies of each batch at a place."""
        rows = selectors.batch_balances(self.cooperative, item=item)
        return {
            row.batch.code: row.quantity for row in rows if row.place_id == (place or self.store).pk
        }

    def left(self, item: Any, place: Any = None) -> tuple[Decimal, int]:
        """Quantity and value of an item at a place."""
        row = selectors.balance_of(place or self.store, services.pool_lot(item))
        return row.quantity, row.value
