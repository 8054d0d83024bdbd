"""Cash books, trial balances, leavers and shared surplus: booked to the rupiah, with a way back."""

from datetime import date

import pytest

from canting.ledger import selectors as ledger
from canting.ledger.errors import PeriodClosed
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members import selectors as members
from canting.portal import selectors
from canting.portal.errors import BelowNothing, CashDiffers, ControlDiffers, StillToAnswer
from canting.portal.models import OldName
from canting.portal.rules.opening import Step
from tests import builders
from tests.portal.old_book_desk import Desk, data_of

SITI, BUDI = "3513141508959901", "3513120101809902"
NAMES = {"beli malam": "6107", "jual": "4120:member", "ongkos jahit": "6107"}


@pytest.fixture
def desk(cooperative, actor):
    return Desk(cooperative, actor)


@pytest.fixture
def of_2025(actor):
    """A desk whose books begin with the sample of the cash book."""
    return Desk(builders.cooperative(actor=actor, cutover=date(2025, 1, 1)), actor)


def test_k1_becomes_the_opening_of_its_place_and_an_entry_a_day(of_2025):
    desk = of_2025
    book = desk.bring("K1")
    assert set(desk.plan(book).needs) == {"place"}
    desk.answer(book, place="cash_main")
    names = [one.key for one in desk.plan(book).accounts]
    assert names == ["beli malam", "jual", "ongkos jahit"]
    desk.answer(book, place="cash_main", accounts=NAMES)
    desk.take(book)
    assert desk.balance("cash_main") == 1_135_000
    entry = ledger.entry_by_source(cooperative=desk.cooperative, source="portal.old_book:1.r3")
    assert (entry.entry_date, entry.memo) == (date(2025, 1, 5), "Beli malam 10 kg")
    assert desk.balance("sales_member_cloth") == 690_000
    desk.verify()


def test_k1_says_which_rows_were_only_balances(of_2025):
    book = of_2025.bring("K1")
    skipped = of_2025.plan(book).reading.skipped
    assert [row for row, _text in skipped] == [2, 5, 7]


def test_k1_remembers_its_names_for_the_next_book(of_2025):
    desk = of_2025
    desk.take(desk.answer(desk.bring("K1"), place="cash_main", accounts=NAMES))
    march = (
        b"NOMER;TANGGAL;URAIAN;DEBET;KREDIT;SALDO\n"
        b"1;2025-03-01;SALDO AWAL;;;1.135.000\n"
        b"2;2025-03-02;Beli malam 5 kg;;240.000;895.000\n"
    )
    book = desk.answer(desk.bring("K1", march, "maret.csv"), place="cash_main")
    assert desk.plan(book).unclear_accounts == []
    desk.take(book)
    assert desk.balance("cash_main") == 895_000
    assert OldName.objects.filter(what="cashbook").count() == 3
    desk.verify()


def test_k1_that_begins_with_another_balance_is_refused_with_the_difference(of_2025):
    desk = of_2025
    lines = [debit("cash_main", 900_000), credit("reserve_general", 900_000)]
    draft = Draft("test:cash", date(2025, 1, 1), "opening", "Saldo awal", lines)
    post_entry(cooperative=desk.cooperative, draft=draft, actor=desk.actor)
    book = desk.answer(desk.bring("K1"), place="cash_main", accounts=NAMES)
    with pytest.raises(CashDiffers, match=r"100\.000"):
        desk.take(book)
    assert ledger.book(cooperative=desk.cooperative).position == 1


def test_k1_with_a_row_below_nothing_names_it(of_2025):
    desk = of_2025
    data = data_of("K1").replace(b"0;480.000;520.000", b"0;1.480.000;-480.000")
    book = desk.bring("K1", data)
    fine = {f"{one.row}:{one.column}" for one in desk.plan(book).reading.questions}
    desk.answer(book, place="cash_main", accounts=NAMES, fine=fine, control=135_000)
    with pytest.raises(BelowNothing, match="3, KREDIT"):
        desk.take(book)


def test_k1_is_taken_back_day_by_day_until_its_month_is_closed(of_2025):
    desk = of_2025
    book = desk.answer(desk.bring("K1"), place="cash_main", accounts=NAMES)
    desk.take(book)
    desk.undo(book)
    assert desk.balance("cash_main") == 0
    assert desk.balance("sales_member_cloth") == 0
    assert (
        ledger.balance(cooperative=desk.cooperative, role="cash_main", as_of=date(2025, 1, 31)) == 0
    )
    desk.verify()
    again = desk.bring("K1")
    desk.take(again)
    ledger.book(cooperative=desk.cooperative)
    head = ledger.lock_book(cooperative=desk.cooperative)
    head.closed_through = date(2025, 1, 31)
    head.save()
    with pytest.raises(PeriodClosed):
        desk.undo(again)
    assert desk.balance("cash_main") == 1_135_000


def test_k1_in_a_later_year_is_only_the_opening_of_its_place(desk):
    book = desk.answer(desk.bring("K1"), place="cash_main")
    assert desk.plan(book).accounts == []
    desk.take(book)
    assert desk.balance("cash_main") == 1_135_000
    assert selectors.standings(cooperative=desk.cooperative)[Step.CASH].done
    desk.verify()


def test_k2_stands_on_our_accounts_on_the_side_of_its_section(desk):
    book = desk.bring("K2")
    (one,) = desk.plan(book).accounts
    assert (one.code, one.proposed) == ("2.9000", "3510")
    with pytest.raises(StillToAnswer, match=r"2\.9000"):
        desk.take(book)
    desk.take(desk.answer(book, accounts={one.key: "3510"}))
    assert desk.balance("shu_previous") == 276_000
    desk.verify()


TRIAL = (
    b"kode,nama,lalu,mutasi,saldo\n"
    b"<strong>AKTIVA</strong>,,,,\n"
    b'1.1000,KAS,0.00,"500,000.00","500,000.00"\n'
    b'1.6000,PERALATAN BATIK,0.00,"900,000.00","900,000.00"\n'
    b'1.6900,AKUM. PENYUSUTAN PERALATAN,0.00,"-100,000.00","-100,000.00"\n'
    b',,0.00,"1,300,000.00","1,300,000.00"\n'
    b"<strong>PASSIVA</strong>,,,,\n"
    b'3.1000,SIMPANAN POKOK,0.00,"800,000.00","800,000.00"\n'
    b'3.3000,CADANGAN,0.00,"500,000.00","500,000.00"\n'
    b',,0.00,"1,300,000.00","1,300,000.00"\n'
)


def test_k2_whole_keeps_both_sides_and_leaves_to_lists_what_persons_hold(desk):
    book = desk.bring("K2", TRIAL, "neraca.csv")
    plan = desk.plan(book)
    proposed = {one.code: one.proposed for one in plan.accounts}
    assert proposed == {
        "1.1000": "1102", "1.6000": "1603", "1.6900": "1693", "3.1000": "elsewhere",
        "3.3000": "3310",
    }  # fmt: skip
    desk.answer(book, accounts={one.key: one.proposed for one in plan.accounts})
    desk.take(book)
    assert desk.balance("cash_main") == 500_000
    assert desk.balance("equipment") == 900_000
    assert desk.balance("equipment_acc") == 100_000
    assert desk.balance("reserve_general") == 500_000
    assert desk.balance("suspense") == 800_000
    desk.verify()
    desk.undo(book)
    assert desk.balance("cash_main") == 0
    desk.verify()


def test_k2_asks_before_it_comes_on_top_of_an_account_that_is_open(desk):
    book = desk.bring("K2")
    said = {"accounts": {desk.plan(book).accounts[0].key: "3510"}}
    desk.take(desk.answer(book, **said))
    data = data_of("K2").replace(b"lalu", b"LALU")
    other = desk.answer(desk.bring("K2", data, "lagi.csv"), **said)
    assert "on_top" in desk.plan(other).needs


def test_x1_owes_those_who_were_not_repaid_before_the_first_day(desk):
    dua = desk.member("Contoh Dua", nik=BUDI)
    book = desk.bring("X1")
    with pytest.raises(StillToAnswer, match="Total Pengembalian"):
        desk.take(book)
    plan = desk.plan(book)
    unclear = {one.key: "new" for one in plan.unclear_people}
    desk.answer(book, fine={"3:Total Pengembalian"}, people=unclear, control=2_200_000)
    desk.take(book)
    assert desk.held(dua, "exit_payable") == 2_200_000
    satu = members.member_by_nik(cooperative=desk.cooperative, nik=SITI)
    assert satu is not None and satu.status == "left"
    told = selectors.history_of(cooperative=desk.cooperative, member=satu)
    assert [row.effect for row in told] == ["settled"]
    desk.verify()
    desk.undo(book)
    assert desk.held(dua, "exit_payable") == 0
    desk.verify()


@pytest.mark.parametrize(("layout", "total"), [("U1", 5_520_257), ("U2", 321_500)])
def test_shared_surplus_is_owed_to_each_member(desk, layout, total):
    book = desk.bring(layout)
    desk.answer(book, newcomers=True)
    desk.take(book)
    assert desk.balance("shu_payable") == total
    each = ledger.party_balances(cooperative=desk.cooperative, role="shu_payable")
    assert sum(one.balance for one in each) == total
    assert selectors.standings(cooperative=desk.cooperative)[Step.DUES].done
    desk.verify()
    desk.undo(book)
    assert desk.balance("shu_payable") == 0
    desk.verify()


def test_a_surplus_that_lost_a_row_differs_from_its_row_of_sums(desk):
    data = b"\n".join(line for line in data_of("U2").split(b"\n") if not line.startswith(b"2,"))
    book = desk.answer(desk.bring("U2", data, "kurang.csv"), newcomers=True)
    with pytest.raises(ControlDiffers, match=r"201\.000"):
        desk.take(book)
    assert members.members(cooperative=desk.cooperative).count() == 0
