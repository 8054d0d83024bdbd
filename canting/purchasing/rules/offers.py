"""What suppliers offer, in plain figures: price breaks, packs, what a quantity costs to the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from canting.kernel.money import half_up


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """One pack of one item from one supplier on a day; money in whole rupiah, packs whole.

    `pack` is how many base units of the item one pack holds; `breaks` are (from so many packs,
    price of one pack), ascending from 1. `max_packs` 0: no limit.
    """

    key: str
    supplier: str
    item: str
    unit: str
    pack: Decimal
    breaks: tuple[tuple[int, int], ...]
    min_packs: int = 0
    max_packs: int = 0
    freight_per_pack: int = 0
    batch_code_required: bool = False


@dataclass(frozen=True, slots=True)
class SupplierFacts:
    """The terms of one supplier on a day, and how she delivered; money in whole rupiah."""

    supplier: str
    name: str
    minimum_amount: int
    freight_per_order: int
    credit_days: int
    lead_days: int
    on_time: int
    delivered: int


@dataclass(frozen=True, slots=True)
class CostAt:
    """What a needed quantity costs from one offer when nothing else is ordered with it."""

    packs: int
    quantity: Decimal
    price: int
    goods: int
    freight: int
    short_of_minimum: int
    too_many: bool

    @property
    def total(self) -> int:
        """Goods and freight, whole rupiah."""
        return self.goods + self.freight

    @property
    def per_base(self) -> int:
        """The landed cost of one base unit, whole rupiah, half up."""
        return half_up(Decimal(self.total) / self.quantity)


@dataclass(frozen=True, slots=True)
class Found:
    """An offer beside its supplier's terms and what a quantity costs."""

    offer: OfferFacts
    supplier: SupplierFacts
    cost: CostAt
    cheapest: bool


def price_at(offer: OfferFacts, packs: int) -> int:
    """The price of one pack when so many are taken: the break that is reached holds for all."""
    price = offer.breaks[0][1]
    for packs_from, at in offer.breaks:
        if packs >= packs_from:
            price = at
    return price


def fewest_packs(offer: OfferFacts, quantity: Decimal) -> int:
    """The fewest whole packs that hold a quantity (base units) and reach the offer's own minimum."""
    needed = int((quantity / offer.pack).to_integral_value(rounding=ROUND_CEILING))
    return max(needed, offer.min_packs, 1)


def goods_of(offer: OfferFacts, packs: int) -> int:
    """What so many packs cost without freight, whole rupiah."""
    return packs * price_at(offer, packs)


def costs_at(offer: OfferFacts, supplier: SupplierFacts, quantity: Decimal) -> CostAt:
    """What a quantity (base units) costs to the door, taking more when a break makes it cheaper."""
    least = fewest_packs(offer, quantity)
    tries = [least, *(at for at, _price in offer.breaks if at > least)]
    allowed = [packs for packs in tries if not offer.max_packs or packs <= offer.max_packs]
    packs = min(allowed or [least], key=lambda n: (_to_door(offer, n), n))
    goods = goods_of(offer, packs)
    return CostAt(
        packs=packs,
        quantity=packs * offer.pack,
        price=price_at(offer, packs),
        goods=goods,
        freight=packs * offer.freight_per_pack + supplier.freight_per_order,
        short_of_minimum=max(supplier.minimum_amount - goods, 0),
        too_many=not allowed,
    )


def _to_door(offer: OfferFacts, packs: int) -> int:
    return goods_of(offer, packs) + packs * offer.freight_per_pack


def compare(
    offers: Sequence[OfferFacts], suppliers: Mapping[str, SupplierFacts], quantity: Decimal
) -> list[Found]:
    """Every offer with what a quantity costs, cheapest base unit first.

    The first that can be ordered as it stands (not over its limit, not below the supplier's
    minimum) is marked as the cheapest.
    """
    rows = [
        (offer, suppliers[offer.supplier], costs_at(offer, suppliers[offer.supplier], quantity))
        for offer in offers
        if offer.supplier in suppliers
    ]
    rows.sort(key=lambda row: (row[2].per_base, row[2].total, row[0].key))
    best = next((row for row in rows if not row[2].too_many and not row[2].short_of_minimum), None)
    return [Found(*row, cheapest=row is best) for row in rows]
