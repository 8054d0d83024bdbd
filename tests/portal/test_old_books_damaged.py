"""Damaged, huge and hostile old books: a sentence or a question, never half a reading."""

import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from canting.kernel.tables_in import BadSheet
from canting.portal.old_books import read_old_book

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
K1 = (LAYOUTS / "K1_buku_kas.csv").read_text("utf-8")
U1 = (LAYOUTS / "U1_pembagian_shu.xlsx").read_bytes()
Q1 = (LAYOUTS / "Q1_dump_mysql.sql").read_bytes()
MOST_BYTES_A_ROW = 2_500


def test_a_workbook_cut_half_way_is_refused_by_name():
    with pytest.raises(BadSheet, match=r"shu\.xlsx"):
        read_old_book(U1[: len(U1) // 2], filename="shu.xlsx")


def test_a_zip_bomb_is_refused():
    packed = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(U1)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, inside + b" " * 320_000_000 if "sheet1" in name else inside)
    with pytest.raises(BadSheet, match=r"shu\.xlsx"):
        read_old_book(packed.getvalue(), filename="shu.xlsx")


def test_an_xls_that_is_a_web_page_is_read_as_the_book_it_holds():
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(";")) + "</tr>"
        for line in K1.splitlines()
    )
    reading = read_old_book(f"<html><table>{rows}</table></html>".encode(), filename="kas.xls")
    assert reading.layout == "K1"
    assert reading.totals["closing"] == 1_135_000


def test_a_dump_cut_half_way_is_told_and_its_last_row_left_out():
    cut = Q1[: Q1.index(b"'25,000.00'") + 4]
    reading = read_old_book(cut, filename="lama.sql")
    assert [row["kode_simpan"] for row in reading.rows if row["table"] == "t_simpanan"] == [
        "1",
        "2",
    ]
    assert len(reading.questions) == 1
    assert reading.questions[0].row == 20


def test_a_dump_in_latin_letters_keeps_its_names():
    reading = read_old_book(Q1.replace(b"Contoh Satu", b"Ren\xe9 Satu"), filename="lama.sql")
    assert reading.rows[0]["nama_anggota"] == "René Satu"


def payments(count):
    head = "nik,nama,jenis_simpanan,nominal,tanggal\n"
    rows = "".join(f"{n:016d},Contoh,wajib,50000,2025-01-10\n" for n in range(count - 1))
    return (head + rows + '3513141508959901,Contoh,wajib,"1,107.00",2025-01-10\n').encode()


def test_two_hundred_thousand_payments_are_read_and_the_last_one_asked_about():
    reading = read_old_book(payments(200_000), filename="besar.csv")
    assert len(reading.rows) == 200_000
    assert reading.totals["deposit"] == 199_999 * 50_000
    assert [(one.row, one.column, one.value) for one in reading.questions] == [
        (200_001, "nominal", "1,107.00")
    ]


def test_a_row_takes_little_memory():
    data = payments(10_000)
    tracemalloc.start()
    reading = read_old_book(data, filename="besar.csv")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(reading.rows) == 10_000
    assert most / 10_000 < MOST_BYTES_A_ROW


def test_one_row_more_than_the_limit_is_refused_whole():
    rows = "x,Contoh,wajib,1,2025-01-10\n" * 200_001
    with pytest.raises(BadSheet, match=r"besar\.csv"):
        read_old_book(
            ("nik,nama,jenis_simpanan,nominal,tanggal\n" + rows).encode(), filename="besar.csv"
        )


def test_a_dump_of_many_rows_is_read_in_one_walk():
    head = b"INSERT INTO `t_simpanan` (`kode_simpan`, `besar_simpanan`) VALUES\n"
    rows = b",\n".join(b"(%d, 1000)" % n for n in range(100_000))
    reading = read_old_book(head + rows + b";\n", filename="besar.sql")
    assert reading.totals["deposit"] == 100_000_000
    assert reading.rows[-1]["row"] == 100_001
