"""Why this supplier and not that one, and what a change by hand costs."""

from decimal import Decimal
from typing import Any

from canting.rounds.rules.plan import Breach, Demand, Limits, Why, cost_of, explain, plan
from tests.rounds.plan_cases import offer, supplier

FACTS: dict[str, Any] = {
    "demands": [Demand("MORI", Decimal(10)), Demand("MALAM", Decimal(4))],
    "offers": [
        offer("1:MORI", "S1", "MORI", (1, 100)),
        offer("1:MALAM", "S1", "MALAM", (1, 50)),
        offer("2:MORI", "S2", "MORI", (1, 110)),
        offer("3:MORI", "S3", "MORI", (1, 80)),
        offer("4:MORI", "S4", "MORI", (1, 2400), pack="25"),
        offer("5:MORI", "S5", "MORI", (1, 70)),
        offer("6:MORI", "S6", "MORI", (1, 90), max_packs=3),
        offer("7:MORI", "S7", "MORI", (1, 99)),
    ],
    "suppliers": [
        supplier("S1"),
        supplier("S2"),
        supplier("S3", minimum=4000),
        supplier("S4"),
        supplier("S5", lead=20),
        supplier("S6", freight=200),
        supplier("S7", freight=400),
    ],
    "limits": Limits(needed_by_days=10),
}


def reasons(few=60):
    """Reasons by item and supplier."""
    made = plan(**FACTS, gap=0.0)
    return {(r.item, r.supplier): r for r in explain(made, **FACTS, few=few)}


def test_every_supplier_who_offers_has_her_reason():
    said = {key: r.why for key, r in reasons().items()}
    assert said == {
        ("MALAM", "S1"): Why.CHOSEN,
        ("MORI", "S1"): Why.CHOSEN,
        ("MORI", "S2"): Why.DEARER,
        ("MORI", "S3"): Why.MIN_AMOUNT,
        ("MORI", "S4"): Why.PACK_TOO_BIG,
        ("MORI", "S5"): Why.TOO_LATE,
        ("MORI", "S6"): Why.NOT_ENOUGH,
        ("MORI", "S7"): Why.FREIGHT,
    }


def test_a_reason_says_what_it_would_cost_more():
    found = reasons()
    assert found["MORI", "S2"].extra == 100
    assert found["MORI", "S7"].extra == 390
    assert found["MORI", "S6"].extra is None
    below = found["MORI", "S3"]
    assert (below.limit, below.found, below.of) == (4000, 800, "S3")
    assert below.extra == (4000 - 40 * 64) - 1000  # 64: what a surplus of the lowest price keeps
    assert all(r.exact for r in found.values())


def test_many_alternatives_are_compared_line_by_line_and_say_so():
    found = reasons(few=0)
    assert found["MORI", "S2"].extra == 100
    assert not found["MORI", "S2"].exact
    assert found["MORI", "S3"].extra is None


def test_a_change_by_hand_is_costed_and_every_broken_limit_named():
    made = plan(**FACTS, gap=0.0)
    edited = made.packs | {"2:MORI": 10, "1:MORI": 0}
    changed = cost_of(edited, **FACTS)
    assert (changed.total - made.total, changed.broken) == (100, ())
    broken = cost_of({"3:MORI": 10, "5:MORI": 1, "6:MORI": 4, "??": 1}, **FACTS).broken
    assert {(b.code, b.subject) for b in broken} == {
        (Breach.MIN_AMOUNT, "S3"),
        (Breach.TOO_LATE, "S5"),
        (Breach.MAX_PACKS, "6:MORI"),
        (Breach.UNKNOWN_OFFER, "??"),
    }


def test_an_edit_that_leaves_something_out_says_what():
    made = plan(**FACTS, gap=0.0)
    less = cost_of(made.packs | {"1:MALAM": 1}, **FACTS)
    assert less.missing == (("MALAM", Decimal(3)),)
    assert less.missing_value == 150
