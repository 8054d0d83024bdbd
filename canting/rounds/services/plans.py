"""The buying plan of a round: worked out beside the request, stopped, agreed.

A small plan is worked out before the page answers; a large one in a thread of the server, which
writes down how far it is. A thread ends with its server: a run without a sign of life counts as
cut off and can be begun again (docs/decisions/0013).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.utils import timezone

from canting.purchasing import selectors as purchasing
from canting.rounds import selectors
from canting.rounds.errors import (
    LimitsBroken,
    NothingAsked,
    NothingOffered,
    NothingPlanned,
    PlanChanged,
    PlanRunning,
)
from canting.rounds.models import PlanLine, PlanRun, Round
from canting.rounds.rules import RoundState
from canting.rounds.rules.plan import Costed, Progress, explain, plan
from canting.rounds.rules.plan_run import RunState, kept
from canting.rounds.selectors import plans
from canting.rounds.selectors.plan_words import broken_text
from canting.rounds.services.common import check_state, told
from canting.rounds.services.life import mark_planned

if TYPE_CHECKING:
    from canting.cooperatives.models import User

SMALL = 150  # offers; so many are planned within the request, in well under a second
SMALL_SECONDS, LARGE_SECONDS = 2, 20
QUICK = 0.5  # seconds the request waits for the thread
TELL_EVERY = 1.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """The limits of a plan: cash now (None: no limit), when money comes in, room by kind."""

    cash: int | None = None
    money_in_days: int = 0
    storage: Mapping[str, Decimal] = field(default_factory=dict)


@transaction.atomic
def begin_plan(*, found: Round, terms: PlanTerms, on: date, actor: User) -> PlanRun:
    """Write down that a plan is to be worked out, from the needs and offers of this day.

    `work_plan_out` does the work, after this is committed. Raises WrongState, NothingAsked,
    NothingOffered, PlanRunning.
    """
    found = selectors.lock_round(found)
    check_state(found, {RoundState.COLLECTING})
    inputs = plans.plan_inputs(found=found, on=on)
    if not inputs.demands:
        raise NothingAsked(number=found.number)
    if not inputs.offers:
        raise NothingOffered()
    now = timezone.now()
    if plans.is_under_way(plans.last_run(found), now):
        raise PlanRunning()
    run = PlanRun.objects.create(
        round=found,
        on=on,
        seconds=SMALL_SECONDS if len(inputs.offers) <= SMALL else LARGE_SECONDS,
        cash=terms.cash,
        money_in_days=terms.money_in_days,
        storage={kind: str(room) for kind, room in terms.storage.items()},
        digest=inputs.digest,
        made_by=actor,
        made_at=now,
        seen_at=now,
    )
    told(
        found, "plan_begun", actor, on=run.on, offers=len(inputs.offers), needs=len(inputs.demands)
    )
    return run


def set_going(run: PlanRun) -> None:
    """Work the run out: a small one at once, a large one in a thread, waited for a moment only."""
    if run.seconds <= SMALL_SECONDS:
        work_plan_out(run.pk)
        return
    name = f"plan-{run.pk}"
    thread = threading.Thread(target=_in_thread, args=(run.pk,), daemon=True, name=name)
    thread.start()
    thread.join(QUICK)


def _in_thread(run_id: int) -> None:
    try:
        work_plan_out(run_id)
    finally:
        connections.close_all()


def work_plan_out(run_id: int) -> None:
    """Search the plan of a run and keep it with its reasons; a fault is kept as failed, not raised.

    A run that is over already is left as it is.
    """
    run = plans.plan_run(pk=run_id)
    if run is None or run.state != RunState.RUNNING:
        return
    try:
        result = _search(run)
    except Exception:
        log.exception("The plan of run %s could not be worked out", run_id)
        PlanRun.objects.filter(pk=run_id).update(state=RunState.FAILED, seen_at=timezone.now())
        return
    made = result["plan"]
    # Only the newest plan is ever shown; the older ones would only fill the database.
    PlanRun.objects.filter(round=run.round, pk__lt=run_id).update(result=None)
    PlanRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        state=RunState.MADE,
        result=result,
        best=made["costed"]["net"],
        gap=_percent(made["gap"]),
        seen_at=timezone.now(),
    )


def _search(run: PlanRun) -> dict[str, Any]:
    inputs = plans.plan_inputs(found=run.round, on=run.on)
    limits = plans.plan_limits(run, inputs)
    watcher = _Watcher(run)
    made = plan(
        demands=inputs.demands,
        offers=inputs.offers,
        suppliers=inputs.suppliers,
        limits=limits,
        seconds=run.seconds,
        cancelled=watcher.is_stopped,
        progress=watcher.tell,
    )
    watcher.sign()
    reasons = explain(
        made,
        demands=inputs.demands,
        offers=inputs.offers,
        suppliers=inputs.suppliers,
        limits=limits,
        seconds=1 if run.seconds <= SMALL_SECONDS or watcher.stopped else 6,
    )
    return kept(made, reasons)


class _Watcher:
    """Writes down how far a run is and reads whether to stop, about once a second."""

    def __init__(self, run: PlanRun) -> None:
        self.run = run
        self.looked = time.monotonic()
        self.stopped = False

    def tell(self, progress: Progress) -> None:
        if time.monotonic() - self.looked < TELL_EVERY:
            return
        self.looked = time.monotonic()
        self.sign(best=progress.best, gap=_percent(progress.gap))
        self.stopped = plans.was_stop_asked(self.run)

    def is_stopped(self) -> bool:
        return self.stopped

    def sign(self, **facts: Any) -> None:
        PlanRun.objects.filter(pk=self.run.pk).update(seen_at=timezone.now(), **facts)


def _percent(gap: float | None) -> Decimal | None:
    if gap is None or gap != gap or gap > 9:  # noqa: PLR0124 - not a number is unequal to itself
        return None
    return Decimal(str(round(gap * 100, 4)))


@transaction.atomic
def stop_plan(*, found: Round, actor: User) -> None:
    """Ask a run under way to stop with the best plan it has; a second time does nothing."""
    run = plans.last_run(found)
    if run is None or run.state != RunState.RUNNING or run.stop_asked:
        return
    PlanRun.objects.filter(pk=run.pk).update(stop_asked=True)
    told(found, "plan_stopped", actor, on=run.on)


@transaction.atomic
def agree_plan(
    *,
    found: Round,
    run: PlanRun,
    packs: Mapping[str, int],
    total: int,
    on: date,
    actor: User,
    reason: str = "",
) -> Round:
    """Make these packs per offer the plan of the round, at the total that was seen (whole rupiah).

    Packs other than the run's are marked as changed by hand; what breaks a limit needs a reason,
    which stays in the record. Raises WrongState, NothingAsked, NothingPlanned, PlanChanged,
    LimitsBroken; the same plan a second time does nothing.
    """
    found = selectors.lock_round(found)
    if found.state == RoundState.PLANNED and _is_agreed(found, packs):
        return found
    check_state(found, {RoundState.COLLECTING})
    inputs = plans.plan_inputs(found=found, on=on)
    found_plan = plans.made_plan(run)
    proposed = found_plan[0].packs if found_plan else {}
    costed = inputs.cost(packs, plans.plan_limits(run, inputs))
    if not costed.lines:
        raise NothingPlanned(number=found.number)
    if costed.total != total or run.digest != inputs.digest:
        raise PlanChanged()
    broken = [broken_text(one, inputs.subjects) for one in costed.broken]
    if broken and not reason.strip():
        raise LimitsBroken(limits=" ".join(broken))
    _write_lines(found, inputs, costed, proposed, on)
    by_hand = {k: n for k, n in packs.items() if n != proposed.get(k, 0)}
    facts: dict[str, Any] = {
        "total": costed.total,
        "by_hand": by_hand,
        "reason": reason.strip()[:200],
    }
    told(found, "plan_agreed", actor, on=on, **facts)
    return mark_planned(found=found, on=on, actor=actor)


def _is_agreed(found: Round, packs: Mapping[str, int]) -> bool:
    """Whether the plan that was agreed is this one, and not somebody else's."""
    agreed = dict(found.plan_lines.values_list("offer_key", "packs"))
    return agreed == {key: count for key, count in packs.items() if count}


def _write_lines(
    found: Round, inputs: plans.Inputs, costed: Costed, proposed: Mapping[str, int], on: date
) -> None:
    offers = {
        str(offer.pk): offer
        for offer in purchasing.standing_offers(
            cooperative=found.cooperative, on=on, items=inputs.items.values()
        )
    }
    PlanLine.objects.bulk_create(
        PlanLine(
            round=found,
            supplier=offers[line.offer_key].offer_list.supplier,
            item=offers[line.offer_key].item,
            offer_key=line.offer_key,
            packs=line.packs,
            unit=offers[line.offer_key].unit,
            pack=offers[line.offer_key].pack,
            price=line.goods // line.packs,
            goods=line.goods,
            freight=line.freight,
            by_hand=line.packs != proposed.get(line.offer_key, 0),
        )
        for line in costed.lines
    )
