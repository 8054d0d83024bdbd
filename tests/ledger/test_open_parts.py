"""What is open of each line: the newest that add up to the balance, corrections left out."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from canting.cooperatives.rules import PartyKind
from canting.ledger import selectors
from canting.ledger.models import JournalEntry
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry, reverse_entry
from tests import builders

FIRST = date(2026, 1, 1)


def move(cooperative, actor, party, amount, on, source):
    """A debt above zero, a payment below it."""
    line, other = (debit, credit) if amount > 0 else (credit, debit)
    lines = [line("recv_member", abs(amount), party), other("cash_main", abs(amount))]
    return post_entry(
        cooperative=cooperative, draft=Draft(source, on, "test", "Kredit", lines), actor=actor
    )


def expected(moves: list[tuple[int, int]]) -> list[tuple[str, int]]:
    """Debts as they are left when payments settle the oldest first, kept by a queue."""
    debts: list[list[int]] = []
    paid = sum(-amount for _place, amount in moves if amount < 0)
    for place, amount in moves:
        if amount > 0:
            settled = min(paid, amount)
            paid -= settled
            debts.append([place, amount - settled])
    return [(f"x:{place}", left) for place, left in debts if left]


class AnyMoves(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(-500, 900).filter(bool)),
            min_size=1, max_size=14,
        )
    )  # fmt: skip
    def test_open_lines_are_those_that_a_queue_leaves(self, moves):
        actor = builders.user("rini")
        cooperative = builders.cooperative(actor=actor, cutover=FIRST)
        people = [builders.party(cooperative, PartyKind.MEMBER, name) for name in ("Siti", "Hos")]
        for place, (who, amount) in enumerate(moves):
            on = FIRST + timedelta(days=place // 2)
            move(cooperative, actor, people[who], amount, on, f"x:{place}")
        found = selectors.open_parts(
            cooperative=cooperative, roles=["recv_member"], as_of=date(2026, 12, 31)
        )
        for who, party in enumerate(people):
            hers = [(place, amount) for place, (one, amount) in enumerate(moves) if one == who]
            open_now = [(one.source, one.amount) for one in found if one.party_id == party.pk]
            assert open_now == expected(hers)


@pytest.mark.django_db
def test_what_was_taken_back_is_open_until_that_day_and_no_longer(cooperative, actor):
    siti = builders.party(cooperative, PartyKind.MEMBER, "Siti")
    kept = move(cooperative, actor, siti, 700, FIRST, "x:1")
    wrong = move(cooperative, actor, siti, 300, FIRST, "x:2")
    entry = JournalEntry.objects.get(pk=wrong.id)
    reverse_entry(entry=entry, on=date(2026, 3, 1), reason="Salah orang", actor=actor)

    def sources(on):
        parts = selectors.open_parts(cooperative=cooperative, roles=["recv_member"], as_of=on)
        return [(one.source, one.amount) for one in parts]

    assert sources(date(2026, 2, 28)) == [(kept.source, 700), (wrong.source, 300)]
    assert sources(date(2026, 3, 1)) == [(kept.source, 700)]
    assert selectors.open_parts(cooperative=cooperative, roles=["none"], as_of=FIRST) == []
