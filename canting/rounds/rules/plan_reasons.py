"""Why this supplier and not that one: every alternative is worked out and compared.

Where there are few, the whole plan is made again with the item from the other supplier alone;
where there are many, only that item changes and everything else stays, and the reason says so.
"""

import time
from collections.abc import Sequence
from decimal import Decimal

from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.rules.plan_best import search, start_of
from canting.rounds.rules.plan_case import FINE, Case, from_quanta, make_case, only
from canting.rounds.rules.plan_cost import Packs, costed, is_allowed, rank
from canting.rounds.rules.plan_facts import (
    Breach,
    Broken,
    Costed,
    Demand,
    Limits,
    Plan,
    Reason,
    Why,
)
from canting.rounds.rules.plan_search import packs_near
from canting.rounds.rules.plan_watch import Watch

FEW = 60  # alternatives that are worked out anew
SECONDS_EACH = 0.5
WHY_OF = {
    Breach.MIN_AMOUNT: Why.MIN_AMOUNT,
    Breach.CASH: Why.CASH,
    Breach.STORAGE: Why.STORAGE,
    Breach.MIN_PACKS: Why.PACK_TOO_BIG,
    Breach.MAX_PACKS: Why.NOT_ENOUGH,
    Breach.TOO_LATE: Why.TOO_LATE,
}


def explain(
    made: Plan,
    *,
    demands: Sequence[Demand],
    offers: Sequence[OfferFacts],
    suppliers: Sequence[SupplierFacts],
    limits: Limits,
    few: int = FEW,
    seconds: float = 6,
) -> tuple[Reason, ...]:
    """For each item bought and each supplier who offers it, why she was chosen or was not.

    Working plans out anew ends after so many seconds; the rest is compared line by line.
    """
    ends = time.monotonic() + seconds
    case = make_case(demands=demands, offers=offers, suppliers=suppliers, limits=limits)
    now = costed(case, made.packs)
    bought = sorted({line.item for line in made.lines})
    chosen = {(line.item, line.supplier): line.offer_key for line in made.lines}
    found = [Reason(i, s, Why.CHOSEN, key, 0) for (i, s), key in chosen.items()]
    others = sorted(
        {
            (offer.item, offer.supplier)
            for offer in case.offers.values()
            if offer.item in bought and offer.supplier in case.suppliers
        }
        - set(chosen)
    )
    for item, supplier in others:
        anew = len(others) <= few and time.monotonic() < ends
        found.append(_alternative(case, now, item, supplier, anew))
    return tuple(
        sorted(found, key=lambda r: (r.item, r.why != Why.CHOSEN, r.extra or 0, r.supplier))
    )


def _alternative(case: Case, now: Costed, item: str, supplier: str, anew: bool) -> Reason:
    """The reason against one supplier for one item."""
    if not case.in_time(supplier):
        needed = Decimal(case.limits.needed_by_days or 0)
        lead = Decimal(case.suppliers[supplier].lead_days)
        return Reason(item, supplier, Why.TOO_LATE, limit=needed, found=lead)
    packs = {line.offer_key: line.packs for line in now.lines}
    need = _taken(now, item)
    hers = [o for o in case.usable if o.item == item and o.supplier == supplier]
    swapped = _swapped(case, packs, item, hers, need)
    if swapped is None:
        return Reason(item, supplier, Why.NOT_ENOUGH, limit=from_quanta(need), found=Decimal(0))
    key, changed = swapped
    then = costed(case, changed)
    best, exact = _worked_out(case, changed, item, supplier) if anew else (changed, False)
    extra = _extra(case, packs, best)
    why, limit, found, of = _why(case, key, now, then, need, extra)
    return Reason(item, supplier, why, key, extra, exact, limit, found, of)


def _taken(now: Costed, item: str) -> int:
    """How much of an item serves wishes in the plan, in quanta."""
    served = (s.quantity for s in now.served if s.by == item)
    return max(int(sum(served, Decimal(0)).scaleb(4)), 1)


def _swapped(
    case: Case, packs: Packs, item: str, hers: Sequence[OfferFacts], need: int
) -> tuple[str, dict[str, int]] | None:
    """The plan with this item from one of her offers and all else as it is; the cheapest such."""
    rest = {key: n for key, n in packs.items() if case.offers[key].item != item}
    tries = [
        (rank(case, changed), offer.key, changed)
        for offer in hers
        for count in packs_near(case, offer, need)
        for changed in [rest | {offer.key: count}]
    ]
    if not tries:
        return None
    _rank, key, changed = min(tries, key=lambda found: found[:2])
    return key, changed


def _worked_out(case: Case, changed: Packs, item: str, supplier: str) -> tuple[Packs, bool]:
    """The best plan with this item from her alone, and whether it is proved to be the best."""
    offers = [o for o in case.usable if o.item != item or o.supplier == supplier]
    forced = only(case, offers)
    start = changed if is_allowed(forced, changed) else start_of(forced)
    watch = Watch(SECONDS_EACH)
    best, _bound = search(forced, start, 0.0001, watch)
    return best, not watch.reason()


def _extra(case: Case, packs: Packs, other: Packs) -> int | None:
    """What the other plan costs more, whole rupiah; None when it serves less or breaks a limit."""
    now, then = rank(case, packs), rank(case, other)
    if then[0] > now[0] or not is_allowed(case, other):
        return None
    return -(-(then[1] - now[1]) // FINE)


def _why(
    case: Case, key: str, now: Costed, then: Costed, need: int, extra: int | None
) -> tuple[Why, Decimal | None, Decimal | None, str]:
    """The plainest reason, with its figures: a limit, the size of a pack, freight, or the price."""
    if then.missing_value > now.missing_value:
        got = sum((s.quantity for s in then.served if s.by == case.offers[key].item), Decimal(0))
        return Why.NOT_ENOUGH, from_quanta(need), got, ""
    if extra is not None and extra <= 0:
        return (Why.CHEAPER if extra < 0 else Why.SAME), None, None, ""
    broken: Broken | None = next(iter(then.broken), None)
    if broken is not None:
        return WHY_OF[broken.code], broken.limit, broken.found, broken.subject
    if case.pack[key] >= 2 * need:
        return Why.PACK_TOO_BIG, from_quanta(case.pack[key]), from_quanta(need), ""
    if then.goods <= now.goods and then.freight > now.freight:
        return Why.FREIGHT, Decimal(now.freight), Decimal(then.freight), ""
    return Why.DEARER, None, None, ""
