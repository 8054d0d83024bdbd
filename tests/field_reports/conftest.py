"""A cooperative of the stories, with money in the box and a clock that stands."""

from collections.abc import Callable
from datetime import date

import pytest

from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members.services import admit_member
from tests.field_reports.ground import noon
from tests.portal.clock import stop_clock


@pytest.fixture
def day_is(monkeypatch) -> Callable[[date], None]:
    """Every page believes that it is noon of this day."""
    return lambda day: stop_clock(monkeypatch, noon(day))


@pytest.fixture
def joined(cooperative, actor):
    """Makes a member who joined on a day."""

    def make(name, on=date(2026, 1, 2), **facts):
        return admit_member(cooperative=cooperative, full_name=name, on=on, actor=actor, **facts)

    return make


@pytest.fixture
def funded(cooperative, actor):
    """Puts money into a cash place."""

    def fund(place="cash_main", amount=10_000_000, on=date(2026, 1, 2)):
        lines = [debit(place, amount), credit("other_income", amount)]
        draft = Draft(f"test.fund:{place}:{on}", on, "test", "Modal uji", lines)
        post_entry(cooperative=cooperative, draft=draft, actor=actor)

    return fund
