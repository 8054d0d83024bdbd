"""One buying case in whole numbers: what is asked, who may be bought from, what a surplus is worth.

Quantities are counted in ten-thousandths of the base unit (quanta) and money in ten-thousandths of
a rupiah where a price meets a quantity, so that no comparison of plans ever rounds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.rules.plan_facts import Demand, Limits

FINE = 10_000


def quanta(quantity: Decimal) -> int:
    """A quantity of four places as a whole number of ten-thousandths."""
    return int(quantity.scaleb(4).to_integral_value())


def from_quanta(count: int) -> Decimal:
    """The quantity of so many ten-thousandths."""
    return Decimal(count).scaleb(-4).quantize(Decimal("0.0001"))


@dataclass(frozen=True)
class Wish:
    """Demands alike (same item, same substitutes) taken together, in quanta."""

    item: str
    accepts: tuple[str, ...]
    quantity: int


@dataclass(frozen=True)
class Segment:
    """A stretch of packs of an offer that cost the same each; None: no end."""

    first: int
    last: int | None
    price: int


@dataclass(frozen=True)
class Case:
    """Everything a plan is worked out from, in one fixed order whatever order it came in."""

    wishes: tuple[Wish, ...]
    offers: Mapping[str, OfferFacts]
    suppliers: Mapping[str, SupplierFacts]
    limits: Limits

    @cached_property
    def usable(self) -> tuple[OfferFacts, ...]:
        """Offers that somebody asks for and that arrive in time, ordered by item and supplier."""
        asked = {item for wish in self.wishes for item in wish.accepts}
        found = [o for o in self.offers.values() if o.item in asked and self.in_time(o.supplier)]
        return tuple(sorted(found, key=lambda o: (o.item, o.supplier, o.key)))

    @cached_property
    def pack(self) -> dict[str, int]:
        """Quanta in one pack of each offer."""
        return {key: quanta(offer.pack) for key, offer in self.offers.items()}

    @cached_property
    def keeps(self) -> dict[str, int]:
        """What one base unit of an item is worth as surplus: a part of its lowest price, whole rupiah."""
        percent = min(max(self.limits.surplus_keeps, 0), 100)
        return {item: low * percent // (100 * FINE) for item, low in self._lowest.items()}

    @cached_property
    def worth(self) -> tuple[int, ...]:
        """What one base unit of each wish counts when it is not served: its lowest price, at least 1."""
        return tuple(
            max(
                1,
                min(
                    (self._lowest[i] // FINE for i in wish.accepts if i in self._lowest), default=1
                ),
            )
            for wish in self.wishes
        )

    @cached_property
    def _lowest(self) -> dict[str, int]:
        """The lowest price of one base unit of each item, in ten-thousandths of a rupiah."""
        lowest: dict[str, int] = {}
        for offer in self.usable:
            for segment in segments(offer):
                price = segment.price * FINE * FINE // self.pack[offer.key]
                lowest[offer.item] = min(price, lowest.get(offer.item, price))
        return lowest

    @cached_property
    def reach(self) -> dict[str, int]:
        """The most of each item (quanta) that any wish could take."""
        most: dict[str, int] = defaultdict(int)
        for wish in self.wishes:
            for item in wish.accepts:
                most[item] += wish.quantity
        return dict(most)

    def part(self, places: Sequence[int]) -> "Case":
        """The case of some of the wishes alone; worths stay those of the whole case."""
        smaller = Case(
            tuple(self.wishes[n] for n in places), self.offers, self.suppliers, self.limits
        )
        smaller.__dict__["keeps"] = self.keeps
        smaller.__dict__["worth"] = tuple(self.worth[n] for n in places)
        return smaller

    def in_time(self, supplier: str) -> bool:
        """Does this supplier deliver before the material is needed?"""
        if supplier not in self.suppliers:
            return False
        needed = self.limits.needed_by_days
        return needed is None or self.suppliers[supplier].lead_days <= needed

    def takes_cash(self, supplier: str) -> bool:
        """Must this supplier be paid before the members' money is in?"""
        facts = self.suppliers[supplier]
        due = facts.lead_days + facts.credit_days
        return facts.credit_days == 0 or due < self.limits.money_in_days

    def room_for(self, item: str) -> tuple[str, int] | None:
        """The kind of an item and how many quanta of it may come in; None: no limit."""
        kind = self.limits.kinds.get(item, "")
        storage = self.limits.storage or {}
        return (kind, quanta(storage[kind])) if kind in storage else None


def make_case(
    *,
    demands: Sequence[Demand],
    offers: Sequence[OfferFacts],
    suppliers: Sequence[SupplierFacts],
    limits: Limits,
) -> Case:
    """The case of these facts; demands alike are added up, those of nothing are left out."""
    together: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
    for demand in demands:
        others = dict.fromkeys(i for i in demand.substitutes if i != demand.item)
        together[demand.item, (demand.item, *others)] += quanta(demand.quantity)
    return Case(
        wishes=tuple(
            Wish(item, accepts, quantity)
            for (item, accepts), quantity in sorted(together.items())
            if quantity > 0
        ),
        offers={o.key: o for o in sorted(offers, key=lambda o: o.key) if o.pack > 0},
        suppliers={s.supplier: s for s in sorted(suppliers, key=lambda s: s.supplier)},
        limits=limits,
    )


def only(case: Case, offers: Iterable[OfferFacts]) -> Case:
    """The same case with these offers alone; worths stay those of the whole case."""
    smaller = Case(case.wishes, {o.key: o for o in offers}, case.suppliers, case.limits)
    for name in ("keeps", "worth", "reach"):
        smaller.__dict__[name] = getattr(case, name)
    return smaller


def segments(offer: OfferFacts) -> list[Segment]:
    """The stretches of an offer within its least and most packs, each with its price for all packs."""
    ends = [first - 1 for first, _price in offer.breaks[1:]]
    found = []
    for (first, price), end in zip(offer.breaks, [*ends, None], strict=True):
        low = max(first, offer.min_packs, 1)
        high = end if not offer.max_packs else min(end or offer.max_packs, offer.max_packs)
        if high is None or low <= high:
            found.append(Segment(low, high, price))
    return found
