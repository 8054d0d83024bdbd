"""The one place that knows which database it speaks to: many rows at once, and upserts."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    DecimalField,
    ExpressionWrapper,
    F,
    Field,
    Func,
    IntegerField,
    Model,
    Value,
)
from django.db.models.functions import Cast, Round

Some = TypeVar("Some", bound=Model)
Row = Sequence[Any]
UPSERT_ROWS = 300


@contextmanager
def hot_cursor() -> Iterator[Any]:
    """A cursor for the few statements that every page asks.

    PostgreSQL keeps their plans for as long as the connection lives: to plan one takes longer than
    to run it. The statement's text must be the same each time, with all values beside it.
    """
    if connection.vendor != "postgresql" or not settings.PREPARED_STATEMENTS:
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    raw = connection.connection
    usual, raw.cursor_factory = raw.cursor_factory, _prepared()
    try:
        prepared = connection.cursor()
    finally:
        raw.cursor_factory = usual
    with prepared as cursor:
        yield cursor


@cache
def _prepared() -> type[Any]:
    # The driver is there only where PostgreSQL is used.
    from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415

    class Prepared(ServerBindingCursor):
        """Sends the values apart from the statement and has it prepared at once."""

        def execute(self, query: Any, params: Any = None, **_kwargs: Any) -> Any:
            return super().execute(query, params, prepare=True)  # type: ignore[misc]

    return Prepared


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


def insert_models(rows: Sequence[Model]) -> None:
    """Insert new rows of one model by `insert_rows`: fast, with no id given back and no signal sent.

    For thousands of rows of one deed, made from values that are of their fields' types already.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    adapted = [(field.attname, _adapter(field)) for field in fields]
    quoted = connection.ops.quote_name
    with connection.cursor() as cursor:
        insert_rows(
            cursor,
            meta.db_table,
            [quoted(str(field.column)) for field in fields],
            [[adapt(getattr(row, name)) for name, adapt in adapted] for row in rows],
        )


def _adapter(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """How a field's value is handed to the driver."""
    ops = connection.ops
    if isinstance(field, DecimalField):
        digits, places = field.max_digits, field.decimal_places
        return lambda value: ops.adapt_decimalfield_value(value, digits, places)
    if isinstance(field, DateTimeField):
        return ops.adapt_datetimefield_value
    if isinstance(field, DateField):
        return ops.adapt_datefield_value
    return _plain


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


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


def rupiah_of(quantity: str, price: str) -> Any:
    """A quantity field (four places) times a price field in whole rupiah, half up, in the database.

    In whole numbers from end to end: the same on both databases, and never a float's rounding.
    """
    units = Cast(
        Round(
            ExpressionWrapper(
                F(quantity) * Value(10_000),
                output_field=DecimalField(max_digits=24, decimal_places=4),
            )
        ),
        BigIntegerField(),
    )
    raised = ExpressionWrapper(units * F(price) + Value(5_000), output_field=BigIntegerField())
    return ExpressionWrapper(raised / Value(10_000), output_field=BigIntegerField())


class DaysBetween(Func):
    """How many days the first day lies after the second, in whole days, in the database."""

    output_field = IntegerField()
    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite counts days by their Julian numbers."""
        later, earlier = self.source_expressions
        (one, values), (other, more) = (compiler.compile(side) for side in (later, earlier))
        sql = f"CAST(julianday({one}) - julianday({other}) AS INTEGER)"
        return sql, [*values, *more]


class Reader(Generic[Some]):
    """Makes rows of one table out of a written-out statement, for what every request asks.

    Which columns there are and how the database's values become ours is worked out once.
    """

    def __init__(self, model: type[Some]) -> None:
        self._model = model
        self._fields = model._meta.concrete_fields
        self._names = [field.attname for field in self._fields]
        self.width = len(self._names)

    def columns(self, alias: str) -> str:
        """The columns for the SELECT of a statement that calls the table `alias`."""
        return ", ".join(f"{alias}.{field.column}" for field in self._fields)

    @cached_property
    def _converters(self) -> list[tuple[int, Any, Any]]:
        found = []
        for place, field in enumerate(self._fields):
            column: Any = field.get_col(self._model._meta.db_table)
            ways = [
                *connection.ops.get_db_converters(column),
                *column.get_db_converters(connection),
            ]
            found += [(place, way, column) for way in ways]
        return found

    def read(self, values: Row) -> Some:
        """The row that stands in these values, in the order of `columns`."""
        kept = list(values)
        for place, way, column in self._converters:
            kept[place] = way(kept[place], column, connection)
        return self._model.from_db(connection.alias, self._names, kept)
