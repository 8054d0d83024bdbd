"""Wax of ingredients and recovered wax, and packs of what came in bulk (RM); putting it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import ItemKind
from canting.cooperatives.services import next_number, record
from canting.kernel.quantities import format_quantity, quantize
from canting.stock import selectors
from canting.stock.errors import (
    BadQuantity,
    MoreThanWentIn,
    NoGoods,
    NotRepacked,
    NotWax,
    RecipeNameTaken,
)
from canting.stock.models import Blend, BlendLine, BlendRecipe, BlendRecipeLine, Place
from canting.stock.rules import BatchIn, GoodsLine, Moved, PaperState
from canting.stock.services.batches import chosen_batch
from canting.stock.services.lots import pool_lot
from canting.stock.services.moves import issue, receive
from canting.stock.services.moving import lock_stock
from canting.stock.services.papers import (
    Source,
    check_open,
    check_reason,
    mark_reversed,
    net_lines,
    paper_facts,
    undo_paper,
)

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User

WAXES = (ItemKind.WAX, ItemKind.BYPRODUCT)


def _check_kinds(item: Item, ingredients: Sequence[Item]) -> None:
    """What is packed anew comes of one other material of its own kind; the rest is wax of wax."""
    if item.kind == ItemKind.WAX and len(ingredients) > 1:
        _check_waxes(item, ingredients)
    elif len(ingredients) != 1 or ingredients[0].kind != item.kind or ingredients[0] == item:
        raise NotRepacked(item=item.name)


def _check_waxes(item: Item, ingredients: Sequence[Item]) -> None:
    if item.kind != ItemKind.WAX:
        raise NotWax(item=item.name)
    for one in ingredients:
        if one.kind not in WAXES:
            raise NotWax(item=one.name)


def weight_of(item: Item, ingredients: Sequence[GoodsLine]) -> Decimal:
    """What these ingredients weigh together in the unit of the wax. Raises UnknownUnit."""
    return sum(
        (catalogue.to_base(item, line.quantity, line.lot.item.unit) for line in ingredients),
        Decimal(0),
    )


@transaction.atomic
def keep_recipe(
    *,
    cooperative: Cooperative,
    name: str,
    item: Item,
    parts: Sequence[tuple[Item, Decimal]],
    actor: User,
    note: str = "",
    recipe: BlendRecipe | None = None,
) -> BlendRecipe:
    """Keep how a wax is blended, in parts by weight and in the order they go into the pan.

    With `recipe` that one is changed; blends made before keep what went in. Raises NoGoods, NotWax,
    BadQuantity, RecipeNameTaken.
    """
    clean = " ".join(name.split())[:80] or item.name
    if not parts:
        raise NoGoods()
    _check_waxes(item, [one for one, _parts in parts])
    for one, share in parts:
        if share <= 0:
            raise BadQuantity(item=one.name, quantity=format_quantity(share))
    taken = BlendRecipe.objects.filter(cooperative=cooperative, name__iexact=clean)
    if (taken.exclude(pk=recipe.pk) if recipe else taken).exists():
        raise RecipeNameTaken(name=clean)
    if recipe is None:
        recipe = BlendRecipe.objects.create(
            cooperative=cooperative, name=clean, item=item, note=note[:200]
        )
    else:
        recipe.name, recipe.item, recipe.note = clean, item, note[:200]
        recipe.save(update_fields=["name", "item", "note"])
        BlendRecipeLine.objects.filter(recipe=recipe).delete()
    for one, share in parts:
        BlendRecipeLine.objects.create(recipe=recipe, item=one, parts=quantize(share))
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.recipe_kept",
        subject=clean,
        facts={"parts": {one.code: str(share) for one, share in parts}},
    )
    return recipe


def _check_weight(item: Item, quantity: Decimal, ingredients: Sequence[GoodsLine]) -> None:
    """No more comes out than went in."""
    went_in = weight_of(item, ingredients)
    if quantity > went_in:
        raise MoreThanWentIn(
            out=format_quantity(quantity, item.unit), into=format_quantity(went_in, item.unit)
        )


def _pour_in(
    source: Source, paper: Blend, store: Place, ingredients: Sequence[GoodsLine]
) -> list[Moved]:
    """Take every ingredient out of the store onto the blend's paper; the blend is worth their sum."""
    outs = []
    for line in ingredients:
        out = issue(
            place=store,
            lot=line.lot,
            quantity=line.quantity,
            batch_id=chosen_batch(line.lot.item, line.batch),
            **source.facts,
        )
        outs.append(out)
        BlendLine.objects.create(
            blend=paper, item=line.lot.item, quantity=out.quantity, value=out.value
        )
    paper.value = sum(out.value for out in outs)
    paper.save(update_fields=["value"])
    return outs


@transaction.atomic
def blend_wax(
    *,
    cooperative: Cooperative,
    item: Item,
    quantity: Decimal,
    ingredients: Sequence[GoodsLine],
    on: date,
    actor: User,
    recipe: BlendRecipe | None = None,
    batch: BatchIn | None = None,
    note: str = "",
    replaces: str = "",
) -> Blend:
    """Blend wax in the store: ingredients and recovered wax go in, wax worth their sum comes out.

    `quantity` is what came out (base unit of the wax), at most what went in. Raises NoGoods,
    NotWax, MoreThanWentIn, DayClosed, NotEnoughStock.
    """
    if not ingredients:
        raise NoGoods()
    _check_waxes(item, [line.lot.item for line in ingredients])
    return _mix(
        cooperative=cooperative,
        item=item,
        quantity=quantity,
        ingredients=ingredients,
        on=on,
        actor=actor,
        recipe=recipe,
        batch=batch,
        note=note,
        replaces=replaces,
    )


def _mix(
    *,
    cooperative: Cooperative,
    item: Item,
    quantity: Decimal,
    ingredients: Sequence[GoodsLine],
    on: date,
    actor: User,
    recipe: BlendRecipe | None = None,
    batch: BatchIn | None = None,
    note: str = "",
    replaces: str = "",
) -> Blend:
    """Write the paper, move what goes in and what comes out, post it where accounts differ."""
    _check_weight(item, quantity, ingredients)
    check_open(cooperative, on)
    store, pool = selectors.store(cooperative), pool_lot(item)
    lock_stock([(store, pool), *((store, line.lot) for line in ingredients)])
    number = next_number(cooperative=cooperative, series="RM", on=on)
    paper = Blend.objects.create(
        recipe=recipe,
        item=item,
        quantity=quantize(quantity),
        value=0,
        **paper_facts(
            cooperative=cooperative, number=number, on=on, actor=actor, note=note,
            replaces=replaces,
        ),
    )  # fmt: skip
    source = Source(cooperative, f"stock.blend:{number}", number, on, actor)
    outs = _pour_in(source, paper, store, ingredients)
    into = receive(
        place=store,
        lot=pool,
        quantity=quantity,
        value=paper.value,
        batch=batch or BatchIn(number),
        **source.facts,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.blended",
        subject=number,
        facts={"item": item.code, "quantity": str(paper.quantity), "value": paper.value},
    )
    made = f"{item.name} {format_quantity(paper.quantity, item.unit)}"
    said = _("%(quantity)s blended") if item.kind == ItemKind.WAX else _("%(quantity)s packed")
    memo = said % {"quantity": made}
    source.post(kind="blend", memo=memo, lines=net_lines([into], outs))
    return paper


@transaction.atomic
def repack(
    *,
    cooperative: Cooperative,
    bulk: Item,
    quantity: Decimal,
    into: Item,
    packs: Decimal,
    on: date,
    actor: User,
    batch: str = "",
    note: str = "",
) -> Blend:
    """Pack a material anew: `quantity` of the bulk leaves, so many packs come, worth just that.

    Base units on both sides. What is spilled stays in the value of the packs. A batch goes over
    with its expiry. Raises NotRepacked, UnknownUnit when the pack does not say what it holds,
    MoreThanWentIn, NotEnoughStock, DayClosed.
    """
    if packs <= 0 or quantity <= 0:
        what, amount = (into, packs) if packs <= 0 else (bulk, quantity)
        raise BadQuantity(item=what.name, quantity=format_quantity(amount))
    _check_kinds(into, [bulk])
    return _mix(
        cooperative=cooperative,
        item=into,
        quantity=packs,
        ingredients=[GoodsLine(pool_lot(bulk), quantity, batch)],
        on=on,
        actor=actor,
        batch=_batch_over(bulk, into, batch),
        note=note,
    )


def _batch_over(bulk: Item, into: Item, code: str) -> BatchIn | None:
    """The batch of the bulk as the packs carry it on, with its expiry."""
    if not into.tracked or not code:
        return None
    known = selectors.batch_of_item(bulk, code)
    return BatchIn(code, known.expires_on if known else None)


@transaction.atomic
def correct_blend(
    *,
    paper: Blend,
    reason: str,
    on: date,
    actor: User,
    quantity: Decimal | None = None,
    ingredients: Sequence[GoodsLine] = (),
) -> Blend | None:
    """Put a blend right: what went in comes back; with `ingredients` the right one is made.

    Raises ReasonNeeded, DayClosed; CannotUndo or NotEnoughStock when the wax has been used since.
    """
    reason = check_reason(reason)
    paper = Blend.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    cooperative = paper.cooperative
    if paper.state == PaperState.REVERSED:
        return selectors.blend_by_number(cooperative=cooperative, number=paper.replaced_by)
    undo_paper(paper, source=f"stock.blend:{paper.number}", reason=reason, on=on, actor=actor)
    successor = None
    if ingredients:
        _check_kinds(paper.item, [line.lot.item for line in ingredients])
        successor = _mix(
            cooperative=cooperative,
            item=paper.item,
            quantity=quantity or paper.quantity,
            ingredients=ingredients,
            on=on,
            actor=actor,
            recipe=paper.recipe,
            note=paper.note,
            replaces=paper.number,
        )
    mark_reversed(paper, reason=reason, successor=successor.number if successor else "")
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="stock.corrected",
        subject=paper.number,
        facts={"reason": reason, "successor": paper.replaced_by},
    )
    return successor
