"""What the stock's own papers share: their facts, the entry by account, undoing all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from canting.kernel.dates import format_date
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, signed
from canting.ledger.services import post_entry, reverse_source
from canting.stock.errors import DayClosed, ReasonNeeded
from canting.stock.rules import Moved, PaperState
from canting.stock.services.moves import mirror

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.stock.models import StockPaper


def check_open(cooperative: Cooperative, on: date) -> None:
    """Refuse a closed day (DayClosed), also for a paper that moves goods without moving value."""
    first = ledger.earliest_open_day(cooperative=cooperative)
    if on < first:
        raise DayClosed(date=format_date(on), open=format_date(first))


def check_reason(reason: str) -> str:
    """The reason without spaces at its ends; refuse an empty one."""
    if not reason.strip():
        raise ReasonNeeded()
    return reason.strip()[:200]


def paper_facts(
    *, cooperative: Cooperative, number: str, on: date, actor: User, note: str, replaces: str
) -> dict[str, Any]:
    """The facts that every paper keeps, as fields of its row."""
    return {
        "cooperative": cooperative,
        "number": number,
        "on": on,
        "note": note.strip()[:200],
        "replaces": replaces,
        "made_by": actor,
        "made_at": timezone.now(),
    }


@dataclass(frozen=True, slots=True)
class Source:
    """Under what a paper moves stock and posts: its source, its printed number, its day, who."""

    cooperative: Cooperative
    name: str
    paper: str
    on: date
    actor: User

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments that every move of the paper shares."""
        return {
            "cooperative": self.cooperative,
            "source": self.name,
            "paper": self.paper,
            "on": self.on,
            "actor": self.actor,
        }

    def post(self, *, kind: str, memo: str, lines: Sequence[Line]) -> None:
        """Post the paper's entry; one that moves no value between accounts posts none."""
        if lines:
            draft = Draft(
                source=self.name,
                entry_date=self.on,
                own_date=self.on,
                kind=kind,
                memo=memo,
                lines=lines,
                paper=self.paper,
            )
            post_entry(cooperative=self.cooperative, draft=draft, actor=self.actor)


def net_lines(ins: Iterable[Moved], outs: Iterable[Moved]) -> list[Line]:
    """What came in less what left, one line an account and party; nothing where they meet."""
    sums: dict[tuple[str, Any], int] = {}
    for sign, moves in ((1, ins), (-1, outs)):
        for moved in moves:
            key = (moved.role, moved.party)
            sums[key] = sums.get(key, 0) + sign * moved.value
    return [signed(role, value, party) for (role, party), value in sums.items() if value and role]


def undo_paper(paper: StockPaper, *, source: str, reason: str, on: date, actor: User) -> None:
    """Mirror the moves and the entry of a paper on an open day. May raise what `mirror` refuses."""
    check_open(paper.cooperative, on)
    mirror(
        cooperative=paper.cooperative,
        source=source,
        on=on,
        reason_source=f"{source}:undone",
        actor=actor,
    )
    reverse_source(cooperative=paper.cooperative, source=source, on=on, reason=reason, actor=actor)


def mark_reversed(paper: StockPaper, *, reason: str, successor: str) -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    paper.state = PaperState.REVERSED
    paper.reason = reason
    paper.replaced_by = successor
    paper.save(update_fields=["state", "reason", "replaced_by"])
