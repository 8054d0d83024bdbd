"""A first plan, found without the solver: where it starts from, or what there is without it."""

from collections import defaultdict
from collections.abc import Iterator

from canting.purchasing.rules import OfferFacts
from canting.rounds.rules.plan_case import FINE, Case, Segment, only, segments
from canting.rounds.rules.plan_cost import Packs, costed, is_allowed
from canting.rounds.rules.plan_facts import Breach


def first_plan(case: Case) -> dict[str, int]:
    """A plan that keeps every limit: the cheapest offer for each need, without suppliers too small.

    Whoever stays below her minimum is left out, the furthest below first, and it is tried again.
    What breaks cash or storage is taken back, dearest lines first. It may leave needs unserved.
    """
    offers = list(case.usable)
    while offers:
        packs = _cheapest(only(case, offers))
        short = [b for b in costed(case, packs).broken if b.code == Breach.MIN_AMOUNT]
        if not short:
            return _within(case, packs)
        worst = max(short, key=lambda b: (b.limit - b.found, b.subject)).subject
        offers = [offer for offer in offers if offer.supplier != worst]
    return {}


def _cheapest(case: Case) -> dict[str, int]:
    """For each wish the offer with the lowest cost of what it serves, until it is served."""
    packs: dict[str, int] = {}
    spare: dict[str, int] = defaultdict(int)
    for wish in case.wishes:
        need = wish.quantity
        for item in wish.accepts:
            taken = min(need, spare[item])
            need, spare[item] = need - taken, spare[item] - taken
        open_offers = [o for o in case.usable if o.item in wish.accepts and o.key not in packs]
        while need > 0 and open_offers:
            choices = [
                (_unit_cost(case, offer, count, need), offer.supplier, offer.key, count)
                for offer in open_offers
                for count in packs_near(case, offer, need)
            ]
            if not choices:
                break
            _cost, _supplier, key, count = min(choices)
            packs[key] = count
            got = count * case.pack[key]
            spare[case.offers[key].item] += max(got - need, 0)
            need -= min(got, need)
            open_offers = [offer for offer in open_offers if offer.key != key]
    return packs


def packs_near(case: Case, offer: OfferFacts, need: int) -> Iterator[int]:
    """In each stretch of price the packs nearest to a need in quanta."""
    enough = -(-need // case.pack[offer.key])
    for segment in segments(offer):
        yield max(segment.first, min(enough, segment.last or enough))


def _unit_cost(case: Case, offer: OfferFacts, count: int, need: int) -> int:
    """Fine rupiah for each thousandth that it serves, the surplus at its value, all freight borne."""
    got = count * case.pack[offer.key]
    served = min(got, need)
    price = _price(offer, count) + offer.freight_per_pack
    total = FINE * count * price - case.keeps[offer.item] * (got - served)
    return total * FINE // served


def _price(offer: OfferFacts, count: int) -> int:
    def holds(segment: Segment) -> bool:
        return segment.first <= count <= (segment.last or count)

    return next(segment.price for segment in segments(offer) if holds(segment))


def _within(case: Case, packs: Packs) -> dict[str, int]:
    """The plan with its dearest lines taken back until cash and storage hold."""
    kept = dict(packs)
    while kept and not is_allowed(case, kept):
        lines = costed(case, kept).lines
        dearest = max(lines, key=lambda line: (line.goods + line.freight, line.offer_key))
        supplier = dearest.supplier
        del kept[dearest.offer_key]
        if any(b.subject == supplier for b in costed(case, kept).broken):
            kept = {k: n for k, n in kept.items() if case.offers[k].supplier != supplier}
    return kept
