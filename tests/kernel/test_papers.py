"""Papers are looked at as pictures: pages, widths, what lies at the right edge."""

import json
import shutil
import struct
import threading
import zlib
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import segno
import typst
from django.utils.translation import gettext_lazy, override

from canting.kernel import papers
from canting.kernel.papers import compiler, render, render_pages

TEMPLATES = Path(__file__).parent / "papers"
MOMENT = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
LONG_NAME = (
    "Batik tulis Anggur dengan isen-isen halus, pewarna daun mangga dan secang, malam dua kali"
)
COMMON: dict[str, Any] = {
    "cooperative": {
        "name": "Koperasi Produsen Batik Sumber Rejeki Makmur Sejahtera Bersama",
        "place": "Kraksaan, Kab. Probolinggo",
    },
    "number": "SJ/2026/11/0042",
    "made_by": "Rini Wahyuningsih",
    "day": date(2026, 11, 24),
    "qr": segno.make("https://contoh.example/t/abc").svg_inline(border=2),
}
NOTE = COMMON | {
    "size": "a4",
    "buyer": "Toko Batik Nusantara Jaya Abadi dan Keluarga Besar Haji Abdurrahman Wahid Hasyim",
    "address": "Jl. Panglima Sudirman 12, Kraksaan",
    "driver": "Pak Slamet",
    "lines": [
        {
            "code": "K7Q-4MD",
            "name": "x" * 120 if n == 5 else LONG_NAME if n % 7 == 0 else "Batik tulis Anggur",
            "length": "2,5 m",
        }
        for n in range(60)
    ],
    "pieces": "60 helai",
    "length": Decimal("150"),
}
SLIP = COMMON | {
    "size": "58mm",
    "time": "14.05",
    "member": "Bu Siti (A-0117) Dsn. Krajan",
    "lines": [{"code": "K7Q-4MD", "name": LONG_NAME, "length": "2,5 m", "amount": "160.000"}],
    "pieces": "1 helai",
    "total": "Rp160.000",
    "total_words": "seratus enam puluh ribu rupiah",
    "paid_on": "Jum, 27 Nov 2026",
}
RECEIPT = COMMON | {
    "payer": "Toko Batik Nusantara",
    "amount": "Rp12.500.000",
    "amount_words": "dua belas juta lima ratus ribu rupiah",
    "purpose": "Pelunasan pesanan batik tulis Anggur 50 helai",
    "place": "Kraksaan",
    "meterai": True,
}


@pytest.fixture(autouse=True)
def package(tmp_path, monkeypatch):
    """A package of the shared library and the templates of these tests."""
    shutil.copytree(Path(papers.__file__).parent, tmp_path / "kernel" / "papers")
    for template in TEMPLATES.glob("*.typ"):
        shutil.copy(template, tmp_path)
    monkeypatch.setattr(compiler, "ROOT", tmp_path)
    monkeypatch.setattr(compiler, "_local", threading.local())
    return tmp_path


def size_of(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def darkest_in_last_columns(png: bytes, columns: int) -> int:
    """The darkest red value in so many columns at the right edge of an RGBA picture."""
    width, _height = size_of(png)
    packed, at = b"", 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    step = {2: 3, 6: 4}[png[25]]
    data, stride = zlib.decompress(packed), width * step
    before, darkest = bytearray(stride), 255
    for start in range(0, len(data), stride + 1):
        line = unfiltered(
            data[start], bytearray(data[start + 1 : start + 1 + stride]), before, step
        )
        darkest = min(darkest, *line[(width - columns) * step :: step])
        before = line
    return darkest


def unfiltered(kind: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    for at in range(len(line)):
        a = line[at - step] if at >= step else 0
        b, c = above[at], above[at - step] if at >= step else 0
        paeth = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
        line[at] = (line[at] + (0, a, b, (a + b) // 2, paeth)[kind]) % 256
    return line


@pytest.mark.parametrize(("size", "pages", "ppi"), [("a4", 2, 40), ("a5", 3, 40)])
def test_sixty_lines_run_over_pages_and_nothing_touches_the_right_edge(size, pages, ppi):
    pictures = render_pages("delivery_note.typ", NOTE | {"size": size}, ppi=ppi)
    assert len(pictures) == pages
    for picture in pictures:
        assert darkest_in_last_columns(picture, columns=12) == 255


def asked(package: Path, label: str, values: dict) -> list[int]:
    found = typst.query(
        str(package / "delivery_note.typ"),
        f"<{label}>",
        field="value",
        root=str(package),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps(values, default=str)},
    )
    return json.loads(found)


@pytest.mark.parametrize("lines", [20, 21, 22, 23, 24, 25, 26, 27, 28, 60])
def test_the_totals_and_the_signatures_are_on_one_and_the_last_page(package, lines):
    values = NOTE | {"size": "a5", "lines": NOTE["lines"][:lines]}
    begin, end = asked(package, "closing", values)
    pages = len(render_pages("delivery_note.typ", values, ppi=20))
    assert begin == end == pages


def test_no_row_is_cut_by_a_page(package):
    rows = asked(package, "row", NOTE | {"size": "a5"})
    assert len(rows) == 120
    assert all(begin == end for begin, end in zip(rows[::2], rows[1::2], strict=True))


@pytest.mark.parametrize(("size", "width"), [("58mm", 464), ("80mm", 640)])
def test_a_roll_is_as_wide_as_the_printer_and_as_long_as_its_text(size, width):
    short = render("receipt.typ", SLIP | {"size": size}, format="png")
    longer = render("receipt.typ", SLIP | {"size": size, "lines": SLIP["lines"] * 10}, format="png")
    assert abs(size_of(short)[0] - width) <= 1
    assert size_of(longer)[1] > size_of(short)[1]
    assert darkest_in_last_columns(longer, columns=30) == 255


def test_a_roll_of_58_mm_holds_32_columns():
    narrow = render("columns.typ", {"text": "8" * 32}, format="png")
    wide = render("columns.typ", {"text": "8" * 33}, format="png")
    assert size_of(narrow)[1] < size_of(wide)[1]


@pytest.mark.parametrize("size", ["a4", "a5-landscape"])
def test_a_receipt_fits_on_one_page_also_twice_on_a_sheet(size):
    assert render("payment_receipt.typ", RECEIPT | {"size": size}, format="png", ppi=30)


@pytest.mark.parametrize("mark", [{"draft": True}, {"copy": 2}, {"lang": "en", "draft": True}])
def test_drafts_and_copies_can_be_told_from_the_paper(mark):
    plain = render("receipt.typ", SLIP, format="png")
    assert render("receipt.typ", SLIP | mark, format="png") != plain


def test_the_language_of_the_reader_is_the_language_of_the_marks():
    with override("en"):
        english = render("receipt.typ", SLIP | {"copy": 1}, format="png")
    with override("id"):
        assert render("receipt.typ", SLIP | {"copy": 1}, format="png") != english
        assert render("receipt.typ", SLIP | {"copy": 1, "lang": "en"}, format="png") == english


def test_a_pdf_repeats_byte_for_byte_with_a_fixed_moment():
    first = render("delivery_note.typ", NOTE, moment=MOMENT)
    assert first.startswith(b"%PDF")
    assert first == render("delivery_note.typ", NOTE, moment=MOMENT)


def test_a_paper_of_several_pages_is_no_single_picture():
    with pytest.raises(ValueError, match="2 pages"):
        render("delivery_note.typ", NOTE, format="png", ppi=20)


def test_what_people_write_is_printed_and_never_run():
    nasty = '#panic("x") $ \\ <a> *b* "c" #import "/etc/passwd"'
    assert render("columns.typ", {"text": nasty}).startswith(b"%PDF")


def test_lazy_texts_are_printed_and_unknown_values_refused():
    assert render("columns.typ", {"text": gettext_lazy("Name")}).startswith(b"%PDF")
    with pytest.raises(TypeError, match="set"):
        render("columns.typ", {"text": {1, 2}})


@pytest.mark.parametrize("template", ["../x.typ", "/etc/hostname"])
def test_a_template_outside_the_package_is_refused(template):
    with pytest.raises(ValueError, match="outside"):
        render(template, {})


def test_many_threads_print_at_once():
    done, wrong = [], []

    def work(number: int) -> None:
        try:
            for _again in range(5):
                done.append(render("columns.typ", {"text": str(number)}, moment=MOMENT))
        except Exception as error:  # the thread would swallow it
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(set(done)) == 6
