"""Bad files of old books: a sentence with row and column, and nothing half done."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from canting.ledger import selectors as ledger
from canting.members.models import Member
from canting.portal import services
from canting.portal.errors import StillToAnswer
from canting.portal.models import OldBook, OldBookRow
from canting.savings.models import OpeningBalance
from tests.portal.old_book_desk import FILES, LAYOUTS, Desk

ROOT = Path(__file__).parents[2]
HEAD = "nik,nama,jenis_simpanan,nominal,tanggal\n"
GOOD = "3513141508959901,Siti Contoh,wajib,50000,2025-01-10\n"
BAD = '3513141508959901,Siti Contoh,wajib,"2,35",2025-01-10\n'


@pytest.fixture
def desk(cooperative, actor):
    made = Desk(cooperative, actor)
    made.member("Siti Contoh", nik="3513141508959901")
    made.member("Contoh Satu", "A-001")
    made.member("Contoh Dua", "A-002")
    return made


def refused(desk, data, name="simpanan.csv"):
    """The sentence with which a file is not booked; nothing of it stands anywhere."""
    book = desk.bring("S1", data, name)
    with pytest.raises(StillToAnswer) as refusal:
        desk.take(book)
    assert ledger.book(cooperative=desk.cooperative).position == 0
    assert not OpeningBalance.objects.exists() and not OldBookRow.objects.exists()
    return str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1252", "utf-8-sig"])
def test_a_bad_cell_in_any_encoding_is_named_by_row_and_column(desk, encoding):
    said = refused(desk, (HEAD + GOOD + BAD).replace("Siti", "Sití").encode(encoding))
    assert "3, nominal" in said and "2,35" in said


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_bad_cell_between_other_signs_is_named_by_row_and_column(desk, sign):
    text = HEAD.replace(",", sign) + GOOD.replace(",", sign)
    text += BAD.replace('"2,35"', "2!35").replace(",", sign)
    assert "3, nominal" in refused(desk, text.encode())


def test_an_xls_that_is_a_web_page_names_its_row_and_column(desk):
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>"
        for line in (HEAD + GOOD + BAD.replace('"2,35"', "12.5")).splitlines()
    )
    page = f"<html><body><table>{rows}</table></body></html>".encode()
    assert "3, nominal" in refused(desk, page, "simpanan.xls")


def test_a_day_that_is_none_is_named_by_row_and_column(desk):
    assert "3, tanggal" in refused(desk, (HEAD + GOOD + GOOD.replace("01-10", "02-31")).encode())


def test_a_day_without_a_year_is_asked_once_for_the_file(desk):
    text = HEAD + GOOD.replace("2025-01-10", "10/01") + GOOD.replace("2025-01-10", "11 Jan")
    book = desk.bring("S1", text.encode(), "tanpa-tahun.csv")
    assert set(desk.plan(book).needs) == {"year"}
    desk.answer(book, year=2025, control=100_000)
    days = [row["on"].isoformat() for row in desk.plan(book).rows]
    assert days == ["2025-01-10", "2025-01-11"]
    desk.take(book)


def test_a_zero_day_is_no_day_and_no_question(desk):
    text = HEAD + GOOD.replace("2025-01-10", "0000-00-00")
    book = desk.answer(desk.bring("S1", text.encode(), "nol.csv"), control=50_000)
    desk.take(book)
    assert OldBookRow.objects.get().on is None


def test_sums_and_balances_inside_the_data_are_left_out_and_compared(desk):
    text = HEAD + GOOD + ",JUMLAH,,50.000,\n" + GOOD.replace("01-10", "02-10")
    book = desk.bring("S1", (text + ",SALDO AKHIR,,90.000,\n").encode(), "saldo.csv")
    plan = desk.plan(book)
    assert plan.reading.skipped == [(3, "JUMLAH"), (5, "SALDO AKHIR")]
    assert [(one.row, one.column) for one in plan.reading.questions] == [(5, "nominal")]
    desk.answer(book, fine={"5:nominal"}, control=100_000)
    desk.take(book)
    assert OpeningBalance.objects.get().amount == 100_000


def test_figures_of_both_kinds_are_asked_about_and_shown_as_they_are_read(desk):
    text = HEAD + GOOD.replace("50000", '"25,000.00"')
    book = desk.bring("S1", text.encode(), "angka.csv")
    assert desk.plan(book).needs == {"numbers": "25,000.00"}
    desk.answer(book, numbers="en", control=25_000)
    assert desk.plan(book).reading.samples == [("25,000.00", "Rp25.000")]
    desk.answer(book, numbers="id", control=25_000)
    with pytest.raises(StillToAnswer, match="2, nominal"):
        desk.take(book)
    desk.take(desk.answer(book, numbers="en", control=25_000))


def test_a_connection_lost_half_way_leaves_nothing(desk, monkeypatch):
    def lost(**_facts):
        raise ConnectionError("gone")

    monkeypatch.setattr("canting.portal.services.old_books.post_entries", lost)
    members = Member.objects.count()
    book = desk.answer(desk.bring("U1"), newcomers=True)
    with pytest.raises(ConnectionError):
        desk.take(book)
    assert Member.objects.count() == members
    assert not OldBookRow.objects.exists()
    assert OldBook.objects.get().state == "read"
    monkeypatch.undo()
    desk.take(book)
    desk.verify()


KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from canting.portal.services import old_books
write = old_books._keep_rows
def killed(book, booking):
    write(book, booking)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "kill":
    old_books._keep_rows = killed
call_command("oldbook", sys.argv[1], cooperative=sys.argv[2], commit=True)
"""


def run(home, slug, how):
    kept = {"CANTING_HOME": str(home), "DJANGO_SETTINGS_MODULE": "canting.config.settings"}
    env = {name: value for name, value in os.environ.items() if name != "CANTING_DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(LAYOUTS / FILES["S4"]), slug, how],
        env=env | kept, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the file of the database")
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_half_way_leaves_nothing_and_may_be_run_again(desk, tmp_path):
    place = tmp_path / "canting.sqlite3"
    with sqlite3.connect(place) as copy:
        connection.connection.backup(copy)
    copy.close()
    assert run(tmp_path, desk.cooperative.slug, "kill").returncode == -signal.SIGKILL
    with sqlite3.connect(place) as after:
        assert after.execute("SELECT count(*) FROM portal_oldbookrow").fetchone() == (0,)
        assert after.execute("SELECT count(*) FROM ledger_journalentry").fetchone() == (0,)
        assert after.execute("SELECT state FROM portal_oldbook").fetchall() == [("read",)]
    after.close()
    again = run(tmp_path, desk.cooperative.slug, "whole")
    assert again.returncode == 0, again.stderr
    with sqlite3.connect(place) as after:
        assert after.execute("SELECT state FROM portal_oldbook").fetchall() == [("booked",)]
        (count,) = after.execute("SELECT count(*) FROM ledger_journalentry").fetchone()
    after.close()
    assert count == 1


def test_many_rows_are_booked_by_member_with_few_questions_to_the_database(
    desk, django_assert_max_num_queries
):
    rows = "".join(
        f"A-00{1 + n % 2},Simpanan Wajib,setor,{1_000 + n},2024-{1 + n % 12:02d}-10,1,2024,\n"
        for n in range(20_000)
    )
    head = "No Anggota,Jenis Simpanan,Jenis Transaksi,Jumlah,Tanggal Transaksi,Bulan,Tahun,Keterangan\n"
    book = desk.bring("S2", (head + rows).encode(), "besar.csv")
    services.keep_answers(book=book, answers={"control": sum(range(1_000, 21_000))})
    with django_assert_max_num_queries(260):
        desk.take(book)
    assert OldBookRow.objects.count() == 20_000
    assert OpeningBalance.objects.count() == 2
