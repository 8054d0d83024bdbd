"""After any row of posting, reversing, importing, closing and opening again the books are whole."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from canting.cooperatives.rules import PartyKind
from canting.kernel.errors import DomainError
from canting.ledger import selectors
from canting.ledger.errors import UnknownAccount
from canting.ledger.invariants import INVARIANTS
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, Line, credit, debit
from canting.ledger.services import (
    close_month,
    close_year,
    post_entries,
    prepare_year,
    reopen_month,
    reopen_year,
    reverse_entry,
)
from canting.portal import selectors as portal
from tests import builders

BEGINS, TODAY = date(2026, 11, 1), date(2027, 4, 20)
DAYS = st.integers(0, 150).map(lambda n: BEGINS + timedelta(days=n))
AMOUNTS = st.integers(1, 10**9)
PLAIN = st.sampled_from(["bank", "prepaid", "utilities", "other_income", "accrued", "duty"])
_number = itertools.count(1)


class Books(RuleBasedStateMachine):
    """One cooperative's books in the hands of two people who try everything."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = builders.user("rini"), builders.user("maimunah")
        self.coop = builders.cooperative(actor=self.first, cutover=BEGINS)
        self.members = [builders.party(self.coop, PartyKind.MEMBER, name) for name in "AB"]
        self.posted: list[int] = []
        self.closed_digests: list[tuple[int, str]] = []

    def attempt(self, deed: Any) -> Any:
        """Do it or be refused with a sentence; a refusal leaves no trace."""
        before = self.state()
        try:
            with transaction.atomic():
                return deed()
        except DomainError as refusal:
            assert str(refusal)
            assert self.state() == before
            return None

    def state(self) -> tuple[Any, ...]:
        head = selectors.book(cooperative=self.coop)
        acts = selectors.periods(cooperative=self.coop).count()
        return head.position, head.digest, head.closed_through, acts

    def draft(self, on: date, lines: list[Line], source: str = "") -> Draft:
        return Draft(source or f"machine:{next(_number)}", on, "test", "Uji", lines)

    def post(self, drafts: list[Draft]) -> None:
        done = self.attempt(
            lambda: post_entries(cooperative=self.coop, drafts=drafts, actor=self.first)
        )
        self.posted += [one.position for one in done or []]

    @rule(on=DAYS, amount=AMOUNTS, left=PLAIN, right=PLAIN)
    def post_one(self, on, amount, left, right):
        self.post([self.draft(on, [debit(left, amount), credit(right, amount)])])

    @rule(on=DAYS, amount=AMOUNTS, which=st.integers(0, 1))
    def take_a_members_share(self, on, amount, which):
        lines = [debit("bank", amount), credit("share_mandatory", amount, self.members[which])]
        self.post([self.draft(on, lines)])

    @rule(on=DAYS, amounts=st.lists(AMOUNTS, min_size=2, max_size=6), broken=st.booleans())
    def read_in_a_file(self, on, amounts, broken):
        """Many rows in one deed: all of them or none."""
        drafts = [self.draft(on, [debit("bank", a), credit("other_income", a)]) for a in amounts]
        if broken:
            drafts.append(self.draft(on, [debit("9999", 5), credit("bank", 5)]))
            before = self.state()
            with pytest.raises(DomainError), transaction.atomic():
                post_entries(cooperative=self.coop, drafts=drafts, actor=self.first)
            assert self.state() == before
            return
        self.post(drafts)
        self.post(drafts)  # the same file once more

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), on=DAYS)
    def take_back(self, data, on):
        position = data.draw(st.sampled_from(sorted(set(self.posted))))
        entry = JournalEntry.objects.get(cooperative=self.coop, position=position)
        made = self.attempt(
            lambda: reverse_entry(entry=entry, on=on, reason="Salah", actor=self.first)
        )
        if made:
            self.posted.append(made.position)

    @rule()
    def close_the_next_month(self):
        month = selectors.next_month_to_close(book=selectors.book(cooperative=self.coop))
        closed = self.attempt(
            lambda: close_month(cooperative=self.coop, month=month, on=TODAY, actor=self.second)
        )
        if closed:
            self.closed_digests.append((closed.position, closed.checkpoint))

    @rule()
    def open_the_last_month_again(self):
        self.attempt(
            lambda: reopen_month(cooperative=self.coop, reason="Tertinggal", actor=self.second)
        )

    @rule(year=st.sampled_from([2026, 2027]))
    def close_a_year(self, year):
        def deed():
            prepare_year(cooperative=self.coop, year=year, on=TODAY, actor=self.first,
                         passed=dict.fromkeys(("cash", "bank"), "Belum dihitung di uji ini"))  # fmt: skip
            return close_year(cooperative=self.coop, year=year, on=TODAY, actor=self.second)

        self.attempt(deed)

    @rule()
    def open_the_year_again(self):
        self.attempt(
            lambda: reopen_year(cooperative=self.coop, year=2026, reason="Uji", actor=self.second)
        )

    @invariant()
    def the_trial_balance_ties(self):
        rows = selectors.trial_balance(cooperative=self.coop, as_of=TODAY)
        assert sum(row.net for row in rows) == 0

    @invariant()
    def the_kept_balances_are_the_lines(self):
        for law in INVARIANTS[:5]:
            assert list(law.breaches(self.coop)) == [], law.name

    def teardown(self):
        found = [
            (one.name, one.breaches)
            for one in portal.verification(cooperative=self.coop)
            if not one.holds
        ]
        assert found == []
        for position, digest in self.closed_digests:
            entry = JournalEntry.objects.filter(cooperative=self.coop, position=position).first()
            assert entry is None or entry.digest == digest


@pytest.mark.django_db
def test_the_books_are_whole_after_anything(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    run_state_machine_as_test(Books, settings=PACE)


PACE = settings(
    max_examples=7,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_an_account_that_is_none_is_refused_by_name(cooperative, actor):
    lines = [debit("9999", 5), credit("bank", 5)]
    with pytest.raises(UnknownAccount, match="9999"), transaction.atomic():
        post_entries(
            cooperative=cooperative, drafts=[Draft("x", BEGINS, "test", "Uji", lines)], actor=actor
        )
