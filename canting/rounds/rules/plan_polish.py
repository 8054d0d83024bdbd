"""Small improvements of a plan, each judged in whole numbers.

They even out what a solver's tolerances leave: a pack too few or too many, one of two equal offers.
What a change of one line does is worked out from that line, its suppliers and its item alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from canting.purchasing.rules import OfferFacts, price_at
from canting.rounds.rules.plan_case import FINE, Case, segments
from canting.rounds.rules.plan_cost import Packs, assign, is_allowed, order_of, surplus_of
from canting.rounds.rules.plan_search import packs_near

SWEEPS = 8  # over all lines; more than two are rare
Worth = tuple[int, int]  # value not served and net cost, fine rupiah


def polished(case: Case, packs: Packs) -> dict[str, int]:
    """The plan improved by single changes of a line until none helps; ties to the first supplier.

    A plan that breaks a limit is first brought within the limits, where one change can do that.
    """
    tally = _Tally(case, packs)
    allowed = is_allowed(case, packs)
    for _sweep in range(SWEEPS):
        changed = False
        for key in sorted(tally.packs):
            if key in tally.packs and _improve(tally, key, allowed):
                changed = allowed = True
        if not changed:
            break
    return tally.packs


def _improve(tally: "_Tally", key: str, allowed: bool) -> bool:
    """Take the first change of a line that is better and keeps the limits."""
    for change in tally.changes(key):
        gain = tally.gain(change)
        if allowed and gain > (0, 0):
            continue
        after = {k: n for k, n in (tally.packs | change).items() if n}
        first = order_of(tally.case, after) < order_of(tally.case, tally.packs)
        if allowed and gain == (0, 0) and not first:
            continue
        if is_allowed(tally.case, after):
            tally.take(change)
            return True
    return False


class _Tally:
    """A plan with its sums, so that a change of a line is weighed without adding all up again."""

    def __init__(self, case: Case, packs: Packs) -> None:
        self.case = case
        self.packs: dict[str, int] = {}
        self.lines: dict[str, int] = defaultdict(int)
        self.supply: dict[str, int] = defaultdict(int)
        self.parts = _parts(case)
        self.by_item: dict[str, list[OfferFacts]] = defaultdict(list)
        for offer in case.usable:
            self.by_item[offer.item].append(offer)
        self.take({key: count for key, count in packs.items() if count > 0})

    def take(self, change: Packs) -> None:
        """Make the change."""
        for key, count in change.items():
            offer, before = self.case.offers[key], self.packs.get(key, 0)
            self.supply[offer.item] += (count - before) * self.case.pack[key]
            self.lines[offer.supplier] += (count > 0) - (before > 0)
            self.packs[key] = count
            if not count:
                del self.packs[key]

    def gain(self, change: Packs) -> Worth:
        """What the change adds to the value not served and to the net cost; less is better."""
        cost = 0
        lines: dict[str, int] = defaultdict(int)
        supply: dict[str, int] = {}
        for key, count in change.items():
            offer, before = self.case.offers[key], self.packs.get(key, 0)
            cost += _line(offer, count) - _line(offer, before)
            lines[offer.supplier] += (count > 0) - (before > 0)
            held = supply.get(offer.item, self.supply[offer.item])
            supply[offer.item] = held + (count - before) * self.case.pack[key]
        for supplier, more in lines.items():
            freight = self.case.suppliers[supplier].freight_per_order
            now = self.lines[supplier]
            cost += freight * ((now + more > 0) - (now > 0))
        missing, net = 0, FINE * cost
        for part in {id(p): p for p in (self.parts[item] for item in supply)}.values():
            before_part, after_part = _value(part, self.supply), _value(part, self.supply | supply)
            missing += after_part[0] - before_part[0]
            net += after_part[1] - before_part[1]
        return missing, net

    def changes(self, key: str) -> Iterator[dict[str, int]]:
        """Other packs of a line, or the same item from another offer."""
        offer, count = self.case.offers[key], self.packs[key]
        for other in _other_counts(offer, count):
            yield {key: other}
        for twin in self.by_item[offer.item]:
            if twin.key not in self.packs:
                for other in packs_near(self.case, twin, count * self.case.pack[key]):
                    yield {key: 0, twin.key: other}


def _line(offer: OfferFacts, count: int) -> int:
    return count * (price_at(offer, count) + offer.freight_per_pack)


def _other_counts(offer: OfferFacts, count: int) -> Iterable[int]:
    firsts = {segment.first for segment in segments(offer)}
    return sorted({0, max(count - 1, 0), count + 1} | firsts - {count})


def _value(part: Case, supply: Mapping[str, int]) -> Worth:
    """Value not served and, as a negative cost, the worth of the surplus, of one part of the case."""
    mine = {i: supply.get(i, 0) for wish in part.wishes for i in wish.accepts}
    flow = assign(part, mine)
    missing = sum(
        worth * (wish.quantity - sum(taken.values()))
        for worth, wish, taken in zip(part.worth, part.wishes, flow, strict=True)
    )
    over = surplus_of(part, mine, flow)
    return missing, -sum(part.keeps.get(item, 0) * count for item, count in over.items())


def _parts(case: Case) -> dict[str, Case]:
    """The case cut into parts that share no item: without substitutes, a part per item."""
    root: dict[str, str] = {}

    def top(item: str) -> str:
        while root.setdefault(item, item) != item:
            item = root[item]
        return item

    for wish in case.wishes:
        for item in wish.accepts:
            root[top(item)] = top(wish.item)
    places: dict[str, list[int]] = defaultdict(list)
    for n, wish in enumerate(case.wishes):
        places[top(wish.item)].append(n)
    parts = {name: case.part(found) for name, found in places.items()}
    return {item: parts[top(item)] for item in list(root)}
