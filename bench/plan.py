"""The buying plan: 40 items, 12 suppliers with breaks, 500 members, on one core.

How near to the proved best it comes and how long it takes, as ratios to the goal (1 % within 10
seconds) and to the solver's time for the same model with parts of packs allowed (its relaxation),
which is what any search must solve at least once. Seeds are fixed; the worst of them is told too.
"""

import json
import os
import statistics
import sys
import time
from dataclasses import dataclass
from typing import Any

ITEMS, SUPPLIERS, MEMBERS = 40, 12, 500
SEEDS = range(1, 8)
GOAL_GAP, GOAL_SECONDS = 0.01, 10.0


@dataclass(frozen=True)
class Measured:
    """One seed: how far from proved best, seconds, seconds of the relaxation, against one supplier."""

    gap: float
    seconds: float
    relaxed: float
    over_single: float


def relaxed_seconds(facts: dict[str, Any], limits: Any) -> float:
    """How long the solver takes for the model with parts of packs."""
    from canting.rounds.rules.plan_best import start_of  # noqa: PLC0415 - after setup
    from canting.rounds.rules.plan_case import make_case  # noqa: PLC0415
    from canting.rounds.rules.plan_cost import rank  # noqa: PLC0415
    from canting.rounds.rules.plan_model import Model, quiet_solver  # noqa: PLC0415

    case = make_case(**facts, limits=limits)
    model = Model(case, rank(case, start_of(case))[1])
    lp = model.lp(model.columns.cost, None)
    lp.integrality_ = []
    solver = quiet_solver()
    solver.setOptionValue("threads", 1)
    solver.passModel(lp)
    began = time.perf_counter()
    solver.run()
    return time.perf_counter() - began


def measure(seed: int) -> Measured:
    """One seed, planned and relaxed."""
    from canting.rounds.rules.plan import Limits, plan  # noqa: PLC0415 - after setup
    from tests.rounds.plan_large import large_case  # noqa: PLC0415

    facts = large_case(seed=seed, items=ITEMS, suppliers=SUPPLIERS, members=MEMBERS)
    limits = Limits()
    began = time.perf_counter()
    made = plan(**facts, limits=limits, seconds=GOAL_SECONDS)
    seconds = time.perf_counter() - began
    alone = made.best_single.net if made.best_single else 0
    return Measured(
        made.gap, seconds, relaxed_seconds(facts, limits), made.costed.net / max(alone, 1)
    )


def main() -> None:
    """Measure and print JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canting.config.settings")

    found = [measure(seed) for seed in SEEDS]
    result = {
        "items": ITEMS,
        "suppliers": SUPPLIERS,
        "members": MEMBERS,
        "cases": len(found),
        "median_seconds": round(statistics.median(m.seconds for m in found), 2),
        "worst_seconds": round(max(m.seconds for m in found), 2),
        "worst_gap_percent": round(max(m.gap for m in found) * 100, 4),
        "worst_gap_over_goal": round(max(m.gap for m in found) / GOAL_GAP, 3),
        "worst_seconds_over_goal": round(max(m.seconds for m in found) / GOAL_SECONDS, 3),
        "median_over_relaxation": round(
            statistics.median(m.seconds / max(m.relaxed, 1e-6) for m in found), 1
        ),
        "median_net_over_best_single": round(statistics.median(m.over_single for m in found), 3),
        "goal": "within 1 percent of the optimum under 10 seconds",
    }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
