"""One row of a sheet as it is looked through, and what is the matter with its cells."""

from dataclasses import dataclass, field
from typing import Any

ERROR, ASK, WARN = "error", "ask", "warn"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing about one cell: refused, to be answered, or only to be known; `rows` by number."""

    level: str
    field: str
    text: str
    rows: tuple[int, ...] = ()


@dataclass
class ReviewedRow:
    """One row of the sheet with what was read from it and what is the matter with it."""

    number: int
    place: int
    values: dict[str, Any]
    shown: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    left_out: bool = False
    answered: frozenset[str] = frozenset()

    def add(self, level: str, name: str, text: str, rows: tuple[int, ...] = ()) -> None:
        """Note something about a cell of this row."""
        self.issues.append(Issue(level, name, text, rows))

    def issue_of(self, name: str) -> Issue | None:
        """The gravest thing about a cell."""
        order = [ERROR, ASK, WARN]
        found = [issue for issue in self.issues if issue.field == name]
        return min(found, key=lambda issue: order.index(issue.level), default=None)

    @property
    def errors(self) -> list[Issue]:
        """What keeps the row out."""
        return [] if self.left_out else [i for i in self.issues if i.level == ERROR]

    @property
    def questions(self) -> list[Issue]:
        """What a person has yet to answer."""
        if self.left_out:
            return []
        return [i for i in self.issues if i.level == ASK and not self._is_answered(i)]

    def _is_answered(self, issue: Issue) -> bool:
        """An answer to one row of a pair answers for the whole pair."""
        rows = issue.rows or (self.number,)
        return any(f"{number}:{issue.field}" in self.answered for number in rows)

    @property
    def name(self) -> str:
        """The name as far as it can be read."""
        return str(self.values.get("full_name") or self.shown.get("full_name", ""))
