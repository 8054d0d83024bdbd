"""The worked year's journal gives its trial balance, party balances and statements to the rupiah."""

from datetime import date

import pytest

from canting.ledger import selectors, statements
from canting.ledger.invariants import INVARIANTS
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries, post_entry
from tests.ledger import worked_year
from tests.reports.shown import shown_position, shown_surplus


@pytest.fixture
def year(actor):
    return worked_year.posted(actor)


@pytest.fixture
def expected():
    return worked_year.read("expected")


def position_of(cooperative, as_of=worked_year.LAST_DAY):
    return statements.financial_position(cooperative=cooperative, as_of=as_of)


def surplus_of(cooperative, since=date(2027, 1, 1), until=worked_year.LAST_DAY):
    return statements.surplus(cooperative=cooperative, since=since, until=until)


def test_the_trial_balance_is_the_worked_years(year, expected):
    rows = selectors.trial_balance(cooperative=year, as_of=worked_year.LAST_DAY)
    assert {row.code: row.net for row in rows if row.net} == expected["trial_balance"]
    assert sum(row.net for row in rows) == 0


def test_every_party_has_what_the_worked_year_says(year, expected):
    found = {}
    for account in selectors.accounts(cooperative=year).exclude(party_kind=""):
        sign = 1 if account.normal == "D" else -1
        for row in selectors.party_balances(cooperative=year, role=account.role):
            found[f"{account.code} {row.number}"] = sign * row.balance
    assert found == expected["parties"]


def test_the_financial_position_is_the_worked_years(year, expected):
    position = position_of(year)
    assert shown_position(position) == expected["position"]
    assert position.difference == 0


def test_the_surplus_and_its_split_are_the_worked_years(year, expected):
    assert shown_surplus(surplus_of(year)) == expected["phu"]


@pytest.mark.parametrize("month", range(1, 13))
def test_both_statements_tie_to_the_trial_balance_on_any_day(year, month):
    day = date(2027, month, 17)
    rows = selectors.trial_balance(cooperative=year, as_of=day)
    found = surplus_of(year, until=day)
    assert found.after_tax.total == -sum(row.net for row in rows if row.code >= "4")
    assert sum(line.amount for lines in found.accounts.values() for line in lines) == (
        found.after_tax.total
    )
    position = position_of(year, day)
    assert position.difference == 0
    assert position.total_assets == sum(row.net for row in rows if row.code < "2")


def test_the_worked_year_breaks_no_law_of_the_books(year):
    assert [text for law in INVARIANTS for text in law.breaches(year)] == []


def close_year(cooperative, actor):
    """The closing entry of the worked year and its transfer on the first day of the next."""
    lines = []
    for code, amount in worked_year.read("expected")["year_close"].items():
        lines.append(debit(code, amount) if amount > 0 else credit(code, -amount))
    surplus = worked_year.read("expected")["phu"]["shu"]
    moved = [debit("shu_current", surplus), credit("shu_previous", surplus)]
    post_entries(
        cooperative=cooperative,
        drafts=[
            Draft("close:2027", worked_year.LAST_DAY, "year_close", "Tutup buku 2027", lines),
            Draft("close:2027b", date(2028, 1, 1), "year_close", "SHU ke tahun lalu", moved),
        ],
        actor=actor,
    )


def test_closing_the_year_changes_no_statement_of_it(year, actor):
    before = position_of(year), surplus_of(year)
    close_year(year, actor)
    assert (position_of(year), surplus_of(year)) == before
    rows = selectors.trial_balance(cooperative=year, as_of=worked_year.LAST_DAY)
    assert [row.code for row in rows if row.net and row.code >= "4"] == []


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_past_years_surplus_stands_apart_closed_or_not(year, actor, expected, is_closed):
    if is_closed:
        close_year(year, actor)
    lines = [debit("cash_main", 70_000), credit("other_income", 70_000)]
    draft = Draft("test:2028", date(2028, 2, 3), "test", "Uji", lines)
    post_entry(cooperative=year, draft=draft, actor=actor)
    equity = {line.key: line.amount for line in position_of(year, date(2028, 3, 1)).equity}
    assert equity["shu_previous"] == expected["phu"]["shu"]
    assert equity["shu_current"] == 70_000


def test_costs_without_any_revenue_are_the_members(cooperative, actor):
    lines = [debit("admin", 9_999), credit("cash_main", 9_999)]
    draft = Draft("test:1", date(2026, 2, 3), "test", "Uji", lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    found = surplus_of(cooperative, date(2026, 1, 1), date(2026, 12, 31))
    assert (found.after_tax.member, found.after_tax.nonmember) == (-9_999, 0)
