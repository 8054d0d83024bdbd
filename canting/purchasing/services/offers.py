"""Writing down what suppliers offer: terms and price lists, each from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import unit_of
from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.kernel.quantities import quantize
from canting.purchasing.errors import (
    BadAmount,
    BadBreaks,
    BadPack,
    BadPeriod,
    NoLines,
    NotMaterial,
)
from canting.purchasing.models import Offer, OfferBreak, OfferList, SupplierTerms
from canting.purchasing.services.common import check_reason

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.purchasing.models import QuoteRequest, Supplier


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One pack offered: what it is called, what it holds, its price breaks (packs from, price).

    Without `content` the pack is one `unit` of the catalogue, such as a kilogram or this item's
    own pis; with it, so many of `content_unit` (17.5 yard are 16.002 m exactly).
    """

    item: Item
    unit: str
    breaks: Sequence[tuple[int, int]]
    content: Decimal | None = None
    content_unit: str = ""
    min_packs: int = 0
    max_packs: int = 0
    freight_per_pack: int = 0
    batch_code_required: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermsDraft:
    """The terms of a supplier as they are typed; whole rupiah and days."""

    minimum_amount: int = 0
    freight_per_order: int = 0
    credit_days: int = 0
    lead_days: int = 0
    source: str = field(default="", kw_only=True)


def pack_of(line: OfferLine) -> tuple[Decimal, str, Decimal]:
    """What one pack holds: as written (quantity and unit) and in base units.

    Raises UnknownUnit when nothing says how much a pack holds, BadPack when it is nothing.
    """
    if line.content is None:
        factor = catalogue.factor_of(line.item, line.unit)
        content, unit, pack = Decimal(1), unit_of(line.unit) or line.item.unit, quantize(factor)
    else:
        unit = unit_of(line.content_unit) or line.item.unit
        content, pack = line.content, catalogue.to_base(line.item, line.content, unit)
    if pack <= 0:
        raise BadPack(item=line.item.name, unit=line.unit or line.item.unit)
    return content, unit, pack


def _check(line: OfferLine) -> list[tuple[int, int]]:
    """The breaks of an offer in order; refused when they do not start at one or hold no price."""
    if not catalogue.is_pooled(line.item):
        raise NotMaterial(item=line.item.name)
    breaks = sorted(line.breaks)
    froms = [packs for packs, _price in breaks]
    in_order = froms and froms[0] == 1 and len(set(froms)) == len(froms)
    if not in_order or any(price <= 0 for _packs, price in breaks):
        raise BadBreaks(item=line.item.name)
    if line.freight_per_pack < 0:
        raise BadAmount(amount=format_rupiah(line.freight_per_pack))
    if line.max_packs and line.max_packs < line.min_packs:
        raise BadPack(item=line.item.name, unit=line.unit or line.item.unit)
    return breaks


@transaction.atomic
def add_offer_list(
    *,
    cooperative: Cooperative,
    supplier: Supplier,
    lines: Sequence[OfferLine],
    valid_from: date,
    actor: User,
    valid_until: date | None = None,
    complete: bool = False,
    source: str = "",
    request: QuoteRequest | None = None,
) -> OfferList:
    """Write a supplier's price list down beside the older ones.

    Raises NoLines, BadPeriod, NotMaterial, BadBreaks, BadPack, UnknownUnit.
    """
    if not lines:
        raise NoLines()
    if valid_until is not None and valid_until < valid_from:
        raise BadPeriod(first=format_date(valid_from), last=format_date(valid_until))
    made = OfferList.objects.create(
        cooperative=cooperative,
        supplier=supplier,
        valid_from=valid_from,
        valid_until=valid_until,
        complete=complete,
        source=source,
        request=request,
        made_by=actor,
        made_at=timezone.now(),
    )
    for line in lines:
        _write_offer(made, line)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="purchasing.offers_written",
        subject=supplier.number,
        facts={"from": valid_from.isoformat(), "offers": len(lines), "source": source},
        for_party=supplier.party,
    )
    return made


def _write_offer(made: OfferList, line: OfferLine) -> None:
    breaks = _check(line)
    content, content_unit, pack = pack_of(line)
    offer = Offer.objects.create(
        cooperative_id=made.cooperative_id,
        offer_list=made,
        item=line.item,
        unit=unit_of(line.unit) or line.item.unit,
        content=content,
        content_unit=content_unit,
        pack=pack,
        min_packs=line.min_packs,
        max_packs=line.max_packs,
        freight_per_pack=line.freight_per_pack,
        batch_code_required=line.batch_code_required,
        note=line.note,
    )
    OfferBreak.objects.bulk_create(
        OfferBreak(offer=offer, packs_from=packs, price=price) for packs, price in breaks
    )


@transaction.atomic
def correct_offer_list(
    *,
    offer_list: OfferList,
    lines: Sequence[OfferLine],
    reason: str,
    on: date,
    actor: User,
    valid_from: date | None = None,
    valid_until: date | None = None,
    complete: bool = False,
    source: str = "",
) -> OfferList | None:
    """Withdraw a price list that was written wrongly and, with `lines`, write the right one.

    Orders made from it stay as they are. Twice is once: a second time answers the successor.
    """
    reason = check_reason(reason)
    old = OfferList.objects.select_for_update(of=("self",)).get(pk=offer_list.pk)
    if old.withdrawn_on is not None:
        return old.replaced_by
    old.withdrawn_on, old.reason = on, reason
    if lines:
        old.replaced_by = add_offer_list(
            cooperative=old.cooperative,
            supplier=old.supplier,
            lines=lines,
            valid_from=valid_from or old.valid_from,
            valid_until=valid_until,
            complete=complete,
            source=source or old.source,
            request=old.request,
            actor=actor,
        )
    old.save(update_fields=["withdrawn_on", "reason", "replaced_by"])
    record(
        cooperative_id=old.cooperative_id,
        actor=actor,
        action="purchasing.offers_withdrawn",
        subject=old.supplier.number,
        facts={"from": old.valid_from.isoformat(), "reason": reason, "again": bool(lines)},
        for_party=old.supplier.party,
    )
    return old.replaced_by


@transaction.atomic
def set_terms(
    *, supplier: Supplier, terms: TermsDraft, valid_from: date, actor: User
) -> SupplierTerms:
    """Write from which day on which terms a supplier sells; the older ones stay. Raises BadAmount."""
    for amount in (terms.minimum_amount, terms.freight_per_order):
        if amount < 0:
            raise BadAmount(amount=format_rupiah(amount))
    facts = {
        "minimum_amount": terms.minimum_amount,
        "freight_per_order": terms.freight_per_order,
        "credit_days": terms.credit_days,
        "lead_days": terms.lead_days,
        "source": terms.source,
    }
    made = SupplierTerms.objects.create(
        cooperative_id=supplier.cooperative_id,
        supplier=supplier,
        valid_from=valid_from,
        set_by=actor,
        made_at=timezone.now(),
        **facts,
    )
    record(
        cooperative_id=supplier.cooperative_id,
        actor=actor,
        action="purchasing.terms_set",
        subject=supplier.number,
        facts={"from": valid_from.isoformat(), **facts},
        for_party=supplier.party,
    )
    return made
