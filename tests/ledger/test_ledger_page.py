"""The lines of an account page by page: the running balance, the opening one, the number of queries."""

from datetime import date, timedelta

import pytest

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from tests import builders

BEGIN, END = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def books(cooperative, actor):
    """Money in every second day, a smaller sum out the same day, for two members in turn."""
    members = [builders.party(cooperative, PartyKind.MEMBER, name) for name in ("Siti", "Tutik")]
    drafts = []
    for number in range(1, 61):
        on = BEGIN + timedelta(days=2 * number)
        who = members[number % 2]
        lines = [debit("cash_main", number * 10), credit("share_mandatory", number * 10, who)]
        drafts.append(Draft(f"in:{number}", on, "test", f"Setoran {number}", lines))
        back = [debit("admin", number), credit("cash_main", number)]
        drafts.append(Draft(f"out:{number}", on, "test", f"Biaya {number}", back))
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    return cooperative


def page(cooperative, role="cash_main", since=BEGIN, until=END, **filters):
    account = selectors.account_for(cooperative=cooperative, role=role)
    return selectors.ledger_page(
        cooperative=cooperative, accounts=[account], since=since, until=until, **filters
    )


def all_pages(cooperative, **filters):
    found, after = [], None
    while True:
        one = page(cooperative, after=after, size=7, **filters)
        found += one.rows
        if one.next is None:
            return found
        after = one.next


def test_each_line_carries_the_balance_after_it(books):
    rows = list(reversed(all_pages(books)))
    balance = 0
    for row in rows:
        balance += row.debit - row.credit
        assert row.balance == balance
    assert len(rows) == 120
    assert balance == page(books).closing == sum(range(1, 61)) * 9


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 28), date(2026, 3, 1)])
def test_a_time_opens_with_what_the_time_before_closed_with(books, day):
    siti = selectors.party_balances(cooperative=books, role="share_mandatory")[0].party_id
    for filters in ({}, {"role": "share_mandatory", "party_id": siti}):
        before = page(books, until=day, **filters)
        after = page(books, since=day + timedelta(days=1), **filters)
        assert after.opening == before.closing
        sign = -1 if filters else 1
        assert after.closing == after.opening + sign * (after.debit - after.credit)
        assert before.count + after.count == len(all_pages(books, **filters))


def test_one_partys_lines_run_on_their_own(books):
    siti = selectors.party_balances(cooperative=books, role="share_mandatory")[0]
    rows = all_pages(books, role="share_mandatory", party_id=siti.party_id)
    assert rows[0].balance == siti.balance
    assert {row.party for row in rows} == {siti.name}


def test_an_empty_time_is_an_empty_page(books):
    one = page(books, since=date(2026, 12, 1))
    assert (one.rows, one.count, one.next) == ([], 0, None)
    assert one.opening == one.closing == sum(range(1, 61)) * 9


@pytest.mark.parametrize("size", [2, 50])
def test_a_page_takes_the_same_queries_whatever_its_length(books, size, django_assert_num_queries):
    account = selectors.account_for(cooperative=books, role="cash_main")
    with django_assert_num_queries(3):
        found = selectors.ledger_page(
            cooperative=books, accounts=[account], since=date(2026, 2, 3), until=END, size=size
        )
        assert all(row.memo and row.origin is None for row in found.rows)
