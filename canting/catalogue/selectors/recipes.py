"""Dye recipes, what stands in for what, what is banned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet

from canting.catalogue.errors import BannedItem
from canting.catalogue.models import DyeRecipe, DyeRecipeLine, Substitute
from canting.catalogue.rules import Ingredient, partners_of, weigh
from canting.catalogue.selectors.items import to_base
from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Attachment, Cooperative


class Dose(NamedTuple):
    """How much of an item to weigh: in the recipe's unit, and in the unit it is kept in."""

    item: Item
    unit: str
    quantity: Decimal
    base_quantity: Decimal


class Partner(NamedTuple):
    """What goes with a dye that was asked for, by which recipe, and how much of it was asked."""

    dye: Item
    item: Item
    recipe: str
    needed: Decimal
    asked: Decimal

    @property
    def short(self) -> Decimal:
        """How much is missing, in the partner's own unit."""
        return max(self.needed - self.asked, Decimal(0))


def refuse_banned(*, items: Iterable[Item], on: date) -> None:
    """Refuse a material that is banned on a day, naming since when and by which rule."""
    for item in items:
        if item.banned_since is not None and item.banned_since <= on:
            raise BannedItem(
                item=item.name, since=format_date(item.banned_since), by=item.banned_by
            )


def recipes(*, cooperative: Cooperative) -> QuerySet[DyeRecipe]:
    """The dye recipes in use, by name, with their lines."""
    found = DyeRecipe.objects.filter(cooperative=cooperative, active=True)
    return found.prefetch_related("lines__item").order_by("name")


def recipe(*, cooperative: Cooperative, pk: int) -> DyeRecipe | None:
    """One dye recipe of the cooperative, or nothing."""
    return recipes(cooperative=cooperative).filter(pk=pk).first()


def recipe_lines(recipe: DyeRecipe) -> list[DyeRecipeLine]:
    """What goes in, the dye first."""
    return sorted(recipe.lines.all(), key=lambda line: line.position)


def _ingredients(lines: Iterable[DyeRecipeLine]) -> list[Ingredient]:
    return [Ingredient(line.item.code, line.unit, line.least, line.most) for line in lines]


def doses(*, recipe: DyeRecipe, measures: Decimal, depth: str) -> list[Dose]:
    """What to weigh for so many measures of a recipe at a depth of shade. May raise UnknownUnit."""
    lines = recipe_lines(recipe)
    weighed = weigh(_ingredients(lines), measures=measures, depth=depth)
    return [
        Dose(line.item, one.unit, one.quantity, to_base(line.item, one.quantity, one.unit))
        for line, one in zip(lines, weighed, strict=True)
    ]


def partners(
    *, cooperative: Cooperative, asked: Mapping[int, Decimal], depth: str = "medium"
) -> list[Partner]:
    """What goes with the dyes among what is asked for (base units by item), as the recipes say.

    Where several recipes begin with the same dye, the one asking least of a partner counts.
    """
    found: dict[tuple[int, int], Partner] = {}
    for one in recipes(cooperative=cooperative):
        lines = recipe_lines(one)
        if not lines or lines[0].item_id not in asked:
            continue
        dye = lines[0]
        measure = to_base(dye.item, Decimal(1), dye.unit)
        for line, weighed in zip(
            lines[1:],
            partners_of(_ingredients(lines), quantity=asked[dye.item_id] / measure, depth=depth),
            strict=True,
        ):
            needed = to_base(line.item, weighed.quantity, line.unit)
            partner = Partner(
                dye.item, line.item, one.name, needed, asked.get(line.item_id, Decimal(0))
            )
            key = (dye.item_id, line.item_id)
            if key not in found or found[key].needed > needed:
                found[key] = partner
    return list(found.values())


def substitutes_of(item: Item) -> QuerySet[Substitute]:
    """What may stand in for an item, now, later or before; the newest first."""
    return item.substitutes.select_related("other", "set_by").order_by("-valid_from", "-id")


def substitutes(*, items: Iterable[Item], on: date) -> dict[int, list[Item]]:
    """What may stand in for each of these items on a day, by item; banned ones never."""
    rows = (
        Substitute.objects.filter(item__in=[one.pk for one in items], valid_from__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .filter(other__active=True)
        .exclude(other__banned_since__lte=on)
        .select_related("other")
        .order_by("id")
    )
    found: dict[int, list[Item]] = {}
    for row in rows:
        if row.other not in found.setdefault(row.item_id, []):
            found[row.item_id].append(row.other)
    return found


def safety_subject(item: Item) -> str:
    """Under which name the safety sheets of an item are kept."""
    return f"barang:{item.code}"


def safety_sheets(item: Item) -> QuerySet[Attachment]:
    """The safety sheets of an item, the oldest first."""
    return house.attachments(cooperative=item.cooperative, subjects=[safety_subject(item)])
