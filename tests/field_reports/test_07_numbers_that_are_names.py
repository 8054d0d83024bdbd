"""The clerk's list of members: a NIK shortened by the spreadsheet, one that begins with 0, five
grandmothers without any for whom 0 was typed, and one NIK in two rows with two names.

A NIK begins with its province, so none begins with 0: that row is refused with its zero in sight.

What identifies is text with its zeros; what lost its digits is refused by row; no number is nobody.
The case asks that a file keep the 16 digits: here no file holds a NIK at all (it is sealed, and
only shown on screen for a reason that is kept); member numbers and phones stand for it.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives.models import PastedSheet
from canting.cooperatives.rules import Role
from canting.members import selectors
from canting.members.models import Member
from tests.field_reports.ground import address, assert_clean, file_rows, send, shown

GOOD = "3513145708900001"
ZEROS = "0313145708900001"  # no province is called 03: this is nobody's number
OTHER = "3513145708900002"
DOUBLED = "3513145708900003"
ROWS = [
    ("Sri Rahayu", GOOD),
    ("Nanik", "3,32312E+15"),
    ("Titik", "331514570890"),
    *((f"Mbah {name}", "0") for name in ("Karti", "Sumi", "Painem", "Tumini", "Wagiyem")),
    ("Lestari", DOUBLED),
    ("Lastri", DOUBLED),
    ("Endah", OTHER),
    ("Yatmi", ZEROS),
]
OUT = ["3", "4", "13"]  # the rows whose NIK is none, as the spreadsheet counts them
ALL = [str(place) for place in range(2, len(ROWS) + 2)]


@pytest.fixture
def manager(client_as, cooperative):
    return client_as(Role.MANAGER)


@pytest.fixture
def sheet(cooperative, manager):
    """The clerk's file, up to the page where it is looked at."""
    lines = ["No Anggota;Nama;NIK;Tgl Masuk;HP"]
    lines += [f"{n:04};{name};{nik};;0812-0000-00{n:02}" for n, (name, nik) in enumerate(ROWS, 1)]
    content = SimpleUploadedFile("anggota.csv", "\r\n".join(lines).encode())
    send(manager, cooperative, "members:import_start", key="kunci-berkas-1", file=content)
    kept = PastedSheet.objects.get()
    chosen = ("number", "full_name", "nik", "joined_on", "phone")
    send(manager, cooperative, "members:import_columns", kept.reference, key="kunci-kolom-1",
         **{f"c{place}": name for place, name in enumerate(chosen)})  # fmt: skip
    return kept.reference


def wrong_rows(page):
    return sorted({int(row) for row in re.findall(r'name="c-(\d+)-nik"', page)})


def test_what_lost_its_digits_is_refused_by_row_and_nothing_comes_in(cooperative, manager, sheet):
    page = shown(manager, cooperative, "members:import_review", sheet, semua="1")
    assert {3, 4, 13} <= set(wrong_rows(page))
    assert not {2, 12} & set(wrong_rows(page))
    assert "0313••••••••0001" in page
    send(manager, cooperative, "members:import_take", sheet, key="kunci-masuk-1")
    assert not Member.objects.exists()


def test_the_doubled_nik_is_told_with_both_names_and_overwrites_neither(
    cooperative, manager, sheet
):
    page = shown(manager, cooperative, "members:import_review", sheet, semua="1")
    assert "Lestari" in page
    assert "Lastri" in page
    put_right = {"row": ALL, "out": OUT}
    asked = re.findall(r'name="ok"\s+value="([^"]+)"', page)
    send(manager, cooperative, "members:import_review", sheet, key="kunci-benar-1",
         asked=asked, ok=asked, **put_right)  # fmt: skip
    taken = send(manager, cooperative, "members:import_take", sheet, key="kunci-masuk-1")
    assert taken["Location"] == address(cooperative, "members:member_list")
    both = [m for m in Member.objects.all() if m.full_name in {"Lestari", "Lastri"}]
    assert len(both) == 2
    assert [m.nik_fingerprint for m in both] == ["", ""]
    assert_clean(cooperative)


def test_five_without_a_nik_are_five_and_no_empty_day_becomes_today(cooperative, manager, sheet):
    page = shown(manager, cooperative, "members:import_review", sheet, semua="1")
    asked = re.findall(r'name="ok"\s+value="([^"]+)"', page)
    send(manager, cooperative, "members:import_review", sheet, key="kunci-benar-1",
         asked=asked, ok=asked, row=ALL, out=OUT)  # fmt: skip
    send(manager, cooperative, "members:import_take", sheet, key="kunci-masuk-1")
    mbah = list(Member.objects.filter(full_name__startswith="Mbah"))
    assert len(mbah) == 5
    assert {m.nik_fingerprint for m in mbah} == {""}
    assert {m.joined_on for m in Member.objects.all()} == {None}
    detail = shown(manager, cooperative, "members:member_detail", mbah[0].number)
    assert "NIK belum tersimpan" in detail
    sri = Member.objects.get(full_name="Sri Rahayu")
    assert (sri.number, selectors.opened_nik(sri)) == ("0001", GOOD)
    assert_clean(cooperative)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_keeps_leading_zeros_and_never_holds_a_nik(
    cooperative, manager, actor, joined, form
):
    joined("Sri Rahayu", number="0123", nik=GOOD, phone="+6281200000001", rt="002")
    answer = manager.get(address(cooperative, "members:member_export", form))
    content = b"".join(answer.streaming_content)
    answer.streaming_content = [content]
    row = file_rows(answer, form)[0]
    cells = list(row.values())
    assert cells[0] == "0123"
    assert "0812-0000-0001" in cells
    assert GOOD not in [str(cell) for cell in cells]
    assert all(isinstance(cell, str) for cell in (cells[0], cells[8]))
