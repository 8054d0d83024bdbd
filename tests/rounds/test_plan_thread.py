"""A large plan is worked out in a thread of the server: it tells how far it is and can be stopped."""

import threading
import time

import pytest

from canting.rounds.models import PlanRun
from canting.rounds.rules.plan_run import RunState
from canting.rounds.selectors import plans as selectors
from canting.rounds.services import plans as services
from canting.rounds.services.plans import PlanTerms
from tests.rounds.plan_large import large_case


@pytest.fixture
def run(transactional_db, actor, monkeypatch) -> PlanRun:
    """A run over a case too large to be solved at once, taken from plain figures."""
    from tests import builders
    from tests.production.workshop import JAN_1
    from tests.rounds.market import OPENED, Market

    market = Market(builders.cooperative(actor=actor, cutover=JAN_1), actor)
    found = market.open()
    facts = large_case(seed=5, items=60, suppliers=15, members=3)
    inputs = selectors.Inputs(
        demands=tuple(facts["demands"]),
        offers=tuple(facts["offers"]),
        suppliers=tuple(facts["suppliers"]),
        items={},
        needed_by_days=30,
    )
    monkeypatch.setattr(selectors, "plan_inputs", lambda **_asked: inputs)
    monkeypatch.setattr(services, "TELL_EVERY", 0.2)
    return services.begin_plan(found=found, terms=PlanTerms(), on=OPENED, actor=actor)


def wait_for(run: PlanRun, holds, seconds: float = 60) -> PlanRun:
    """The run as soon as something holds of it."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        run.refresh_from_db()
        if holds(run):
            return run
        time.sleep(0.1)
    raise AssertionError(f"still {run.state} after {seconds} seconds")


def is_over() -> bool:
    return not [one for one in threading.enumerate() if one.name.startswith("plan-")]


def test_the_request_does_not_wait_and_the_run_can_be_stopped_from_another(run):
    assert run.seconds == services.LARGE_SECONDS
    began = time.monotonic()
    services.set_going(run)
    assert time.monotonic() - began < 5
    wait_for(run, lambda one: one.seen_at > one.made_at)
    services.stop_plan(found=run.round, actor=run.made_by)
    made = wait_for(run, lambda one: one.state == RunState.MADE)
    kept = selectors.made_plan(made)
    assert kept is not None
    assert kept[0].stopped in {"cancelled", ""}
    assert kept[0].costed.broken == ()
    assert made.best == kept[0].costed.net
    wait_for(run, lambda _one: is_over(), 20)
