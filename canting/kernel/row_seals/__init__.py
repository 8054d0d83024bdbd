"""Rows that carry a seal: what was changed, added or taken away behind the application is named.

Triggers write a keyed digest of every row beside it (docs/decisions/0015-rows-carry-a-seal.md). The
key is the application's: no other program can seal, and a row that does not fit its seal never
gets a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from canting.kernel.row_seals import postgresql, sqlite
from canting.kernel.row_seals.keys import SEALS, Sealing
from canting.kernel.row_seals.open_tables import OPEN, ROWS_LEFT_OUT

DEEPEST = 4
MIGRATING = "migrating"
KEY = "key"


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that does not fit its seal: of which table, its key, and what was done to it."""

    model: type[models.Model]
    row: int
    deed: str


def sealed_models() -> list[type[models.Model]]:
    """Every model of ours whose rows are sealed, by table; what is not stands in `open_tables`."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("canting.")]
    found = [model for model in ours if model._meta.label not in OPEN]
    return sorted(found, key=lambda model: model._meta.db_table)


def house_path(model: type[models.Model], alias: str, deep: int = 0) -> str:
    """SQL for the cooperative of a row that is called `alias`; empty when no key leads to one."""
    if model._meta.label == "cooperatives.Cooperative":
        return f"{alias}.id"
    keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for key in keys:
        if key.related_model._meta.label == "cooperatives.Cooperative":
            return f"{alias}.{key.column}"
    for key in sorted(keys, key=lambda one: one.null):
        parent, below = key.related_model, f"p{deep}"
        if deep < DEEPEST and parent._meta.label not in OPEN:
            path = house_path(parent, below, deep + 1)
            if path:
                table, to = parent._meta.db_table, key.target_field.column
                return f"(SELECT {path} FROM {table} {below} WHERE {below}.{to} = {alias}.{key.column})"
    return ""


def _sealing(model: type[models.Model], columns: Mapping[str, dict[str, str]]) -> Sealing:
    table = model._meta.db_table
    return Sealing(
        table=table,
        key=str(model._meta.pk.column),
        columns=columns[table],
        house=lambda alias: house_path(model, alias),
        only=ROWS_LEFT_OUT.get(table, ""),
    )


def _dialect() -> Any:
    return sqlite if connection.vendor == "sqlite" else postgresql


def prepare_connection(**facts: Any) -> None:
    """Give a new connection the means to seal (`connection_created`)."""
    _dialect().prepare(facts["connection"])


def put_seals(**_facts: object) -> None:
    """Put the sealing triggers in place as the tables now are, and seal what may be sealed.

    After a migration that is whatever fitted before it; of a table that was never sealed, all rows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if SEALS not in present:
            return
        columns = _dialect().columns(cursor)
        wanted = [
            _sealing(model, columns) for model in sealed_models() if model._meta.db_table in present
        ]
        fresh = _dialect().put(cursor, wanted)
        migrated, known = _has(cursor, MIGRATING), _known_tables(cursor)
        for one in wanted:
            if migrated or (one.table in fresh and one.table not in known):
                _seal_anew(cursor, one)
        new = [KEY, *(one.table for one in wanted)]
        marks = [(mark,) for mark in new if mark not in known]
        # A mark of its own for each table: one that was emptied is no new one.
        cursor.executemany(
            f"INSERT INTO {SEALS} (of_table, of_row, house, digest) "
            f"VALUES (%s, 0, NULL, canting_row_seal('{KEY}'))",
            marks,
        )
        cursor.execute(f"DELETE FROM {SEALS} WHERE of_table = %s", [MIGRATING])


def open_seals(plan: Any = (), **_facts: object) -> None:
    """Before a migration: mark what does not fit, so that it stays named, and take the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not plan or SEALS not in connection.introspection.table_names(cursor):
            return
        columns = _dialect().columns(cursor)
        if _knows_key(cursor) and not _has(cursor, MIGRATING):
            for table in sorted(_known_tables(cursor) & set(columns)):
                key = connection.introspection.get_primary_key_column(cursor, table)
                if key:
                    kept = Sealing(table, key, columns[table], only=ROWS_LEFT_OUT.get(table, ""))
                    _mark_broken(cursor, kept)
            cursor.execute(
                f"INSERT INTO {SEALS} (of_table, of_row, house, digest) VALUES (%s, 0, NULL, '')",
                [MIGRATING],
            )
        _dialect().drop(cursor, sorted(columns))


def drop_seals(*models_: type[models.Model]) -> None:
    """Take the sealing triggers off these tables, or off all; only a migration or a drill may."""
    with connection.cursor() as cursor:
        _dialect().drop(cursor, [one._meta.db_table for one in models_ or sealed_models()])


def missing_seals() -> list[str]:
    """Tables whose rows are not being sealed just now (none, in a healthy database)."""
    with connection.cursor() as cursor:
        present = _dialect().guarded(cursor)
    return [m._meta.db_table for m in sealed_models() if m._meta.db_table not in present]


def faults(*, house: int, only: type[models.Model] | None = None) -> Iterator[Fault]:
    """Rows of one cooperative that do not fit their seal, by table and key; one query."""
    found = [only] if only else sealed_models()
    by_table = {model._meta.db_table: model for model in found}
    with connection.cursor() as cursor:
        columns = _dialect().columns(cursor)
        parts = [part for model in found for part in _questions(_sealing(model, columns), house)]
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY 1, 2")
        rows = cursor.fetchall()
    for table, row, deed in rows:
        yield Fault(by_table[table], int(row), str(deed))


def _questions(one: Sealing, house: int) -> Iterator[str]:
    said, dialect = one.table, _dialect()
    stands = f"{one.where('t')}{one.house('t')} = {int(house)}"
    yield (
        f"SELECT '{said}', t.{one.key}, CASE WHEN s.digest IS NULL THEN 'added' ELSE 'changed' END "
        f"FROM {one.table} t LEFT JOIN {SEALS} s ON s.of_table = '{said}' AND s.of_row = t.{one.key} "
        f"WHERE {stands} AND (s.digest IS NULL OR NOT {dialect.fits(one, 's.digest', 't')})"
    )
    yield (
        f"SELECT '{said}', s.of_row, 'gone' FROM {SEALS} s WHERE s.of_table = '{said}' AND "
        f"s.house = {int(house)} AND NOT EXISTS (SELECT 1 FROM {one.table} t "
        f"WHERE t.{one.key} = s.of_row AND {stands})"
    )


def key_is_known() -> bool:
    """False when the rows were sealed with a key that this server does not have."""
    with connection.cursor() as cursor:
        return _knows_key(cursor)


def _knows_key(cursor: Any) -> bool:
    cursor.execute(
        f"SELECT canting_row_fits(digest, '{KEY}') FROM {SEALS} WHERE of_table = %s", [KEY]
    )
    row = cursor.fetchone()
    return row is None or bool(row[0])


def _has(cursor: Any, mark: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {SEALS} WHERE of_table = %s", [mark])
    return cursor.fetchone() is not None


def _known_tables(cursor: Any) -> set[str]:
    cursor.execute(f"SELECT of_table FROM {SEALS} WHERE of_row = 0")
    return {row[0] for row in cursor.fetchall()}


def _mark_broken(cursor: Any, one: Sealing) -> None:
    """Rows that do not fit keep an empty digest, which nothing fits; also rows that had none."""
    cursor.execute(
        f"UPDATE {SEALS} SET digest = '' WHERE of_table = '{one.table}' AND EXISTS (SELECT 1 FROM "
        f"{one.table} t WHERE t.{one.key} = {SEALS}.of_row AND NOT "
        f"{_dialect().fits(one, f'{SEALS}.digest', 't')})"
    )
    cursor.execute(
        f"INSERT INTO {SEALS} (of_table, of_row, house, digest) SELECT '{one.table}', t.{one.key}, "
        f"NULL, '' FROM {one.table} t WHERE {one.where('t')}NOT EXISTS (SELECT 1 FROM {SEALS} s "
        f"WHERE s.of_table = '{one.table}' AND s.of_row = t.{one.key})"
    )


def _seal_anew(cursor: Any, one: Sealing) -> None:
    digest = _dialect().seal(one, "t")
    cursor.execute(
        f"UPDATE {SEALS} SET digest = (SELECT {digest} FROM {one.table} t WHERE t.{one.key} = "
        f"{SEALS}.of_row), house = (SELECT {one.house('t')} FROM {one.table} t WHERE t.{one.key} = "
        f"{SEALS}.of_row) WHERE of_table = '{one.table}' AND digest <> '' AND EXISTS (SELECT 1 "
        f"FROM {one.table} t WHERE t.{one.key} = {SEALS}.of_row)"
    )
    cursor.execute(
        f"INSERT INTO {SEALS} (of_table, of_row, house, digest) SELECT '{one.table}', t.{one.key}, "
        f"{one.house('t')}, {digest} FROM {one.table} t WHERE {one.where('t')}NOT EXISTS (SELECT 1 "
        f"FROM {SEALS} s WHERE s.of_table = '{one.table}' AND s.of_row = t.{one.key})"
    )
