"""Whatever happens to a stock: value out equals value in, nothing negative, no value left behind."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canting.catalogue.services import create_item
from canting.cooperatives.rules import PartyKind
from canting.kernel.errors import DomainError
from canting.stock import selectors, services
from canting.stock.invariants import balances_are_their_moves, nothing_was_negative
from canting.stock.models import StockMove
from canting.stock.rules import value_out
from tests import builders

FIRST = date(2026, 1, 1)
quantities = st.decimals("0.0001", "5000", places=4)


@given(
    st.lists(st.tuples(quantities, st.integers(0, 10**9)), min_size=1, max_size=8),
    st.data(),
)
def test_the_value_out_is_the_value_in_for_any_way_to_empty_a_stock(receipts, data):
    quantity = sum((q for q, _v in receipts), Decimal(0))
    value = sum(v for _q, v in receipts)
    whole, gone = value, 0
    while quantity:
        part = data.draw(st.decimals("0.0001", quantity, places=4) | st.just(quantity))
        leaving = value_out(quantity=part, balance_quantity=quantity, balance_value=value)
        assert 0 <= leaving <= value
        exact = Fraction(value) * Fraction(part) / Fraction(quantity)
        assert abs(leaving - exact) <= Fraction(1, 2) or part == quantity
        quantity, value, gone = quantity - part, value - leaving, gone + leaving
        if value == 0 or gone > whole - 1:
            leaving = value_out(quantity=quantity, balance_quantity=quantity, balance_value=value)
            gone += leaving if quantity else 0
            break
    assert gone == whole


deeds = st.lists(
    st.tuples(
        st.sampled_from(["in", "out", "hand", "back", "undo"]),
        st.decimals("0.0001", "60", places=4),
        st.integers(0, 2_000_000),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.django_db
@given(deeds)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_sequence_of_papers_keeps_the_laws_of_the_stock(deeds):
    with transaction.atomic():
        actor = builders.user("gudang")
        coop = builders.cooperative(actor=actor)
        item = create_item(cooperative=coop, name="Mori", kind="cloth", unit="m", actor=actor)
        lot, store = services.pool_lot(item), selectors.store(coop)
        maker = builders.party(coop, PartyKind.MEMBER, "Siti")
        custody = selectors.custody_of(coop, maker)
        value_in = value_gone = 0
        for number, (deed, quantity, value, day) in enumerate(deeds):
            facts: dict[str, Any] = {
                "cooperative": coop,
                "on": FIRST + timedelta(days=day),
                "source": f"test:{number}",
                "actor": actor,
            }
            try:
                with transaction.atomic():
                    if deed == "in":
                        services.receive(
                            place=store, lot=lot, quantity=quantity, value=value, **facts
                        )
                        value_in += value
                    elif deed == "out":
                        moved = services.issue(place=store, lot=lot, quantity=quantity, **facts)
                        value_gone += moved.value
                    elif deed == "undo":
                        del facts["source"]
                        services.mirror(
                            source=f"test:{number - 1}", reason_source=f"undo:{number}", **facts
                        )
                        undone = StockMove.objects.filter(source=f"test:{number - 1}")
                        change = sum(move.value for move in undone)
                        if change > 0:
                            value_in -= change
                        else:
                            value_gone += change
                    else:
                        way = (store, custody) if deed == "hand" else (custody, store)
                        services.transfer(
                            lot=lot, quantity=quantity, from_place=way[0], to_place=way[1], **facts
                        )
            except DomainError:
                continue
        left = sum(row.value for row in selectors.on_hand(coop))
        assert value_in == value_gone + left
        assert list(nothing_was_negative(coop)) == []
        assert list(balances_are_their_moves(coop)) == []
        transaction.set_rollback(True)
