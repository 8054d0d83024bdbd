"""The run of a plan as it is kept: its states, and the plan with its reasons as plain values."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from canting.rounds.rules.plan_facts import Plan, Reason


class RunState(StrEnum):
    """A plan is being worked out, was worked out, or something went wrong."""

    RUNNING = "running"
    MADE = "made"
    FAILED = "failed"


# A run that has said nothing for so many seconds was cut off: the program was started anew.
SILENT_SECONDS = 60


def kept(made: Plan, reasons: Sequence[Reason]) -> dict[str, Any]:
    """A plan and its reasons as values that JSON holds without loss."""
    return {"plan": _plain(made), "reasons": [_plain(reason) for reason in reasons]}


def taken_up(facts: dict[str, Any]) -> tuple[Plan, tuple[Reason, ...]]:
    """The plan and its reasons as they were kept."""
    return _made(Plan, facts["plan"]), tuple(_made(Reason, one) for one in facts["reasons"])


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _made(kind: Any, value: Any) -> Any:
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_made(one, part) for one, part in zip(kinds, value, strict=True))
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _made(kind, value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _made(hints[name], part) for name, part in value.items()})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Decimal | Enum):
        return kind(value)
    return value
