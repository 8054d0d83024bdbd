"""Each layout that cooperatives bring is read as its description expects."""

import json

import pytest

from canting.members.imports import opened_sheet, sealed_text
from tests.members.sheets import LAYOUTS, issues, looked_through

EXPECTED = {layout["id"]: layout for layout in json.loads((LAYOUTS / "layouts.json").read_text())}
MEMBERS = [one for one in EXPECTED.values() if one["kind"] == "members"]


@pytest.mark.parametrize("layout", MEMBERS, ids=lambda one: one["id"])
def test_every_row_and_every_name_is_read(cooperative, today, layout):
    sheet, found = looked_through(cooperative, layout["file"], today)
    assert list(sheet.header) == layout["header"]
    assert len(found.rows) == layout["expect"]["rows"]
    assert all(row.name for row in found.rows)
    assert opened_sheet(sealed_text(sheet)) == sheet


def test_a1_phones_warnings_and_no_password(cooperative, today):
    sheet, found = looked_through(cooperative, "A1_anggota_nip_divisi.xlsx", today)
    phones = [row.values["phone"] or None for row in found.rows]
    assert phones == EXPECTED["A1"]["expect"]["phones"]
    assert issues(found) == [(2, "status"), (3, "old_number"), (4, "old_number")]
    assert {row.values["status"] for row in found.rows} == {"member", "left"}
    assert found.is_ready
    text = sealed_text(sheet)
    assert "rahasia" not in text
    assert "Password" in found.not_taken


def test_a2_refuses_the_cut_nik_and_the_day_that_does_not_exist(cooperative, today):
    _sheet, found = looked_through(cooperative, "A2_template_lengkap.csv", today)
    assert issues(found, "error") == [(2, "nik"), (3, "nik"), (3, "birth_date")]
    siti = found.rows[0].values
    assert (siti["dusun"], siti["rt"], siti["rw"]) == ("Krajan", "03", "02")
    assert siti["village_code"].startswith("35.13.14.")
    assert found.rows[2].values["village_code"] == "35.13.15.2017"
    assert [(t.field, t.read) for t in found.totals] == [
        ("entry_share", 300_000),
        ("regular_share", 75_000),
    ]
    assert "status" not in found.fields


def test_a3_refuses_numbers_that_excel_shortened_and_reads_two_phones(cooperative, today):
    _sheet, found = looked_through(cooperative, "A3_nip_nama_divisi_hp.csv", today)
    assert sorted(issues(found, "error")) == [(2, "old_number"), (2, "phone")]
    assert found.rows[0].values["old_number"] == "198001012010011001"
    third = found.rows[2].values
    assert [third["phone"], third["other_phone"]] == ["+6281200000003", "+6281200000004"]


def test_a4_reads_serials_months_and_leaves_unknown_days_empty(cooperative, today):
    _sheet, found = looked_through(cooperative, "A4_kop_no_nama_tgl.xlsx", today)
    days = [str(row.values["joined_on"]) if row.values["joined_on"] else None for row in found.rows]
    assert days == EXPECTED["A4"]["expect"]["dates"]
    assert issues(found) == [(3, "number"), (4, "number")]
    assert found.is_ready


def test_a5_asks_about_the_doubled_nik_and_names_both_rows(cooperative, today):
    _sheet, found = looked_through(cooperative, "A5_kelompok.csv", today)
    assert issues(found) == [(2, "nik"), (3, "nik")]
    issue = found.rows[1].issues[0]
    assert (issue.level, issue.rows) == ("ask", (3, 4))
    assert "NAMA CONTOH DUA" in issue.text
    assert not found.is_ready
    assert [row.values["workshop"] for row in found.rows] == ["UT-001", "UT-001", "UT-002"]
    assert "3513144101909912" not in "".join(str(row.shown) for row in found.rows)
