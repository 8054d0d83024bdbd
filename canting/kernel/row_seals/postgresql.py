"""Seals on PostgreSQL: functions of the database with keys that only the application's session has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from canting.kernel.row_seals.keys import DIGEST_SIGNS, SEALS, Sealing, row_keys

KEYS = "canting.row_keys"
_HELPERS = (
    "CREATE OR REPLACE FUNCTION canting_row_digest(secret text, told text) RETURNS text "
    "LANGUAGE sql IMMUTABLE AS $$ SELECT left(encode(sha256(decode(secret, 'hex') || "
    "sha256(decode(secret, 'hex') || convert_to(told, 'UTF8'))), 'hex'), "
    f"{DIGEST_SIGNS}) $$",
    "CREATE OR REPLACE FUNCTION canting_row_seal(told text) RETURNS text LANGUAGE sql STABLE AS "
    f"$$ SELECT canting_row_digest(split_part(current_setting('{KEYS}'), ',', 1), told) $$",
    "CREATE OR REPLACE FUNCTION canting_row_fits(digest text, told text) RETURNS boolean "
    "LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT 1 FROM unnest(string_to_array("
    f"current_setting('{KEYS}'), ',')) AS one WHERE canting_row_digest(one, told) = digest) $$",
)


def prepare(connection: Any) -> None:
    """Give a session the keys; without them no trigger of a sealed table runs.

    Statements are not compiled: the law of seals asks every table in one of them, and compiling
    that takes seconds where running it takes a hundredth of one.
    """
    keys = ",".join(key.hex() for key in row_keys())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, false), set_config('jit', 'off', false)", [KEYS, keys]
        )


def columns(cursor: Any) -> dict[str, dict[str, str]]:
    """The columns of every table as the database has them, with their types."""
    cursor.execute(
        "SELECT c.relname, a.attname, t.typname FROM pg_attribute a "
        "JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid "
        "WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped "
        "AND c.relnamespace = current_schema()::regnamespace ORDER BY 1, 2"
    )
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in cursor.fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def _value(row: str, name: str, kind: str) -> str:
    # What would depend on the session's zone or settings is told as a number or in hexadecimal.
    if kind == "timestamptz":
        return f'extract(epoch FROM {row}."{name}")'
    if kind == "bytea":
        return f"encode({row}.\"{name}\", 'hex')"
    return f'{row}."{name}"'


def _told(one: Sealing, row: str) -> str:
    values = [f"'{one.table}'", *(_value(row, name, kind) for name, kind in one.columns.items())]
    return f"jsonb_build_array({', '.join(values)})::text"


def seal(one: Sealing, row: str) -> str:
    """SQL for the digest of a row."""
    return f"canting_row_seal({_told(one, row)})"


def fits(one: Sealing, digest: str, row: str) -> str:
    """SQL that is true when a digest is that of a row."""
    return f"canting_row_fits({digest}, {_told(one, row)})"


def _body(one: Sealing) -> str:
    mine = f"of_table = '{one.table}' AND of_row = OLD.{one.key}"
    return (
        f" BEGIN IF TG_OP = 'INSERT' THEN INSERT INTO {SEALS} (of_table, of_row, house, digest) "
        f"VALUES ('{one.table}', NEW.{one.key}, {one.house('NEW')}, {seal(one, 'NEW')}) "
        f"ON CONFLICT (of_table, of_row) DO NOTHING; "
        f"ELSIF TG_OP = 'UPDATE' THEN UPDATE {SEALS} SET of_row = NEW.{one.key}, "
        f"house = {one.house('NEW')}, digest = {seal(one, 'NEW')} "
        f"WHERE {mine} AND {fits(one, 'digest', 'OLD')}; "
        f"ELSE DELETE FROM {SEALS} WHERE {mine} AND {fits(one, 'digest', 'OLD')}; "
        "END IF; RETURN NULL; END "
    )


def put(cursor: Any, tables: Sequence[Sealing]) -> set[str]:
    """Put what is missing or out of date; returns the tables whose triggers were put just now."""
    cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE '%%_seal'")
    there = dict(cursor.fetchall())
    if "canting_row_seal" not in there:
        for helper in _HELPERS:
            cursor.execute(helper)
    standing = guarded(cursor)
    fresh: set[str] = set()
    for one in tables:
        body, name = _body(one), f"{one.table}_seal"
        if there.get(name) != body:
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            )
        if one.table not in standing or there.get(name) != body:
            _put_trigger(cursor, one)
            fresh.add(one.table)
    return fresh


def _put_trigger(cursor: Any, one: Sealing) -> None:
    for deed, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        asked = one.when(row)
        when = f"WHEN ({asked}) " if asked else ""
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {one.table}_seal_{deed} AFTER {deed.upper()} ON "
            f"{one.table} FOR EACH ROW {when}EXECUTE FUNCTION {one.table}_seal()"
        )


def drop(cursor: Any, tables: Sequence[str]) -> None:
    """Take the triggers off."""
    standing = guarded(cursor)
    for table in tables:
        if table in standing:
            for deed in ("insert", "update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_seal_{deed} ON {table}")


def guarded(cursor: Any) -> set[str]:
    """The tables that have all their triggers."""
    cursor.execute(
        "SELECT c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid "
        "WHERE NOT g.tgisinternal AND g.tgenabled <> 'D' AND g.tgname LIKE '%%_seal_%%' "
        "GROUP BY c.relname HAVING COUNT(*) = 3"
    )
    return {row[0] for row in cursor.fetchall()}
