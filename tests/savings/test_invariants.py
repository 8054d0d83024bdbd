"""What must always hold is found to hold, and found when it does not."""

from datetime import date

import pytest

from canting.ledger.selectors import entry_by_source
from canting.ledger.services import reverse_entry
from canting.members.invariants import INVARIANTS as OF_MEMBERS
from canting.members.models import Member
from canting.savings.invariants import INVARIANTS as OF_SAVINGS
from canting.savings.models import Deposit
from canting.savings.services import Payment, correct_deposit, deposit, withdraw

ALL = {one.name: one for one in (*OF_MEMBERS, *OF_SAVINGS)}
DAY = date(2026, 11, 24)


@pytest.fixture
def busy(licensed, actor, new_member):
    siti = new_member(DAY, nik="3513145708900001")
    tutik = new_member(DAY, "Tutik")
    paid = {
        "cooperative": licensed, "cash_place": "cash_main", "on": DAY, "actor": actor,
    }  # fmt: skip
    deposit(member=siti, kind="entry_share", amount=60_000, **paid)
    wrong = deposit(member=siti, kind="regular_share", amount=250_000, **paid)
    deposit(member=siti, kind="voluntary", amount=80_000, **paid)
    withdraw(member=siti, kind="voluntary", amount=30_000, **paid)
    correct_deposit(
        wrong=wrong, reason="Salah", on=DAY, actor=actor,
        instead=Payment(tutik, "regular_share", 25_000),
    )  # fmt: skip
    return licensed


@pytest.mark.parametrize("name", sorted(ALL))
def test_it_holds_after_a_busy_day(busy, name):
    assert list(ALL[name].breaches(busy)) == []


def test_an_entry_reversed_behind_the_paper_is_found(busy, actor):
    made = Deposit.objects.filter(state="posted", kind="entry_share").get()
    entry = entry_by_source(cooperative=busy, source=f"savings.deposit:{made.number}")
    assert entry
    reverse_entry(entry=entry, on=DAY, reason="x", actor=actor)
    found = list(ALL["savings.papers_and_books"].breaches(busy))
    assert len(found) == 1
    assert "Rp60.000" in found[0]


def test_a_nik_in_clear_a_strange_party_and_a_lost_mark_are_found(busy):
    Member.objects.filter(full_name="Tutik").update(note="NIK 3513145708900002")
    Member.objects.filter(full_name="Siti Aminah").update(
        full_name="Lain", nik_fingerprint="", nik_sealed=b"3513145708900001"
    )
    assert len(list(ALL["members.no_nik_in_clear"].breaches(busy))) == 2
    assert len(list(ALL["members.each_has_her_party"].breaches(busy))) == 1
    assert len(list(ALL["members.nik_sealed_with_mark"].breaches(busy))) == 1


def test_a_fingerprint_with_digits_in_a_row_is_no_nik_but_a_nik_in_its_place_is(busy):
    siti = Member.objects.filter(full_name="Siti Aminah")
    siti.update(nik_fingerprint="ad1d4f6bac448cb6afa6e515a6f4088632006521233f0439d5fd67fe3e3f4810")
    assert list(ALL["members.no_nik_in_clear"].breaches(busy)) == []
    siti.update(nik_fingerprint="3513145708900001")
    assert len(list(ALL["members.no_nik_in_clear"].breaches(busy))) == 1
