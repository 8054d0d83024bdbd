"""A laptop breaks and the backup goes onto a new one; another day an upgrade stops half way.

One archive holds the data with the scanned papers and photos, and what is compared after the
restore is counted here once more: members, journal sums, every file by its digest. A step of an
upgrade that fails is named, and the data are as they were.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import canting.cash.migrations as cash_migrations

BUILD = """
import django; django.setup()
from datetime import date
from django.core.files.uploadedfile import SimpleUploadedFile
from canting.cash.services import receive_cash
from canting.cooperatives.services import attach
from canting.members.services import admit_member
from canting.savings.services import deposit
from tests import builders
PNG = (
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
actor = builders.user("rini")
coop = builders.cooperative(actor=actor, slug="asal")
day = date(2026, 2, 3)
for nth in range(12):
    member = admit_member(cooperative=coop, full_name=f"Perajin {nth}", on=day, actor=actor)
    deposit(cooperative=coop, member=member, kind="entry_share", amount=100_000,
            cash_place="cash_main", on=day, actor=actor)
paper = receive_cash(cooperative=coop, purpose="other_in", amount=1_250_000, place="cash_main",
                     memo="Sewa meja", on=day, actor=actor)
papers = [("nota.png", bytes.fromhex(PNG)), ("akta.pdf", b"%PDF-1.7 akta pendirian %%EOF")]
for name, content in papers:
    attach(cooperative=coop, subject=paper.number, actor=actor,
           upload=SimpleUploadedFile(name, content))
"""
COUNTS = {
    "members": "SELECT COUNT(*) FROM members_member",
    "entries": "SELECT COUNT(*) FROM ledger_journalentry",
    "debits": "SELECT SUM(amount) FROM ledger_journalline WHERE side = 'D'",
    "credits": "SELECT SUM(amount) FROM ledger_journalline WHERE side = 'K'",
    "papers": "SELECT COUNT(*) FROM cooperatives_attachment",
}
# Two steps more than the program has: the first changes the tables, the second fails.
ADDS = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("cash", "{after}")]
    operations = [migrations.RunSQL("CREATE TABLE half_way (x integer)")]
"""
BREAKS = """
from django.db import migrations
def stop(apps, schema_editor):
    raise RuntimeError("tidak bisa dilanjutkan")
class Migration(migrations.Migration):
    dependencies = [("cash", "9998_half_way")]
    operations = [migrations.RunPython(stop)]
"""
SETTINGS = """
from canting.config.settings import *
MIGRATION_MODULES = {"cash": "next_version"}
"""


def canting(home: Path, *words: str, code: str = "", version: Path | None = None):
    """Run a command on the installation in this folder, with this or with the next version."""
    environment = os.environ | {
        "CANTING_HOME": str(home),
        "CANTING_DATABASE_URL": f"sqlite:///{home}/canting.sqlite3",
        "DJANGO_SETTINGS_MODULE": "next_settings" if version else "canting.config.settings",
        "PYTHONPATH": os.pathsep.join([str(version), os.getcwd()] if version else [os.getcwd()]),
    }
    command = [sys.executable, *(("-c", code) if code else ("-m", "canting.config.cli", *words))]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def said(home: Path, *words: str, **how) -> str:
    """What a command that succeeds says."""
    done = canting(home, *words, **how)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def counted(home: Path) -> dict[str, int]:
    """Counts and sums, asked of the file itself."""
    with closing(sqlite3.connect(home / "canting.sqlite3")) as data:
        return {name: data.execute(sql).fetchone()[0] for name, sql in COUNTS.items()}


def tables(home: Path) -> set[str]:
    with closing(sqlite3.connect(home / "canting.sqlite3")) as data:
        return {row[0] for row in data.execute("SELECT name FROM sqlite_master")}


def digests(home: Path) -> list[str]:
    files = [path for path in (home / "files").rglob("*") if path.is_file()]
    return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


@pytest.fixture(scope="module")
def origin(tmp_path_factory) -> Path:
    """Twelve members, their entry shares, a receipt with a photo and a deed."""
    home = tmp_path_factory.mktemp("asal")
    said(home, "upgrade")
    said(home, code=BUILD)
    return home


@pytest.fixture
def installed(origin, tmp_path) -> Path:
    """The same on a machine of its own, that may be spoilt."""
    home = tmp_path / "sini"
    shutil.copytree(origin, home)
    return home


@pytest.fixture
def next_version(tmp_path) -> Path:
    """The next version of the program: two steps more, of which the second fails."""
    folder = tmp_path / "versi"
    steps = Path(next(iter(cash_migrations.__path__)))
    shutil.copytree(steps, folder / "next_version", ignore=shutil.ignore_patterns("__pycache__"))
    last = sorted(path.stem for path in steps.glob("0*.py"))[-1]
    (folder / "next_version" / "9998_half_way.py").write_text(ADDS.format(after=last))
    (folder / "next_version" / "9999_breaks.py").write_text(BREAKS)
    (folder / "next_settings.py").write_text(SETTINGS)
    return folder


def test_the_new_machine_has_the_same_counts_sums_and_files(origin, tmp_path):
    archive = json.loads(said(origin, "backup", "--json"))["path"]
    answer = json.loads(said(tmp_path, "restore", archive, "--json"))
    assert answer["breaches"] == []
    expected = {"members": 12, "entries": 13, "debits": 2_450_000, "credits": 2_450_000,
                "papers": 2}  # fmt: skip
    assert counted(origin) == counted(tmp_path) == expected
    assert digests(origin) == digests(tmp_path)
    assert len(digests(tmp_path)) == 2
    assert json.loads(said(tmp_path, "verify", "--json"))["clean"]


def test_a_step_that_fails_is_named_and_the_data_are_as_before(installed, next_version):
    before = counted(installed)
    failed = canting(installed, "upgrade", version=next_version)
    assert failed.returncode == 1
    assert "cash.9999_breaks" in failed.stderr
    assert "tidak bisa dilanjutkan" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert counted(installed) == before
    assert "half_way" not in tables(installed)
    assert json.loads(said(installed, "verify", "--json"))["clean"]
    assert [path.name[:15] for path in (installed / "backups").glob("before*")] == [
        "before-upgrade-"
    ]


def test_the_program_does_not_start_on_a_failed_upgrade_and_says_why(installed, next_version):
    failed = canting(installed, "run", version=next_version)
    assert failed.returncode == 1
    assert "cash.9999_breaks" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert json.loads(said(installed, "cooperatives", "--json"))[0]["slug"] == "asal"


def test_steps_that_succeed_are_told_and_a_copy_of_before_is_kept(installed, next_version):
    (next_version / "next_version" / "9999_breaks.py").unlink()
    answer = json.loads(said(installed, "upgrade", "--json", version=next_version))
    assert answer["steps"] == ["cash.9998_half_way"]
    assert "half_way" in tables(installed)
    with closing(sqlite3.connect(answer["copy"])) as copy:
        names = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
    assert "half_way" not in names


def test_a_new_installation_has_nothing_to_copy(tmp_path):
    answer = json.loads(said(tmp_path, "upgrade", "--json"))
    assert answer["copy"] == ""
    assert "cash.0001_initial" in answer["steps"]
    assert not (tmp_path / "backups").exists()
