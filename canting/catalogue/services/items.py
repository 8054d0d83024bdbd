"""Writes of the catalogue: items, units, norms, dated prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.catalogue import selectors
from canting.catalogue.errors import (
    BadFactor,
    BadGrade,
    BadNorm,
    BadPrice,
    CodeTaken,
    FixedUnit,
    NameNeeded,
    NameTaken,
    NotAMaterial,
    NotAProduct,
    UnknownKind,
    UnknownList,
)
from canting.catalogue.models import Item, ItemUnit, Norm, Price
from canting.catalogue.rules import (
    CODE_PREFIX,
    FIXED_FACTORS,
    GRADES,
    POOLED,
    ItemKind,
    PriceList,
    unit_of,
)
from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import format_quantity, quantize

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


def _free_code(cooperative: Cooperative, kind: str) -> str:
    prefix = CODE_PREFIX[kind]
    count = Item.objects.filter(cooperative=cooperative, kind=kind).count()
    while True:
        count += 1
        code = f"{prefix}-{count:03d}"
        if not selectors.item_by_code(cooperative=cooperative, code=code):
            return code


@transaction.atomic
def create_item(
    *,
    cooperative: Cooperative,
    name: str,
    kind: str,
    unit: str,
    actor: User,
    code: str = "",
    **facts: Any,
) -> Item:
    """Add a material, product or by-product; without a code it gets the next free one of its kind."""
    clean_name = " ".join(name.split())
    if not clean_name:
        raise NameNeeded()
    if kind not in set(ItemKind):
        raise UnknownKind(kind=kind)
    taken = selectors.item_by_name(cooperative=cooperative, name=clean_name)
    if taken:
        raise NameTaken(name=taken.name, number=taken.code)
    code = code.strip().upper() or _free_code(cooperative, kind)
    holder = selectors.item_by_code(cooperative=cooperative, code=code)
    if holder:
        raise CodeTaken(number=code, name=holder.name)
    made = Item.objects.create(
        cooperative=cooperative,
        code=code,
        name=clean_name,
        kind=kind,
        unit=unit_of(unit) or "pcs",
        **facts,
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="catalogue.item_added",
        subject=made.code,
        facts={"name": made.name, "kind": kind, "unit": made.unit},
    )
    return made


@transaction.atomic
def change_item(*, item: Item, actor: User, **facts: Any) -> Item:
    """Change name, motif, size, technique, order time or whether the item is in use."""
    before = {name: getattr(item, name) for name in facts}
    name = " ".join(str(facts.get("name", item.name)).split())
    if not name:
        raise NameNeeded()
    taken = selectors.item_by_name(cooperative=item.cooperative, name=name)
    if taken and taken.pk != item.pk:
        raise NameTaken(name=taken.name, number=taken.code)
    for field, value in facts.items():
        setattr(item, field, value)
    item.name = name
    item.save(update_fields=[*facts, "name"])
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="catalogue.item_changed",
        subject=item.code,
        facts={"before": before, "after": facts},
    )
    return item


@transaction.atomic
def set_unit(*, item: Item, unit: str, factor: Decimal, actor: User) -> ItemUnit:
    """Say how many base units one pis, roll or takar of this item holds; papers keep their own factor."""
    unit = unit_of(unit)
    fixed = FIXED_FACTORS.get((unit, item.unit))
    if unit == item.unit or fixed is not None:
        raise FixedUnit(unit=unit, factor=format_quantity(fixed or Decimal(1)), base=item.unit)
    if not unit or factor <= 0 or factor >= 10**9:
        raise BadFactor(unit=unit, item=item.name, base=item.unit, factor=format_quantity(factor))
    row, _made = ItemUnit.objects.update_or_create(
        item=item, unit=unit, defaults={"factor": factor}
    )
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="catalogue.unit_set",
        subject=item.code,
        facts={"unit": unit, "factor": str(factor)},
    )
    return row


@transaction.atomic
def set_price(
    *,
    cooperative: Cooperative,
    item: Item,
    price_list: str,
    amount: int,
    valid_from: date,
    actor: User,
    grade: str = "",
    source: str = "",
    place: str = "",
) -> Price:
    """Set a price per base unit from a day on; earlier prices stay as they were."""
    if price_list not in set(PriceList):
        raise UnknownList(list=price_list, known=", ".join(PriceList))
    if grade and grade not in GRADES:
        raise BadGrade(grade=grade)
    if amount <= 0:
        raise BadPrice(price=format_rupiah(amount), item=item.name)
    made = Price.objects.create(
        cooperative=cooperative,
        item=item,
        price_list=price_list,
        grade=grade,
        valid_from=valid_from,
        amount=amount,
        source=source[:200],
        place=place[:80],
        set_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="catalogue.price_set",
        subject=item.code,
        facts={"list": price_list, "grade": grade, "amount": amount, "valid_from": valid_from},
    )
    return made


@transaction.atomic
def set_norm(*, product: Item, material: Item, quantity: Decimal, actor: User) -> None:
    """Set how much of a material one piece of a product uses (base units); 0 takes it away."""
    if product.kind != ItemKind.PRODUCT:
        raise NotAProduct(item=product.name)
    if material.kind not in POOLED:
        raise NotAMaterial(item=material.name)
    if quantity < 0:
        raise BadNorm(item=material.name, product=product.name, quantity=format_quantity(quantity))
    before = Norm.objects.filter(product=product, material=material).first()
    if quantity == 0:
        Norm.objects.filter(product=product, material=material).delete()
    else:
        Norm.objects.update_or_create(
            product=product, material=material, defaults={"quantity": quantize(quantity)}
        )
    record(
        cooperative_id=product.cooperative_id,
        actor=actor,
        action="catalogue.norm_set",
        subject=product.code,
        facts={
            "material": material.code,
            "before": str(before.quantity) if before else "0",
            "after": str(quantity),
        },
    )
