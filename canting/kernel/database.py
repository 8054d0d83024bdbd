"""The one place that knows which database it speaks to: many rows at once, and upserts."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

Row = Sequence[Any]
UPSERT_ROWS = 300


def insert_rows(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows by the fastest road of the database: COPY on PostgreSQL, executemany on SQLite."""
    if not rows:
        return
    names = ", ".join(columns)
    if connection.vendor == "postgresql" and len(rows) > 20:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = f"({', '.join(['%s'] * len(columns))})"
    if len(rows) == 1 or connection.vendor == "postgresql":
        sql = f"INSERT INTO {table} ({names}) VALUES {', '.join([marks] * len(rows))}"
        cursor.execute(sql, [value for row in rows for value in row])
        return
    cursor.executemany(f"INSERT INTO {table} ({names}) VALUES {marks}", rows)


def add_to_sums(
    cursor: Any, table: str, keys: Sequence[str], sums: Sequence[str], rows: Sequence[Row]
) -> None:
    """Add amounts to kept sums, making rows that are not there; rows come sorted by key."""
    columns = [*keys, *sums]
    marks = f"({', '.join(['%s'] * len(columns))})"
    added = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    for start in range(0, len(rows), UPSERT_ROWS):
        part = rows[start : start + UPSERT_ROWS]
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * len(part))} "
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}",
            [value for row in part for value in row],
        )
