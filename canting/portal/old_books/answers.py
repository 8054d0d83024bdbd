"""What a person said about one file: how it writes figures, whose rows are whose, what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was answered about a file; nothing answered is the state of a new one.

    Rows are numbers as the spreadsheet shows them; a cell is "row:column". People are kept by the
    first row that names them, so that no NIK stands in a key.
    """

    numbers: str = ""
    year: int | None = None
    product: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    fine: frozenset[str] = frozenset()
    out: frozenset[int] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)
    newcomers: bool = False
    accounts: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    later: str = ""
    on_top: bool = False
    control: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values to be kept."""
        plain = asdict(self)
        return {**plain, "fine": sorted(self.fine), "out": sorted(self.out)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Answers:
        """The answers as they were kept; unknown words of another version are left out."""
        known = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        known["fine"] = frozenset(known.get("fine", ()))
        known["out"] = frozenset(int(row) for row in known.get("out", ()))
        return cls(**known)
