"""Pages of a long list that stay right while rows come and go: keyset, not offset."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet

Item = TypeVar("Item")  # a model, or a named row of `values_list(..., named=True)`
LONGEST_CURSOR = 1_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page: its rows, the cursor of the next one, and whether it is the first."""

    rows: list[Item]
    next: str | None
    is_first: bool


def page_of(
    queryset: QuerySet[Any, Item], *, order: Sequence[str], after: str | None, size: int = 50
) -> Page[Item]:
    """The rows that come after a cursor, in the given order ("-day", "number").

    The primary key is added as the last key, in the direction of the one before, so equal keys
    neither repeat nor lose a row. The fields must not be null; "member__name" is allowed of models;
    rows of values carry every key under its name, "pk" too. A cursor that cannot be read, or that
    belongs to another order, gives the first page.
    """
    keys = _with_primary_key(order)
    place = read_cursor(queryset.model, keys, after)
    ordered = queryset.order_by(*keys)
    if place is not None:
        ordered = ordered.filter(_after(keys, place))
    rows = list(ordered[: size + 1])
    shown = rows[:size]
    is_last = len(rows) <= size
    if is_last:
        return Page(shown, None, place is None)
    values = [_value_at(shown[-1], _name(key)) for key in keys]
    return Page(shown, write_cursor(keys, values), place is None)


def _with_primary_key(order: Sequence[str]) -> list[str]:
    if {"pk", "-pk"} & set(order):
        return list(order)
    return [*order, "-pk" if order and order[-1].startswith("-") else "pk"]


def _after(keys: Sequence[str], place: Sequence[Any]) -> Q:
    """(a, b, c) after (x, y, z): a past x, or a = x and b past y, or …

    The first key bounds the whole, so that an index on it is used.
    """
    later, equal = Q(), Q()
    for key, value in zip(keys, place, strict=True):
        later |= equal & Q(**{f"{_name(key)}__{_past(key)}": value})
        equal &= Q(**{_name(key): value})
    return Q(**{f"{_name(keys[0])}__{_past(keys[0])}e": place[0]}) & later


def _name(key: str) -> str:
    return key.removeprefix("-")


def _past(key: str) -> str:
    return "lt" if key.startswith("-") else "gt"


def write_cursor(keys: Sequence[str], values: Sequence[Any]) -> str:
    """The cursor of the place that these values of the keys name."""
    plain = [_plain(value) for value in values]
    packed = json.dumps([list(keys), plain], separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _value_at(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = getattr(row, step)
    return row


def _plain(value: Any) -> str | int | bool:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, str | int):
        return value
    raise TypeError(f"A list cannot be paged by {type(value).__name__}.")


def read_cursor(model: type[Model], keys: Sequence[str], after: str | None) -> list[Any] | None:
    """The place a cursor names, each value in its field's own type; None when it names none."""
    if not after or len(after) > LONGEST_CURSOR:
        return None
    try:
        packed = base64.urlsafe_b64decode(after + "=" * (-len(after) % 4))
        written_keys, values = json.loads(packed)
        if written_keys != list(keys) or len(values) != len(keys):
            return None
        return [
            _typed(_field(model, _name(key)), value)
            for key, value in zip(keys, values, strict=True)
        ]
    except (binascii.Error, ValueError, TypeError, OverflowError, ValidationError):
        return None


def _typed(field: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(value, bool | int | str):
        return field.clean(value, None) if field.is_relation else field.to_python(value)
    raise TypeError("A cursor holds plain values.")


def _field(model: type[Model], path: str) -> "Field[Any, Any]":
    """The field at the end of a path such as member__name."""
    *steps, last = path.split("__")
    for step in steps:
        related = model._meta.get_field(step).related_model
        if not isinstance(related, type):
            raise FieldDoesNotExist(path)
        model = related
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(path)
    return field
