"""What must always hold: a named check over stored rows that yields a sentence for each breach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

from django.apps import apps


@dataclass(frozen=True)
class Invariant:
    """One law of the house: its name, what it says, and the check of one cooperative's rows.

    With a `topic` of kernel.closing it is also asked before a month is closed; `cure` is then the
    view that puts it right.
    """

    name: str
    says: Any
    breaches: Callable[[Any], Iterable[str]]
    topic: str = ""
    cure: str = ""


class Fault(str):
    """A sentence of what is still open, with the view (and its parts) that puts just this right."""

    view: str
    parts: tuple[Any, ...]

    def __new__(cls, text: str, view: str = "", *parts: Any) -> Self:
        made = super().__new__(cls, text)
        made.view, made.parts = view, parts
        return made


@dataclass(frozen=True)
class CloseCheck:
    """What must be done before a month can be closed.

    `faults` yields a sentence (or a Fault) for each thing still open in the cooperative's month
    (its first day); `cure` is the view that puts it right, taking the cooperative's short name.
    `topic` is the line of the list under which it stands; `fine` says the figures when all is well.
    """

    name: str
    says: Any
    faults: Callable[[Any, date], Iterable[str]]
    cure: str = ""
    topic: str = "parties"
    fine: Callable[[Any, date], str] | None = None


def close_checks() -> list[CloseCheck]:
    """The checks of every domain (`invariants.CLOSE_CHECKS`), lowest domain first.

    Invariants with a topic are asked as well, whatever the month.
    """
    found: list[CloseCheck] = []
    for config in apps.get_app_configs():
        if config.name.startswith("canting.") and find_spec(f"{config.name}.invariants"):
            module = import_module(f"{config.name}.invariants")
            found += getattr(module, "CLOSE_CHECKS", ())
            found += [_standing(one) for one in getattr(module, "INVARIANTS", ()) if one.topic]
    return found


def _standing(law: Invariant) -> CloseCheck:
    return CloseCheck(
        law.name, law.says, lambda house, _month: law.breaches(house), law.cure, law.topic
    )
