"""Whatever is posted, the statements tie: position, surplus, equity and cash prove each other."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors as ledger
from canting.ledger.rules import CHART, BusinessClass, Draft, Line, Side
from canting.ledger.services import post_entries, reverse_entry
from canting.reports.rules.flows import WAYS
from canting.reports.statements import (
    Period,
    cash_flow,
    equity_changes,
    financial_position,
    surplus,
)
from tests import builders

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
# Accounts of every kind; those kept by party get the party of their kind.
ROLES = [row for row in CHART if row.party in {"", "member", "buyer", "supplier", "financier"}]
KINDS = [*sorted(WAYS), "manual", "depreciation", "surplus_split", "opening", "exit_approved"]
_numbers = itertools.count(1)

pytestmark = pytest.mark.django_db


def parties(cooperative):
    """One party of each kind that an account may ask for."""
    return {
        kind: builders.party(cooperative, PartyKind(kind), kind.title(), number=f"H-{kind}")
        for kind in ("member", "buyer", "supplier", "financier")
    }


@st.composite
def entries(draw):
    """An entry of two to five lines on any accounts that balances, with its kind and day."""
    amounts = draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=4))
    rows = draw(st.lists(st.sampled_from(ROLES), min_size=len(amounts), max_size=len(amounts)))
    sides = draw(
        st.lists(st.sampled_from(list(Side)), min_size=len(amounts), max_size=len(amounts))
    )
    rest = sum(a if side == Side.DEBIT else -a for a, side in zip(amounts, sides, strict=True))
    lines = list(zip(rows, sides, amounts, strict=True))
    if rest:
        balance = draw(st.sampled_from(ROLES))
        lines.append((balance, Side.CREDIT if rest > 0 else Side.DEBIT, abs(rest)))
    whose = draw(st.sampled_from([BusinessClass.MEMBER, BusinessClass.NONMEMBER]))
    day = FIRST + timedelta(days=draw(st.integers(0, 364)))
    return draw(st.sampled_from(KINDS)), day, lines, whose, draw(st.booleans())


def drafts_of(found, people):
    for kind, day, lines, whose, is_taken_back in found:
        made = [
            Line(
                row.role,
                side,
                amount,
                people.get(row.party),
                whose if row.split in {"class", "origin"} else BusinessClass.NONE,
            )
            for row, side, amount in lines
        ]
        if len(made) > 1:
            yield Draft(f"any:{next(_numbers)}", day, kind, "Apa saja", made), is_taken_back


@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    found=st.lists(entries(), min_size=1, max_size=6),
    since=st.dates(FIRST, LAST),
    days=st.integers(0, 364),
)
def test_the_statements_tie_for_any_postings(actor, found, since, days):
    cooperative = builders.cooperative(actor=actor, cutover=FIRST)
    drafts = list(drafts_of(found, parties(cooperative)))
    posted = post_entries(cooperative=cooperative, drafts=[one for one, _ in drafts], actor=actor)
    for entry, (draft, is_taken_back) in zip(posted, drafts, strict=True):
        if is_taken_back:
            reverse_entry(
                entry=ledger.entry(cooperative=cooperative, position=entry.position),
                on=draft.entry_date,
                reason="Salah",
                actor=actor,
            )
    period = Period(since, min(since + timedelta(days=days), LAST))
    position = financial_position(cooperative=cooperative, as_of=period.until)
    result = surplus(cooperative=cooperative, since=period.since, until=period.until)
    equity = equity_changes(cooperative=cooperative, period=period)
    cash = cash_flow(cooperative=cooperative, period=period)
    assert position.difference == 0
    assert result.after_tax.total == result.after_tax.member + result.after_tax.nonmember
    assert (equity.difference, equity.closing) == (0, position.total_equity)
    assert (cash.difference, cash.between) == (0, 0)
    assert cash.closing == next(one.amount for one in position.assets if one.key == "cash")
