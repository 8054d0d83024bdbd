"""Rows that are written once: triggers refuse update, delete and truncate on both databases."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models


class AppendOnly(models.Model):
    """Base of every table whose rows are never changed; a mistake is answered by a new row."""

    class Meta:
        abstract = True


def append_only_tables() -> list[str]:
    """The names of all append-only tables of the installed apps, in a stable order."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly))


def _sqlite(table: str) -> Iterator[str]:
    for deed in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _postgresql(table: str) -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION canting_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
    )
    for deed, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        yield (
            f"CREATE OR REPLACE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION canting_append_only()"
        )


def put_triggers(**_: object) -> None:
    """Put the triggers in place (again): SQLite drops them on ALTER, and flush needs them off."""
    existing = set(connection.introspection.table_names())
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for table in append_only_tables():
            if table in existing:
                for statement in statements(table):
                    cursor.execute(statement)


def drop_triggers() -> None:
    """Take the triggers off; only a test about to flush, or a restore, may do this."""
    with connection.cursor() as cursor:
        for table in append_only_tables():
            for deed in ("update", "delete", "truncate"):
                if connection.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed}")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed} ON {table}")


def missing_triggers() -> list[str]:
    """Append-only tables that stand unguarded just now (none, in a healthy database)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
        present = {row[0] for row in cursor.fetchall()}
    return [
        table
        for table in append_only_tables()
        if not {f"{table}_no_update", f"{table}_no_delete"} <= present
    ]
