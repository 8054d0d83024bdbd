"""Dye recipes kept and used, what may stand in for what, and bans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from canting.catalogue import selectors
from canting.catalogue.errors import (
    BadMeasures,
    BadRange,
    BanNeedsSource,
    NotAMaterial,
    NotASubstitute,
    RecipeNeedsLines,
    RecipeTaken,
    TwiceInRecipe,
)
from canting.catalogue.models import DyeRecipe, DyeRecipeLine, Substitute
from canting.catalogue.rules import MATERIALS, POOLED
from canting.catalogue.services.items import change_item, set_norm
from canting.cooperatives.services import record
from canting.kernel.quantities import format_quantity

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User


class Part(NamedTuple):
    """One material of a recipe for one measure, from the lightest shade to the deepest."""

    item: Item
    unit: str
    least: Decimal
    most: Decimal


@transaction.atomic
def keep_dye_recipe(
    *,
    cooperative: Cooperative,
    name: str,
    measure: str,
    parts: Sequence[Part],
    actor: User,
    source: str = "",
    note: str = "",
    recipe: DyeRecipe | None = None,
) -> DyeRecipe:
    """Keep how a workshop dyes, the dye first; with `recipe` that one is changed.

    Raises RecipeNeedsLines, RecipeTaken, BadRange, TwiceInRecipe, NotAMaterial, UnknownUnit.
    """
    clean = " ".join(name.split())[:80]
    if not parts or not clean:
        raise RecipeNeedsLines()
    _check(parts)
    taken = DyeRecipe.objects.filter(cooperative=cooperative, name__iexact=clean)
    if (taken.exclude(pk=recipe.pk) if recipe else taken).exists():
        raise RecipeTaken(name=clean)
    facts = {
        "name": clean, "measure": measure.strip()[:60], "source": source.strip()[:160],
        "note": note.strip()[:300],
    }  # fmt: skip
    if recipe is None:
        recipe = DyeRecipe.objects.create(cooperative=cooperative, **facts)
    else:
        DyeRecipe.objects.filter(pk=recipe.pk).update(**facts)
        recipe.lines.all().delete()
        recipe.refresh_from_db()
    DyeRecipeLine.objects.bulk_create(
        DyeRecipeLine(
            recipe=recipe,
            item=part.item,
            position=place,
            unit=part.unit or part.item.unit,
            least=part.least,
            most=part.most,
        )
        for place, part in enumerate(parts)
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="catalogue.recipe_kept",
        subject=clean,
        facts={
            "parts": {part.item.code: f"{part.least}-{part.most} {part.unit}" for part in parts}
        },
    )
    return recipe


def _check(parts: Sequence[Part]) -> None:
    seen = set()
    for part in parts:
        if part.item.kind not in POOLED:
            raise NotAMaterial(item=part.item.name)
        if part.item.pk in seen:
            raise TwiceInRecipe(item=part.item.name)
        seen.add(part.item.pk)
        if not 0 < part.least <= part.most:
            raise BadRange(
                item=part.item.name,
                least=format_quantity(part.least, part.unit),
                most=format_quantity(part.most, part.unit),
            )
        selectors.factor_of(part.item, part.unit)


@transaction.atomic
def use_dye_recipe(
    *, recipe: DyeRecipe, product: Item, measures: Decimal, depth: str, actor: User
) -> list[tuple[Item, Decimal]]:
    """Set the norm of a product by a recipe: one piece takes so many measures at a depth of shade.

    Needs of work orders ask for the dye and all that goes with it from then on. Base units.
    Raises BadMeasures, NotAProduct, UnknownUnit.
    """
    if measures <= 0:
        raise BadMeasures(measures=format_quantity(measures))
    found = selectors.doses(recipe=recipe, measures=measures, depth=depth)
    for dose in found:
        set_norm(product=product, material=dose.item, quantity=dose.base_quantity, actor=actor)
    record(
        cooperative_id=recipe.cooperative_id,
        actor=actor,
        action="catalogue.recipe_used",
        subject=product.code,
        facts={"recipe": recipe.name, "measures": str(measures), "depth": depth},
    )
    return [(dose.item, dose.base_quantity) for dose in found]


@transaction.atomic
def allow_substitute(
    *, item: Item, other: Item, valid_from: date, reason: str, actor: User
) -> Substitute:
    """Let a material stand in for another, one base unit for one, from a day on.

    Raises NotASubstitute unless both are of one kind and kept in one unit.
    """
    same = item.kind == other.kind and item.unit == other.unit and item.pk != other.pk
    if not same or item.kind not in MATERIALS or item.cooperative_id != other.cooperative_id:
        raise NotASubstitute(item=item.name, other=other.name)
    made = Substitute.objects.create(
        item=item, other=other, valid_from=valid_from, reason=reason.strip()[:160], set_by=actor
    )
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="catalogue.substitute_set",
        subject=item.code,
        facts={"other": other.code, "from": str(valid_from), "reason": made.reason},
    )
    return made


@transaction.atomic
def end_substitute(*, row: Substitute, on: date, actor: User) -> Substitute:
    """End that a material stands in for another: the day before `on` is the last."""
    row.valid_until = on - timedelta(days=1)
    row.save(update_fields=["valid_until"])
    record(
        cooperative_id=row.item.cooperative_id,
        actor=actor,
        action="catalogue.substitute_ended",
        subject=row.item.code,
        facts={"other": row.other.code, "until": str(row.valid_until)},
    )
    return row


@transaction.atomic
def ban_item(*, item: Item, since: date | None, by: str, actor: User) -> Item:
    """Ban a material from a day on by a rule or decision, or lift the ban (`since` none).

    A banned dye is not asked for, ordered, received or handed out any more; what is there goes
    back or is counted out. Raises BanNeedsSource.
    """
    if since is not None and not by.strip():
        raise BanNeedsSource(item=item.name)
    kept = change_item(
        item=item, actor=actor, banned_since=since, banned_by=by.strip()[:160] if since else ""
    )
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="catalogue.item_banned",
        subject=item.code,
        facts={"since": str(since) if since else "", "by": by},
    )
    return kept
