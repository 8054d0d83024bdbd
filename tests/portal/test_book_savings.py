"""Savings of old books are booked by member and kind, once, with a way back."""

from datetime import date

import pytest

from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.members.services import admit_member
from canting.portal import selectors, services
from canting.portal.errors import (
    AlreadyBooked,
    BelowNothing,
    ControlDiffers,
    ControlMissing,
    NotBooked,
    OldBooksBooked,
    OpeningSigned,
    StillToAnswer,
    UndoNeedsWhy,
)
from canting.portal.old_books import waiting
from canting.savings.models import Deposit, OpeningBalance
from tests import builders
from tests.portal.old_book_desk import NOW, Desk, data_of

SITI, BUDI = "3513141508959901", "3513120101809902"
S1_SAID = {"cells": {"6:nik": BUDI}, "fine": {"4:nominal"}, "control": 705_000}


@pytest.fixture
def desk(cooperative, actor):
    return Desk(cooperative, actor)


@pytest.fixture
def two(desk):
    """The members whom the samples call A-001 and A-002."""
    return desk.member("Contoh Satu", "A-001"), desk.member("Contoh Dua", "A-002")


@pytest.fixture
def by_nik(desk):
    return desk.member("Siti Contoh", nik=SITI), desk.member("Contoh, Budi", nik=BUDI)


def nothing_booked(desk):
    empty = ledger.book(cooperative=desk.cooperative).position == 0
    return empty and not OpeningBalance.objects.exists()


def test_s1_goes_to_each_member_and_kind_by_nik(desk, by_nik):
    siti, budi = by_nik
    book = desk.bring("S1")
    with pytest.raises(StillToAnswer, match="nik"):
        desk.take(book)
    assert nothing_booked(desk)
    desk.take(desk.answer(book, **S1_SAID))
    assert desk.held(siti, "share_principal") == 500_000
    assert desk.held(siti, "share_mandatory") == 100_000
    assert desk.held(budi, "share_mandatory") == 50_000
    assert desk.held(budi, "savings_vol") == 55_000
    desk.verify()


def test_s1_with_a_withdrawal_of_nothing_is_refused_by_row_and_column(desk, by_nik):
    book = desk.bring("S1")
    desk.answer(book, out={6}, fine={"4:nominal"}, control=630_000)
    with pytest.raises(BelowNothing, match=r"7, nominal.*20\.000"):
        desk.take(book)
    assert nothing_booked(desk)


def test_s2_keeps_its_history_and_books_the_balances_of_the_evening_before(desk):
    one = desk.member("Bu Satu", "2512.00001")
    late = desk.member("Bu Sepuluh", "2512.00010")
    desk.member("Bu Dua", "2512.00002")
    book = desk.bring("S2")
    desk.answer(book, cells={"4:No Anggota": "2512.00010"}, out={6}, control=800_000)
    desk.take(book)
    assert desk.held(one, "share_principal") == 500_000
    assert desk.held(late, "share_mandatory") == 200_000
    told = selectors.history_of(cooperative=desk.cooperative, member=late)
    assert [(row.on, row.amount) for row in told] == [
        (date(2025, 1, 5), 100_000),
        (date(2025, 1, 5), 100_000),
    ]
    entry = ledger.entry_by_source(cooperative=desk.cooperative, source="portal.old_book:1.0")
    assert entry.entry_date == desk.cooperative.cutover_date
    desk.verify()


def test_s3_asks_who_each_is_and_refuses_what_would_stand_below_zero(desk):
    for number in ("1", "2", "003"):
        desk.member(f"Anggota {number}", number)
    book = desk.bring("S3")
    asked = [one.label for one in desk.plan(book).unclear_people]
    assert len(asked) == 3
    plan = desk.plan(book)
    people = {one.key: one.who for one in plan.people.values()}
    desk.answer(book, people=people, control=100_000)
    with pytest.raises(BelowNothing):
        desk.take(book)
    desk.answer(book, people=people, out={3}, control=200_000)
    desk.take(book)
    assert ledger.balance(cooperative=desk.cooperative, role="share_principal") == 200_000
    desk.verify()


def test_s4_is_compared_with_its_own_footer(desk, two):
    desk.take(desk.bring("S4"))
    assert desk.held(two[0], "share_mandatory") == 100_000
    assert desk.held(two[1], "savings_vol") == 200_000
    assert {
        row.effect
        for row in selectors.rows_of(
            book=selectors.old_book(cooperative=desk.cooperative, number=1)
        )
    } == {"opening"}
    desk.verify()


def test_s5_asks_for_its_kind_and_year_once_and_keeps_every_month(desk, two):
    book = desk.bring("S5")
    assert set(desk.plan(book).needs) == {"product", "year"}
    desk.answer(book, product="wajib", year=2025, fine={"3:Total"}, control=900_000)
    desk.take(book)
    assert desk.held(two[1], "share_mandatory") == 600_000
    told = selectors.history_of(cooperative=desk.cooperative, member=two[1])
    assert [row.on.month for row in told] == list(range(1, 13))
    desk.verify()


def test_a_control_total_that_is_missing_or_differs_stops_everything(desk, two):
    book = desk.bring("S5")
    said = {"product": "wajib", "year": 2025, "fine": {"3:Total"}}
    desk.answer(book, **said)
    with pytest.raises(ControlMissing, match=r"900\.000"):
        desk.take(book)
    desk.answer(book, **said, control=950_000)
    with pytest.raises(ControlDiffers, match=r"50\.000"):
        desk.take(book)
    assert nothing_booked(desk)


def test_the_same_file_is_refused_with_who_booked_it_and_when(desk, two, actor):
    book = desk.bring("S4")
    desk.take(book)
    position = ledger.book(cooperative=desk.cooperative).position
    with pytest.raises(AlreadyBooked, match=f"{actor}.*2026"):
        desk.bring("S4")
    desk.take(book)
    assert ledger.book(cooperative=desk.cooperative).position == position


def test_a_booked_file_is_taken_back_whole_and_may_come_again(desk, two):
    first = desk.bring("S4")
    desk.take(first)
    with pytest.raises(UndoNeedsWhy):
        desk.undo(first, reason=" ")
    desk.undo(first)
    assert desk.held(two[1], "savings_vol") == 0
    assert not OpeningBalance.objects.exists()
    assert not selectors.history_of(cooperative=desk.cooperative, member=two[1])
    with pytest.raises(NotBooked):
        desk.undo(first)
    desk.verify()
    again = desk.bring("S4")
    assert again.number == 2
    desk.take(again)
    assert desk.held(two[1], "savings_vol") == 200_000
    desk.verify()


def test_two_years_come_one_on_top_of_the_other_only_when_it_is_said(desk, two):
    desk.take(desk.bring("S4"))
    data = data_of("S4").replace(b"2025", b"2024")
    later = desk.bring("S4", data, "mutasi-2024.csv")
    assert "on_top" in desk.plan(later).needs
    with pytest.raises(StillToAnswer):
        desk.take(later)
    desk.take(desk.answer(later, on_top=True))
    assert desk.held(two[0], "share_mandatory") == 200_000
    desk.undo(later)
    assert OpeningBalance.objects.get(member=two[0]).amount == 100_000
    desk.verify()


def test_rows_of_later_days_become_receipts_or_are_left(actor):
    house = builders.cooperative(actor=actor, cutover=date(2025, 2, 4))
    desk = Desk(house, actor)
    desk.member("Contoh Satu", "A-001")
    desk.member("Contoh Dua", "A-002")
    book = desk.bring("S4", data_of("S4").replace(b"Sukarela", b"Wajib"))
    desk.answer(book, out={11}, control=350_000)
    data = data_of("S4").replace(b"Sukarela", b"Wajib").replace(b"Penarikan,50", b"Setoran,50")
    book = desk.bring("S4", data, "lain.csv")
    assert set(desk.plan(book).needs) == {"later"}
    desk.answer(book, later="receipts")
    assert set(desk.plan(book).needs) == {"place"}
    desk.answer(book, later="receipts", place="cash_main", control=400_000)
    desk.take(book)
    receipt = Deposit.objects.get(cooperative=house)
    assert (receipt.amount, receipt.deposit_date) == (50_000, date(2025, 2, 4))
    assert desk.balance("cash_main") == 50_000
    desk.undo(book)
    assert desk.balance("cash_main") == 0
    desk.verify()
    again = desk.answer(desk.bring("S4", data, "lain.csv"), later="out", control=350_000)
    desk.take(again)
    assert desk.balance("cash_main") == 0
    desk.verify()


def test_a_dump_brings_its_members_and_their_savings(desk):
    book = desk.bring("Q1")
    assert set(desk.plan(book).needs) == {"numbers"}
    desk.answer(book, numbers="en", newcomers=True, control=175_000)
    assert waiting(desk.plan(book)) == []
    desk.take(book)
    found = {one.number: one for one in members.members(cooperative=desk.cooperative)}
    assert found["A0003"].full_name == "NULL"
    assert found["A0002"].birth_date is None
    assert found["A0002"].status == "left"
    assert found["A0001"].dusun == "Ds. Soka'an"
    assert desk.held(found["A0003"], "savings_vol") == 25_000
    assert desk.held(found["A0001"], "share_principal") == 100_000
    desk.verify()


def test_a_member_of_another_cooperative_is_nobody_here(desk, actor):
    other = builders.cooperative(actor=actor)
    admit_member(
        cooperative=other, full_name="Contoh Satu", number="A-001", on=other.cutover_date,
        actor=actor,
    )  # fmt: skip
    plan = desk.plan(desk.bring("S4"))
    assert [one.choice for one in plan.people.values()] == ["", ""]


def test_a_signed_opening_takes_no_old_book_and_gives_none_back(desk, two, actor):
    book = desk.bring("S4")
    desk.cooperative.signed_at, desk.cooperative.signed_by = NOW, actor
    desk.cooperative.save()
    with pytest.raises(OpeningSigned):
        desk.take(book)
    assert nothing_booked(desk)


def test_the_first_day_does_not_move_under_a_booked_old_book(desk, two, actor):
    desk.take(desk.bring("S4"))
    with pytest.raises(OldBooksBooked, match="S4_buku_mutasi"):
        services.change_facts(
            cooperative=desk.cooperative, cutover_date=date(2025, 12, 1), actor=actor
        )


def test_what_the_step_of_savings_holds_is_changed_without_the_old_book(desk, two, actor):
    desk.take(desk.bring("S4"))
    one = two[0]
    rows = [(one, "entry_share", 100_000)]
    services.put_savings(
        cooperative=desk.cooperative, balances=rows, rows=[{"a": "1"}], actor=actor
    )
    services.put_savings(
        cooperative=desk.cooperative, balances=[(one, "entry_share", 80_000)], rows=[{"a": "2"}],
        actor=actor,
    )  # fmt: skip
    noted = OpeningBalance.objects.filter(member=one).order_by("kind")
    assert [(n.kind, n.amount) for n in noted] == [
        ("entry_share", 80_000),
        ("regular_share", 100_000),
    ]
    desk.verify()
