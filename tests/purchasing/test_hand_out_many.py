"""Many hand-outs at once are just what one after another would be, to the rupiah; all or nothing."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canting.kernel.errors import DomainError
from canting.kernel.money import half_up
from canting.ledger import selectors as ledger
from canting.ledger.models import JournalEntry
from canting.purchasing.models import HandOut, HandOutLine
from canting.purchasing.selectors import OutLine
from canting.purchasing.services import ShareLine, Sheet, hand_out, hand_out_many
from canting.stock import selectors as stock
from canting.stock.errors import NotEnoughStock
from canting.stock.models import StockMove
from canting.stock.services import pool_lot
from tests.purchasing.worked_year import Year, day

PRICES = {"mori": 22_000, "malam": 36_000}
QUANTITIES = st.decimals("0.0001", "30", places=4)
SHEETS = st.lists(
    st.tuples(
        st.sampled_from(["M1", "M2", "M3"]),
        st.sampled_from(["credit", "custody", "credit_on_sale"]),
        st.lists(st.tuples(st.sampled_from(sorted(PRICES)), QUANTITIES), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=5,
)


def basis(mode: str) -> str:
    return "commission" if mode == "custody" else "purchase"


def at_once(year, sheets) -> None:
    hand_out_many(
        cooperative=year.coop,
        sheets=[
            Sheet(
                year.people[who],
                [
                    ShareLine(year.items[key], much, half_up(PRICES[key] * much))
                    for key, much in lines
                ],
                mode,
                basis(mode),
            )
            for who, mode, lines in sheets
        ],
        on=day(2, 1),
        actor=year.actor,
    )


def one_by_one(year, sheets) -> None:
    for who, mode, lines in sheets:
        hand_out(
            cooperative=year.coop,
            member=year.people[who],
            lines=[OutLine(year.items[key], much) for key, much in lines],
            mode=mode,
            basis=basis(mode),
            on=day(2, 1),
            actor=year.actor,
        )


def state(year):
    """Where what lies at which value, what the books say, what the papers say."""
    places = [stock.store(year.coop), *(stock.custody_of(year.coop, m.party) for m in
              year.people.values())]  # fmt: skip
    lies = [
        (balance.quantity, balance.value)
        for place in places
        for key in PRICES
        for balance in [stock.balance_of(place, pool_lot(year.items[key]))]
    ]
    books = [
        (r.code, r.net) for r in ledger.trial_balance(cooperative=year.coop, as_of=day(12, 31))
    ]
    papers = HandOut.objects.filter(cooperative=year.coop).order_by("id")
    facts = list(papers.values_list("number", "mode", "total", "cost", "due_on"))
    lines = list(
        HandOutLine.objects.filter(hand_out__cooperative=year.coop)
        .order_by("id")
        .values_list("hand_out__number", "item__name", "base_quantity", "amount", "cost")
    )
    return lies, books, facts, lines


class UndoneError(Exception):
    """Ends a try without keeping it."""


def tried(year, way, sheets):
    """What a way leaves behind, or its refusal; nothing is kept."""
    found = None
    try:
        with transaction.atomic():
            try:
                with transaction.atomic():
                    way(year, sheets)
                found = state(year)
            except DomainError as refusal:
                found = type(refusal).__name__
            raise UndoneError
    except UndoneError:
        ledger.forget_chart(cooperative=year.coop)
    return found


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SHEETS)
def test_at_once_is_what_one_by_one_would_be(year, sheets):
    assert tried(year, at_once, sheets) == tried(year, one_by_one, sheets)


@pytest.fixture
def year(db) -> Year:
    return Year()


def test_one_that_cannot_be_leaves_no_trace_of_the_others(year):
    before = state(year), JournalEntry.objects.count(), StockMove.objects.count()
    good = ("M1", "credit", [("mori", Decimal(5))])
    with pytest.raises(NotEnoughStock):
        at_once(year, [good, ("M2", "credit", [("mori", Decimal(500))])])
    assert (state(year), JournalEntry.objects.count(), StockMove.objects.count()) == before
    at_once(year, [good])
    assert HandOut.objects.get().number == "KB/2027/02/0001"
