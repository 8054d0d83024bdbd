import io
import json
import zipfile
from datetime import date

import pytest

from canting.kernel.identity import NikDigitsLost, parse_nik
from canting.kernel.tables_in import (
    BadSheet,
    EmptySheet,
    EncryptedSheet,
    NoHeader,
    NoSuchSheet,
    NotASheet,
    SheetTooLarge,
    guess_columns,
    header_digest,
    paste_to_table,
    read_table,
)
from canting.kernel.tables_in import workbooks as workbooks_module
from canting.kernel.tables_out import Column, write_xlsx
from tests.kernel.vectors import DATA

FOLDER = DATA / "layouts"
LAYOUTS = json.loads((FOLDER / "layouts.json").read_text(encoding="utf-8"))
KINDS = {"csv": "text", "htmlxls": "html", "xlsx": "xlsx"}
# What the reader hands on besides the records: totals and closing balances are the importer's.
MORE_ROWS = {"S4": 1, "U1": 1, "U2": 1, "K1": 3, "K2": 2, "S5": 2 - 18}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout["id"])
def test_every_layout_opens_as_its_description_says(layout):
    table = read_table((FOLDER / layout["file"]).read_bytes(), filename=layout["file"])
    assert list(table.header) == layout["header"]
    assert table.header_line == layout["lines_before_header"] + 1
    assert table.kind == KINDS[layout["format"]]
    assert table.delimiter == layout["delimiter"]
    expected_encoding = None if table.kind == "xlsx" else layout["encoding"]
    assert table.encoding == expected_encoding + "-sig" * layout["bom"] if table.encoding else True
    assert len(table.rows) == layout["expect"]["rows"] + MORE_ROWS.get(layout["id"], 0)


def cells(layout_id: str, row: int) -> tuple:
    layout = next(layout for layout in LAYOUTS if layout["id"] == layout_id)
    return read_table((FOLDER / layout["file"]).read_bytes()).rows[row].cells


def test_cells_keep_what_the_file_says():
    assert cells("A2", 0)[0] == "3513141508959901"
    assert cells("A2", 1)[0] == "3,51314E+15"
    assert cells("A5", 1)[2] == "3513144101909912"
    assert cells("S2", 3)[0] == "2512.00010"
    assert cells("S1", 3)[1] == '"Contoh, Budi"'
    assert cells("A1", 1)[2] == "Budi Contoh"
    assert cells("A1", 0)[5] == 81200000001
    assert cells("A1", 0)[9] == date(2024, 1, 13)
    assert cells("P1", 0)[3] == 1.5
    assert cells("B1", 1)[1] == "8999999027049"


def test_rows_carry_the_number_that_the_spreadsheet_shows():
    table = read_table((FOLDER / "S4_buku_mutasi.csv").read_bytes())
    assert [row.number for row in table.rows] == [9, 10, 11, 13]


def test_the_asked_sheet_is_read_and_an_unknown_one_refused_with_the_names():
    data = (FOLDER / "P1_pinjaman_spk.xlsx").read_bytes()
    assert read_table(data).sheet == "Pinjaman Perorangan"
    assert read_table(data, sheet="Status Pinjaman").sheets == (
        "Pinjaman Perorangan",
        "Status Pinjaman",
    )
    with pytest.raises(NoSuchSheet, match="Pinjaman Perorangan, Status Pinjaman"):
        read_table(data, sheet="Lain")


def test_a_nik_that_a_workbook_kept_as_a_number_is_never_trusted():
    file = write_xlsx([Column("NIK", "number"), Column("Nama")], [[3513141508959901, "Siti"]])
    nik = read_table(file.read()).rows[0].cells[0]
    assert not isinstance(nik, int | str)
    with pytest.raises(NikDigitsLost):
        parse_nik(nik)


@pytest.mark.parametrize(
    ("text", "encoding", "delimiter"),
    [
        ("Nama;Uang\nSiti;1.500,25\n", "utf-8", ";"),
        ("Nama,Uang\nSiti,1500\n", "utf-8-sig", ","),
        ("Nama\tUang\nSiti\t1500\n", "utf-16", "\t"),
        ("Nama\tUang\nSiti\t1500\n", "utf-16-le", "\t"),
        ("Nama|Uang\nSiti|1500\n", "utf-16-be", "|"),
        ("Nama;Uang\nSiti “é”;1500\n\x1a", "cp1252", ";"),
        ("sep=|\nNama|Uang\nSiti, Bu|1500\n", "utf-8", "|"),
    ],
)
def test_text_of_any_encoding_and_delimiter_is_read(text, encoding, delimiter):
    table = read_table(text.encode(encoding))
    assert table.header == ("Nama", "Uang")
    assert (table.encoding, table.delimiter) == (encoding, delimiter)
    assert str(table.rows[0].cells[0]).startswith("Siti")


def test_one_column_alone_is_a_table_too():
    table = read_table(b"Nama\nSiti\nBudi\n")
    assert (table.header, len(table.rows)) == (("Nama",), 2)


def test_short_rows_are_filled_and_long_ones_kept():
    table = read_table(b"Nama;Alamat;Desa\nSiti\nBudi;a;b;c\n;;\n")
    assert [row.cells for row in table.rows] == [("Siti", "", ""), ("Budi", "a", "b", "c")]


def test_an_html_table_with_entities_and_spans_is_read():
    page = (
        "<html><head><style>td{}</style></head><body><table><tr><th colspan=3>Laporan &amp; data"
        "</th></tr><tr><th>Nama<th>Desa<th>Uang</tr><tr><td>Siti<br>Aminah</td><td></td>"
        "<td>Rp&nbsp;1.000</td></tr></table><table><tr><td>x</td></tr></table></body></html>"
    )
    table = read_table(page.encode())
    assert table.header == ("Nama", "Desa", "Uang")
    assert [row.cells for row in table.rows] == [("Siti Aminah", "", "Rp 1.000")]


def test_a_pasted_block_keeps_quoted_cells_whole():
    table = paste_to_table('Nama\tAlamat\r\nSiti\t"Dsn. Krajan\nRT 2"\r\n')
    assert table.kind == "paste"
    assert table.rows[0].cells == ("Siti", "Dsn. Krajan\nRT 2")


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                name.replace("__", "/").replace("META_INF", "META-INF").replace("_xml", ".xml"),
                content,
            )
    return file.getvalue()


def far_cell(reference: str) -> bytes:
    file = write_xlsx([Column("Nama")], [["Siti"]]).read()
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(result, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                row = f'<row r="9"><c r="{reference}"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", row.encode())
            new.writestr(member, content)
    return result.getvalue()


def lying_bomb() -> bytes:
    """Ten megabytes of zeros that declare themselves as 100 bytes."""
    data = bytearray(zipped(xl__workbook_xml=b"\x00" * 10_000_000))
    real = (10_000_000).to_bytes(4, "little")
    return bytes(data.replace(real, (100).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptySheet),
        (b" \r\n \r\n", EmptySheet),
        (b";;;\n;;\n", EmptySheet),
        (b"1;2;3\n4;5;6\n", NoHeader),
        (b"%PDF-1.7 x", NotASheet),
        (b"\x89PNG\r\n\x1a\n0", NotASheet),
        (b"\xff\xd8\xff\xe0 jpeg", NotASheet),
        (b"\x00\x00\x00\x18ftypheic", NotASheet),
        (b"BM\x00\x00\x00\x00", NotASheet),
        (b"nama,umur\n\x01\x02,3\n", NotASheet),
        (zipped(word__document_xml=b"<w/>"), NotASheet),
        (zipped(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b""), NotASheet),
        (b"PK\x03\x04 broken", BadSheet),
        (zipped(xl__workbook_xml=b"<broken"), BadSheet),
        (b"\xd0\xcf\x11\xe0 broken", BadSheet),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), EncryptedSheet),
        (b"<html><body>Galat 500</body></html>", BadSheet),
        (b"x" * (20 * 1024 * 1024 + 1), SheetTooLarge),
        (b"a;b\n" * 200_003, SheetTooLarge),
        (b";".join([b"a"] * 600) + b"\n", SheetTooLarge),
        (far_cell("XFD9"), SheetTooLarge),
        (far_cell("CV1048576"), SheetTooLarge),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data, refusal):
    with pytest.raises(refusal) as caught:
        read_table(data, filename="anggota.xlsx")
    assert type(caught.value) is refusal
    assert "anggota.xlsx" in str(caught.value)


def test_a_zip_bomb_is_measured_and_not_believed(monkeypatch):
    monkeypatch.setattr(workbooks_module, "MOST_UNPACKED_BYTES", 5_000_000)
    with pytest.raises(SheetTooLarge):
        read_table(lying_bomb())


def test_columns_are_guessed_by_words_and_each_serves_once():
    header = [
        "No.",
        "Nm Anggota",
        "N.I.K.",
        "Nama Ibu Kandung",
        "No HP Saudara",
        "No HP",
        "Tgl Masuk",
    ]
    synonyms = {
        "name": ["Nama", "Nama Anggota", "Nama Lengkap"],
        "nik": ["NIK", "Nomor KTP"],
        "phone": ["No. HP", "Telepon", "WA"],
        "joined_on": ["Tanggal Masuk", "Tanggal Bergabung"],
        "village": ["Desa", "Kelurahan"],
    }
    assert guess_columns(header, synonyms) == {"name": 1, "nik": 2, "phone": 5, "joined_on": 6}


def test_a_guess_takes_a_label_that_holds_the_words_when_nothing_fits_better():
    header = ["Nomor Identitas (KTP)", "Nama Anggota", "Pendapatan Perbulan"]
    synonyms = {"nik": ["Nomor KTP"], "name": ["Nama"]}
    assert guess_columns(header, synonyms) == {"nik": 0, "name": 1}


def test_a_layout_is_known_again_by_its_words_and_their_order():
    assert header_digest(["No. Anggota", "Nama"]) == header_digest(["NO ANGGOTA ", "nama"])
    assert header_digest(["Nama", "No"]) != header_digest(["No", "Nama"])


def ods(cell: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="Data">'
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Nama</text:p>'
        f"</table:table-cell></table:table-row><table:table-row>{cell}</table:table-row>"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        META_INF__manifest_xml=b"<manifest/>",
        content_xml=content.encode(),
    )


def test_an_opendocument_sheet_is_read_and_its_trap_seen():
    cell = '<table:table-cell office:value-type="string"{}><text:p>Siti</text:p></table:table-cell>'
    table = read_table(ods(cell.format("")))
    assert (table.kind, table.header, table.rows[0].cells) == ("ods", ("Nama",), ("Siti",))
    with pytest.raises(SheetTooLarge):
        read_table(ods(cell.format(' table:number-columns-repeated="16384"')))
