"""Small buying cases, and the best plan of each by trying everything there is to try."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.rules.plan import Demand, Limits
from canting.rounds.rules.plan_case import Case, make_case
from canting.rounds.rules.plan_cost import is_allowed, rank


def offer(
    key: str,
    supplier: str,
    item: str,
    *breaks: tuple[int, int],
    pack: str = "1",
    min_packs: int = 0,
    max_packs: int = 0,
    freight: int = 0,
) -> OfferFacts:
    """An offer of packs of an item."""
    return OfferFacts(
        key, supplier, item, "pack", Decimal(pack), breaks, min_packs, max_packs, freight
    )


def supplier(
    number: str, *, minimum: int = 0, freight: int = 0, credit: int = 30, lead: int = 3
) -> SupplierFacts:
    """A supplier with her terms."""
    return SupplierFacts(number, f"Toko {number}", minimum, freight, credit, lead, 0, 0)


def choices(case: Case) -> Iterator[dict[str, int]]:
    """Every choice of packs that could be the best: no pack more than any use of it explains."""
    spans = []
    for found in case.usable:
        enough = -(-case.reach[found.item] // case.pack[found.key])
        minimum = case.suppliers[found.supplier].minimum_amount
        for_minimum = -(-minimum // min(price for _from, price in found.breaks))
        top = max([enough, *(at for at, _p in found.breaks), found.min_packs]) + for_minimum
        spans.append(range((found.max_packs or top) + 1))
    for packs in itertools.product(*spans):
        yield {o.key: n for o, n in zip(case.usable, packs, strict=True) if n}


def best_by_trying(case: Case, of_supplier: str = "") -> tuple[int, int]:
    """The least value unserved, and with it the least cost, in fine rupiah."""
    found = (
        rank(case, packs)[:2]
        for packs in choices(case)
        if all(case.offers[k].supplier == of_supplier for k in packs if of_supplier)
        and is_allowed(case, packs)
    )
    return min(found)


@st.composite
def small_cases(draw: st.DrawFn, substitutes: bool = False) -> dict[str, Any]:
    """Two or three items, two or three suppliers, breaks, minimums and now and then a limit."""
    items = [f"B{n}" for n in range(draw(st.integers(1, 2 if substitutes else 3)))]
    numbers = [f"S{n}" for n in range(draw(st.integers(1, 3)))]
    suppliers = [
        supplier(
            number,
            minimum=draw(st.sampled_from([0, 0, 300, 900])),
            freight=draw(st.sampled_from([0, 50, 200])),
            credit=draw(st.sampled_from([0, 30])),
            lead=draw(st.sampled_from([2, 9])),
        )
        for number in numbers
    ]
    offers = []
    every = [(number, item) for number in numbers for item in items]
    pairs = draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    for number, item in pairs:
        price = draw(st.integers(80, 400))
        second = draw(st.sampled_from([0, 2, 3]))
        breaks = [(1, price)] + (
            [(second, price * draw(st.integers(60, 95)) // 100)] if second else []
        )
        offers.append(
            offer(
                f"{number}:{item}",
                number,
                item,
                *breaks,
                pack=draw(st.sampled_from(["1", "2.5", "0.7"])),
                min_packs=draw(st.sampled_from([0, 0, 2])),
                max_packs=draw(st.sampled_from([0, 0, 3])),
                freight=draw(st.sampled_from([0, 7])),
            )
        )
    demands = [
        Demand(
            item,
            draw(st.integers(0, 40)) / Decimal(10),
            tuple(i for i in items if i != item) if substitutes else (),
        )
        for item in items
    ]
    limits = Limits(
        cash=draw(st.sampled_from([None, None, 0, 500, 1200])),
        storage=draw(st.sampled_from([None, None, {"k": Decimal(4)}])),
        needed_by_days=draw(st.sampled_from([None, None, 5])),
        kinds=dict.fromkeys(items, "k"),
        surplus_keeps=draw(st.sampled_from([0, 80, 100])),
    )
    return {"demands": demands, "offers": offers, "suppliers": suppliers, "limits": limits}


def case_of(facts: dict[str, Any]) -> Case:
    """The case of drawn facts."""
    return make_case(**facts)


def in_billions(facts: dict[str, Any]) -> dict[str, Any]:
    """The same case with every amount of money a billion times as large, and a few rupiah odd."""
    much = 1_000_000_007
    cash = facts["limits"].cash
    return facts | {
        "offers": [
            replace(
                o,
                breaks=tuple((first, price * much + first) for first, price in o.breaks),
                freight_per_pack=o.freight_per_pack * much,
            )
            for o in facts["offers"]
        ],
        "suppliers": [
            replace(
                s,
                minimum_amount=s.minimum_amount * much,
                freight_per_order=s.freight_per_order * much,
            )
            for s in facts["suppliers"]
        ],
        "limits": replace(facts["limits"], cash=None if cash is None else cash * much),
    }
