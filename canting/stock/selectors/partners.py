"""Dyes and what goes with them: what is missing of it on a paper and in the store."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import ItemKind
from canting.stock.selectors.balances import in_store

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.catalogue.selectors import Partner
    from canting.cooperatives.models import Cooperative


def partners_short(
    *, cooperative: Cooperative, asked: Mapping[Item, Decimal], with_store: bool = True
) -> list[Partner]:
    """What goes with the dyes asked for (base units) by the recipes, and is not enough.

    With the store what lies there counts as well. Naphthol without its salt dyes nothing, so it is
    said while it can still be put right; it is never refused.
    """
    if not any(item.kind == ItemKind.DYE for item in asked):
        return []
    found = catalogue.partners(
        cooperative=cooperative, asked={item.pk: much for item, much in asked.items()}
    )
    if not found:
        return []
    there = in_store(cooperative, [one.item for one in found]) if with_store else {}
    covered = [one._replace(asked=one.asked + there.get(one.item.pk, Decimal(0))) for one in found]
    return [one for one in covered if one.short > 0]
