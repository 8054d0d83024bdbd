"""The migrated, empty database, made once for a state of the migrations and copied from then on.

Migrating takes half a minute; every process of the tests does it anew. On SQLite the result is kept
in a folder of the user's own for temporary files, by a digest of the migrations and of the modules
they import; whatever is not in it is still migrated on top.
"""

import ast
import fcntl
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.conf import settings
from django.core import management
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def imported(path: Path) -> Iterator[Path]:
    """The files of the product that a migration imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        named = [node.module] if isinstance(node, ast.ImportFrom) else []
        named += [one.name for one in node.names] if isinstance(node, ast.Import) else []
        for module in filter(None, named):
            if module.startswith("canting."):
                place = ROOT.joinpath(*module.split("."))
                yield from (place.with_suffix(".py"), *sorted(place.rglob("*.py")))


def digest() -> str:
    """What the made database depends on."""
    migrations = sorted(ROOT.glob("canting/*/migrations/*.py"))
    files = {*migrations, *(one for path in migrations for one in imported(path))}
    said = hashlib.sha256(django.get_version().encode())
    # Its rows carry seals of this working copy's own key.
    said.update(hashlib.sha256(repr(settings.SEALING_KEY).encode()).digest())
    for path in sorted(files):
        if path.is_file():
            said.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return said.hexdigest()[:24]


def folder() -> Path:
    """Where made databases are kept: nobody else may write there."""
    place = Path(tempfile.gettempdir()) / f"canting-tests-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    if place.stat().st_uid != os.getuid() or place.stat().st_mode & 0o022:
        raise PermissionError(f"{place} belongs to somebody else or is open to others.")
    return place


def _migrate_from(kept: Path, migrate: Any) -> None:
    """Fill the empty test database from the kept one and migrate what is new; keep it if none is."""
    connection.ensure_connection()
    with closing(sqlite3.connect(kept)) as made:
        if kept.stat().st_size:
            made.backup(connection.connection)
        migrate()
        if not kept.stat().st_size:
            connection.connection.backup(made)


@contextmanager
def kept() -> Iterator[None]:
    """The first `migrate` within, that of the test database, begins with what is kept."""
    real, waiting = management.call_command, [connection.vendor == "sqlite"]

    def call(name: Any, *arguments: Any, **options: Any) -> Any:
        if name != "migrate" or not waiting[0]:
            return real(name, *arguments, **options)
        waiting[0] = False
        place = folder() / f"{digest()}.sqlite3"
        # Processes that begin together wait for the first instead of doing its work again.
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place.touch(mode=0o600)
            return _migrate_from(place, lambda: real(name, *arguments, **options))

    with mock.patch.object(management, "call_command", call):
        yield
