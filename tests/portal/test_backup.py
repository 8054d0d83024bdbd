"""Back up and restore, with the papers (field report 17): on two installations of their own."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

BUILD = """
import django; django.setup()
from datetime import date
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from canting.cash.services import receive_cash
from canting.cooperatives.services import attach
from tests import builders
PNG = (
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
actor = builders.user("rini")
coop = builders.cooperative(actor=actor, slug="asal")
for _ in range(5):
    paper = receive_cash(cooperative=coop, purpose="other_in", amount=1_250_000, place="cash_main",
                         memo="Sewa meja", on=date(2026, 2, 3), actor=actor)
photo = SimpleUploadedFile("nota.png", bytes.fromhex(PNG))
attach(cooperative=coop, subject=paper.number, upload=photo, actor=actor)
"""


def canting(home: Path, *words: str, code: str = "", fails: bool = False) -> str:
    """Run a command (or a piece of Python) on the installation in this folder."""
    environment = os.environ | {
        "CANTING_HOME": str(home),
        "CANTING_DATABASE_URL": f"sqlite:///{home}/canting.sqlite3",
        "DJANGO_SETTINGS_MODULE": "canting.config.settings",
    }
    command = [sys.executable, *(("-c", code) if code else ("-m", "django", *words))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is fails, done.stderr[-3000:]
    return done.stdout + (done.stderr if fails else "")


@pytest.fixture(scope="module")
def origin(tmp_path_factory) -> Path:
    """An installation with entries and a photo."""
    home = tmp_path_factory.mktemp("asal")
    canting(home, "migrate", "-v0")
    canting(home, code=BUILD)
    return home


@pytest.fixture(scope="module")
def archive(origin) -> Path:
    return Path(json.loads(canting(origin, "backup", "--json"))["path"])


def test_one_archive_restores_data_and_papers_elsewhere(origin, archive, tmp_path):
    answer = json.loads(canting(tmp_path, "restore", str(archive), "--json"))
    assert answer["breaches"] == []
    assert answer["facts"]["debits"] == answer["facts"]["credits"] == 6_250_000
    assert answer["facts"]["attachments"] == 1
    assert canting(tmp_path, "cooperatives", "--json") == canting(origin, "cooperatives", "--json")
    stored = sorted(path.name for path in (tmp_path / "files").rglob("*") if path.is_file())
    assert stored == sorted(path.name for path in (origin / "files").rglob("*") if path.is_file())
    assert stored
    assert json.loads(canting(tmp_path, "verify", "--json"))["clean"]


def test_a_place_with_data_is_never_overwritten(origin, archive):
    before = canting(origin, "cooperatives", "--json")
    said = canting(origin, "restore", str(archive), fails=True)
    assert "CANTING_HOME" in said
    assert canting(origin, "cooperatives", "--json") == before


def test_a_damaged_archive_restores_nothing_and_says_which_part(archive, tmp_path):
    damaged = tmp_path / "rusak.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(damaged, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, content[:-1] + b"?" if name.startswith("files/") else content)
    home = tmp_path / "baru"
    home.mkdir()
    said = canting(home, "restore", str(damaged), fails=True)
    assert "files/" in said
    assert not list(home.rglob("files"))
    assert "asal" not in canting(home, "migrate", "-v0") + canting(home, "cooperatives", "--json")


def test_a_file_that_is_no_backup_is_refused(tmp_path):
    wrong = tmp_path / "foto.zip"
    wrong.write_bytes(b"bukan arsip")
    assert "foto.zip" in canting(tmp_path, "restore", str(wrong), fails=True)


def test_the_daily_backup_is_made_once_a_day(origin, archive):
    assert canting(origin, "backup", "--daily") == ""
    assert len(list((origin / "backups").glob("canting-*.zip"))) == 1
