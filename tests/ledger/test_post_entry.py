"""Posting: what it does, what it refuses, what happens the second time."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors
from canting.ledger.errors import (
    BeforeBooks,
    EmptyLine,
    PartyNeeded,
    PeriodClosed,
    SourceConflict,
    UnbalancedEntry,
    UnknownAccount,
    WrongParty,
)
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, post_entries, post_entry, reverse_entry
from tests.builders import cooperative as another_cooperative
from tests.builders import party, there

JAN_5 = date(2026, 1, 5)


def draft(source="test:1", on=JAN_5, amount=50_000, lines=None) -> Draft:
    return Draft(
        source=source,
        entry_date=on,
        kind="test",
        memo="Percobaan",
        lines=lines or [debit("cash_main", amount), credit("other_income", amount)],
    )


def balance(cooperative, role="cash_main", as_of=None) -> int:
    return selectors.balance(cooperative=cooperative, role=role, as_of=as_of)


def test_an_entry_moves_both_accounts_and_takes_the_next_place(cooperative, actor):
    first = post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    second = post_entry(cooperative=cooperative, draft=draft("test:2"), actor=actor)
    assert (first.position, second.position) == (1, 2)
    assert balance(cooperative) == balance(cooperative, "other_income") == 100_000


def test_the_same_paper_posts_once(cooperative, actor):
    first = post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    again = post_entries(cooperative=cooperative, drafts=[draft(), draft("test:2")], actor=actor)
    assert again[0] == first
    assert again[1].position == 2
    assert balance(cooperative) == 100_000


def test_the_same_paper_with_other_amounts_is_refused(cooperative, actor):
    post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    with pytest.raises(SourceConflict), transaction.atomic():
        post_entry(cooperative=cooperative, draft=draft(amount=60_000), actor=actor)
    assert balance(cooperative) == 50_000
    assert selectors.book(cooperative=cooperative).position == 1


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([debit("cash_main", 5), credit("other_income", 4)], UnbalancedEntry),
        ([debit("cash_main", 0), credit("other_income", 0)], EmptyLine),
        ([debit("cash_main", -5), credit("other_income", -5)], EmptyLine),
        ([debit("cash_main", 10**16), credit("other_income", 10**16)], EmptyLine),
        ([debit("no_such", 5), credit("other_income", 5)], UnknownAccount),
        ([debit("cash_main", 5), credit("share_principal", 5)], PartyNeeded),
    ],
)
def test_a_wrong_entry_is_refused_and_leaves_no_trace(cooperative, actor, lines, refusal):
    with pytest.raises(refusal), transaction.atomic():
        post_entry(cooperative=cooperative, draft=draft(lines=lines), actor=actor)
    assert selectors.book(cooperative=cooperative).position == 0
    assert not JournalEntry.objects.filter(cooperative=cooperative).exists()


def test_a_party_of_another_kind_or_cooperative_is_refused(cooperative, actor):
    buyer = party(cooperative, PartyKind.BUYER)
    stranger = party(another_cooperative(), PartyKind.MEMBER)
    for wrong in (buyer, stranger):
        lines = [debit("cash_main", 5), credit("share_principal", 5, wrong)]
        with pytest.raises(WrongParty), transaction.atomic():
            post_entry(cooperative=cooperative, draft=draft(lines=lines), actor=actor)


def test_a_closed_month_and_a_day_before_the_books_are_refused(cooperative, actor):
    close_month(cooperative=cooperative, month=JAN_5, on=date(2026, 2, 1), actor=actor)
    with pytest.raises(PeriodClosed, match="2026"), transaction.atomic():
        post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    with pytest.raises(BeforeBooks), transaction.atomic():
        post_entry(
            cooperative=another_cooperative(), draft=draft(on=date(2025, 12, 31)), actor=actor
        )


def test_balances_of_a_party_and_at_any_day(cooperative, actor):
    siti = party(cooperative, PartyKind.MEMBER, "Siti")
    for source, on, amount in (("a", JAN_5, 100), ("b", date(2026, 2, 3), 40)):
        lines = [debit("cash_main", amount), credit("share_mandatory", amount, siti)]
        post_entry(cooperative=cooperative, draft=draft(source, on, lines=lines), actor=actor)

    def of_siti(as_of=None):
        return selectors.party_balance(
            cooperative=cooperative, role="share_mandatory", party=siti, as_of=as_of
        )

    assert of_siti() == 140
    assert of_siti(date(2026, 1, 31)) == of_siti(date(2026, 2, 2)) == 100
    assert selectors.balances_of_party(cooperative=cooperative, party=siti) == {
        "share_mandatory": 140
    }
    assert balance(cooperative, as_of=date(2026, 1, 4)) == 0
    month_end = selectors.balances(cooperative=cooperative, as_of=date(2026, 1, 31))
    assert month_end == {"cash_main": 100, "share_mandatory": 100}


def test_a_reversal_mirrors_the_entry_once(cooperative, actor):
    post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    entry = there(selectors.entry(cooperative=cooperative, position=1))
    reverse_entry(entry=entry, on=JAN_5, reason="Salah ketik", actor=actor)
    assert balance(cooperative) == 0
    with pytest.raises(Exception, match="1"), transaction.atomic():
        reverse_entry(entry=entry, on=JAN_5, reason="Lagi", actor=actor)


@pytest.mark.parametrize("table", ["ledger_journalentry", "ledger_journalline"])
@pytest.mark.parametrize(
    "deed", ["UPDATE {} SET cooperative_id = cooperative_id", "DELETE FROM {}"]
)
def test_the_database_refuses_to_change_posted_rows(cooperative, actor, table, deed):
    post_entry(cooperative=cooperative, draft=draft(), actor=actor)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table))
    assert balance(cooperative) == 50_000
