"""The open orders that are due first, with how far they are: read once for list and picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from canting.portal.selectors.rows import MOST_ROWS
from canting.sales import selectors as sales

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.sales.models import Order
    from canting.sales.selectors import OrderProgress


@dataclass(frozen=True, slots=True)
class NearOrders:
    """A few open orders by promised day, and each one's progress by its key."""

    orders: Sequence[Order] = ()
    progress: Mapping[int, OrderProgress] = field(default_factory=dict)


def near_orders(*, cooperative: Cooperative) -> NearOrders:
    """The open orders with the earliest promises; a fixed number of queries."""
    orders = list(sales.open_orders(cooperative=cooperative)[:MOST_ROWS])
    if not orders:
        return NearOrders()
    return NearOrders(orders, sales.progress_of(cooperative=cooperative, orders=orders))
