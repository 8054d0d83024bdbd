"""Betulkan on a deposit, and money out."""

import pytest
from django.db import transaction

from canting.cash.errors import NotEnoughCash
from canting.cooperatives.errors import LicenceNeeded
from canting.cooperatives.selectors import audit_trail
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.selectors import balance, book
from canting.ledger.services import post_entry
from canting.members.models import Member
from canting.savings import selectors
from canting.savings.errors import (
    AlreadyReversed,
    BadAmount,
    LaterPaper,
    NotEnoughSavings,
    OpeningTwice,
    ReasonNeeded,
    SharesStay,
)
from canting.savings.models import Deposit, OpeningBalance, Withdrawal
from canting.savings.services import (
    Payment,
    correct_deposit,
    correct_withdrawal,
    deposit,
    keep_refusal,
    open_savings,
    take_back_openings,
    withdraw,
)


@pytest.fixture
def siti(new_member, today):
    return new_member(today)


def pay(cooperative, member, amount, on, actor, kind="regular_share"):
    return deposit(
        cooperative=cooperative, member=member, kind=kind, amount=amount,
        cash_place="cash_main", on=on, actor=actor,
    )  # fmt: skip


def take(cooperative, member, kind, amount, on, actor):
    return withdraw(
        cooperative=cooperative, member=member, kind=kind, amount=amount,
        cash_place="cash_main", on=on, actor=actor,
    )  # fmt: skip


def test_a_correction_reverses_the_old_paper_and_links_the_new_one(
    cooperative, actor, siti, new_member, today
):
    wrong = pay(cooperative, siti, 250_000, today, actor)
    tutik = new_member(today, "Tutik")
    right = correct_deposit(
        wrong=wrong, reason="Salah orang", on=today, actor=actor,
        instead=Payment(tutik, "regular_share", 25_000),
    )  # fmt: skip
    wrong.refresh_from_db()
    assert (wrong.state, wrong.reversal_reason) == ("reversed", "Salah orang")
    assert right
    assert (right.replaces, right.amount) == (wrong, 25_000)
    assert selectors.replacement(deposit=wrong) == right
    assert balance(cooperative=cooperative, role="cash_main") == 25_000
    assert selectors.holdings(cooperative=cooperative, member=siti).total == 0
    drawer = selectors.drawer(cooperative=cooperative, place="cash_main", on=today)
    assert (drawer.deposits, drawer.other_in, drawer.now) == (25_000, 0, 25_000)
    with pytest.raises(AlreadyReversed, match=wrong.number), transaction.atomic():
        correct_deposit(wrong=wrong, reason="Lagi", on=today, actor=actor)


def test_a_deposit_can_only_be_taken_back_while_the_money_is_there(licensed, actor, siti, today):
    saved = pay(licensed, siti, 80_000, today, actor, kind="voluntary")
    with pytest.raises(ReasonNeeded):
        correct_deposit(wrong=saved, reason=" ", on=today, actor=actor)
    out = take(licensed, siti, "voluntary", 50_000, today, actor)
    with pytest.raises(LaterPaper, match=rf"Rp30\.000.*{out.number}"), transaction.atomic():
        correct_deposit(wrong=saved, reason="Salah", on=today, actor=actor)
    correct_withdrawal(wrong=out, reason="Tidak jadi", on=today, actor=actor)
    with pytest.raises(AlreadyReversed), transaction.atomic():
        correct_withdrawal(wrong=out, reason="Lagi", on=today, actor=actor)
    with pytest.raises(ReasonNeeded), transaction.atomic():
        correct_withdrawal(wrong=out, reason=" ", on=today, actor=actor)
    assert correct_deposit(wrong=saved, reason="Salah", on=today, actor=actor) is None
    assert selectors.holdings(cooperative=licensed, member=siti).total == 0
    assert balance(cooperative=licensed, role="cash_main") == 0


def test_money_that_left_the_drawer_cannot_be_given_back_from_it(cooperative, actor, siti, today):
    wrong = pay(cooperative, siti, 250_000, today, actor)
    spend = [debit("admin", 240_000), credit("cash_main", 240_000)]
    post_entry(
        cooperative=cooperative, draft=Draft("test:spent", today, "test", "Belanja", spend),
        actor=actor,
    )  # fmt: skip
    with pytest.raises(NotEnoughCash, match=r"Rp10\.000"), transaction.atomic():
        correct_deposit(wrong=wrong, reason="Salah", on=today, actor=actor)
    assert Deposit.objects.get().state == "posted"


@pytest.mark.parametrize("kind", ["entry_share", "regular_share"])
def test_shares_stay_while_she_is_a_member_and_the_asking_is_kept(
    cooperative, actor, siti, today, kind
):
    pay(cooperative, siti, 50_000, today, actor, kind=kind)
    before = book(cooperative=cooperative).position
    with pytest.raises(SharesStay, match=r"Siti Aminah.*Rp50\.000") as refusal:
        take(cooperative, siti, kind, 50_000, today, actor)
    keep_refusal(
        cooperative=cooperative, member=siti, kind=kind, amount=50_000,
        refusal=str(refusal.value), actor=actor,
    )  # fmt: skip
    kept = audit_trail(cooperative=cooperative, subject=siti.number)[0]
    assert (kept.action, kept.for_party_id) == ("savings.refused", siti.party_id)
    assert book(cooperative=cooperative).position == before
    assert not Withdrawal.objects.exists()


def test_voluntary_savings_are_paid_up_to_what_is_there(licensed, actor, siti, today):
    pay(licensed, siti, 80_000, today, actor, kind="voluntary")
    with pytest.raises(NotEnoughSavings, match=r"Rp80\.000"), transaction.atomic():
        take(licensed, siti, "voluntary", 80_001, today, actor)
    with pytest.raises(BadAmount), transaction.atomic():
        take(licensed, siti, "voluntary", 0, today, actor)
    made = take(licensed, siti, "voluntary", 80_000, today, actor)
    assert selectors.numbers(cooperative=licensed, series="BK") == [made.number]
    assert balance(cooperative=licensed, role="savings_vol") == 0


def test_voluntary_savings_need_the_licence_both_ways(cooperative, actor, siti, today):
    with pytest.raises(LicenceNeeded), transaction.atomic():
        take(cooperative, siti, "voluntary", 5, today, actor)


def test_opening_balances_give_lines_count_once_and_are_no_dues_paid(
    cooperative, actor, siti, today
):
    rows = [(siti, "entry_share", 100_000), (siti, "regular_share", 600_000)]
    lines = open_savings(cooperative=cooperative, rows=rows, on=today, actor=actor)
    assert [(line.account, line.amount) for line in lines] == [
        ("share_principal", 100_000),
        ("share_mandatory", 600_000),
    ]
    draft = Draft(
        "test:opening", today, "opening", "Saldo awal", [debit("cash_main", 700_000), *lines]
    )
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    due = selectors.regular_arrears(cooperative=cooperative, member=siti, on=today)
    assert sum(m.left for m in due) == 25_000
    with pytest.raises(OpeningTwice, match="Siti"), transaction.atomic():
        open_savings(cooperative=cooperative, rows=rows[:1], on=today, actor=actor)
    with pytest.raises(BadAmount), transaction.atomic():
        open_savings(cooperative=cooperative, rows=[(siti, "voluntary", 0)], on=today, actor=actor)
    assert take_back_openings(cooperative=cooperative, rows=rows, actor=actor) == 2
    assert not OpeningBalance.objects.exists()


def test_shares_that_a_sheet_stated_become_opening_balances_once(cooperative, actor, siti, today):
    Member.objects.filter(pk=siti.pk).update(
        brought={"regular_share": 600_000, "entry_share": 100_000}
    )
    rows = selectors.brought_rows(cooperative=cooperative)
    assert rows == [(siti, "entry_share", 100_000), (siti, "regular_share", 600_000)]
    lines = open_savings(cooperative=cooperative, rows=rows, on=today, actor=actor)
    assert sum(line.amount for line in lines) == 700_000
    assert selectors.brought_rows(cooperative=cooperative) == []


def test_a_withdrawal_is_paid_out_right_from_its_old_one(licensed, actor, siti, today):
    pay(licensed, siti, 80_000, today, actor, kind="voluntary")
    wrong = take(licensed, siti, "voluntary", 50_000, today, actor)
    facts = {"wrong": wrong, "reason": "Salah ketik", "on": today, "actor": actor}
    with pytest.raises(NotEnoughSavings), transaction.atomic():
        correct_withdrawal(amount=80_001, **facts)
    wrong.refresh_from_db()
    assert (wrong.state, balance(cooperative=licensed, role="savings_vol")) == ("posted", 30_000)
    made = correct_withdrawal(amount=15_000, **facts)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.successor) == ("reversed", made)
    assert balance(cooperative=licensed, role="savings_vol") == 65_000
    assert balance(cooperative=licensed, role="cash_main") == 65_000
