"""Seals on SQLite: two functions of the application that no other program has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from canting.kernel.row_seals.keys import SEALS, Sealing, digest_with, row_keys, told

DEEDS = ("insert", "update", "delete")


def _seal(*values: object) -> str:
    return digest_with(row_keys()[0], told(values))


def _fits(digest: str, *values: object) -> bool:
    text = told(values)
    return any(digest_with(key, text) == digest for key in row_keys())


def prepare(connection: Any) -> None:
    """Teach a connection to seal; without this no trigger of a sealed table runs."""
    made = connection.connection
    made.create_function("canting_row_seal", -1, _seal, deterministic=True)
    made.create_function("canting_row_fits", -1, _fits, deterministic=True)


def columns(cursor: Any) -> dict[str, dict[str, str]]:
    """The columns of every table as the database has them, with their types."""
    cursor.execute(
        "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c "
        "WHERE m.type = 'table' ORDER BY m.name, c.name"
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in cursor.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _values(one: Sealing, row: str) -> str:
    return ", ".join([f"'{one.table}'", *(f'{row}."{name}"' for name in one.columns)])


def seal(one: Sealing, row: str) -> str:
    """SQL for the digest of a row."""
    return f"canting_row_seal({_values(one, row)})"


def fits(one: Sealing, digest: str, row: str) -> str:
    """SQL that is true when a digest is that of a row."""
    return f"canting_row_fits({digest}, {_values(one, row)})"


def _definitions(one: Sealing) -> Iterator[tuple[str, str]]:
    mine = f"of_table = '{one.table}' AND of_row = OLD.{one.key}"
    acts = {
        "insert": f"INSERT OR IGNORE INTO {SEALS} (of_table, of_row, house, digest) VALUES "
        f"('{one.table}', NEW.{one.key}, {one.house('NEW')}, {seal(one, 'NEW')})",
        "update": f"UPDATE {SEALS} SET of_row = NEW.{one.key}, house = {one.house('NEW')}, "
        f"digest = {seal(one, 'NEW')} WHERE {mine} AND {fits(one, 'digest', 'OLD')}",
        "delete": f"DELETE FROM {SEALS} WHERE {mine} AND {fits(one, 'digest', 'OLD')}",
    }
    for deed in DEEDS:
        asked = one.when("OLD" if deed == "delete" else "NEW")
        when = f"WHEN {asked} " if asked else ""
        name = f"{one.table}_seal_{deed}"
        yield (
            name,
            (
                f"CREATE TRIGGER {name} AFTER {deed.upper()} ON {one.table} {when}BEGIN {acts[deed]}; END"
            ),
        )


def put(cursor: Any, tables: Sequence[Sealing]) -> set[str]:
    """Put what is missing or out of date; returns the tables whose triggers were put just now."""
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    there = dict(cursor.fetchall())
    fresh: set[str] = set()
    for one in tables:
        for name, sql in _definitions(one):
            if there.get(name) != sql:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(sql)
                fresh.add(one.table)
    return fresh


def drop(cursor: Any, tables: Sequence[str]) -> None:
    """Take the triggers off."""
    for table in tables:
        for deed in DEEDS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_seal_{deed}")


def guarded(cursor: Any) -> set[str]:
    """The tables that have all their triggers."""
    cursor.execute(
        "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_seal_%%' "
        "GROUP BY tbl_name HAVING COUNT(*) = 3"
    )
    return {row[0] for row in cursor.fetchall()}
