"""What must always hold: a named check over stored rows that yields a sentence for each breach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class Invariant:
    """One law of the house: its name, what it says, and the check of one cooperative's rows."""

    name: str
    says: Any
    breaches: Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class CloseCheck:
    """What must be done before a month can be closed.

    `faults` yields a sentence for each thing still open in the cooperative's month (its first
    day); `cure` is the view that puts it right, taking the cooperative's short name.
    """

    name: str
    says: Any
    faults: Callable[[Any, date], Iterable[str]]
    cure: str = ""


def close_checks() -> list[CloseCheck]:
    """The checks of every domain (`invariants.CLOSE_CHECKS`), lowest domain first."""
    return [
        check
        for config in apps.get_app_configs()
        if config.name.startswith("canting.") and find_spec(f"{config.name}.invariants")
        for check in getattr(import_module(f"{config.name}.invariants"), "CLOSE_CHECKS", ())
    ]
