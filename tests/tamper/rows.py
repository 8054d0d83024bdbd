"""A row of any table, made from the model alone, and what somebody with the file could do to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from canting.cooperatives.models import Cooperative, User
from canting.kernel.append_only import AppendOnly
from canting.kernel.row_seals import drop_seals

COUNTER = count(1)
DAY = date(2026, 11, 2)
# What the database itself asks of a row beyond its types: a value, or a key to fill (MADE).
MADE = object()
ASKED: dict[str, dict[str, Any]] = {
    "assets.Asset": {"cost": 9, "residual": 0, "lost_before": 0},
    "assets.Charge": {"run": MADE},
    "catalogue.Substitute": {"other": MADE},
    "cooperatives.Access": {"role": "board"},
    "lending.Facility": {"instalments": 9},
    "lending.Onlend": {"instalments": 9, "amount": 9},
    "production.Assignment": {"quantity": 9},
    "rounds.Fund": {"amount": 9},
    "savings.InterestLine": {"gross": 9},
    "sales.CreditNote": {"sale_line": MADE},
    "settlement.Slip": {"earned": 9, "deducted": 4, "paid": 5},
    "taxes.ServiceBill": {"gross": 9},
}


def a_row(model: type[models.Model], house: Cooperative, actor: User) -> models.Model:
    """A row written through the application's connection, with whatever it points to."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key and not isinstance(field, models.ForeignKey):
            continue
        if isinstance(field, models.ForeignKey):
            values[field.name] = _pointed(field, house, actor)
        else:
            values[field.name] = _value(field)
    for name, value in ASKED.get(model._meta.label, {}).items():
        to = model._meta.get_field(name).related_model
        values[name] = a_row(to, house, actor) if value is MADE else value
    return model._base_manager.create(**values)


def _pointed(field: models.ForeignKey[Any, Any], house: Cooperative, actor: User) -> Any:
    to = field.related_model
    if to is Cooperative:
        return house
    if to is User:
        return actor
    if field.null:
        return None
    found = to._base_manager.order_by("pk").last()
    return found or a_row(to, house, actor)


def _value(field: models.Field[Any, Any]) -> Any:
    if field.choices:
        return field.choices[0][0]
    kinds: list[tuple[type, Any]] = [
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, DAY),
        (models.DecimalField, Decimal(1)),
        (models.IntegerField, 1),
        (models.JSONField, {"a": 1}),
        (models.BinaryField, b"a"),
    ]
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    return f"r{next(COUNTER)}"[: field.max_length]


def other(field: models.Field[Any, Any], value: Any) -> Any:
    """Another value for a column, as the database takes it."""
    found: Any = f"{value}x"[-(field.max_length or 200) :]
    if isinstance(field, models.BooleanField):
        found = not value
    elif isinstance(field, models.DateTimeField):
        later = value or datetime(2026, 11, 2, tzinfo=timezone.get_current_timezone())
        found = connection.ops.adapt_datetimefield_value(later + timedelta(microseconds=1))
    elif isinstance(field, models.DateField):
        found = connection.ops.adapt_datefield_value((value or DAY) + timedelta(days=1))
    elif isinstance(field, models.JSONField):
        found = '{"a": 2}'
    elif isinstance(field, models.BinaryField):
        found = b"b"
    elif isinstance(field, models.DecimalField):
        found = str((value or 0) + Decimal("0.0001").quantize(Decimal(10) ** -field.decimal_places))
        found = found if Decimal(found) != value else str(value + 1)
    elif isinstance(field, models.ForeignKey | models.IntegerField):
        found = (value or 0) + 1
    return found


def guards_off(model: type[models.Model]) -> None:
    """Take the guards off one table, as somebody with the file in hand could."""
    table = model._meta.db_table
    drop_seals(model)
    if issubclass(model, AppendOnly):
        on = "" if connection.vendor == "sqlite" else f" ON {table}"
        with connection.cursor() as cursor:
            for deed in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{deed}{on}")


def behind(sql: str, values: list[Any]) -> bool:
    """Run a statement; False when the database itself refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert cursor.rowcount > 0
    except IntegrityError:
        return False
    return True
