"""A year in one archive: everything an auditor asks for, each file with its digest."""

import hashlib
import io
import tracemalloc
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import PartyKind, Role
from canting.cooperatives.services import attach
from canting.kernel.closing import frozen_files, taken_along
from canting.ledger import selectors
from canting.ledger.exports import year_archive
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import close_month, close_year, post_entries, prepare_year
from tests import builders

PHOTO = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NEXT = date(2027, 1, 20)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def books(cooperative, actor):
    """A paper of 2026 with a photo, one of 2027."""
    drafts = [
        Draft(f"t:{year}", date(year, 1, 5), "x", "Uji", lines, paper=f"KW/{year}/01/0001")
        for year in (2026, 2027)
        for lines in [[debit("bank", year), credit("other_income", year)]]
    ]
    post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    for year in (2026, 2027):
        attach(
            cooperative=cooperative,
            subject=f"KW/{year}/01/0001",
            upload=SimpleUploadedFile("kuitansi.pdf", PHOTO, "application/pdf"),
            actor=actor,
        )
    return cooperative


def archive_of(cooperative, year):
    whole = b"".join(year_archive(cooperative=cooperative, year=year))
    return zipfile.ZipFile(io.BytesIO(whole))


def opened(cooperative, year=2026):
    whole = b"".join(year_archive(cooperative=cooperative, year=year))
    archive = zipfile.ZipFile(io.BytesIO(whole))
    assert archive.testzip() is None
    return archive


def test_the_archive_holds_statements_books_audit_and_the_photos_of_its_year(books):
    archive = opened(books)
    names = set(archive.namelist())
    assert {one.name for one in frozen_files()} <= names
    assert {one.name for one in taken_along()} <= names
    assert {
        "buku-besar.csv",
        "neraca-saldo.csv",
        "saldo-pihak.csv",
        "aset.csv",
        "pajak.csv",
    } <= names
    assert {"buku.beancount", "buku.journal", "jejak.csv", "BACA-SAYA.txt", "SHA256SUMS"} <= names
    photos = [name for name in names if name.startswith("bukti/")]
    assert [name.split("/")[1] for name in photos] == ["KW-2026-01-0001"]
    assert archive.read(photos[0]) == PHOTO
    assert b"journal: 2" in archive.read("buku.beancount")
    assert b"KW/2027" not in archive.read("jurnal.csv")


def test_the_page_in_the_archive_says_what_each_file_is_and_its_digest(books):
    archive = opened(books)
    told = archive.read("BACA-SAYA.txt").decode()
    for name in set(archive.namelist()) - {"BACA-SAYA.txt", "SHA256SUMS"}:
        assert f"{hashlib.sha256(archive.read(name)).hexdigest()}  {name}" in told
        if not name.startswith("bukti/"):
            assert f"- {name}: " in told
            assert f"- {name}: {name}" not in told, "say what this file is"
    assert selectors.book(cooperative=books).digest in told
    assert "1 foto" in told


def test_the_photos_are_left_out_on_request(books, client_as):
    answer = client_as(Role.SUPERVISOR).get(f"/{books.slug}/buku/ekspor/tahun/2026/?foto=0")
    assert "tanpa-foto" in answer["Content-Disposition"]
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert [name for name in names if name.startswith("bukti/")] == []
    assert "buku-besar.csv" in names


def test_the_ledger_and_the_balances_in_the_archive_are_those_of_the_books(books, actor):
    party = builders.party(books, PartyKind.MEMBER, "Bu Siti", "A-0001")
    draft = Draft(
        "t:m", date(2026, 2, 1), "x", "Simpanan",
        [debit("bank", 500), credit("share_principal", 500, party)],
    )  # fmt: skip
    post_entries(cooperative=books, drafts=[draft], actor=actor)
    archive = opened(books)
    rows = [line.split(";") for line in archive.read("buku-besar.csv").decode().splitlines()]
    bank = [
        row
        for row in rows
        if row[0].endswith(selectors.account_for(cooperative=books, role="bank").code)
    ]
    assert [row[-1] for row in bank] == ["2026", "2526"]
    trial = [line.split(";") for line in archive.read("neraca-saldo.csv").decode().splitlines()[1:]]
    assert sum(int(row[2]) for row in trial) == sum(int(row[3]) for row in trial) == 2526
    [standing] = [
        line.split(";") for line in archive.read("saldo-pihak.csv").decode().splitlines()[1:]
    ]
    assert standing[1:] == ["member", "A-0001", party.name, "0", "500"]
    later = archive_of(books, 2027).read("saldo-pihak.csv").decode().splitlines()
    assert later[1].split(";")[-1] == "500"


def test_every_file_has_the_digest_that_the_list_says(books):
    act = house.audit_trail(cooperative=books, subject="t:2026").first()
    assert act is not None
    archive = opened(books, year=act.made_at.year)
    assert b"ledger.posted" in archive.read("jejak.csv")
    listed = dict(
        reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines()
    )
    assert set(listed) == set(archive.namelist()) - {"SHA256SUMS"}
    for name, digest in listed.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_of_a_closed_year_the_archive_holds_the_very_files_that_were_frozen(books, actor):
    for month in range(1, 13):
        close_month(cooperative=books, month=date(2026, month, 1), on=NEXT, actor=actor)
    facts = {"cooperative": books, "year": 2026, "on": NEXT}
    prepare_year(actor=actor, **facts)
    close_year(actor=builders.user("maimunah"), **facts)
    archive = opened(books)
    for one in frozen_files():
        kept = selectors.frozen_file(cooperative=books, year=2026, name=one.name)
        assert kept is not None
        assert hashlib.sha256(archive.read(one.name)).hexdigest() == kept.digest


def test_a_photo_that_is_gone_does_not_break_the_archive(books):
    photo = house.attachments(cooperative=books, subjects=["KW/2026/01/0001"]).first()
    assert photo is not None
    house.attachment_path(cooperative_id=books.pk, digest=photo.digest).unlink()
    archive = opened(books)
    [name] = [name for name in archive.namelist() if name.startswith("bukti/")]
    assert not archive.read(name).startswith(b"%PDF")


def test_the_page_sends_the_archive_of_years_of_these_books_alone(books, client_as):
    client = client_as(Role.SUPERVISOR)
    assert f"/{books.slug}/buku/ekspor/tahun/2026/" in (
        client.get(f"/{books.slug}/buku/ekspor/").content.decode()
    )
    answer = client.get(f"/{books.slug}/buku/ekspor/tahun/2026/")
    whole = b"".join(answer.streaming_content)
    assert "jurnal.csv" in zipfile.ZipFile(io.BytesIO(whole)).namelist()
    for year in (2025, 2999):
        assert client.get(f"/{books.slug}/buku/ekspor/tahun/{year}/").status_code == 404


def test_memory_does_not_grow_with_the_books(books, actor):
    """300 MB are promised for a million lines: what ten times the lines add must be next to nothing."""

    def peak(entries: int) -> int:
        drafts = [
            Draft(f"m{entries}:{n}", date(2026, 3, 1), "x", "Banyak", lines)
            for n in range(entries)
            for lines in [[debit("bank", 1_000 + n), credit("other_income", 1_000 + n)]]
        ]
        post_entries(cooperative=books, drafts=drafts, actor=actor)
        tracemalloc.start()
        sent = sum(map(len, year_archive(cooperative=books, year=2026)))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert sent > 10_000
        return most

    few = peak(300)
    assert peak(3_000) < few + 12_000_000


@pytest.mark.parametrize("role", [Role.BOARD, Role.SUPERVISOR, Role.MANAGER])
def test_who_answers_for_or_checks_the_books_takes_them_along(books, client_as, role):
    client = client_as(role)
    assert "ekspor/" in client.get(f"/{books.slug}/buku/").content.decode()
    page = client.get(f"/{books.slug}/buku/ekspor/").content.decode()
    assert "/ekspor/beancount/" in page
    assert "/ekspor/hledger/" in page
    answer = client.get(f"/{books.slug}/buku/ekspor/tahun/2026/?foto=0")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert {"jejak.csv", "buku-besar.csv", "laporan.xlsx"} <= set(names)
