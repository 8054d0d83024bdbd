"""The buying plan as a mixed-integer model for HiGHS, and its run.

Per stretch of price of an offer: is it taken (0 or 1) and how many packs of it; per supplier: is
she bought from (0 or 1); per wish and item that may serve it: which part of the wish it serves.
Every row is scaled by what its wish or limit asks, and money by the size of a plan known already,
so that rupiah in billions and salt in grams meet the same tolerances. The answer is only a choice
of packs: what it costs and whether it holds is worked out again in whole numbers by `plan_cost`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from canting.purchasing.rules import OfferFacts
from canting.rounds.rules.plan_case import FINE, Case, Segment, segments
from canting.rounds.rules.plan_cost import Packs, assign
from canting.rounds.rules.plan_watch import Watch

try:
    import highspy
    import numpy as np
except ImportError:  # a machine HiGHS is not made for: the plan is then made without it
    highspy = np = None  # type: ignore[assignment]

SIZE = 1e4  # what a plan known already weighs in the model
INFINITY = float("inf")
NOTHING = 1e30  # HiGHS says so when it has no plan yet
FOR_UNSERVED = 0.4  # part of the time left that the least unserved may take
EVERY = 0.2  # seconds between two looks at the watch


@dataclass(frozen=True)
class Found:
    """Packs that the solver chose and the proved lower bound, in fine rupiah; both may miss."""

    packs: dict[str, int] | None
    bound: int


def is_at_hand() -> bool:
    """Can HiGHS be used on this machine?"""
    return highspy is not None


def quiet_solver() -> Any:
    """A solver that writes nothing: its banner comes with the first call after it is made."""

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Quiet()  # type: ignore[no-untyped-call]


class _Columns:
    """Columns and rows as they are gathered, before they go to the solver in one piece."""

    def __init__(self) -> None:
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.cost: list[float] = []
        self.whole: list[bool] = []
        self.rows: list[tuple[float, float, dict[int, float]]] = []

    def column(self, lower: float, upper: float, *, cost: float = 0.0, whole: bool = False) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.cost.append(cost)
        self.whole.append(whole)
        return len(self.lower) - 1

    def row(self, lower: float, upper: float, entries: Mapping[int, float]) -> None:
        self.rows.append((lower, upper, {c: v for c, v in entries.items() if v}))


class Model:
    """The model of one case: built once, run for the least unserved and then for the least cost."""

    def __init__(self, case: Case, size: int) -> None:
        self.case = case
        self.scale = SIZE / max(size, 1)
        self.columns = _Columns()
        self.used: dict[str, int] = {}
        self.taken: dict[str, list[tuple[int, int, Segment]]] = {}
        self.extra: dict[str, dict[int, tuple[int, Segment]]] = {}
        self.served: list[dict[str, int]] = []
        self.unserved: list[int] = []
        self._suppliers()
        for offer in case.usable:
            self._offer(offer)
        self._wishes()
        self._supply()
        self._minimums()
        self._cash()
        self._storage()

    # --- Columns -----------------------------------------------------------------------------

    def _suppliers(self) -> None:
        for supplier in sorted({o.supplier for o in self.case.usable}):
            freight = self.case.suppliers[supplier].freight_per_order * FINE * self.scale
            self.used[supplier] = self.columns.column(0, 1, cost=freight, whole=True)

    def _offer(self, offer: OfferFacts) -> None:
        """Packs up to what could serve; more than that only where it helps to reach a minimum."""
        pack = self.case.pack[offer.key]
        enough = -(-self.case.reach[offer.item] // pack)
        minimum = self.case.suppliers[offer.supplier].minimum_amount
        worth = self.case.keeps[offer.item] * pack
        any_of: dict[int, float] = {self.used[offer.supplier]: -1.0}
        self.taken[offer.key], self.extra[offer.key] = [], {}
        for place, segment in enumerate(segments(offer)):
            most = max(segment.first, enough)
            top = most if segment.last is None else min(most, segment.last)
            cost = ((segment.price + offer.freight_per_pack) * FINE - worth) * self.scale
            is_taken = self.columns.column(0, 1, whole=True)
            packs = self.columns.column(0, top, cost=cost, whole=True)
            self.columns.row(0, INFINITY, {packs: 1.0, is_taken: -float(segment.first)})
            self.columns.row(-INFINITY, 0, {packs: 1.0, is_taken: -float(top)})
            self.taken[offer.key].append((is_taken, packs, segment))
            any_of[is_taken] = 1.0
            room = minimum // max(segment.price, 1) + 1
            room = room if segment.last is None else min(room, segment.last - top)
            if minimum and room > 0:
                more = self.columns.column(0, room, cost=cost, whole=True)
                self.columns.row(-INFINITY, 0, {more: 1.0, is_taken: -float(room)})
                self.extra[offer.key][place] = (more, segment)
        self.columns.row(-INFINITY, 0, any_of)

    def _wishes(self) -> None:
        """Which part of each wish each item serves (0 to 1); what remains is unserved."""
        stocked = {o.item for o in self.case.usable}
        for wish in self.case.wishes:
            parts = {
                item: self.columns.column(
                    0, 1, cost=self.case.keeps[item] * wish.quantity * self.scale
                )
                for item in wish.accepts
                if item in stocked
            }
            missing = self.columns.column(0, 1)
            self.columns.row(1, 1, {c: 1.0 for c in (*parts.values(), missing)})
            self.served.append(parts)
            self.unserved.append(missing)

    # --- Rows --------------------------------------------------------------------------------

    def _packs(self, offer: OfferFacts) -> list[tuple[int, Segment]]:
        found = [(packs, segment) for _taken, packs, segment in self.taken[offer.key]]
        return [*found, *self.extra[offer.key].values()]

    def _supply(self) -> None:
        """No more of an item serves than is bought."""
        arriving: dict[str, dict[int, float]] = defaultdict(dict)
        for offer in self.case.usable:
            size = self.case.reach[offer.item]
            for column, _segment in self._packs(offer):
                arriving[offer.item][column] = self.case.pack[offer.key] / size
        for item, entries in arriving.items():
            for wish, parts in zip(self.case.wishes, self.served, strict=True):
                if item in parts:
                    entries[parts[item]] = -wish.quantity / self.case.reach[item]
            self.columns.row(0, INFINITY, entries)

    def _minimums(self) -> None:
        """Whoever is bought from gets at least her minimum."""
        for supplier, used in self.used.items():
            minimum = self.case.suppliers[supplier].minimum_amount
            if minimum:
                entries = {used: -1.0}
                for offer in self.case.usable:
                    if offer.supplier == supplier:
                        for column, segment in self._packs(offer):
                            entries[column] = segment.price / minimum
                self.columns.row(0, INFINITY, entries)

    def _cash(self) -> None:
        """What must be paid before the money is in stays within the cash there is."""
        if self.case.limits.cash is None:
            return
        limit = max(self.case.limits.cash, 1)
        entries: dict[int, float] = {}
        for supplier, used in self.used.items():
            if self.case.takes_cash(supplier):
                entries[used] = self.case.suppliers[supplier].freight_per_order / limit
        for offer in self.case.usable:
            if self.case.takes_cash(offer.supplier):
                for column, segment in self._packs(offer):
                    entries[column] = (segment.price + offer.freight_per_pack) / limit
        self.columns.row(-INFINITY, self.case.limits.cash / limit, entries)

    def _storage(self) -> None:
        """What arrives of a kind finds its place."""
        arriving: dict[str, dict[int, float]] = defaultdict(dict)
        limits: dict[str, int] = {}
        for offer in self.case.usable:
            room = self.case.room_for(offer.item)
            if room:
                limits[room[0]] = room[1]
                for column, _segment in self._packs(offer):
                    arriving[room[0]][column] = self.case.pack[offer.key] / max(room[1], 1)
        for kind, entries in arriving.items():
            self.columns.row(-INFINITY, limits[kind] / max(limits[kind], 1), entries)

    # --- Run ---------------------------------------------------------------------------------

    def least_unserved(self, least: int, start: Packs, watch: Watch) -> Packs | None:
        """The packs that leave the least value unserved; it is enough to come down to `least`."""
        values = self._missing_values()
        size = SIZE / max(sum(values.values()), 1)
        cost = [0.0] * len(self.columns.cost)
        for column, value in values.items():
            cost[column] = value * size
        return self._run(cost, None, start, 0.0, watch, size, least).packs

    def least_cost(self, missing: int, start: Packs, gap: float, watch: Watch) -> Found:
        """The packs that cost least while no more value (fine rupiah) stays unserved than this."""
        values = self._missing_values()
        limit = max(sum(values.values()), 1)
        row = (-INFINITY, missing / limit, {c: v / limit for c, v in values.items()})
        return self._run(self.columns.cost, row, start, gap, watch, self.scale)

    def _missing_values(self) -> dict[int, int]:
        return {
            column: worth * wish.quantity
            for column, worth, wish in zip(
                self.unserved, self.case.worth, self.case.wishes, strict=True
            )
        }

    def _run(
        self,
        cost: list[float],
        row: tuple[float, float, dict[int, float]] | None,
        start: Packs | None,
        gap: float,
        watch: Watch,
        scale: float,
        target: int | None = None,
    ) -> Found:
        """Run from the start; once more without it when the answer is not worth what is claimed.

        HiGHS (1.16) may improve a start while it simplifies the model and then hand back the
        start with the better figure; seen with the smallest cases of `test_plan_brute_force`.
        """
        lp = self.lp(cost, row)
        found = self._once(lp, start, gap, watch, scale, target)
        if found is None:
            found = self._once(lp, None, gap, watch, scale, target)
        return found or Found(None, 0)

    def _once(
        self,
        lp: Any,
        start: Packs | None,
        gap: float,
        watch: Watch,
        scale: float,
        target: int | None,
    ) -> Found | None:
        part = 1.0 if target is None else FOR_UNSERVED
        solver = quiet_solver()
        for name, value in {
            "threads": 1,
            "parallel": "off",
            "random_seed": 0,
            "mip_rel_gap": gap,
            "mip_abs_gap": 1e-6,
            "mip_feasibility_tolerance": 1e-6,
            "time_limit": max(watch.left() * part, 0.01),
        }.items():
            solver.setOptionValue(name, value)
        if target is not None:
            solver.setOptionValue("objective_target", target * scale + 1e-4)
        solver.passModel(lp)
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = self._values(start)
            solver.setSolution(solution)
        _listen(solver, watch, scale)
        solver.run()
        if watch.fault is not None:
            raise watch.fault
        return self._answer(solver, watch, scale)

    def lp(self, cost: list[float], row: tuple[float, float, dict[int, float]] | None) -> Any:
        """The columns and rows as HiGHS takes them."""
        rows = [*self.columns.rows, row] if row else self.columns.rows
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(cost), len(rows)
        lp.col_cost_ = np.array(cost)
        lp.col_lower_ = np.array(self.columns.lower)
        lp.col_upper_ = np.array(self.columns.upper)
        lp.row_lower_ = np.array([lower for lower, _upper, _entries in rows])
        lp.row_upper_ = np.array([upper for _lower, upper, _entries in rows])
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if w else kinds.kContinuous for w in self.columns.whole]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = len(cost), len(rows)
        lp.a_matrix_.start_ = np.cumsum([0, *(len(entries) for _l, _u, entries in rows)])
        lp.a_matrix_.index_ = np.array([c for _l, _u, entries in rows for c in entries])
        lp.a_matrix_.value_ = np.array([v for _l, _u, entries in rows for v in entries.values()])
        return lp

    def _values(self, packs: Packs) -> list[float]:
        """A plan known already, as values of the columns."""
        values = [0.0] * len(self.columns.lower)
        supply: dict[str, int] = defaultdict(int)
        for offer in self.case.usable:
            count = packs.get(offer.key, 0)
            supply[offer.item] += count * self.case.pack[offer.key]
            for place, (is_taken, column, segment) in enumerate(self.taken[offer.key]):
                if count and segment.first <= count <= (segment.last or count):
                    values[self.used[offer.supplier]] = values[is_taken] = 1.0
                    values[column] = min(float(count), self.columns.upper[column])
                    more = self.extra[offer.key].get(place)
                    if more is not None:
                        values[more[0]] = count - values[column]
        for wish, taken, parts, missing in zip(
            self.case.wishes, assign(self.case, supply), self.served, self.unserved, strict=True
        ):
            for item, count in taken.items():
                if count:
                    values[parts[item]] = count / wish.quantity
            values[missing] = 1.0 - sum(taken.values()) / wish.quantity
        return values

    def _answer(self, solver: Any, watch: Watch, scale: float) -> Found | None:
        """Whole packs from the solver's best answer, and its bound; None when it contradicts itself."""
        status, kinds = solver.getModelStatus(), highspy.HighsModelStatus
        if status == kinds.kTimeLimit:
            watch.cut_short = True
        info = solver.getInfo()
        known = abs(info.mip_dual_bound) < NOTHING
        bound = int(info.mip_dual_bound / scale) if known else 0
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Found(None, bound)
        values = solver.getSolution().col_value
        worth = float(np.dot(values, solver.getLp().col_cost_))
        if worth > info.objective_function_value + max(1e-6 * abs(worth), 1e-3):
            return None
        packs = {
            key: sum(round(values[c]) for c, _segment in self._packs(self.case.offers[key]))
            for key in self.taken
        }
        return Found({key: count for key, count in packs.items() if count > 0}, bound)


def _listen(solver: Any, watch: Watch, scale: float) -> None:
    """Tell the watch a few times a second; end when it says so. A fault waits until the end."""

    def look(event: Any) -> None:
        if watch.gone() - watch.told < EVERY or watch.fault is not None:
            return
        watch.told = watch.gone()
        try:
            best, gap = event.data_out.mip_primal_bound, event.data_out.mip_gap
            known = abs(best) < NOTHING
            watch.tell(round(best / scale) // FINE if known else None, gap if known else None)
            if watch.is_over():
                event.interrupt()
        except BaseException as fault:
            watch.fault = fault
            event.interrupt()

    solver.cbMipInterrupt.subscribe(look)
