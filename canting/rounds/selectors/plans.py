"""Reads for the buying plan of a round: what it is made from, its runs, where it stands."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.catalogue import selectors as catalogue
from canting.cooperatives.selectors import parameter
from canting.purchasing import selectors as purchasing
from canting.purchasing.rules import OfferFacts, SupplierFacts
from canting.rounds.models import PlanRun, Round
from canting.rounds.rules.plan import (
    Costed,
    Demand,
    Limits,
    Plan,
    Reason,
    cost_of,
)
from canting.rounds.rules.plan_facts import SURPLUS_KEEPS
from canting.rounds.rules.plan_run import SILENT_SECONDS, RunState, taken_up
from canting.rounds.selectors.ordering import USUAL_LEAD_DAYS
from canting.rounds.selectors.rounds import standing_needs

if TYPE_CHECKING:
    from canting.catalogue.models import Item


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a plan is made from on a day: needs added up, offers that hold, suppliers' terms."""

    demands: tuple[Demand, ...]
    offers: tuple[OfferFacts, ...]
    suppliers: tuple[SupplierFacts, ...]
    items: Mapping[str, Item]
    needed_by_days: int
    surplus_keeps: int = SURPLUS_KEEPS

    @property
    def names(self) -> dict[str, str]:
        """Suppliers' names by number."""
        return {one.supplier: one.name for one in self.suppliers}

    @property
    def subjects(self) -> dict[str, str]:
        """Whatever a limit may be about, by name: suppliers by number, offers by key."""
        names = self.names
        return names | {
            offer.key: f"{self.item_name(offer.item)}, {names.get(offer.supplier, offer.supplier)}"
            for offer in self.offers
        }

    def item_name(self, code: str) -> str:
        """The name of an item; its code where nobody asks for it."""
        return self.items[code].name if code in self.items else code

    @property
    def digest(self) -> str:
        """Changes when a need, an offer or a supplier's terms change; reliability is no such thing."""
        terms = [
            (s.supplier, s.minimum_amount, s.freight_per_order, s.credit_days, s.lead_days)
            for s in self.suppliers
        ]
        told = repr((sorted(self.demands, key=repr), sorted(self.offers, key=repr), sorted(terms)))
        return hashlib.sha256(told.encode()).hexdigest()

    def cost(self, packs: Mapping[str, int], limits: Limits) -> Costed:
        """What packs per offer cost, with every limit they break."""
        return cost_of(
            packs,
            demands=self.demands,
            offers=self.offers,
            suppliers=self.suppliers,
            limits=limits,
        )


def plan_inputs(*, found: Round, on: date) -> Inputs:
    """The needs of a round that stand, and what suppliers offer for them on a day."""
    asked: dict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    items: dict[str, Item] = {}
    for need in standing_needs(found):
        items[need.item.code] = need.item
        asked[need.item.code, need.substitute_ok] += need.base_quantity
    allowed = catalogue.substitutes(items=items.values(), on=on)
    others = {
        item.code: tuple(other.code for other in allowed.get(item.pk, ()))
        for item in items.values()
    }
    for found_others in allowed.values():
        items |= {other.code: other for other in found_others if other.code not in items}
    keeps = parameter(cooperative=found.cooperative, name="rounds.surplus_keeps", on=on)
    offers = purchasing.offers_on(cooperative=found.cooperative, on=on, items=items.values())
    return Inputs(
        demands=tuple(
            Demand(code, quantity, others[code] if willing else ())
            for (code, willing), quantity in sorted(asked.items())
        ),
        offers=tuple(offers),
        suppliers=tuple(
            replace(terms, lead_days=terms.lead_days or USUAL_LEAD_DAYS)
            for terms in purchasing.supplier_facts(cooperative=found.cooperative, on=on)
        ),
        items=items,
        needed_by_days=max((found.needed_by - on).days, 0),
        surplus_keeps=int(Decimal(str(keeps))),
    )


def plan_limits(run: PlanRun, inputs: Inputs) -> Limits:
    """The limits of a run over what is asked."""
    return Limits(
        cash=run.cash,
        storage={kind: Decimal(room) for kind, room in run.storage.items()} or None,
        needed_by_days=inputs.needed_by_days,
        money_in_days=run.money_in_days,
        kinds={code: item.kind for code, item in inputs.items.items()},
        surplus_keeps=inputs.surplus_keeps,
    )


def last_run(found: Round) -> PlanRun | None:
    """The newest run of a round's plan, or nothing."""
    return found.plan_runs.order_by("-id").first()


def plan_run(*, pk: int) -> PlanRun | None:
    """One run with its round and cooperative, or nothing."""
    return PlanRun.objects.select_related("round__cooperative").filter(pk=pk).first()


def was_stop_asked(run: PlanRun) -> bool:
    """Whether somebody asked to stop this run, read anew."""
    return PlanRun.objects.filter(pk=run.pk, stop_asked=True).exists()


def is_cut_off(run: PlanRun, now: datetime) -> bool:
    """A run that is not over and has given no sign of life: the program was started anew."""
    silent = now - run.seen_at > timedelta(seconds=SILENT_SECONDS + run.seconds)
    return run.state == RunState.RUNNING and silent


def is_under_way(run: PlanRun | None, now: datetime) -> bool:
    """Whether a plan is being worked out now."""
    return run is not None and run.state == RunState.RUNNING and not is_cut_off(run, now)


def made_plan(run: PlanRun | None) -> tuple[Plan, tuple[Reason, ...]] | None:
    """The plan of a run that ended well, with its reasons."""
    return taken_up(run.result) if run and run.result else None
