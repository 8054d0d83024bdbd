"""One archive with data and files; one act restores it into an empty place and compares.

The archive is a zip: `manifest.json` (counts, journal sums, chain heads, a digest for every file),
`canting.sqlite3` taken by SQLite's own online copy, `files/…`, and the key that unseals identity
numbers when this installation made it itself. Whoever holds the archive can read them: lock it up.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from canting import __version__
from canting.portal.errors import BackupDamaged, BackupNeedsSqlite, NotABackup, NotEmpty

DATABASE = "canting.sqlite3"
MANIFEST = "manifest.json"
SEALING = "secrets/canting_sealing_key"
KEPT_DAYS = 30
DAILY_AFTER = timedelta(hours=20)

# What a person compares: counts and sums that must be the same after a restore.
_FACTS: dict[str, str] = {
    "cooperatives": "SELECT COUNT(*) FROM cooperatives_cooperative",
    "people": "SELECT COUNT(*) FROM cooperatives_user",
    "members": "SELECT COUNT(*) FROM members_member",
    "entries": "SELECT COUNT(*) FROM ledger_journalentry",
    "debits": "SELECT COALESCE(SUM(amount), 0) FROM ledger_journalline WHERE side = 'D'",
    "credits": "SELECT COALESCE(SUM(amount), 0) FROM ledger_journalline WHERE side = 'K'",
    "stock_moves": "SELECT COUNT(*) FROM stock_stockmove",
    "attachments": "SELECT COUNT(*) FROM cooperatives_attachment",
}
_HEADS = (
    "SELECT c.slug, b.position, b.digest FROM ledger_book b"
    " JOIN cooperatives_cooperative c ON c.id = b.cooperative_id ORDER BY c.slug"
)


@dataclass(frozen=True)
class Backup:
    """A backup on disk and what it says of itself."""

    path: Path
    made_at: datetime
    facts: dict[str, Any]


def database_file() -> Path:
    """Where the data lie; BackupNeedsSqlite when a database server keeps them."""
    if connection.vendor != "sqlite":
        raise BackupNeedsSqlite(files=settings.MEDIA_ROOT)
    return Path(connection.settings_dict["NAME"])


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def facts_of(database: Path) -> dict[str, Any]:
    """Counts, journal sums and chain heads of a database file, for the comparison."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
        found: dict[str, Any] = {
            name: source.execute(sql).fetchone()[0] for name, sql in _FACTS.items()
        }
        found["heads"] = [list(row) for row in source.execute(_HEADS)]
    return found


def copy_database(target: Path) -> None:
    """A whole copy of the data in one file, taken while others may be reading and writing."""
    source_file = database_file()
    with (
        closing(sqlite3.connect(source_file, timeout=20)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def _files(root: Path) -> Iterator[Path]:
    if root.exists():
        yield from sorted(path for path in root.rglob("*") if path.is_file())


def back_up(*, now: datetime, folder: Path | None = None) -> Backup:
    """Write one archive with the data and all files, and give back where it lies."""
    folder = folder or Path(settings.BACKUP_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"canting-{now.strftime('%Y%m%d-%H%M%S')}.zip"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as making:
        copy = Path(making) / DATABASE
        copy_database(copy)
        media = Path(settings.MEDIA_ROOT)
        parts = {DATABASE: copy}
        parts |= {f"files/{one.relative_to(media).as_posix()}": one for one in _files(media)}
        key = Path(settings.CANTING_HOME) / SEALING
        if key.exists():
            parts[SEALING] = key
        facts = facts_of(copy)
        manifest = {
            "program": "canting",
            "version": __version__,
            "made_at": now.isoformat(),
            "facts": facts,
            "digests": {name: _digest(source) for name, source in parts.items()},
        }
        unfinished = Path(making) / "archive.zip"
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
            for name, source in parts.items():
                archive.write(source, name)
        unfinished.chmod(0o600)
        os.replace(unfinished, path)
    return Backup(path, now, facts)


def back_up_daily(*, now: datetime) -> Backup | None:
    """Back up when the newest archive is older than 20 hours; old ones go after 30 days."""
    newest = newest_backup()
    if newest and now - newest[1] < DAILY_AFTER:
        return None
    made = back_up(now=now)
    for path, made_at in backups()[1:]:
        if now - made_at > timedelta(days=KEPT_DAYS):
            path.unlink(missing_ok=True)
    return made


def backups() -> list[tuple[Path, datetime]]:
    """The archives that lie here, newest first, each with the moment in its name."""
    found = []
    for path in Path(settings.BACKUP_ROOT).glob("canting-*.zip"):
        stamp = path.stem.removeprefix("canting-")
        try:
            made_at = datetime.strptime(stamp + "+0000", "%Y%m%d-%H%M%S%z")
        except ValueError:
            continue
        found.append((path, made_at))
    return sorted(found, key=lambda pair: pair[1], reverse=True)


def newest_backup() -> tuple[Path, datetime] | None:
    """The newest archive and its moment, or nothing when none was ever made here."""
    return next(iter(backups()), None)


def backup_age(*, now: datetime) -> timedelta | None:
    """How old the newest archive is; nothing when none was ever made here."""
    newest = newest_backup()
    return now - newest[1] if newest else None


@dataclass(frozen=True)
class Listed:
    """An archive as the page lists it."""

    name: str
    made_at: datetime
    size_bytes: int


def listed_backups(*, most: int = 30) -> list[Listed]:
    """The newest archives with their sizes."""
    return [Listed(p.name, at, p.stat().st_size) for p, at in backups()[:most]]


def backup_file(*, name: str) -> Path | None:
    """The archive of this name, when it is one of ours."""
    return next((path for path, _ in backups() if path.name == name), None)


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as fault:
        raise NotABackup(name=name, why="it has no list of contents.") from fault
    if manifest.get("program") != "canting" or DATABASE not in manifest.get("digests", {}):
        raise NotABackup(name=name, why="its list of contents is of another program.")
    return manifest


def _unpack(archive: zipfile.ZipFile, manifest: dict[str, Any], target: Path, name: str) -> None:
    for part, digest in manifest["digests"].items():
        safe = (target / part).resolve()
        if not safe.is_relative_to(target.resolve()):
            raise BackupDamaged(name=name, what=part)
        safe.parent.mkdir(parents=True, exist_ok=True)
        try:
            with archive.open(part) as source, safe.open("wb") as out:
                shutil.copyfileobj(source, out)
        except (KeyError, zipfile.BadZipFile) as fault:
            raise BackupDamaged(name=name, what=part) from fault
        if _digest(safe) != digest:
            raise BackupDamaged(name=name, what=part)


def check_backup(*, path: Path, into: Path) -> dict[str, Any]:
    """Unpack an archive into a folder and compare every digest, count and sum with its own list."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as fault:
        raise NotABackup(name=path.name, why="it cannot be opened as an archive.") from fault
    with archive:
        manifest = _manifest(archive, path.name)
        _unpack(archive, manifest, into, path.name)
    if facts_of(into / DATABASE) != manifest["facts"]:
        raise BackupDamaged(name=path.name, what=DATABASE)
    return manifest


def _refuse_unless_empty(database: Path, media: Path) -> None:
    if any(_files(media)):
        raise NotEmpty(what=str(media))
    if not database.exists():
        return
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
        try:
            count = source.execute(_FACTS["cooperatives"]).fetchone()[0]
        except sqlite3.OperationalError:
            return
    if count:
        raise NotEmpty(what=f"{count} koperasi")


def restore(*, path: Path) -> dict[str, Any]:
    """Put an archive into this empty installation; data of a former state are never overwritten.

    Everything is unpacked and compared beside the place first; only then it moves in, and the
    counts are compared once more after the tables were brought up to date.
    """
    database, media = database_file(), Path(settings.MEDIA_ROOT)
    home = Path(settings.CANTING_HOME)
    _refuse_unless_empty(database, media)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as beside:
        manifest = check_backup(path=path, into=Path(beside))
        connections.close_all()
        for leftover in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
            leftover.unlink(missing_ok=True)
        os.replace(Path(beside) / DATABASE, database)
        if (Path(beside) / "files").exists():
            shutil.rmtree(media, ignore_errors=True)
            shutil.move(str(Path(beside) / "files"), str(media))
        if (Path(beside) / SEALING).exists():
            (home / SEALING).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.replace(Path(beside) / SEALING, home / SEALING)
            # From here on this very process must read and seal with the key that came back.
            if not any(os.environ.get(f"CANTING_SEALING_KEY{end}") for end in ("", "_FILE")):
                settings.SEALING_KEY = (home / SEALING).read_text("utf-8").strip()
    call_command("migrate", verbosity=0, interactive=False)
    after = facts_of(database)
    if after != manifest["facts"]:
        raise BackupDamaged(name=path.name, what="; ".join(sorted(map(str, after))))
    return manifest
