"""Batches of materials: naming them as they come in, splitting what goes out, beginning to track."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.catalogue.rules import MATERIALS
from canting.catalogue.services import change_item
from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.stock import selectors
from canting.stock.errors import (
    BatchNeeded,
    CannotTrack,
    NotEnoughOfBatch,
    NotThisBatch,
    OtherExpiry,
    StillThere,
)
from canting.stock.models import Batch, BatchBalance, StockBalance, StockMove
from canting.stock.rules import OLD_BATCH, BatchIn, BatchPart, batch_code, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from canting.catalogue.models import Item
    from canting.cooperatives.models import User


def name_batch(*, item: Item, batch: BatchIn, source: str) -> Batch:
    """The batch of this code, made when it is new; an expiry that was not known is written down.

    Raises BatchNeeded without a code, OtherExpiry when the label says another day than before.
    """
    code = batch_code(batch.code)
    if not code:
        raise BatchNeeded(item=item.name)
    found, made = Batch.objects.get_or_create(
        item=item,
        code=code,
        defaults={
            "cooperative_id": item.cooperative_id,
            "expires_on": batch.expires_on,
            "source": source,
        },
    )
    if made or batch.expires_on in (None, found.expires_on):
        return found
    if found.expires_on is not None:
        raise OtherExpiry(
            batch=code,
            item=item.name,
            known=format_date(found.expires_on),
            given=format_date(batch.expires_on),
        )
    found.expires_on = batch.expires_on
    found.save(update_fields=["expires_on"])
    return found


def chosen_batch(item: Item, code: str) -> int | None:
    """The number of the batch that was chosen by its code; None when it is left to expiry.

    Raises NotThisBatch with the codes there are.
    """
    if not batch_code(code):
        return None
    found = selectors.batch_of_item(item, code)
    if found is None:
        known = Batch.objects.filter(item=item).order_by("-id").values_list("code", flat=True)
        raise NotThisBatch(item=item.name, batch=batch_code(code), known=", ".join(known[:8]))
    return found.pk


def old_batch(item: Item) -> Batch:
    """The batch for what was there before its batches were written down."""
    return name_batch(item=item, batch=BatchIn(OLD_BATCH), source=f"catalogue.item:{item.code}")


def parts_in(
    item: Item,
    quantity: Decimal,
    *,
    batch: BatchIn | None,
    parts: Sequence[BatchPart],
    source: str,
) -> list[tuple[int | None, Decimal]]:
    """The batches of what comes in; one nameless part for a material that is not kept by batch."""
    if not item.tracked:
        return [(None, quantity)]
    if parts:
        return [(one.batch_id, one.quantity) for one in parts]
    if batch is None:
        raise BatchNeeded(item=item.name)
    return [(name_batch(item=item, batch=batch, source=source).pk, quantity)]


def parts_out(
    balance: StockBalance, quantity: Decimal, *, batch_id: int | None, on: date
) -> list[tuple[int | None, Decimal]]:
    """The batches that a quantity leaves from: the one chosen, else earliest expiry first.

    Raises NotEnoughOfBatch when they would fall below zero on that day or a later one.
    """
    item = balance.lot.item
    if not item.tracked:
        return [(None, quantity)]
    free = selectors.batches_free(balance.place, item, on)
    if batch_id is not None:
        free = [one for one in free if one.batch_id == batch_id]
    parts = parts_of(free, quantity)
    left = sum((one.quantity for one in parts), Decimal(0))
    if left < quantity:
        name = selectors.batch_names([batch_id])[batch_id] if batch_id else ", ".join(
            one.code for one in free
        )  # fmt: skip
        raise NotEnoughOfBatch(
            wanted=format_quantity(quantity, item.unit),
            item=item.name,
            batch=name or "–",
            place=selectors.place_name(balance.place),
            date=format_date(on),
            left=format_quantity(left, item.unit),
        )
    return [(one.batch_id, one.quantity) for one in parts]


def keep_batch(balance: StockBalance, batch_id: int, quantity: Decimal) -> None:
    """Add a signed quantity to a batch at a place; its pool's balance is locked by the caller."""
    row, _made = BatchBalance.objects.get_or_create(
        place_id=balance.place_id,
        batch_id=batch_id,
        defaults={"cooperative_id": balance.cooperative_id},
    )
    row.quantity += quantity
    row.save(update_fields=["quantity"])


@transaction.atomic
def track_item(*, item: Item, on: date, actor: User) -> Item:
    """Begin to keep a material by batch; what lies anywhere becomes one batch, LAMA.

    Its value does not move. Raises CannotTrack for a product or by-product.
    """
    if item.kind not in MATERIALS:
        raise CannotTrack(item=item.name)
    if item.tracked:
        return item
    change_item(item=item, actor=actor, tracked=True)
    rows = list(
        StockBalance.objects.select_for_update(of=("self",))
        .filter(lot__item=item, quantity__gt=0)
        .order_by("id")
    )
    source = f"stock.tracking:{item.code}"
    for row in rows:
        batch = old_batch(item)
        for batch_id, quantity in ((None, -row.quantity), (batch.pk, row.quantity)):
            StockMove.objects.create(
                cooperative_id=row.cooperative_id,
                place_id=row.place_id,
                lot_id=row.lot_id,
                batch_id=batch_id,
                on=on,
                quantity=quantity,
                value=0,
                source=source,
                actor=actor,
                made_at=timezone.now(),
            )
        keep_batch(row, batch.pk, row.quantity)
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="stock.tracked",
        subject=item.code,
        facts={"on": on, "places": len(rows)},
    )
    return item


@transaction.atomic
def stop_tracking(*, item: Item, actor: User) -> Item:
    """Keep a material without batches again; refused (StillThere) while any of it lies anywhere."""
    if not item.tracked:
        return item
    rows = StockBalance.objects.filter(lot__item=item, quantity__gt=0)
    left = sum((row.quantity for row in rows), Decimal(0))
    if left:
        raise StillThere(item=item.name, left=format_quantity(left, item.unit))
    change_item(item=item, actor=actor, tracked=False)
    record(
        cooperative_id=item.cooperative_id,
        actor=actor,
        action="stock.untracked",
        subject=item.code,
        facts={},
    )
    return item
