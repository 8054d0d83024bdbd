"""What suppliers offer on a day, on which terms, and how they kept their promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList as MarketList
from canting.kernel.charts import PriceLine, PricePoint
from canting.kernel.money import half_up
from canting.purchasing.models import (
    Offer,
    OfferList,
    Supplier,
    SupplierOrder,
    SupplierTerms,
)
from canting.purchasing.rules import Found, OfferFacts, OrderState, SupplierFacts, compare, price_at

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Reliability:
    """Orders whose promised day has come: how many there were, how many came in time and full."""

    on_time: int = 0
    delivered: int = 0


def offer_lists(
    *, cooperative: Cooperative, supplier: Supplier | None = None
) -> QuerySet[OfferList]:
    """Price lists, newest first; of one supplier."""
    found = OfferList.objects.filter(cooperative=cooperative).select_related("supplier", "made_by")
    if supplier is not None:
        found = found.filter(supplier=supplier)
    return found.annotate(offer_count=Count("offers")).order_by("-valid_from", "-id")


def offer_list(*, cooperative: Cooperative, pk: int) -> OfferList | None:
    """One price list, or nothing."""
    return (
        OfferList.objects.filter(cooperative=cooperative, pk=pk)
        .select_related("supplier__party", "made_by", "cooperative", "request")
        .first()
    )


def offers_of_list(found: OfferList) -> QuerySet[Offer]:
    """The packs of a price list with their items and breaks, in the order written."""
    return found.offers.select_related("item").prefetch_related("breaks").order_by("id")


def _in_force(cooperative: Cooperative, on: date) -> QuerySet[OfferList]:
    ending = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return OfferList.objects.filter(
        ending, cooperative=cooperative, valid_from__lte=on, withdrawn_on__isnull=True
    )


def standing_offers(
    *,
    cooperative: Cooperative,
    on: date,
    items: Iterable[Item] | None = None,
    supplier: Supplier | None = None,
) -> list[Offer]:
    """The offers that hold on a day: of each supplier and item those of her newest list naming it.

    A newer list that says it is complete ends what it does not name. Suppliers who are no longer
    bought from offer nothing.
    """
    newer = _in_force(cooperative, on).filter(
        Q(valid_from__gt=OuterRef("offer_list__valid_from"))
        | Q(valid_from=OuterRef("offer_list__valid_from"), pk__gt=OuterRef("offer_list_id")),
        supplier=OuterRef("offer_list__supplier"),
    )
    names_it = Offer.objects.filter(offer_list=OuterRef("pk"), item=OuterRef(OuterRef("item")))
    found = Offer.objects.filter(
        cooperative=cooperative,
        item__active=True,
        offer_list__supplier__active=True,
        offer_list__in=_in_force(cooperative, on),
    ).exclude(Exists(newer.filter(Q(complete=True) | Exists(names_it))))
    if items is not None:
        found = found.filter(item__in=[item.pk for item in items])
    if supplier is not None:
        found = found.filter(offer_list__supplier=supplier)
    return list(
        found.select_related("item", "offer_list__supplier")
        .prefetch_related("breaks")
        .order_by("item__name", "offer_list__supplier__name", "pack", "id")
    )


def facts_of(offer: Offer) -> OfferFacts:
    """An offer as plain figures."""
    return OfferFacts(
        key=str(offer.pk),
        supplier=offer.offer_list.supplier.number,
        item=offer.item.code,
        unit=offer.unit,
        pack=offer.pack,
        breaks=tuple(sorted((row.packs_from, row.price) for row in offer.breaks.all())),
        min_packs=offer.min_packs,
        max_packs=offer.max_packs,
        freight_per_pack=offer.freight_per_pack,
        batch_code_required=offer.batch_code_required,
    )


def offers_on(
    *, cooperative: Cooperative, on: date, items: Iterable[Item] | None = None
) -> list[OfferFacts]:
    """The offers that hold on a day as plain figures, of all items or of some."""
    return [
        facts_of(offer) for offer in standing_offers(cooperative=cooperative, on=on, items=items)
    ]


def offer_of(cooperative: Cooperative, key: str) -> Offer | None:
    """The offer of this key (`OfferFacts.key`), or nothing."""
    if not key.isdecimal():
        return None
    return (
        Offer.objects.filter(cooperative=cooperative, pk=int(key))
        .select_related("item", "offer_list__supplier__party")
        .prefetch_related("breaks")
        .first()
    )


def terms_on(
    *, cooperative: Cooperative, on: date, supplier: Supplier | None = None
) -> dict[int, SupplierTerms]:
    """The terms in force on a day by supplier (id)."""
    found = SupplierTerms.objects.filter(cooperative=cooperative, valid_from__lte=on)
    if supplier is not None:
        found = found.filter(supplier=supplier)
    return {row.supplier_id: row for row in found.order_by("valid_from", "id")}


def terms_history(supplier: Supplier) -> QuerySet[SupplierTerms]:
    """Every terms of a supplier, newest first."""
    return supplier.terms.select_related("set_by").order_by("-valid_from", "-id")


def reliability(
    *, cooperative: Cooperative, on: date, suppliers: Sequence[Supplier] | None = None
) -> dict[int, Reliability]:
    """How each supplier (id) kept her promises until a day; who has no history is not named.

    Counted are orders that came whole, orders whose promised day has passed, and orders closed
    though she owed goods; kept is a promise when all had come on its day.
    """
    orders = SupplierOrder.objects.filter(cooperative=cooperative, on__lte=on).exclude(
        state=OrderState.REVERSED
    )
    if suppliers is not None:
        orders = orders.filter(supplier__in=[supplier.pk for supplier in suppliers])
    came = Q(completed_on__isnull=False)
    late = Q(state__in=[OrderState.OPEN, OrderState.PART], promised_on__lt=on)
    rows = orders.values("supplier_id").annotate(
        counted=Count("id", filter=came | late | Q(failed=True)),
        kept=Count("id", filter=came & Q(failed=False, completed_on__lte=F("promised_on"))),
    )
    return {
        row["supplier_id"]: Reliability(row["kept"], row["counted"])
        for row in rows.order_by("supplier_id")
        if row["counted"]
    }


def supplier_facts(*, cooperative: Cooperative, on: date) -> list[SupplierFacts]:
    """The suppliers we buy from with the terms in force on a day, by name; three queries."""
    terms = terms_on(cooperative=cooperative, on=on)
    kept = reliability(cooperative=cooperative, on=on)
    found = Supplier.objects.filter(cooperative=cooperative, active=True).order_by("name", "id")
    return [
        _supplier_facts(one, terms.get(one.pk), kept.get(one.pk, Reliability())) for one in found
    ]


def _supplier_facts(
    supplier: Supplier, terms: SupplierTerms | None, kept: Reliability
) -> SupplierFacts:
    return SupplierFacts(
        supplier=supplier.number,
        name=supplier.name,
        minimum_amount=terms.minimum_amount if terms else 0,
        freight_per_order=terms.freight_per_order if terms else 0,
        credit_days=terms.credit_days if terms else 0,
        lead_days=terms.lead_days if terms else 0,
        on_time=kept.on_time,
        delivered=kept.delivered,
    )


def compare_item(
    *, cooperative: Cooperative, item: Item, quantity: Decimal, on: date
) -> list[Found]:
    """Every offer of an item on a day with what a quantity costs to the door, cheapest first."""
    offers = offers_on(cooperative=cooperative, on=on, items=[item])
    facts = {one.supplier: one for one in supplier_facts(cooperative=cooperative, on=on)}
    return compare(offers, facts, quantity)


def price_lines(*, cooperative: Cooperative, item: Item, on: date) -> list[PriceLine]:
    """What one base unit cost at each supplier by her lists, and on the market, until a day.

    Of several packs on one list the cheapest counts, bought one by one.
    """
    offers = (
        Offer.objects.filter(
            cooperative=cooperative,
            item=item,
            offer_list__withdrawn_on__isnull=True,
            offer_list__valid_from__lte=on,
        )
        .select_related("offer_list__supplier", "item")
        .prefetch_related("breaks")
        .order_by("offer_list__valid_from", "offer_list_id", "id")
    )
    cheapest: dict[str, dict[date, int]] = {}
    for offer in offers:
        facts = facts_of(offer)
        each = half_up(price_at(facts, 1) / offer.pack)
        of_her = cheapest.setdefault(offer.offer_list.supplier.name, {})
        since = offer.offer_list.valid_from
        of_her[since] = min(of_her.get(since, each), each)
    market = catalogue.prices(item=item, price_list=MarketList.MARKET).filter(valid_from__lte=on)
    seen = {row.valid_from: row.amount for row in reversed(list(market))}
    found = [
        PriceLine(name, tuple(PricePoint(*point) for point in sorted(points.items())))
        for name, points in sorted(cheapest.items())
    ]
    if seen:
        points = tuple(PricePoint(*point) for point in sorted(seen.items()))
        found.append(PriceLine(catalogue.list_name(MarketList.MARKET), points, market=True))
    return found


def items_offered(*, cooperative: Cooperative, on: date) -> list[tuple[Item, int]]:
    """The items that somebody offers on a day, by name, with how many suppliers do."""
    sellers: dict[Item, set[int]] = {}
    for offer in standing_offers(cooperative=cooperative, on=on):
        sellers.setdefault(offer.item, set()).add(offer.offer_list.supplier_id)
    return [(item, len(who)) for item, who in sellers.items()]
