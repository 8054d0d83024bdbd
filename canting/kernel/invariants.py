"""What must always hold: a named check over stored rows that yields a sentence for each breach."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Invariant:
    """One law of the house: its name, what it says, and the check of one cooperative's rows."""

    name: str
    says: Any
    breaches: Callable[[Any], Iterable[str]]
