"""Taking a sheet in: all or nothing, answers, sums, undo; accepted and refused rows are all rows."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canting.cooperatives.selectors import audit_trail, mappings, parties
from canting.kernel.tables_in import read_table
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entry
from canting.members import selectors
from canting.members.errors import (
    HasBookings,
    ImportNotReady,
    NothingToTakeIn,
    NotTakenIn,
    TotalsDiffer,
    UndoTooLate,
)
from canting.members.imports import (
    as_report,
    error_file,
    mapping_for,
    remember_columns,
    take_in,
    undo_import,
)
from canting.members.models import Member
from tests.builders import cooperative as another_cooperative
from tests.members.sheets import csv, issues, kept, looked_through, sheet_of

NIK = "3513145708900001"


def taken(cooperative, actor, today, source, **options):
    sheet = kept(cooperative, actor, sheet_of(cooperative, source))
    return sheet, *take_in(
        cooperative=cooperative, kept=sheet, on=today, now=timezone.now(), actor=actor, **options
    )


def test_members_come_in_with_number_state_place_and_shares_stated(cooperative, actor, today):
    source = csv(
        "No Anggota;Nama;Dusun;Desa;Kecamatan;HP;Tgl Masuk;Pokok;Wajib",
        "KOP-001;Siti;Krajan;Soka'an;Krejengan;0812-3456-7801;2020-01-05;100.000;1.150.000",
        ";Tutik;;;;;;;",
        ";JUMLAH;;;;;;100.000;1.150.000",
    )
    _kept, found, numbers = taken(cooperative, actor, today, source)
    assert (len(found.rows), found.total_rows) == (2, [4])
    siti, tutik = selectors.members(cooperative=cooperative)
    assert (siti.number, siti.village_code, siti.phone) == (
        "KOP-001", "35.13.15.2017", "+6281234567801",
    )  # fmt: skip
    assert (tutik.number, tutik.joined_on, tutik.status) == ("A-0001", None, "member")
    assert numbers == {2: "KOP-001", 3: "A-0001"}
    stated = [(m, b) for m, b in selectors.brought_shares(cooperative=cooperative)]
    assert stated == [(siti, {"entry_share": 100_000, "regular_share": 1_150_000})]


def test_the_second_time_gives_the_first_answer(cooperative, actor, today):
    sheet, _found, numbers = taken(cooperative, actor, today, csv("Nama;HP", "Siti;08123456780"))
    again = take_in(cooperative=cooperative, kept=sheet, on=today, now=timezone.now(), actor=actor)
    assert again[1] == numbers
    assert Member.objects.count() == 1


def test_the_same_list_brought_again_makes_nobody_twice(cooperative, actor, today):
    source = csv("Nama;HP;NIK", f"Siti;08123456780;{NIK}", "Tutik;08123456781;")
    taken(cooperative, actor, today, source)
    _sheet, found = looked_through(cooperative, source, today)
    assert issues(found, "error") == [(1, "nik"), (2, "full_name")]
    with pytest.raises(ImportNotReady), transaction.atomic():
        taken(cooperative, actor, today, source, unanswered_too=True)
    assert Member.objects.count() == 2


def test_one_wrong_cell_keeps_all_out(cooperative, actor, today):
    with pytest.raises(ImportNotReady, match="1"), transaction.atomic():
        taken(cooperative, actor, today, csv("Nama;HP", "Siti;08123456780", "Tutik;8.12E+11"))
    assert not Member.objects.exists()
    with pytest.raises(NothingToTakeIn), transaction.atomic():
        taken(cooperative, actor, today, csv("Nama;HP", "JUMLAH;"))


def test_cells_are_put_right_rows_left_out_and_questions_answered(cooperative, actor, today):
    source = csv("Nama;Dusun;HP", "Siti;Krajan;8.12E+11", "Siti;Krajan;", "X;Y;zzz")
    sheet, found = looked_through(
        cooperative, source, today, fixes={"2": {"phone": "0812 3456 7801"}},
        left_out=frozenset({4}), answered=frozenset({"2:full_name"}),
    )  # fmt: skip
    assert found.is_ready
    brought = kept(cooperative, actor, sheet)
    take_in(cooperative=cooperative, kept=brought, on=today, now=timezone.now(), actor=actor)
    rows = list(selectors.members(cooperative=cooperative).values_list("full_name", "phone"))
    assert rows == [("Siti", "+6281234567801"), ("Siti", "")]


def test_a_village_is_never_guessed_and_its_district_may_stand_beside_it(cooperative, today):
    source = csv("Nama;Desa", "A;Patokan", "B;Kel. Patokan", "C;Patokan, Bantaran", "D;Sokaann")
    _sheet, found = looked_through(cooperative, source, today)
    codes = [row.values.get("village_code") for row in found.rows]
    assert codes == [None, "35.13.14.1017", "35.13.04.2003", None]
    assert issues(found, "warn") == [(1, "village"), (4, "village")]
    assert "Soka'an" in found.rows[3].issues[0].text


def test_a_sum_that_differs_from_the_stated_one_keeps_all_out(cooperative, actor, today):
    source = csv("Nama;Wajib", "Siti;1.150.000", "Total;1.200.000")
    with pytest.raises(TotalsDiffer, match=r"Rp1\.150\.000.*Rp1\.200\.000"), transaction.atomic():
        taken(cooperative, actor, today, source)
    _sheet, found = looked_through(
        cooperative, source, today, stated={"regular_share": "1.150.000"}
    )
    assert found.is_ready


def test_five_without_nik_are_five_and_a_doubled_one_is_taken_for_neither(
    cooperative, actor, today
):
    source = csv(
        "Nama;NIK", *(f"Nenek {i};0" for i in "abcde"), f"Ani;{NIK}", f"Budi;'{NIK}", "Cici;-"
    )
    _kept, found, numbers = taken(cooperative, actor, today, source, unanswered_too=True)
    assert len(numbers) == 8
    report = as_report(sheet=sheet_of(cooperative, source), found=found, numbers=numbers)
    assert [w["rows"] for w in report["warnings"]] == [[6, 7], [6, 7]]
    assert "Budi" in report["warnings"][0]["reason"]
    assert NIK not in str(report)
    assert not Member.objects.exclude(nik_fingerprint="").exists()


def test_no_nik_is_stored_in_clear_anywhere(cooperative, actor, today):
    taken(cooperative, actor, today, csv("Nama;NIK;Password", f"Siti;{NIK};rahasia9"))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            for row in cursor.fetchall():
                stored = b" ".join(
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                )
                assert NIK.encode() not in stored, table
                assert b"rahasia9" not in stored, table


def test_an_import_is_undone_within_a_day_while_nothing_depends_on_it(cooperative, actor, today):
    source = csv("No Anggota;Nama", "KOP-001;Siti", "KOP-002;Tutik")
    sheet, _found, _numbers = taken(cooperative, actor, today, source)
    with pytest.raises(UndoTooLate), transaction.atomic():
        undo_import(
            cooperative=cooperative, kept=sheet, now=timezone.now() + timedelta(hours=25),
            actor=actor,
        )  # fmt: skip
    gone = undo_import(cooperative=cooperative, kept=sheet, now=timezone.now(), actor=actor)
    assert (gone, Member.objects.count(), parties(cooperative=cooperative).count()) == (2, 0, 0)
    with pytest.raises(NotTakenIn), transaction.atomic():
        undo_import(cooperative=cooperative, kept=sheet, now=timezone.now(), actor=actor)
    take_in(cooperative=cooperative, kept=sheet, on=today, now=timezone.now(), actor=actor)
    assert Member.objects.count() == 2


def test_an_import_with_bookings_stays(cooperative, actor, today):
    sheet, _found, _numbers = taken(cooperative, actor, today, csv("Nama", "Siti", "Tutik"))
    tutik = selectors.members(cooperative=cooperative, words="tutik").get()
    lines = [debit("cash_main", 5), credit("share_mandatory", 5, tutik.party)]
    post_entry(
        cooperative=cooperative, draft=Draft("test:1", today, "shares_in", "x", lines), actor=actor
    )
    with pytest.raises(HasBookings, match="Tutik"), transaction.atomic():
        undo_import(cooperative=cooperative, kept=sheet, now=timezone.now(), actor=actor)
    assert Member.objects.count() == 2
    acts = {record.action for record in audit_trail(cooperative=cooperative)}
    assert "members.import_undone" not in acts


def test_an_unseen_layout_is_mapped_by_hand_and_remembered_here_only(cooperative, actor, today):
    source = csv("Kolom A;Kolom B;Kolom C", "Siti;x;0812-3456-7801")
    header = ("Kolom A", "Kolom B", "Kolom C")
    assert mapping_for(cooperative=cooperative, header=header) == ({}, False)
    remember_columns(
        cooperative=cooperative, header=header, columns={"full_name": 0, "phone": 2}, actor=actor
    )
    known = mapping_for(cooperative=cooperative, header=["KOLOM A", "Kolom-B", "kolom c"])
    assert known == ({"full_name": 0, "phone": 2}, True)
    elsewhere = another_cooperative(actor=actor)
    assert mapping_for(cooperative=elsewhere, header=header) == ({}, False)
    assert mappings(cooperative=cooperative, kind="members").count() == 1
    _kept, _found, numbers = taken(cooperative, actor, today, source)
    assert len(numbers) == 1


def test_the_file_comes_back_with_a_column_of_errors(cooperative, today):
    source = csv("Nama;NIK;HP", f"Siti;{NIK};8.12E+11", "=1+1;;0812-3456-7801")
    sheet, found = looked_through(cooperative, source, today)
    table = read_table(error_file(sheet=sheet, found=found).read(), filename="x.xlsx")
    assert table.header[:3] == ("Nama", "NIK", "HP")
    assert len(table.header) == 4
    assert table.rows[0].cells[1] == NIK
    assert str(table.rows[0].cells[3]).startswith("HP: ")
    assert table.rows[1].cells[0] == "=1+1"


NAMES = st.sampled_from(["Siti", "Tutik", "", "-", "Bu Siti", "x" * 130, "123"])
NIKS = st.sampled_from(["", "0", NIK, "'" + NIK, "3,5E+15", "123", "3513145708900002"])
PHONES = st.sampled_from(["", "0812-3456-7801", "8.12E+11", "x", "08123456780 / 08123456781"])
DATES = st.sampled_from(["", "31/02/2020", "2020-01-05", "45337", "0000-00-00", "besok lusa"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(NAMES, NIKS, PHONES, DATES), min_size=1, max_size=8))
def test_accepted_and_refused_rows_are_all_rows(cooperative, today, rows):
    lines = [";".join(("K", *row)) for row in rows]
    sheet, found = looked_through(
        cooperative, csv("Kelompok;Nama;NIK;HP;Tanggal Masuk", *lines), today
    )
    report = as_report(sheet=sheet, found=found)
    accepted = [fact["row"] for fact in report["accepted"]]
    refused = {fact["row"] for fact in report["refused"]}
    assert sorted([*accepted, *refused]) == list(range(1, len(rows) + 1))
    assert all(fact["reason"] for fact in report["refused"])
    assert NIK not in str(report)
