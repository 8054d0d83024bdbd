import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canting.kernel import tables_out
from canting.kernel.money import parse_rupiah
from canting.kernel.quantities import parse_quantity
from canting.kernel.tables_in import read_table
from canting.kernel.tables_out import Column, TableTooLong, TextTooLong, write_csv, write_xlsx

COLUMNS = [
    Column("Nama"),
    Column("NIK", "identity"),
    Column("Uang", "money"),
    Column("Panjang", "quantity"),
    Column("Tanggal", "date"),
    Column("Saat", "datetime"),
]
LOCAL = datetime.combine(date(2026, 11, 24), time(14, 5))
FORMULA = '=HYPERLINK("http://x","y")'
ROWS = [
    (FORMULA, "0013141508959901", -50000, Decimal("2.5000"), date(2026, 11, 24), LOCAL),
    ("+62 catatan", "3513141508959900", 1250000, Decimal("1.375"), None, None),
    ("'Aisyiyah", "", 0, Decimal("0"), date(2024, 2, 29), None),
    ("http://contoh.id", None, 10**14, Decimal("1500"), None, LOCAL),
]


def test_a_workbook_keeps_numbers_dates_and_text_apart():
    table = read_table(write_xlsx(COLUMNS, ROWS).read())
    assert table.header == ("Nama", "NIK", "Uang", "Panjang", "Tanggal", "Saat")
    first, second, third, fourth = (row.cells for row in table.rows)
    assert first == (ROWS[0][0], "0013141508959901", -50000, 2.5, date(2026, 11, 24), LOCAL)
    assert second == ("+62 catatan", "3513141508959900", 1250000, 1.375, "", "")
    assert third[:4] == ("'Aisyiyah", "", 0, 0)
    assert fourth[2:4] == (10**14, 1500)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    with zipfile.ZipFile(write_xlsx(COLUMNS, ROWS)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_text_with_semicolons_reads_back_the_same():
    table = read_table(write_csv(COLUMNS, ROWS).read())
    assert (table.encoding, table.delimiter) == ("utf-8-sig", ";")
    for row, original in zip(table.rows, ROWS, strict=True):
        assert row.cells[:2] == (original[0], original[1] or "")
        assert parse_rupiah(row.cells[2]) == original[2]
        assert parse_quantity(row.cells[3]) == original[3]
    assert table.rows[0].cells[4:] == ("2026-11-24", "2026-11-24 14:05:00")


def test_no_cell_of_a_text_file_can_run_but_negative_amounts_stay_numbers():
    lines = write_csv(COLUMNS, ROWS).read().decode("utf-8-sig").splitlines()
    assert lines[1].startswith("\"'=HYPERLINK")
    assert lines[1].split(";")[1:3] == ["'0013141508959901", "-50000"]
    assert lines[2].startswith("'+62")


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
nasty = st.tuples(st.sampled_from(["", "=", "+", "-", "@", "'", "''", "'=", "'5", "5"]), texts)


@given(st.lists(nasty.map("".join), min_size=1, max_size=5))
@settings(max_examples=60)
def test_any_text_reads_back_from_both_kinds_of_file(values):
    columns = [Column("Nama"), Column("Desa")]
    rows = [[value, "x"] for value in values]
    expected = [value.strip() for value in values]
    for write in (write_csv, write_xlsx):
        table = read_table(write(columns, rows).read())
        assert [row.cells[0] for row in table.rows] == expected


def test_rows_are_taken_one_by_one_and_too_many_are_refused(monkeypatch):
    monkeypatch.setattr(tables_out, "MOST_ROWS", 3)
    taken = []

    def rows():
        for number in range(10):
            taken.append(number)
            yield [str(number)]

    with pytest.raises(TableTooLong):
        write_xlsx([Column("No")], rows())
    assert taken == [0, 1, 2, 3]


def test_what_a_cell_cannot_hold_is_refused_and_not_dropped():
    with pytest.raises(TextTooLong, match="aaaa"):
        write_xlsx([Column("Nama")], [["a" * 32_768]])


def test_a_moment_with_a_zone_is_refused_in_both_kinds_of_file():
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    for write in (write_xlsx, write_csv):
        with pytest.raises(ValueError, match="zone"):
            write([Column("Saat", "datetime")], [[moment]])
