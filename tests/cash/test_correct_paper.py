"""Betulkan on cash papers: reversed, replaced, refused when something rests on it."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import (
    AlreadyReversed,
    NotEnoughCash,
    OnlyCancelled,
    SomethingFollows,
    UnknownPurpose,
)
from canting.cash.rules import Nota
from canting.cash.services import clear_suspense, correct_paper, move_cash, receive_unknown
from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed, ReasonNeeded, WrongSide
from canting.ledger.services import close_month
from tests.cash.conftest import MAY_2
from tests.cash.test_advances import give, settle
from tests.cash.test_receipts_and_payments import pay, receive

JUNE_1 = date(2026, 6, 1)


def correct(paper, actor, replacement=None, reason="Salah ketik", on=JUNE_1):
    return correct_paper(paper=paper, reason=reason, on=on, actor=actor, replacement=replacement)


def right(**facts):
    return {
        "purpose": "electricity", "amount": 105_000, "place": "cash_main", "memo": "Listrik",
        "on": JUNE_1,
    } | facts  # fmt: skip


def state(paper):
    found = selectors.paper(cooperative=paper.cooperative, number=paper.number)
    assert found is not None
    return found.state


def test_the_wrong_amount_becomes_the_right_one(funded, actor, balance, broken):
    paper = pay(funded, actor)
    made = correct(paper, actor, right())
    kept = selectors.paper(cooperative=funded, number=paper.number)
    assert made and kept
    assert (kept.state, kept.successor, kept.reason) == ("reversed", made, "Salah ketik")
    assert balance("utilities") == 105_000
    assert balance("cash_main") == 895_000
    assert ledger.is_reversed(entry=selectors.entry_of(paper=paper))
    assert broken() == []


def test_only_cancelling_writes_nothing_new(funded, actor, balance, broken):
    assert correct(pay(funded, actor), actor) is None
    assert balance("cash_main") == 1_000_000
    assert broken() == []


def test_twice_is_refused(funded, actor, balance):
    paper = pay(funded, actor)
    correct(paper, actor)
    with pytest.raises(AlreadyReversed), transaction.atomic():
        correct(paper, actor)
    assert balance("cash_main") == 1_000_000


def test_without_a_reason_or_with_a_wrong_draft_nothing_changes(funded, actor, balance):
    paper = pay(funded, actor)
    for facts in ({"reason": " "}, {"replacement": right(purpose="jajan")}):
        with pytest.raises((ReasonNeeded, UnknownPurpose)), transaction.atomic():
            correct(paper, actor, **facts)
    assert state(paper) == "posted"
    assert balance("cash_main") == 850_000


def test_a_receipt_that_was_spent_cannot_be_taken_back(funded, actor, balance):
    paper = receive(funded, actor, amount=100_000, place="cash_main")
    pay(funded, actor, amount=1_100_000)
    with pytest.raises(NotEnoughCash), transaction.atomic():
        correct(paper, actor)
    assert state(paper) == "posted"
    kept = right(purpose="other_in", amount=100_000)
    assert correct(paper, actor, kept) is not None
    assert balance("cash_main") == 0


def test_a_move_is_put_right(funded, actor, balance, broken):
    paper = move_cash(
        cooperative=funded, amount=300_000, place="cash_till", to_place="cash_main", memo="x",
        on=MAY_2, actor=actor,
    )  # fmt: skip
    correct(paper, actor, {"amount": 30_000, "place": "cash_till", "to_place": "bank",
                           "memo": "Setor", "on": JUNE_1})  # fmt: skip
    assert (balance("cash_till"), balance("cash_main"), balance("bank")) == (
        970_000, 1_000_000, 1_030_000,
    )  # fmt: skip
    assert broken() == []


def test_an_advance_already_accounted_for_stays(funded, actor, staff, balance, broken):
    paper = give(funded, actor, staff)
    back = settle(funded, actor, staff, [Nota("transport", 420_000, "Angkut")])
    with pytest.raises(WrongSide), transaction.atomic():
        correct(paper, actor)
    assert state(paper) == "posted"
    with pytest.raises(OnlyCancelled), transaction.atomic():
        correct(back, actor, {"memo": "x"})
    correct(back, actor)
    smaller = {"amount": 50_000, "place": "cash_main", "memo": "Kas bon", "on": JUNE_1}
    correct(paper, actor, smaller)
    assert balance("staff_advance") == 50_000
    assert broken() == []


def test_suspense_that_was_cleared_is_put_right_from_its_end(funded, actor, balance, broken):
    paper = receive_unknown(
        cooperative=funded, amount=100_000, place="bank", memo="x", on=MAY_2, actor=actor
    )
    cleared = clear_suspense(
        paper=paper, target="other_in", amount=100_000, memo="x", on=MAY_2, actor=actor
    )
    with pytest.raises(SomethingFollows, match=cleared.number), transaction.atomic():
        correct(paper, actor)
    correct(cleared, actor)
    assert selectors.left_in_suspense(paper=paper) == 100_000
    correct(paper, actor)
    assert balance("suspense") == 0
    assert broken() == []


def test_a_closed_month_is_not_touched_by_putting_right(funded, actor, balance):
    paper = pay(funded, actor)
    for month in range(1, 6):
        close_month(cooperative=funded, month=date(2026, month, 1), on=JUNE_1, actor=actor)
    before = ledger.trial_balance(cooperative=funded, as_of=date(2026, 5, 31))
    with pytest.raises(PeriodClosed), transaction.atomic():
        correct(paper, actor, on=MAY_2)
    with pytest.raises(PeriodClosed), transaction.atomic():
        correct(paper, actor, right(on=MAY_2))
    assert state(paper) == "posted"
    correct(paper, actor, right())
    assert ledger.trial_balance(cooperative=funded, as_of=date(2026, 5, 31)) == before
    assert balance("utilities") == 105_000
