"""For every table of the books a row changed, added or removed behind the application is named.

The tables and their columns come from the models, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from canting.cooperatives.rules import PartyKind, Role
from canting.kernel.append_only import drop_triggers, put_triggers
from canting.ledger.invariants import INVARIANTS
from canting.ledger.models import Account, Book, FiscalPeriod, JournalEntry, YearAct
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import (
    close_month,
    close_year,
    open_account,
    post_entries,
    prepare_year,
    reverse_entry,
)
from tests import builders

TABLES = [model for model in apps.get_app_config("ledger").get_models()]
# A number that only tells caches to look again; it says nothing of the books.
SAYS_NOTHING = {("Book", "chart_version")}
# Keys that others point to: the database itself refuses to change them.
KEYS = {"id", "cooperative"}
COLUMNS = [
    (model, field)
    for model in TABLES
    for field in model._meta.concrete_fields
    if field.name not in KEYS and (model.__name__, field.name) not in SAYS_NOTHING
]


@pytest.fixture
def books(settings, tmp_path, actor):
    """Entries of two years with a party, a reversal and an own account; the first year is closed."""
    settings.MEDIA_ROOT = tmp_path
    made = builders.cooperative(actor=actor, cutover=date(2026, 12, 1))
    siti = builders.party(made, PartyKind.MEMBER, "Siti")
    builders.party(made, PartyKind.MEMBER, "Rina")
    open_account(cooperative=made, number="6119", name="Rapat", like="utilities", actor=actor)
    dec, jan = date(2026, 12, 9), date(2027, 1, 9)

    def draft(number: int, on: date, *lines: Any) -> Draft:
        return Draft(f"test:{number}", on, "test", "Uji", list(lines), paper=f"KW/{number}")

    post_entries(
        cooperative=made,
        drafts=[
            draft(1, dec, debit("cash_main", 500), credit("share_mandatory", 500, siti)),
            draft(2, dec, debit("recv_member", 300, siti), credit("other_income", 300)),
            draft(3, dec, debit("6119", 70), credit("accrued", 70)),
        ],
        actor=actor,
    )
    close_month(cooperative=made, month=date(2026, 12, 1), on=date(2027, 1, 5), actor=actor)
    second = builders.person_with_role(made, Role.BOARD)
    facts = {"cooperative": made, "year": 2026, "on": date(2027, 1, 5)}
    prepare_year(actor=actor, **facts)
    close_year(actor=second, **facts)
    post_entries(
        cooperative=made,
        drafts=[draft(4, jan, debit("bank", 90), credit("cash_main", 90))],
        actor=actor,
    )
    wrong = JournalEntry.objects.get(cooperative=made, source="test:4")
    reverse_entry(entry=wrong, on=jan, reason="Salah", actor=actor)
    close_month(cooperative=made, month=date(2027, 1, 1), on=date(2027, 2, 5), actor=actor)
    return made


def named(books) -> list[str]:
    books = type(books).objects.get(pk=books.pk)
    return [f"{law.name}: {text}" for law in INVARIANTS for text in law.breaches(books)]


def rows_of(model: type[models.Model], books) -> models.QuerySet[Any]:
    names = {field.name for field in model._meta.concrete_fields}
    path = "cooperative" if "cooperative" in names else "act__cooperative"
    return model._default_manager.filter(**{path: books}).order_by("pk")


def other_key(field: models.Field[Any, Any], value: Any, books) -> Any:
    """Another row that a foreign key could point to, of the same cooperative."""
    keys = field.related_model._default_manager.exclude(pk=value)
    if any(one.name == "cooperative" for one in field.related_model._meta.concrete_fields):
        keys = keys.filter(cooperative=books)
    return keys.order_by("pk").values_list("pk", flat=True).first()


def other(field: models.Field[Any, Any], value: Any, books) -> Any:
    """Another value that the column takes."""
    found: Any = f"{value}x"[: field.max_length]
    if isinstance(field, models.ForeignKey):
        found = other_key(field, value, books)
    elif field.choices:
        found = next(key for key, _label in field.choices if key != value)
    elif isinstance(field, models.BooleanField):
        found = not value
    elif isinstance(field, models.DateField):  # a moment too
        found = (value or date(2026, 1, 1)) + timedelta(days=1)
    elif isinstance(field, models.JSONField):
        found = '{"chain": "x"}'
    elif isinstance(field, models.IntegerField):
        found = (value or 0) + 1_000
    return found if found != value else "f" * (field.max_length or 1)


def tamper(sql: str, values: list[Any]) -> None:
    """What someone with the file in hand could do: guards off, change, guards on again."""
    drop_triggers()
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        cursor.execute(sql, values)
        assert cursor.rowcount > 0
    put_triggers()


def stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def test_the_sound_books_are_clean_and_have_rows_in_every_table(books):
    assert named(books) == []
    assert {model.__name__ for model in TABLES if not rows_of(model, books).exists()} == set()


@pytest.mark.parametrize(
    ("model", "field"), COLUMNS, ids=[f"{m.__name__}.{f.name}" for m, f in COLUMNS]
)
def test_a_changed_column_is_named(books, model, field):
    """Every row of the table is tried, but of long tables the first and the last twelve."""
    rows = list(rows_of(model, books))
    missed = []
    for row in [*rows[:12], *rows[12:][-12:]]:
        value = other(field, getattr(row, field.attname), books)
        point = transaction.savepoint()
        tamper(
            f"UPDATE {model._meta.db_table} SET {field.column} = %s "
            f"WHERE {model._meta.pk.column} = %s",
            [stored(value), row.pk],
        )
        if not named(books):
            missed.append((row, field.name, value))
        transaction.savepoint_rollback(point)
    assert missed == []


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_taken_away_is_named(books, model):
    rows = list(rows_of(model, books))
    missed = []
    for row in [*rows[:12], *rows[12:][-12:]]:
        point = transaction.savepoint()
        tamper(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", [row.pk])
        if not named(books):
            missed.append(row)
        transaction.savepoint_rollback(point)
    assert missed == []


# What makes a copy of a row differ where the database asks for it.
ADDED: dict[str, dict[str, str]] = {
    "Account": {"code": "'6999'", "role": "''", "name": "'Sisipan'"},
    "JournalEntry": {"id": "id + 100", "position": "position + 100", "source": "'sisipan'",
                     "reverses_id": "NULL"},
    "JournalLine": {},
    "AccountMonth": {"month": "'2026-11-01'"},
    "PartyMonth": {"month": "'2026-11-01'"},
    "FiscalPeriod": {},
    "YearAct": {},
    "FrozenFile": {"name": "'sisipan.pdf'"},
}  # fmt: skip


@pytest.mark.parametrize("model", [m for m in TABLES if m is not Book], ids=lambda m: m.__name__)
def test_a_row_added_is_named(books, model):
    """The book's head has one row a cooperative; the database takes no second."""
    row = rows_of(model, books).last()
    set_ = ADDED[model.__name__]
    names = [f.column for f in model._meta.concrete_fields if f.column != "id" or "id" in set_]
    values = ", ".join(set_.get(name, name) for name in names)
    tamper(
        f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) "
        f"SELECT {values} FROM {model._meta.db_table} WHERE id = %s",
        [row.pk],
    )
    assert named(books)


def test_every_table_of_the_books_is_in_the_drill():
    assert set(ADDED) == {model.__name__ for model in TABLES} - {"Book"}
    assert {Account, FiscalPeriod, JournalEntry, YearAct} <= set(TABLES)
