"""What chosen packs cost to the last rupiah, whom they serve, which limits they break."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from canting.kernel.money import share
from canting.purchasing.rules import OfferFacts, SupplierFacts, price_at
from canting.rounds.rules.plan_case import FINE, Case, from_quanta, make_case
from canting.rounds.rules.plan_facts import (
    Breach,
    Broken,
    Costed,
    Demand,
    Limits,
    PlanLine,
    Served,
    Surplus,
)

Packs = Mapping[str, int]
# Plans are compared by: value not served, net cost (both in fine rupiah), then suppliers' numbers.
Rank = tuple[int, int, tuple[tuple[str, int], ...]]


def cost_of(
    packs: Packs,
    *,
    demands: Sequence[Demand],
    offers: Sequence[OfferFacts],
    suppliers: Sequence[SupplierFacts],
    limits: Limits,
) -> Costed:
    """What packs per offer cost exactly, in whole rupiah, with every limit they break named."""
    return costed(
        make_case(demands=demands, offers=offers, suppliers=suppliers, limits=limits), packs
    )


def costed(case: Case, packs: Packs) -> Costed:
    """The same over a case that is made already."""
    known = {k: n for k, n in sorted(packs.items()) if n > 0 and k in case.offers}
    supply = _supply(case, known)
    flow = assign(case, supply)
    lines = tuple(_lines(case, known))
    goods, freight = sum(line.goods for line in lines), sum(line.freight for line in lines)
    over = surplus_of(case, supply, flow)
    fine = sum(case.keeps.get(item, 0) * count for item, count in over.items())
    unserved = [
        (w, w.quantity - sum(flow[n].values())) for n, w in enumerate(case.wishes)
    ]  # fmt: skip
    return Costed(
        lines=lines,
        goods=goods,
        freight=freight,
        total=goods + freight,
        surplus=tuple(
            Surplus(item, from_quanta(count), case.keeps.get(item, 0) * count // FINE)
            for item, count in sorted(over.items())
            if count
        ),
        net=goods + freight - fine // FINE,
        served=tuple(
            Served(wish.item, item, from_quanta(count))
            for wish, taken in zip(case.wishes, flow, strict=True)
            for item, count in sorted(taken.items())
            if count
        ),
        missing=tuple((wish.item, from_quanta(count)) for wish, count in unserved if count),
        missing_value=sum(
            worth * count for worth, (_w, count) in zip(case.worth, unserved, strict=True)
        )
        // FINE,
        cash=_cash(case, known),
        broken=tuple(_broken(case, packs)),
    )


def rank(case: Case, packs: Packs) -> Rank:
    """The measure of a plan that keeps the limits: less is better; money in fine rupiah."""
    known = {key: count for key, count in packs.items() if count > 0}
    supply = _supply(case, known)
    flow = assign(case, supply)
    over = surplus_of(case, supply, flow)
    missing = sum(
        worth * (wish.quantity - sum(taken.values()))
        for worth, wish, taken in zip(case.worth, case.wishes, flow, strict=True)
    )
    kept = sum(case.keeps.get(item, 0) * count for item, count in over.items())
    return missing, FINE * _total(case, known) - kept, order_of(case, known)


def order_of(case: Case, packs: Packs) -> tuple[tuple[str, int], ...]:
    """What decides between plans of the same worth: the first suppliers, the fewest packs."""
    return tuple(sorted((case.offers[k].supplier + " " + k, n) for k, n in packs.items()))


def is_allowed(case: Case, packs: Packs) -> bool:
    """Are all limits kept?"""
    return next(_broken(case, packs), None) is None


# --- Who is served ---------------------------------------------------------------------------


def assign(case: Case, supply: Mapping[str, int]) -> list[dict[str, int]]:
    """Who is served with what: the most value first, then from what is worth least as surplus.

    Per wish, quanta by item. The own item is taken first; a wish worth more may push one worth
    less on to another item (augmenting paths over whole numbers), so the result is the best there is.
    """
    flow: list[dict[str, int]] = [defaultdict(int) for _wish in case.wishes]
    if all(len(wish.accepts) == 1 for wish in case.wishes):
        for wish, taken in zip(case.wishes, flow, strict=True):
            taken[wish.item] = min(wish.quantity, supply.get(wish.item, 0))
        return flow
    left = dict(supply)
    for n in sorted(range(len(case.wishes)), key=lambda n: (-case.worth[n], n)):
        need = case.wishes[n].quantity
        while need and (path := _path(case, flow, left, n)):
            need -= _push(case, flow, left, path, need)
    _use_the_cheapest(case, flow, left)
    return flow


def _path(
    case: Case, flow: list[dict[str, int]], left: Mapping[str, int], start: int
) -> list[tuple[int, str]]:
    """A way from a wish to an item that is left over, moving other wishes aside: (wish, item) steps."""
    came: dict[str, tuple[int, str | None]] = {}
    waiting: list[tuple[int, str | None]] = [(start, None)]
    for wish, through in waiting:
        for item in case.wishes[wish].accepts:
            if item in came:
                continue
            came[item] = (wish, through)
            if left.get(item, 0) > 0:
                return _back(came, item)
            waiting += [(n, item) for n, taken in enumerate(flow) if taken.get(item, 0) > 0]
    return []


def _back(came: Mapping[str, tuple[int, str | None]], item: str) -> list[tuple[int, str]]:
    steps: list[tuple[int, str]] = []
    at: str | None = item
    while at is not None:
        wish, through = came[at]
        steps.append((wish, at))
        at = through
    return steps


def _push(
    case: Case,
    flow: list[dict[str, int]],
    left: dict[str, int],
    path: list[tuple[int, str]],
    need: int,
) -> int:
    """Move as much as the way carries; the first step takes from what is left over."""
    gives = [flow[wish][item] for (wish, _to), (_n, item) in itertools.pairwise(path)]
    amount = min(need, left[path[0][1]], *gives) if gives else min(need, left[path[0][1]])
    left[path[0][1]] -= amount
    for wish, item in path:
        flow[wish][item] += amount
    for (wish, _to), (_n, item) in itertools.pairwise(path):
        flow[wish][item] -= amount
    return amount


def _use_the_cheapest(case: Case, flow: list[dict[str, int]], left: dict[str, int]) -> None:
    """Let what is worth more as surplus be the surplus: exchange it for what is worth less."""
    for item in sorted(left, key=lambda i: (-case.keeps.get(i, 0), i)):
        for n in [n for n, taken in enumerate(flow) if taken.get(item, 0) > 0]:
            while flow[n].get(item, 0) and (path := _cheaper(case, flow, left, n, item)):
                moved = _push(case, flow, left, path, flow[n][item])
                flow[n][item] -= moved
                left[item] += moved


def _cheaper(
    case: Case, flow: list[dict[str, int]], left: Mapping[str, int], wish: int, item: str
) -> list[tuple[int, str]]:
    worth = case.keeps.get(item, 0)
    cheap = {i: count for i, count in left.items() if case.keeps.get(i, 0) < worth}
    return _path(case, flow, cheap, wish)


# --- Sums ------------------------------------------------------------------------------------


def _supply(case: Case, packs: Packs) -> dict[str, int]:
    supply: dict[str, int] = defaultdict(int)
    for key, count in packs.items():
        supply[case.offers[key].item] += count * case.pack[key]
    return dict(supply)


def surplus_of(
    case: Case, supply: Mapping[str, int], flow: Sequence[Mapping[str, int]]
) -> dict[str, int]:
    """What is over of each item, in quanta."""
    over = dict(supply)
    for taken in flow:
        for item, count in taken.items():
            if count:
                over[item] -= count
    return over


def _goods(case: Case, packs: Packs) -> dict[str, int]:
    """Whole rupiah of goods per supplier."""
    goods: dict[str, int] = defaultdict(int)
    for key, count in packs.items():
        offer = case.offers[key]
        goods[offer.supplier] += count * price_at(offer, count)
    return goods


def _per_order(case: Case, supplier: str) -> int:
    facts = case.suppliers.get(supplier)
    return facts.freight_per_order if facts else 0


def _totals(case: Case, packs: Packs) -> dict[str, int]:
    """Whole rupiah per supplier, freight included."""
    totals = {s: goods + _per_order(case, s) for s, goods in _goods(case, packs).items()}
    for key, count in packs.items():
        totals[case.offers[key].supplier] += count * case.offers[key].freight_per_pack
    return totals


def _total(case: Case, packs: Packs) -> int:
    return sum(_totals(case, packs).values())


def _cash(case: Case, packs: Packs) -> int:
    totals = _totals(case, packs)
    return sum(t for s, t in totals.items() if s in case.suppliers and case.takes_cash(s))


def _lines(case: Case, packs: Packs) -> Iterator[PlanLine]:
    """The lines; freight per order is spread over its lines by their goods."""
    by_supplier: dict[str, list[str]] = defaultdict(list)
    for key in sorted(packs, key=lambda k: (case.offers[k].supplier, case.offers[k].item, k)):
        by_supplier[case.offers[key].supplier].append(key)
    for supplier, keys in sorted(by_supplier.items()):
        goods = [packs[key] * price_at(case.offers[key], packs[key]) for key in keys]
        weights = goods if any(goods) else [1] * len(goods)
        parts = share(_per_order(case, supplier), weights)
        for key, cost, part in zip(keys, goods, parts, strict=True):
            offer = case.offers[key]
            yield PlanLine(
                offer_key=key,
                supplier=supplier,
                item=offer.item,
                packs=packs[key],
                base_quantity=from_quanta(packs[key] * case.pack[key]),
                goods=cost,
                freight=packs[key] * offer.freight_per_pack + part,
            )


# --- Limits ----------------------------------------------------------------------------------


def _broken(case: Case, packs: Packs) -> Iterator[Broken]:
    chosen = {key: count for key, count in sorted(packs.items()) if count > 0}
    known = {key: count for key, count in chosen.items() if key in case.offers}
    for key in chosen.keys() - known.keys():
        yield Broken(Breach.UNKNOWN_OFFER, key, Decimal(0), Decimal(chosen[key]))
    yield from _broken_offers(case, known)
    yield from _broken_suppliers(case, known)
    yield from _broken_storage(case, known)
    cash = case.limits.cash
    if cash is not None and (needed := _cash(case, known)) > cash:
        yield Broken(Breach.CASH, "", Decimal(cash), Decimal(needed))


def _broken_offers(case: Case, packs: Packs) -> Iterator[Broken]:
    for key, count in packs.items():
        offer = case.offers[key]
        if count < offer.min_packs:
            yield Broken(Breach.MIN_PACKS, key, Decimal(offer.min_packs), Decimal(count))
        if offer.max_packs and count > offer.max_packs:
            yield Broken(Breach.MAX_PACKS, key, Decimal(offer.max_packs), Decimal(count))


def _broken_suppliers(case: Case, packs: Packs) -> Iterator[Broken]:
    for supplier, goods in sorted(_goods(case, packs).items()):
        facts = case.suppliers.get(supplier)
        if facts is None:
            yield Broken(Breach.UNKNOWN_OFFER, supplier, Decimal(0), Decimal(goods))
            continue
        if goods < facts.minimum_amount:
            yield Broken(Breach.MIN_AMOUNT, supplier, Decimal(facts.minimum_amount), Decimal(goods))
        if not case.in_time(supplier):
            needed = case.limits.needed_by_days or 0
            yield Broken(Breach.TOO_LATE, supplier, Decimal(needed), Decimal(facts.lead_days))


def _broken_storage(case: Case, packs: Packs) -> Iterator[Broken]:
    arriving: dict[str, int] = defaultdict(int)
    for item, count in _supply(case, packs).items():
        room = case.room_for(item)
        if room:
            arriving[room[0]] += count
    for kind, count in sorted(arriving.items()):
        limit = (case.limits.storage or {})[kind]
        if from_quanta(count) > limit:
            yield Broken(Breach.STORAGE, kind, limit, from_quanta(count))
