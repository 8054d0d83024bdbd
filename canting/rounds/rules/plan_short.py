"""Why a need is not served: found by lifting one limit at a time and looking whether it helps."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from canting.purchasing.rules import OfferFacts
from canting.rounds.rules.plan_best import search, start_of
from canting.rounds.rules.plan_case import Case, segments
from canting.rounds.rules.plan_cost import Packs, costed
from canting.rounds.rules.plan_facts import Limits, Short, Unserved
from canting.rounds.rules.plan_watch import Watch

SECONDS = 0.6  # for each limit that is lifted


def shortfalls(case: Case, packs: Packs, watch: Watch) -> tuple[Unserved, ...]:
    """What the plan leaves unserved, each need with its reason."""
    missing = missing_of(case, packs)
    found, open_items = [], []
    for item, quantity in sorted(missing.items()):
        reason = _plain_reason(case, item)
        if reason:
            found.append(Unserved(item, quantity, reason))
        else:
            open_items.append(item)
    reasons = _by_lifting(case, packs, missing, open_items, watch) if open_items else {}
    found += [Unserved(i, missing[i], reasons.get(i, Short.TOGETHER)) for i in open_items]
    return tuple(sorted(found, key=lambda u: u.item))


def missing_of(case: Case, packs: Packs) -> dict[str, Decimal]:
    """Base units per item asked for that packs do not serve."""
    missing: dict[str, Decimal] = defaultdict(Decimal)
    for item, quantity in costed(case, packs).missing:
        missing[item] += quantity
    return dict(missing)


def _plain_reason(case: Case, item: str) -> Short | None:
    """Reasons that need no search: nobody offers it, nobody in time, not as much."""
    wishes = [wish for wish in case.wishes if wish.item == item]
    accepted = {i for wish in wishes for i in wish.accepts}
    if not any(o.item in accepted and o.supplier in case.suppliers for o in case.offers.values()):
        return Short.NO_OFFER
    usable = [offer for offer in case.usable if offer.item in accepted]
    if not usable:
        return Short.TOO_LATE
    most = [_most(case, offer) for offer in usable]
    asked = sum(wish.quantity for wish in wishes)
    if None not in most and sum(m or 0 for m in most) < asked:
        return Short.NOT_ENOUGH
    return None


def _most(case: Case, offer: OfferFacts) -> int | None:
    """The most quanta an offer can bring; None: no limit."""
    found = segments(offer)
    last = found[-1].last if found else 0
    return None if last is None else last * case.pack[offer.key]


def _by_lifting(
    case: Case,
    packs: Packs,
    missing: dict[str, Decimal],
    items: list[str],
    watch: Watch,
) -> dict[str, Short]:
    reasons: dict[str, Short] = {}
    for reason, lifted in _lifted(case):
        brief = Watch(SECONDS, watch.cancelled)
        best, _bound = search(lifted, start_of(lifted), 0.05, brief)
        after = missing_of(lifted, best)
        for item in items:
            if after.get(item, Decimal(0)) < missing[item]:
                reasons.setdefault(item, reason)
    return reasons


def _lifted(case: Case) -> list[tuple[Short, Case]]:
    """The case without its cash limit, without its storage limit, without the minimums."""
    limits = case.limits
    without: list[tuple[Short, Limits]] = []
    if limits.cash is not None:
        without.append((Short.CASH, replace(limits, cash=None)))
    if limits.storage:
        without.append((Short.STORAGE, replace(limits, storage=None)))
    found = [(r, Case(case.wishes, case.offers, case.suppliers, x)) for r, x in without]
    free = {k: replace(s, minimum_amount=0) for k, s in case.suppliers.items()}
    return [*found, (Short.MINIMUM, Case(case.wishes, case.offers, free, limits))]
