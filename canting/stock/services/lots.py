"""Lots: the pool of a material, pieces of cloth, their release for sale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.catalogue.rules import POOLED
from canting.cooperatives.services import record
from canting.kernel.quantities import quantize
from canting.stock.errors import (
    BadCode,
    CodeTaken,
    NotPooled,
)
from canting.stock.models import Lot, StockBalance
from canting.stock.rules import (
    Origin,
    Reference,
    Terms,
    bare_code,
    is_code,
    random_code,
)

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, Party, User


def pool_lot(item: Item) -> Lot:
    """The one pool of a material or by-product, made when it is first needed."""
    if item.kind not in POOLED:
        raise NotPooled(item=item.name)
    lot, _made = Lot.objects.get_or_create(
        item=item,
        is_pool=True,
        defaults={
            "cooperative_id": item.cooperative_id,
            "origin": Origin.OUTSIDE,
            "made_on": item.cooperative.cutover_date,
            "source": f"catalogue.item:{item.code}",
        },
    )
    return lot


def new_code(cooperative: Cooperative) -> str:
    """A cloth code that nobody in the installation uses: six signs without 0, O, 1 and I."""
    while True:
        code = random_code()
        if not Lot.objects.filter(code=code).exists():
            return code


@transaction.atomic
def make_lot(
    *,
    cooperative: Cooperative,
    item: Item,
    basis: str,
    origin: str,
    grade: str,
    maker: Party | None,
    on: date,
    source: str,
    code: str = "",
    quantity: Decimal = Decimal(1),
    terms: Terms | None = None,
    reference: Reference | None = None,
) -> Lot:
    """Begin a lot of cloth (one piece for tulis) under its label's code, else under a fresh one.

    It holds nothing until it is received. Raises BadCode or CodeTaken for the label. The paper
    that brings it is named by `source` and recorded by its own service.
    """
    bare = bare_code(code) or new_code(cooperative)
    if not is_code(bare):
        raise BadCode(number=code)
    if Lot.objects.filter(code=bare).exists():
        raise CodeTaken(number=code)
    agreed = terms or Terms()
    seen = reference or Reference()
    return Lot.objects.create(
        cooperative=cooperative,
        item=item,
        code=bare,
        basis=basis,
        origin=origin,
        grade=grade,
        maker=maker,
        quantity_made=quantize(quantity),
        made_on=on,
        source=source,
        reference_price=seen.price,
        reference_place=seen.place,
        reference_date=seen.seen_on,
        advance_amount=agreed.advance_amount,
        agreed_price=agreed.agreed_price,
        maker_share_percent=agreed.maker_share_percent,
        share_booked=agreed.share_booked,
    )


@transaction.atomic
def release(*, lot: Lot, on: date, actor: User) -> None:
    """Allow a lot of cloth to be sold from a day on; a second time changes nothing."""
    changed = Lot.objects.filter(pk=lot.pk, released_at=None).update(released_at=on)
    if changed:
        lot.released_at = on
        record(
            cooperative_id=lot.cooperative_id,
            actor=actor,
            action="stock.lot_released",
            subject=lot.label,
            facts={"on": on},
            for_party=lot.maker,
        )


@transaction.atomic
def hold_back(*, lot: Lot, actor: User, reason: str) -> None:
    """Take a lot of cloth out of sale again (a recall, a withdrawn inspection), with the reason."""
    changed = Lot.objects.filter(pk=lot.pk).exclude(released_at=None).update(released_at=None)
    if changed:
        lot.released_at = None
        record(
            cooperative_id=lot.cooperative_id,
            actor=actor,
            action="stock.lot_held_back",
            subject=lot.label,
            facts={"reason": reason},
            for_party=lot.maker,
        )


@transaction.atomic
def free_code(*, lot: Lot, actor: User, reason: str) -> None:
    """Take the code off a lot that was withdrawn, so that the label on the cloth may serve again.

    Raises CodeTaken while anything of the lot still lies somewhere.
    """
    if StockBalance.objects.filter(lot=lot, quantity__gt=0).exists():
        raise CodeTaken(number=lot.label)
    label = lot.label
    lot.code = ""
    lot.save(update_fields=["code"])
    record(
        cooperative_id=lot.cooperative_id,
        actor=actor,
        action="stock.code_freed",
        subject=label,
        facts={"reason": reason},
        for_party=lot.maker,
    )
