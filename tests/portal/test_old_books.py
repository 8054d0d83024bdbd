"""Each old book is read as its description expects; what is unclear is asked, never guessed."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from canting.portal.old_books import UnknownOldBook, read_old_book

LAYOUTS = Path(__file__).parents[1] / "data" / "layouts"
KNOWN = {one["id"]: one for one in json.loads((LAYOUTS / "layouts.json").read_text("utf-8"))}


def read(layout):
    name = KNOWN[layout]["file"]
    return read_old_book((LAYOUTS / name).read_bytes(), filename=name)


def asked(reading):
    return [(one.row, one.column) for one in reading.questions]


@pytest.mark.parametrize("layout", ["S1", "S2", "S3", "S4", "S5", "K1", "K2", "X1", "U1", "U2"])
def test_a_layout_is_known_and_all_its_rows_are_read(layout):
    reading = read(layout)
    assert (reading.layout, reading.kind) == (layout, KNOWN[layout]["kind"])
    assert len(reading.rows) == KNOWN[layout]["expect"]["rows"]
    assert reading.differences == {}


def test_s1_asks_about_a_second_payment_and_a_row_without_a_number():
    reading = read("S1")
    assert asked(reading) == [(6, "nik"), (4, "nominal")]
    assert reading.totals == {"deposit": 725_000, "withdraw": 20_000}
    assert reading.rows[3]["name"] == "Contoh, Budi"


def test_s2_keeps_the_zeros_of_a_number_and_the_month_paid_for():
    reading = read("S2")
    assert asked(reading) == [(4, "No Anggota")]
    assert "2512.00010" in reading.questions[0].doubt
    assert reading.rows[2]["period"] == "2024-12"
    assert reading.rows[3]["on"] == date(2025, 1, 5)
    assert reading.totals["withdraw"] == 200_000


def test_s3_takes_the_product_from_the_name_and_a_withdrawal_from_the_way_of_paying():
    reading = read("S3")
    assert {row["product"] for row in reading.rows} == {"pokok"}
    assert [row["amount"] for row in reading.rows] == [100_000, -100_000, 100_000]
    assert [row["who"] for row in reading.rows] == ["1", "2", "003"]
    assert reading.rows[2]["on"] == date(2024, 1, 15)


def test_s4_compares_both_amounts_of_the_footer():
    reading = read("S4")
    assert reading.said == reading.totals == {"deposit": 350_000, "withdraw": 50_000}


def test_s5_tells_a_total_that_is_not_its_months():
    reading = read("S5")
    assert asked(reading) == [(3, "Total")]
    assert "650.000" in reading.questions[0].doubt and "600.000" in reading.questions[0].doubt


def test_k1_leaves_balances_out_and_follows_them():
    reading = read("K1")
    assert reading.totals == {"opening": 1_000_000, "closing": 1_135_000}
    assert reading.questions == []
    assert reading.rows[2]["out"] == 75_000


def test_k1_names_the_row_where_the_balance_goes_wrong():
    name = KNOWN["K1"]["file"]
    data = (LAYOUTS / name).read_bytes().replace(b"0;480.000;520.000", b"0;480.000;530.000")
    assert (3, "SALDO") in asked(read_old_book(data, filename=name))


def test_k2_reads_english_figures_and_keeps_codes_as_text():
    reading = read("K2")
    assert [row["code"] for row in reading.rows] == ["2.4000", "2.8000", "2.9000"]
    assert reading.totals == reading.said == {"total": 276_000}


def test_k2_asks_about_a_code_that_lost_its_zeros():
    name = KNOWN["K2"]["file"]
    data = (LAYOUTS / name).read_bytes().replace(b"2.4000", b"2.8")
    reading = read_old_book(data, filename=name)
    assert [(one.row, one.column, one.value) for one in reading.questions] == [(3, "kode", "2.8")]
    assert "2.8000" in reading.questions[0].doubt


def test_x1_tells_a_repayment_that_is_too_high():
    reading = read("X1")
    assert asked(reading) == [(3, "Total Pengembalian")]
    assert reading.rows[1]["repaid_on"] is None
    assert reading.rows[1]["amount"] == 2_200_000


@pytest.mark.parametrize(("layout", "total"), [("U1", 5_520_257), ("U2", 321_500)])
def test_shares_of_a_surplus_add_up_to_the_row_of_sums(layout, total):
    reading = read(layout)
    assert reading.totals == reading.said == {"total": total}
    assert reading.questions == []


def test_a_dump_keeps_the_name_null_and_asks_about_an_amount():
    name = "Q1_dump_mysql.sql"
    reading = read_old_book((LAYOUTS / name).read_bytes(), filename=name)
    members = [row for row in reading.rows if row["table"] == "t_anggota"]
    payments = [row for row in reading.rows if row["table"] == "t_simpanan"]
    assert [row["nama_anggota"] for row in members] == [
        "Contoh Satu",
        "Contoh Dua (alm.), d/h Tiga",
        "NULL",
    ]
    assert members[0]["alamat_anggota"] == "Ds. Soka'an"
    assert members[1]["tgl_lahir"] is None
    assert [row["besar_simpanan"] for row in payments] == [100_000, 50_000, None]
    assert [one.value for one in reading.questions] == ["25,000.00"]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_cash_book_in_another_encoding_is_the_same_book(encoding):
    name = KNOWN["K1"]["file"]
    text = (LAYOUTS / name).read_text("utf-8")
    reading = read_old_book(text.encode(encoding), filename=name)
    assert reading.totals["closing"] == 1_135_000


def test_a_file_of_no_known_layout_is_refused_with_its_columns():
    with pytest.raises(UnknownOldBook, match="Warna"):
        read_old_book(b"Warna,Ukuran\nbiru,2\n", filename="warna.csv")


def test_the_command_prints_and_tells_by_its_status():
    out = StringIO()
    call_command("oldbook", LAYOUTS / KNOWN["K1"]["file"], language="en", stdout=out)
    assert "Layout K1: 3 rows read." in out.getvalue()
    with pytest.raises(CommandError) as unclear:
        call_command("oldbook", LAYOUTS / KNOWN["X1"]["file"], json=True, stdout=StringIO())
    assert unclear.value.returncode == 1
    with pytest.raises(CommandError) as unreadable:
        call_command("oldbook", LAYOUTS / "SOURCE.md", stdout=StringIO())
    assert unreadable.value.returncode == 2
