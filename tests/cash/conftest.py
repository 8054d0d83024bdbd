"""What the tests of the cash desk share: a full drawer, staff, and the laws after each story."""

from datetime import date

import pytest

from canting.cash.invariants import INVARIANTS as CASH
from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.ledger.invariants import INVARIANTS as LEDGER
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from tests import builders

MAY_2 = date(2026, 5, 2)


@pytest.fixture
def funded(cooperative, actor):
    """A cooperative with Rp1.000.000 in each place."""
    for place in ("cash_main", "cash_till", "bank"):
        lines = [debit(place, 1_000_000), credit("grant_equity", 1_000_000)]
        draft = Draft(f"start:{place}", date(2026, 1, 2), "grant_cash", "Hibah", lines)
        post_entry(cooperative=cooperative, draft=draft, actor=actor)
    return cooperative


@pytest.fixture
def staff(cooperative):
    return builders.party(cooperative, PartyKind.STAFF, "Petugas lapangan")


@pytest.fixture
def balance(cooperative):
    """The balance of an account by role."""

    def of(role, as_of=None):
        return ledger.balance(cooperative=cooperative, role=role, as_of=as_of)

    return of


@pytest.fixture
def broken(cooperative):
    """What breaks a law of the desk or of the books."""

    def found():
        return [text for law in (*CASH, *LEDGER) for text in law.breaches(cooperative)]

    return found


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
