"""How much the store needs, and whose quota it is."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canting.rounds.rules.wanted import (
    Maker,
    Rain,
    Shelf,
    lead_days_on,
    material_need,
    may_ask,
    quotas,
    to_reorder,
)

D = Decimal
RAIN = Rain(frozenset({11, 12, 1, 2, 3}), D(2))
DRY, WET = date(2026, 7, 15), date(2026, 12, 15)


def test_rain_doubles_the_lead_time() -> None:
    assert lead_days_on(lead_days=7, day=DRY, rain=RAIN) == 7
    assert lead_days_on(lead_days=7, day=WET, rain=RAIN) == 14
    assert lead_days_on(lead_days=5, day=WET, rain=Rain(frozenset({12}), D("1.5"))) == 8


def test_an_order_is_placed_at_the_point_and_covers_the_weeks_after() -> None:
    shelf = Shelf("K-01", D(20), D(0), D(10), 14)
    # Dry: two weeks of lead use 20 m; at 20 m it is time: up to 20 + 4 x 10.
    assert to_reorder(shelf, day=DRY, cover_weeks=4, rain=RAIN) == D(40)
    # Rain: four weeks of lead use 40 m.
    assert to_reorder(shelf, day=WET, cover_weeks=4, rain=RAIN) == D(60)


@pytest.mark.parametrize(
    ("shelf", "wanted"),
    [
        (Shelf("K", D(21), D(0), D(10), 14), D(0)),
        (Shelf("K", D(5), D(16), D(10), 14), D(0)),
        (Shelf("K", D(5), D(10), D(10), 14), D(45)),
        (Shelf("K", D(30), D(0), D(0), 14, D(50)), D(20)),
        (Shelf("K", D(0), D(0), D(0), 14), D(0)),
    ],
)
def test_what_is_on_its_way_counts_and_a_set_point_rules(shelf: Shelf, wanted: Decimal) -> None:
    assert to_reorder(shelf, day=DRY, cover_weeks=4, rain=RAIN) == wanted


def test_a_work_order_needs_its_recipe_less_what_the_maker_holds() -> None:
    # data/prices/bom_batik_tulis_2.4m.csv: ten cloths of 2.4 m, 0.18 kg, 3 takar, 0.12 kg.
    norms = {"K": D("2.4"), "M": D("0.18"), "W": D(3), "S": D("0.12")}
    assert material_need(pieces=10, norms=norms, held={"K": D(4), "W": D(30)}) == {
        "K": D(20),
        "M": D("1.8"),
        "S": D("1.2"),
    }


def test_the_idle_get_no_quota() -> None:
    # Garut 1967: a tenth of a hundred members still worked, yet all shared (batik.md 2.7, S72).
    makers = [Maker(f"A-{n:04d}", 3 if n <= 10 else 0) for n in range(1, 101)]
    given_out = quotas(total=D(160), step=D("0.5"), makers=makers)
    assert set(given_out) == {f"A-{n:04d}" for n in range(1, 11)}
    assert set(given_out.values()) == {D(16)}


@given(
    st.decimals(min_value=0, max_value=10_000, places=2),
    st.sampled_from([D(1), D("0.5"), D("0.1"), D(16)]),
    st.lists(st.integers(0, 400), max_size=30),
)
def test_quotas_add_up_to_the_whole_steps(total: Decimal, step: Decimal, made: list[int]) -> None:
    makers = [Maker(str(n), pieces) for n, pieces in enumerate(made)]
    parts = quotas(total=total, step=step, makers=makers)
    whole = (total // step) * step
    assert sum(parts.values(), D(0)) == (whole if any(made) else 0)
    assert all(part % step == 0 for part in parts.values())
    by_output = sorted(parts, key=lambda number: made[int(number)])
    assert all(parts[less] <= parts[more] + step for less, more in pairwise(by_output))


def test_what_others_leave_is_open_after_the_quota_expired() -> None:
    facts = {"quota": D(16), "asked": D(10), "total": D(160), "asked_by_all": D(100)}
    assert may_ask(**facts, expired=False) == D(6)
    assert may_ask(**facts, expired=True) == D(60)
    assert may_ask(quota=D(0), asked=D(0), total=D(9), asked_by_all=D(10), expired=True) == 0
