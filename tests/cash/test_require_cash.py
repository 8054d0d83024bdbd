"""A drawer never runs below zero, on no day."""

from datetime import date

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cash.selectors import places, require_cash
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import change_account, post_entry

JAN_5, JAN_9, FEB_3 = date(2026, 1, 5), date(2026, 1, 9), date(2026, 2, 3)


def move(cooperative, actor, source, on, amount, place="cash_main"):
    lines = [debit(place, amount), credit("other_income", amount)]
    if amount < 0:
        lines = [debit("other_expense", -amount), credit(place, -amount)]
    draft = Draft(source=source, entry_date=on, kind="test", memo="Uji", lines=lines)
    post_entry(cooperative=cooperative, draft=draft, actor=actor)


def ask(cooperative, amount, on, place="cash_main"):
    with transaction.atomic():
        require_cash(cooperative=cooperative, place=place, amount=amount, on=on)


def test_the_places_of_a_cooperative_are_its_open_cash_accounts(cooperative, actor):
    assert [role for role, _name in places(cooperative)] == ["cash_main", "cash_till", "bank"]
    change_account(cooperative=cooperative, number="1101", active=False, actor=actor)
    change_account(cooperative=cooperative, number="1111", name="Bank Jatim", actor=actor)
    assert places(cooperative)[1:] == [("bank", "Bank Jatim")]


def test_what_is_there_may_leave_and_no_rupiah_more(cooperative, actor):
    move(cooperative, actor, "a", JAN_5, 50_000)
    ask(cooperative, 50_000, JAN_5)
    with pytest.raises(NotEnoughCash, match=r"Rp50\.000.*Rp50\.001"):
        ask(cooperative, 50_001, JAN_5)


def test_a_payment_dated_back_may_not_empty_a_later_day(cooperative, actor):
    move(cooperative, actor, "a", JAN_5, 50_000)
    move(cooperative, actor, "b", JAN_9, -40_000)
    move(cooperative, actor, "c", FEB_3, 70_000)
    ask(cooperative, 10_000, JAN_5)
    with pytest.raises(NotEnoughCash, match=r"Rp10\.000.*9 Jan"):
        ask(cooperative, 10_001, JAN_5)
    ask(cooperative, 80_000, FEB_3)


def test_the_bank_guards_itself_and_other_accounts_are_no_place(cooperative):
    ask(cooperative, 1, JAN_5, "bank")
    with pytest.raises(UnknownPlace):
        ask(cooperative, 1, JAN_5, "other_income")
