"""The buying plan of a round: which packs from which supplier, at the least landed cost.

First as much of what is asked as can be had (counted at the lowest price anybody asks), then the
lowest cost. The cost is goods at the break that is reached, freight per order and per pack, less
the value of what is over because packs are whole. `docs/explanation/buying_plan.md` tells it in
plain words.
"""

from collections.abc import Callable, Sequence

from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.rules.plan_best import best_single, better, search, start_of
from canting.rounds.rules.plan_case import Case, make_case
from canting.rounds.rules.plan_cost import Packs, cost_of, costed, rank
from canting.rounds.rules.plan_facts import (
    Breach,
    Broken,
    Costed,
    Demand,
    Limits,
    Plan,
    PlanLine,
    Progress,
    Reason,
    Served,
    Short,
    SinglePlan,
    Stopped,
    Surplus,
    Unserved,
    Why,
)
from canting.rounds.rules.plan_reasons import explain
from canting.rounds.rules.plan_short import shortfalls
from canting.rounds.rules.plan_watch import Watch

__all__ = [
    "Breach",
    "Broken",
    "Costed",
    "Demand",
    "Limits",
    "Plan",
    "PlanLine",
    "Progress",
    "Reason",
    "Served",
    "Short",
    "SinglePlan",
    "Stopped",
    "Surplus",
    "Unserved",
    "Why",
    "cost_of",
    "explain",
    "plan",
]

# A plan this near to the proved best is good enough to stop: one in ten thousand.
GOOD_ENOUGH = 0.0001
FOR_SINGLES = 0.3  # part of the time that plans with one supplier may take


def plan(
    *,
    demands: Sequence[Demand],
    offers: Sequence[OfferFacts],
    suppliers: Sequence[SupplierFacts],
    limits: Limits,
    seconds: float = 10,
    gap: float = GOOD_ENOUGH,
    cancelled: Callable[[], bool] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Plan:
    """The best plan found within so many seconds; never worse than the best with one supplier.

    `cancelled` is asked and `progress` told a few times a second, both in the caller's thread.
    The same facts, in whatever order, give the same plan unless the time runs out.
    """
    case = make_case(demands=demands, offers=offers, suppliers=suppliers, limits=limits)
    watch = Watch(seconds, cancelled, progress)
    start = start_of(case)
    early = Watch(seconds * FOR_SINGLES, cancelled, _only_time(progress))
    single = best_single(case, gap, early)
    best, bound = search(case, better(case, start, single and single[1]), gap, watch)
    return Plan(
        lines=(result := costed(case, best)).lines,
        unserved=shortfalls(case, best, watch),
        total=result.total,
        gap=_gap(rank(case, best)[1], bound),
        best_single=_told(case, *single) if single else None,
        proved=watch.reason() == Stopped.DONE,
        costed=result,
        stopped=watch.reason(),
        seconds=round(watch.gone(), 3),
    )


def _only_time(
    progress: Callable[[Progress], None] | None,
) -> Callable[[Progress], None] | None:
    """Tell only that time goes by: what one supplier alone costs is no step of the search."""
    if progress is None:
        return None
    return lambda step: progress(Progress(step.seconds, None, None))


def _gap(cost: int, bound: int) -> float:
    """Which part of the cost could at most still be saved."""
    return max(cost - bound, 0) / cost if cost > 0 else 0.0


def _told(case: Case, supplier: str, packs: Packs) -> SinglePlan:
    alone = costed(case, packs)
    return SinglePlan(
        supplier=supplier,
        lines=alone.lines,
        total=alone.total,
        net=alone.net,
        missing=alone.missing,
        missing_value=alone.missing_value,
    )
