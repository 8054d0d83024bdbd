"""A buying case of the size of a regency: cloth, wax and dye from many suppliers with breaks."""

import random
from decimal import Decimal
from typing import Any

from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.rules.plan import Demand

# Packs in base units, lowest and highest price of one base unit, and what one member asks for.
KINDS = {
    "cloth": ((30.2, 16, 27.4, 1), (15_000, 40_000), (2, 40)),
    "wax": ((1, 5, 25, 50), (25_000, 60_000), (1, 20)),
    "dye": ((100, 250, 500, 1000, 25_000), (100, 600), (20, 800)),
}


def large_case(*, seed: int, items: int, suppliers: int, members: int) -> dict[str, Any]:
    """Demands, offers and suppliers of one seed."""
    draw = random.Random(seed)
    terms = [
        SupplierFacts(
            supplier=f"S-{n:04}",
            name=f"Toko {n}",
            minimum_amount=draw.choice([0, 0, 500_000, 2_000_000, 5_000_000]),
            freight_per_order=draw.choice([0, 50_000, 150_000, 350_000]),
            credit_days=draw.choice([0, 0, 14, 30]),
            lead_days=draw.choice([2, 4, 7, 10]),
            on_time=0,
            delivered=0,
        )
        for n in range(1, suppliers + 1)
    ]
    demands, offers = [], []
    for n in range(items):
        packs, prices, asked = KINDS[draw.choice(sorted(KINDS))]
        base, item = draw.randint(*prices), f"B-{n:03}"
        need = sum(draw.randint(*asked) for _ in range(members) if draw.random() < 0.25)
        demands.append(Demand(item, Decimal(max(need, asked[0]))))
        offers += [_offer(draw, t.supplier, item, draw.choice(packs), base) for t in terms]
    return {"demands": demands, "offers": offers, "suppliers": terms}


def _offer(draw: random.Random, supplier: str, item: str, pack: float, base: int) -> OfferFacts:
    price = max(int(base * pack * draw.uniform(0.88, 1.25)) // 50 * 50, 50)
    breaks, first, later = [(1, price)], 1, price
    for _break in range(draw.randint(0, 3)):
        first, later = first * draw.choice([3, 5, 10]), int(later * draw.uniform(0.9, 0.98))
        breaks.append((first, later))
    return OfferFacts(
        key=f"{supplier}:{item}",
        supplier=supplier,
        item=item,
        unit="pack",
        pack=Decimal(str(pack)),
        breaks=tuple(breaks),
        min_packs=draw.choice([0, 0, 0, 2]),
        freight_per_pack=draw.choice([0, 0, price // 50]),
    )
