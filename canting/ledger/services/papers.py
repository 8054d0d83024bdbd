"""What numbered papers of any domain do alike: written under the next number, posted, put right.

A paper is a row with cooperative, number, on, state, reason, made_by and made_at; who puts one right
leaves it and lets a successor stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from canting.cooperatives.services import next_number
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, Line
from canting.ledger.services.posting import post_entry

if TYPE_CHECKING:
    from django.db.models import Model

    from canting.cooperatives.models import User
    from canting.kernel.errors import DomainError

AnyPaper = TypeVar("AnyPaper", bound="Model")
REVERSED = "reversed"


def write(kind: type[AnyPaper], *, series: str, actor: User, **facts: Any) -> AnyPaper:
    """Number a paper and keep it."""
    number = next_number(cooperative=facts["cooperative"], series=series, on=facts["on"])
    return kind._default_manager.create(
        number=number, made_by=actor, made_at=timezone.now(), **facts
    )


def post(
    paper: Any,
    *,
    source: str,
    kind: str,
    memo: str,
    lines: Sequence[Line],
    actor: User,
    on: date | None = None,
    own_date: date | None = None,
) -> None:
    """Post one entry of a paper, on its own day unless another is given."""
    draft = Draft(
        source=f"{source}:{paper.number}",
        entry_date=on or paper.on,
        kind=kind,
        memo=memo,
        lines=lines,
        own_date=own_date,
        paper=paper.number,
    )
    post_entry(cooperative=paper.cooperative, draft=draft, actor=actor)


def hold_to_correct(paper: AnyPaper, *, reason: str, again: type[DomainError]) -> AnyPaper:
    """Hold a paper that is to be put right; ReasonNeeded without one, `again` the second time."""
    if not reason.strip():
        raise ReasonNeeded()
    manager = type(paper)._default_manager
    held: Any = (
        manager.select_for_update(of=("self",)).select_related("cooperative").get(pk=paper.pk)
    )
    if getattr(held, "state", "") == REVERSED:
        raise again(number=held.number)
    found: AnyPaper = held
    return found


def mark_reversed(paper: Any, *, reason: str, successor: Any) -> dict[str, Any]:
    """Write why a paper stands no more and what stands in its place; the facts for the trail."""
    paper.state, paper.reason = REVERSED, reason.strip()[:120]
    fields = ["state", "reason"]
    if successor is not None:  # some papers know no successor
        paper.successor = successor
        fields.append("successor")
    paper.save(update_fields=fields)
    return {"reason": paper.reason, "successor": successor.number if successor else ""}
