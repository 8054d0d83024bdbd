"""Sheets read into the steps of the start: columns found, rows kept as a draft, errors by cell."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives.rules import Role
from canting.ledger import selectors as ledger
from canting.members.services import admit_member
from canting.portal import imports, selectors
from canting.portal.errors import NothingRead
from canting.portal.rules.opening import PartState, Step
from tests import builders
from tests.builders import there
from tests.portal.start_steps import balances, typed

CUTOVER = builders.CUTOVER
LAYOUTS = Path(__file__).parent.parent / "data" / "layouts"
BROKEN = (
    "No\tNama Anggota\tNo Anggota\tSimpanan Pokok\tSimpanan Wajib\n"
    "1\tSiti Aminah\tA-7\t500.000\t1.200.00O\n"
    "2\tTono\tA-8\t500.000\t2,3\n"
    "Jumlah\t\t\t1.000.000\t2\n"
)


@pytest.fixture
def page(cooperative):
    return f"/{cooperative.slug}/mulai/isi/simpanan/"


@pytest.fixture
def manager(client_as, cooperative, actor):
    for number, name in (("A-7", "Siti Aminah"), ("A-8", "Tono")):
        admit_member(
            cooperative=cooperative, full_name=name, number=number, on=CUTOVER, actor=actor
        )
    return client_as(Role.MANAGER)


def read(manager, page, key="read-key-1", rows=(), **sheet):
    return manager.post(page, typed(rows, key, read="1", **sheet))


def workbook(rows):
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    book.close()
    return SimpleUploadedFile("simpanan.xlsx", output.getvalue())


def test_a_pasted_block_waits_as_a_draft_and_books_nothing(cooperative, manager, page):
    answer = read(manager, page, text=BROKEN)
    assert answer.status_code == 302
    draft = there(selectors.part(cooperative=cooperative, step=Step.SAVINGS, state=PartState.DRAFT))
    assert [row["number"] for row in draft.rows] == ["A-7", "A-8"]
    assert draft.facts["left_out"] == [4]
    assert ledger.book(cooperative=cooperative).position == 0


def test_broken_pasted_rows_name_row_column_and_value(manager, page):
    read(manager, page, text=BROKEN)
    shown = manager.get(page).content.decode()
    assert "Baris 2, Simpanan wajib" in shown
    assert "“1.200.00O”" in shown
    assert "Baris 3, Simpanan wajib" in shown
    assert 'value="2,3"' in shown


def test_saving_the_draft_books_it_and_ends_it(cooperative, manager, page):
    read(manager, page, text=BROKEN.replace("1.200.00O", "1.200.000").replace("2,3", "750rb"))
    draft = there(selectors.part(cooperative=cooperative, step=Step.SAVINGS, state=PartState.DRAFT))
    assert manager.post(page, typed(draft.rows, "save-key-1")).status_code == 302
    found = balances(cooperative, CUTOVER)
    assert found["share_mandatory", "A-8"] == -750_000
    assert selectors.drafts(cooperative=cooperative) == []


def test_a_dropped_draft_leaves_what_was_booked(cooperative, manager, page):
    row = {"number": "A-7", "entry_share": "100.000"}
    manager.post(page, typed([row], "save-key-1"))
    read(manager, page, text=BROKEN)
    gone = manager.post(f"{page}buang/", {"request_key": "drop-key-1"})
    assert gone.status_code == 302
    assert 'value="100.000"' in manager.get(page).content.decode()


def test_rows_of_the_table_may_be_kept_above_the_sheet(cooperative, manager, page):
    rows = [{"number": "A-7", "entry_share": "100.000"}]
    text = "nomor anggota\tsimpanan pokok\nA-8\t100.000"
    read(manager, page, rows=rows, text=text, add="on")
    draft = there(selectors.part(cooperative=cooperative, step=Step.SAVINGS, state=PartState.DRAFT))
    assert [row["number"] for row in draft.rows] == ["A-7", "A-8"]


def test_a_workbook_gives_whole_numbers_and_days(cooperative, manager, page):
    sheet = workbook(
        [
            ["Daftar simpanan 2025"],
            ["No Anggota", "Nama", "Pokok", "Wajib"],
            ["A-7", "Siti Aminah", 500000.0, 1200000],
        ]
    )
    assert read(manager, page, file=sheet).status_code == 302
    draft = there(selectors.part(cooperative=cooperative, step=Step.SAVINGS, state=PartState.DRAFT))
    assert draft.rows == [
        {
            "row": "3",
            "number": "A-7",
            "name": "Siti Aminah",
            "entry_share": "500000",
            "regular_share": "1200000",
        }
    ]


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ({"text": ""}, "Tempel isi beserta judul kolomnya"),
        ({"text": "Warna\tUkuran\nmerah\tbesar"}, "Warna, Ukuran"),
        ({"file": SimpleUploadedFile("foto.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50)}, "PNG"),
    ],
)
def test_what_is_no_sheet_is_refused_and_the_table_stays(cooperative, manager, page, sheet, said):
    rows = [{"number": "A-7", "entry_share": "123.000"}]
    answer = read(manager, page, rows=rows, **sheet)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert 'value="123.000"' in shown
    assert selectors.drafts(cooperative=cooperative) == []


def test_a_cash_book_gives_its_opening_balance_alone():
    data = (LAYOUTS / "K1_buku_kas.csv").read_bytes()
    sheet = imports.sheet_of_file(step=Step.CASH, data=data, filename="K1_buku_kas.csv")
    assert [(row["row"], row["account"], row["amount"]) for row in sheet.rows] == [
        ("2", "", "1.000.000")
    ]
    assert sheet.left_out == [3, 4, 5, 6, 7]


def test_a_trial_balance_gives_code_and_name_in_one_cell():
    text = "Kode\tNama Akun\tSaldo\n1603\tMesin\t12.000.000\n\tDana sosial\t50.000"
    sheet = imports.sheet_of_text(step=Step.BALANCES, text=text)
    assert [row["account"] for row in sheet.rows] == ["1603 Mesin", "Dana sosial"]


def test_a_block_without_a_heading_follows_the_columns_of_the_page():
    sheet = imports.sheet_of_text(step=Step.SAVINGS, text="A-7\tSiti\t500.000\nA-8\tTono\t400.000")
    assert [(row["row"], row["number"], row["entry_share"]) for row in sheet.rows] == [
        ("1", "A-7", "500.000"),
        ("2", "A-8", "400.000"),
    ]


def test_a_sheet_of_something_else_names_what_it_has_and_what_is_needed():
    with pytest.raises(NothingRead) as refused:
        imports.sheet_of_text(step=Step.ORDERS, text="Pembeli\tWarna\nHotel\tmerah")
    assert "Pembeli, Warna" in str(refused.value)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (2.5, "2,5"),
        (3.0, "3"),
        (date(2025, 12, 31), "31/12/2025"),
        (" A-7 ", "A-7"),
        (True, "True"),
    ],
)
def test_a_cell_reads_as_a_person_would_type_it(cell, said):
    assert imports.as_typed(cell) == said
