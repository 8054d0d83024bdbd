"""What goes with dyes on a paper of buying or handing out, and is missing there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.purchasing.selectors.orders import orders_open, rows_of
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.catalogue.selectors import Partner
    from canting.cooperatives.models import Cooperative
    from canting.purchasing.models import SupplierOrder

ZERO = Decimal(0)


def bought_without_partners(
    *,
    cooperative: Cooperative,
    lines: Iterable[tuple[Item, Decimal]],
    order: SupplierOrder | None = None,
) -> list[Partner]:
    """What goes with the dyes that are bought (base units) and is nowhere: not bought with them,
    not in the store, not on its way by another order. `order` is the one these lines are of.
    """
    short = stock.partners_short(cooperative=cooperative, asked=_sums(lines))
    if not short:
        return []
    coming: dict[int, Decimal] = {}
    orders = [one for one in orders_open(cooperative=cooperative) if one != order]
    for rows in rows_of(orders).values() if orders else ():
        for row in rows:
            coming[row.line.item_id] = coming.get(row.line.item_id, ZERO) + row.outstanding
    covered = [one._replace(asked=one.asked + coming.get(one.item.pk, ZERO)) for one in short]
    return [one for one in covered if one.short > 0]


def handed_without_partners(
    *, cooperative: Cooperative, lines: Iterable[tuple[Item, Decimal]]
) -> list[Partner]:
    """What goes with the dyes on a hand-out (base units) and is not on it, or not enough."""
    return stock.partners_short(cooperative=cooperative, asked=_sums(lines), with_store=False)


def _sums(lines: Iterable[tuple[Item, Decimal]]) -> dict[Item, Decimal]:
    sums: dict[Item, Decimal] = {}
    for item, much in lines:
        sums[item] = sums.get(item, ZERO) + much
    return sums
