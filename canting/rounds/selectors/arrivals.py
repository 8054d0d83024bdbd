"""What was ordered for a round and what of it has come: read from the supplier orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum

from canting.kernel.money import half_up
from canting.purchasing import selectors as purchasing
from canting.purchasing.rules import OrderState
from canting.rounds.models import Round, ShareOutItem
from canting.rounds.rules import UNDER_WAY, RoundState, ShareOutState, source_of

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.purchasing.models import SupplierOrder
    from canting.purchasing.selectors import OrderRow

ZERO = Decimal(0)
WAITING = frozenset({OrderState.OPEN, OrderState.PART})


@dataclass(frozen=True, slots=True)
class Came:
    """One material of a round: ordered, come, shared out before; landed cost in whole rupiah.

    `billed_more` is the part of the landed cost that bills say above the order, signed.
    """

    item: Item
    ordered: Decimal = ZERO
    arrived: Decimal = ZERO
    landed: int = 0
    shared: Decimal = ZERO
    shared_cost: int = 0
    billed_more: int = 0

    @property
    def unshared(self) -> Decimal:
        """What lies in the store for this round and was not shared out."""
        return max(self.arrived - self.shared, ZERO)

    @property
    def unshared_cost(self) -> int:
        """What that cost to the door, whole rupiah."""
        return max(self.landed - self.shared_cost, 0) if self.unshared else 0

    @property
    def unshared_more(self) -> int:
        """The part of that which bills say above the order, signed, by what is not shared."""
        return half_up(self.billed_more * self.unshared / self.arrived) if self.unshared else 0

    @property
    def to_come(self) -> Decimal:
        """What is ordered and has not come."""
        return max(self.ordered - self.arrived, ZERO)

    @property
    def difference(self) -> int:
        """What bills said more or less after everything was shared: the cooperative bears it."""
        return 0 if self.unshared or not self.shared else self.landed - self.shared_cost


@dataclass(frozen=True, slots=True)
class SupplierCost:
    """What the goods of a round cost at one supplier, and their freight; whole rupiah."""

    supplier: int
    name: str
    goods: int
    freight: int


def orders_of(found: Round) -> list[SupplierOrder]:
    """The standing supplier orders of a round, the first written first."""
    orders = purchasing.orders(cooperative=found.cooperative, source=source_of(found.number))
    return list(orders.exclude(state=OrderState.REVERSED).order_by("on", "id"))


def waiting_orders(orders: Iterable[SupplierOrder]) -> list[SupplierOrder]:
    """Those of which something is still to come."""
    return [order for order in orders if order.state in WAITING]


def rows_by_order(orders: list[SupplierOrder]) -> dict[int, list[OrderRow]]:
    """The lines of these orders with what came of each."""
    return purchasing.rows_of(orders) if orders else {}


def came(found: Round, *, orders: list[SupplierOrder] | None = None) -> list[Came]:
    """Every material of a round with what was ordered, what has come and what was shared, by name."""
    orders = orders_of(found) if orders is None else orders
    by_item: dict[int, Came] = {}
    for order in orders:
        for row in rows_by_order([order]).get(order.pk, []):
            before = by_item.get(row.line.item_id, Came(row.line.item))
            # Of an order that was closed nothing more is expected than what has come.
            wanted = row.line.base_quantity if order.state in WAITING else row.kept
            by_item[row.line.item_id] = replace(before, ordered=before.ordered + wanted)
        for item, landed in purchasing.received_of(order).items():
            before = by_item.get(item.pk, Came(item))
            by_item[item.pk] = replace(
                before,
                arrived=before.arrived + landed.quantity,
                landed=before.landed + landed.value,
                billed_more=before.billed_more + landed.billed_more,
            )
    for item_id, (quantity, cost) in shared_sums(found).items():
        if item_id in by_item:
            by_item[item_id] = replace(by_item[item_id], shared=quantity, shared_cost=cost)
    return sorted(by_item.values(), key=lambda row: row.item.name)


def shared_sums(found: Round) -> dict[int, tuple[Decimal, int]]:
    """What standing share-outs used up of each material (id): quantity and landed cost."""
    rows = (
        ShareOutItem.objects.filter(share_out__round=found, share_out__state=ShareOutState.STANDING)
        .order_by()
        .values("item_id")
        .annotate(sum_arrived=Sum("arrived"), sum_landed=Sum("landed"))
    )
    return {row["item_id"]: (Decimal(row["sum_arrived"]), row["sum_landed"]) for row in rows}


def cost_of_goods(found: Round) -> list[SupplierCost]:
    """What came cost, by supplier, with the freight apart; before anything came what was ordered.

    Freight is what receipts carry; the goods are the landed value without it.
    """
    costs: dict[int, SupplierCost] = {}
    for order in orders_of(found):
        landed = sum(one.value for one in purchasing.received_of(order).values())
        freight = purchasing.freight_left(order).booked if landed else order.freight
        goods = landed - freight if landed else order.goods
        before = costs.get(
            order.supplier_id, SupplierCost(order.supplier_id, order.supplier.name, 0, 0)
        )
        costs[order.supplier_id] = replace(
            before, goods=before.goods + goods, freight=before.freight + freight
        )
    return list(costs.values())


def stage(found: Round, rows: Iterable[Came], orders: Iterable[SupplierOrder]) -> str:
    """The state of a round as it is now: what has come decides after the orders went out."""
    if found.state not in UNDER_WAY:
        return found.state
    rows = list(rows)
    if any(row.unshared for row in rows):
        return RoundState.RECEIVED
    if any(row.shared for row in rows) and not waiting_orders(orders):
        return RoundState.SHARED
    return RoundState.ORDERED


def late_orders(orders: Iterable[SupplierOrder], on: date) -> list[SupplierOrder]:
    """Orders whose promised day has passed though something is still to come."""
    return [order for order in waiting_orders(orders) if order.promised_on < on]
