"""Bring the tables up to date; a step that fails leaves the state of before usable.

On SQLite the whole file is copied beside the backups first and put back when a step fails. On
PostgreSQL every step is a transaction of its own: those before the failing one stand, and the
dump taken beforehand is the way back.
"""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from canting.portal.errors import UpgradeFailed, UpgradeFailedOnServer
from canting.portal.services.backup import copy_database, database_file

COPIES_KEPT = 5
NAME = "before-upgrade-{stamp}.sqlite3"


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did: its steps in order, and the copy of the state before, if one was taken."""

    steps: tuple[str, ...]
    copy: Path | None


def waiting_steps() -> list[str]:
    """The steps that the tables still lack, in their order, each as domain.name."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def _is_new() -> bool:
    return not MigrationRecorder(connection).applied_migrations()


def upgrade(*, now: datetime) -> Upgraded:
    """Take every step that is waiting, after a copy of what is there; nothing to copy when new.

    Raises UpgradeFailed (the former state is back) or UpgradeFailedOnServer, naming the step.
    """
    steps = waiting_steps()
    copy = None
    if steps and connection.vendor == "sqlite" and not _is_new():
        copy = _copied(now)
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as fault:
        step = next(iter(waiting_steps()), "post_migrate")
        why = f"{type(fault).__name__}: {fault}"
        if copy is None:
            raise UpgradeFailedOnServer(step=step, why=why) from fault
        _put_back(copy)
        raise UpgradeFailed(step=step, why=why, copy=copy) from fault
    return Upgraded(tuple(steps), copy)


def _copied(now: datetime) -> Path:
    """A copy of the database among the backups; the oldest such copies go."""
    folder = Path(settings.BACKUP_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    copy = folder / NAME.format(stamp=now.strftime("%Y%m%d-%H%M%S"))
    copy_database(copy)
    copy.chmod(0o600)
    for old in sorted(folder.glob(NAME.format(stamp="*")))[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)
    return copy


def _put_back(copy: Path) -> None:
    """The copied file in the place of the half-changed one; the copy itself stays."""
    database = database_file()
    connections.close_all()
    beside = database.with_suffix(".back")
    with closing(copy.open("rb")) as source, beside.open("wb") as target:
        while part := source.read(1 << 20):
            target.write(part)
    for leftover in (Path(f"{database}-wal"), Path(f"{database}-shm")):
        leftover.unlink(missing_ok=True)
    os.replace(beside, database)
