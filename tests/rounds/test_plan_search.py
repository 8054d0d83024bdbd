"""The search itself: it tells how far it is, can be ended, and says the same thing twice."""

import threading
import time

import pytest

from canting.rounds.rules.plan import Limits, Progress, Stopped, plan
from tests.rounds.plan_large import large_case


def test_the_same_facts_give_the_same_plan():
    facts = large_case(seed=3, items=12, suppliers=5, members=20)
    one = plan(**facts, limits=Limits())
    facts = {name: list(reversed(found)) for name, found in facts.items()}
    assert plan(**facts, limits=Limits()).lines == one.lines


def test_forty_items_from_twelve_suppliers_for_five_hundred_members_within_a_percent():
    facts = large_case(seed=7, items=40, suppliers=12, members=500)
    began = time.monotonic()
    made = plan(**facts, limits=Limits(), seconds=10)
    assert made.gap < 0.01
    assert time.monotonic() - began < 60  # the time itself is measured by `python -m bench buying`
    assert made.costed.broken == ()
    assert made.best_single is not None
    assert (made.costed.missing_value, made.costed.net) <= (
        made.best_single.missing_value,
        made.best_single.net,
    )


def test_progress_is_told_and_the_search_ends_when_told_to():
    facts = large_case(seed=5, items=60, suppliers=15, members=3)
    told: list[Progress] = []
    made = plan(
        **facts,
        limits=Limits(),
        seconds=60,
        gap=0.0,
        progress=told.append,
        cancelled=lambda: len(told) > 1,
    )
    assert made.stopped == Stopped.CANCELLED
    assert not made.proved
    assert made.lines
    assert made.costed.broken == ()
    assert all(step.seconds >= 0 for step in told)


def test_another_thread_may_end_it():
    facts = large_case(seed=5, items=60, suppliers=15, members=3)
    end = threading.Event()
    threading.Timer(0.5, end.set).start()
    began = time.monotonic()
    made = plan(**facts, limits=Limits(), seconds=60, gap=0.0, cancelled=end.is_set)
    assert made.stopped == Stopped.CANCELLED
    assert time.monotonic() - began < 30


def test_time_that_runs_out_is_said():
    facts = large_case(seed=5, items=60, suppliers=15, members=3)
    made = plan(**facts, limits=Limits(), seconds=0.3, gap=0.0)
    assert made.stopped == Stopped.TIME
    assert made.gap > 0
    assert made.costed.broken == ()


def test_a_fault_in_telling_comes_out_after_the_search():
    def broken(_step):
        raise RuntimeError("the listener has gone")

    facts = large_case(seed=5, items=60, suppliers=15, members=3)
    with pytest.raises(RuntimeError, match="listener"):
        plan(**facts, limits=Limits(), seconds=20, gap=0.0, progress=broken)


def test_the_solver_writes_nothing_on_the_way(capfd):
    plan(**large_case(seed=1, items=3, suppliers=2, members=5), limits=Limits())
    written = capfd.readouterr()
    assert (written.out, written.err) == ("", "")
