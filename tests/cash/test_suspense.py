"""Money nobody recognises: in suspense, then to whom it belongs."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash import selectors
from canting.cash.closing import suspense_is_empty
from canting.cash.errors import NotInSuspense, NotOwedByParty, PartyMissing, UnknownPurpose
from canting.cash.services import clear_suspense, receive_unknown
from canting.cooperatives.rules import PartyKind
from canting.ledger.rules import BusinessClass, Draft, credit, debit
from canting.ledger.services import post_entry
from tests import builders
from tests.cash.conftest import MAY_2
from tests.cash.test_receipts_and_payments import lines, worked

MAY_20 = date(2026, 5, 20)


@pytest.fixture
def debtor(funded, actor):
    """A member who owes Rp100.000."""
    made = builders.party(funded, PartyKind.MEMBER, "Bu Contoh")
    sale = [
        debit("recv_member", 100_000, made),
        credit("sales_outside", 100_000, business=BusinessClass.NONMEMBER),
    ]
    post_entry(cooperative=funded, draft=Draft("s", MAY_2, "sale", "Jual", sale), actor=actor)
    return made


@pytest.fixture
def unknown(funded, actor):
    return receive_unknown(
        cooperative=funded, amount=100_000, place="bank", memo="Transfer masuk tak dikenal",
        on=MAY_2, actor=actor,
    )  # fmt: skip


def clear(paper, actor, target="recv_member", amount=100_000, party=None):
    return clear_suspense(
        paper=paper, target=target, amount=amount, memo="Ternyata angsuran", on=MAY_20,
        actor=actor, party=party,
    )  # fmt: skip


def test_in_and_cleared_as_in_the_worked_year(unknown, actor, debtor, balance, broken):
    assert (selectors.entry_of(paper=unknown).kind, lines(unknown)) == worked("E070")
    cleared = clear(unknown, actor, party=debtor)
    assert selectors.entry_of(paper=cleared).kind == worked("E072")[0]
    assert selectors.in_suspense(cooperative=unknown.cooperative) == []
    assert balance("suspense") == balance("recv_member") == 0
    assert broken() == []


def test_part_of_it_may_be_known_first(unknown, actor, balance):
    clear(unknown, actor, "other_in", 30_000)
    ((paper, left),) = selectors.in_suspense(cooperative=unknown.cooperative)
    assert (paper, left) == (unknown, 70_000)
    clear(unknown, actor, "returned", 70_000)
    assert selectors.in_suspense(cooperative=unknown.cooperative) == []
    assert balance("bank") == 1_030_000


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"amount": 100_001, "target": "other_in"}, NotInSuspense),
        ({"target": "recv_member"}, PartyMissing),
        ({"target": "jajan"}, UnknownPurpose),
    ],
)
def test_a_wrong_clearing_is_refused_with_no_trace(unknown, actor, balance, facts, refusal):
    with pytest.raises(refusal), transaction.atomic():
        clear(unknown, actor, **facts)
    assert balance("suspense") == 100_000
    assert selectors.left_in_suspense(paper=unknown) == 100_000


def test_a_debt_takes_no_more_than_is_open(unknown, actor, debtor, balance):
    clear(unknown, actor, amount=60_000, party=debtor)
    other = receive_unknown(
        cooperative=unknown.cooperative, amount=50_000, place="bank", memo="Lagi", on=MAY_20,
        actor=actor,
    )  # fmt: skip
    with pytest.raises(NotOwedByParty, match=r"Rp40\.000"), transaction.atomic():
        clear(other, actor, amount=50_000, party=debtor)
    assert balance("recv_member") == 40_000


def test_money_in_suspense_shows_before_the_month_is_closed(unknown):
    (fault,) = suspense_is_empty(unknown.cooperative, date(2026, 5, 1))
    assert "Rp100.000" in fault
    assert list(suspense_is_empty(unknown.cooperative, date(2026, 4, 1))) == []
