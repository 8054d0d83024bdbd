"""Samples: drawn by a seed and kept, ticked, what does not agree made a finding."""

from datetime import date
from typing import Any

import pytest

from canting.cooperatives.rules import Role
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.oversight.errors import NoteNeeded, NothingToDraw, TimeTurned
from canting.oversight.invariants import INVARIANTS
from canting.oversight.models import Finding, Sample, SampleTick
from canting.oversight.rules import Method, Population
from canting.oversight.selectors import samples
from canting.oversight.services import draw_sample, tick_item
from tests import builders
from tests.builders import there

ON = date(2026, 11, 24)
YEAR = {"since": date(2026, 1, 1), "until": ON}


@pytest.fixture
def supervisor(cooperative):
    return builders.person_with_role(cooperative, Role.SUPERVISOR)


@pytest.fixture
def booked(cooperative, actor):
    """Forty receipts and ten payments."""
    drafts = [
        Draft(
            f"test:{n}",
            date(2026, 11, 2),
            "test",
            f"Uji {n}",
            [debit("cash_main", n * 1_000), credit("other_income", n * 1_000)]
            if n <= 40
            else [debit("admin", 500), credit("cash_main", 500)],
            paper=f"KW/2026/11/{n:04d}",
        )
        for n in range(1, 51)
    ]
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)


@pytest.fixture
def drawing(cooperative, supervisor, booked):
    return {"cooperative": cooperative, "on": ON, "actor": supervisor, "seed": "77", **YEAR}


@pytest.mark.parametrize(
    ("population", "count"),
    [(Population.RECEIPTS, 40), (Population.PAYMENTS, 10), (Population.ENTRIES, 50)],
)
def test_it_draws_from_what_is_asked_and_keeps_the_draw(drawing, population, count):
    made = draw_sample(population=population, **drawing)
    items = list(samples.items_of(made))
    assert (made.number, made.papers) == ("UP/2026/11/0001", count)
    assert len(items) == min(count, 25)
    assert len({item.key for item in items}) == len(items)


def test_the_same_seed_draws_the_same_papers(drawing):
    first, second = (
        draw_sample(population=Population.RECEIPTS, method=Method.AMOUNT, **drawing) for _ in "12"
    )
    keys = [list(samples.items_of(one).values_list("key", "hits")) for one in (first, second)]
    assert keys[0] == keys[1]


def test_the_draw_reads_no_paper_but_the_drawn(drawing, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        draw_sample(population=Population.RECEIPTS, **drawing)


def test_a_tick_is_kept_and_the_later_one_rules(drawing, supervisor):
    made = draw_sample(population=Population.RECEIPTS, **drawing)
    item = there(samples.item(found=made, place=1))
    tick_item(item=item, agrees=True, on=ON, actor=supervisor)
    tick_item(item=item, agrees=False, note="Jumlah beda", on=ON, actor=supervisor)
    again: Any = there(samples.item(found=made, place=1))
    assert (again.agrees, again.note) == (False, "Jumlah beda")
    assert SampleTick.objects.count() == 2
    found: Any = there(samples.sample(cooperative=made.cooperative, number=made.number))
    assert (found.compared, found.drawn) == (1, 25)
    assert [one.number for one in samples.in_work(cooperative=made.cooperative)] == [made.number]


def test_what_does_not_agree_becomes_a_finding_about_its_paper(drawing, supervisor):
    made = draw_sample(population=Population.RECEIPTS, **drawing)
    item = there(samples.item(found=made, place=3))
    tick = tick_item(
        item=item, agrees=False, note="Tanpa bukti", addressed_to=Role.CASHIER, on=ON,
        actor=supervisor,
    )  # fmt: skip
    found = Finding.objects.get()
    assert (tick.finding, found.subject, found.addressed_to) == (found, item.paper, "cashier")
    assert [text for law in INVARIANTS for text in law.breaches(made.cooperative)] == []


def test_a_refusal_leaves_no_trace(drawing, supervisor):
    none = {**drawing, "until": date(2026, 1, 31)}
    with pytest.raises(NothingToDraw):
        draw_sample(population=Population.RECEIPTS, **none)
    turned = {**drawing, "since": ON, "until": date(2026, 1, 1)}
    with pytest.raises(TimeTurned):
        draw_sample(population=Population.RECEIPTS, **turned)
    assert not Sample.objects.exists()
    made = draw_sample(population=Population.RECEIPTS, **drawing)
    item = there(samples.item(found=made, place=1))
    with pytest.raises(NoteNeeded):
        tick_item(item=item, agrees=False, note=" ", on=ON, actor=supervisor)
    assert made.number == "UP/2026/11/0001"
    assert not SampleTick.objects.exists()
