"""The demonstration: whole, true to the rupiah, the same by seed, and apart from its neighbour."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from canting.cooperatives import selectors as house
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.portal import demo, services
from canting.portal import selectors as portal
from canting.portal.demo.stage import SECOND_SLUG, SLUG
from canting.sales import selectors as sales

TODAY = date(2026, 11, 25)


class Undo(Exception):
    """Ends a transaction without keeping it."""


def figures() -> list[tuple[str, int]]:
    made = house.cooperative_by_slug(SLUG)
    assert made is not None
    return [(row.code, row.net) for row in ledger.trial_balance(cooperative=made, as_of=TODAY)]


@pytest.mark.django_db
def test_the_demonstration_is_whole_and_true():
    if connection.vendor == "sqlite":
        first: list[tuple[str, int]] = []
        with pytest.raises(Undo), transaction.atomic():
            demo.build(today=TODAY)
            first = figures()
            raise Undo
    demo.build(today=TODAY)
    made, second = house.cooperative_by_slug(SLUG), house.cooperative_by_slug(SECOND_SLUG)
    assert made is not None
    assert second is not None
    if connection.vendor == "sqlite":
        assert figures() == first, "the same seed and day give the same figures"
    assert members.members(cooperative=made).count() == 23
    assert members.members(cooperative=second).count() == 9
    assert made.signed_at is not None
    assert ledger.book(cooperative=made).closed_through == date(2026, 10, 31)
    assert sales.open_orders(cooperative=made).exists()
    for one in (made, second):
        broken = [(f.name, f.breaches) for f in portal.verification(cooperative=one) if f.breaches]
        assert broken == []
    for cash in ("cash_main", "cash_till", "bank"):
        assert ledger.balance(cooperative=made, role=cash) > 0
    with pytest.raises(CommandError):
        call_command("demo")
    call_command("demo", if_empty=True)
    assert house.cooperatives().count() == 2


@pytest.mark.django_db
def test_a_fresh_demonstration_has_its_first_backup(monkeypatch):
    made = []
    monkeypatch.setattr(demo, "build", lambda **_facts: None)
    monkeypatch.setattr(services, "back_up_daily", lambda *, now: made.append(now))
    call_command("demo")
    assert len(made) == (1 if connection.vendor == "sqlite" else 0)
