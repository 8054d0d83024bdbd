"""The best plan of a case: from a first plan over the solver to the last single change."""

from collections import defaultdict

from canting.purchasing.rules import OfferFacts
from canting.rounds.rules.plan_case import Case, only
from canting.rounds.rules.plan_cost import Packs, is_allowed, rank
from canting.rounds.rules.plan_facts import Stopped
from canting.rounds.rules.plan_model import Model, is_at_hand
from canting.rounds.rules.plan_polish import polished
from canting.rounds.rules.plan_search import first_plan
from canting.rounds.rules.plan_watch import Watch

Chosen = dict[str, int]


def search(case: Case, start: Packs, gap: float, watch: Watch) -> tuple[Chosen, int]:
    """The best plan found from a start that keeps the limits, and a bound below every plan's cost.

    First the least unserved, unless the start leaves only what nobody offers; then the least
    cost. Both figures in fine rupiah.
    """
    best = better(case, {}, start)
    if case.usable and not is_at_hand():
        watch.stopped = Stopped.NO_SOLVER
    if not case.usable or not is_at_hand() or watch.is_over():
        return best, plain_bound(case, best)
    measure = rank(case, best)
    model = Model(case, measure[0] + measure[1])
    if measure[0] > (least := unavoidable(case)):
        best = better(case, best, model.least_unserved(least, best, watch))
    if watch.is_over():
        return best, plain_bound(case, best)
    found = model.least_cost(rank(case, best)[0], best, gap, watch)
    best = better(case, best, found.packs)
    return best, max(found.bound, plain_bound(case, best))


def start_of(case: Case) -> Chosen:
    """A plan without the solver that keeps every limit."""
    return better(case, {}, first_plan(case))


def better(case: Case, best: Packs, *others: Packs | None) -> Chosen:
    """The best of these that keep the limits, each with its small improvements."""
    chosen = dict(best)
    for other in others:
        improved = polished(case, other) if other else {}
        if is_allowed(case, improved) and rank(case, improved) < rank(case, chosen):
            chosen = improved
    return chosen


def best_single(case: Case, gap: float, watch: Watch) -> tuple[str, Chosen] | None:
    """The supplier who alone serves best, and her plan; None when nobody alone serves anything.

    Whoever cannot offer what another one serves already is not worked out.
    """
    by_supplier: dict[str, list[OfferFacts]] = defaultdict(list)
    for offer in case.usable:
        by_supplier[offer.supplier].append(offer)
    cases = {supplier: only(case, offers) for supplier, offers in by_supplier.items()}
    best: tuple[str, Chosen] | None = None
    for supplier in sorted(cases, key=lambda s: (unavoidable(cases[s]), s)):
        if best and unavoidable(cases[supplier]) > rank(case, best[1])[0]:
            break
        alone = cases[supplier]
        packs, _bound = search(alone, start_of(alone), gap, watch)
        if packs and (best is None or rank(case, packs) < rank(case, best[1])):
            best = supplier, packs
        if watch.stopped == Stopped.CANCELLED:
            break
    return best


def unavoidable(case: Case) -> int:
    """The value, in fine rupiah, of wishes that no usable offer can serve at all."""
    stocked = {offer.item for offer in case.usable}
    return sum(
        worth * wish.quantity
        for worth, wish in zip(case.worth, case.wishes, strict=True)
        if not stocked.intersection(wish.accepts)
    )


def plain_bound(case: Case, best: Packs) -> int:
    """What any plan that serves as much value must cost at least: everything at its lowest price."""
    asked = sum(w * wish.quantity for w, wish in zip(case.worth, case.wishes, strict=True))
    return asked - rank(case, best)[0]
