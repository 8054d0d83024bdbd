"""What every Betulkan of a tax paper does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from canting.cooperatives.services import record
from canting.ledger.errors import ReasonNeeded
from canting.ledger.services import reverse_source
from canting.taxes.errors import (
    NoLongerStands,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import User
    from canting.taxes.models import Paper

AnyPaper = TypeVar("AnyPaper", bound="Paper")


def locked(paper: AnyPaper, reason: str) -> AnyPaper:
    """The paper again, held; refused without a reason and once it was put right."""
    if not reason.strip():
        raise ReasonNeeded()
    manager = type(paper)._default_manager
    held = manager.select_for_update(of=("self",)).select_related("cooperative").get(pk=paper.pk)
    if held.state == "reversed":
        raise NoLongerStands(number=held.number)
    return held


def reverse(paper: Paper, source: str, on: date, reason: str, actor: User) -> None:
    """Turn the entry of a paper around."""
    name = f"{source}:{paper.number}"
    reverse_source(cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor)


def mark(paper: Any, made: Any, reason: str, action: str, actor: User) -> None:
    """Let the paper say that it no longer stands, why, and what stands in its place."""
    paper.state, paper.successor, paper.reason = "reversed", made, reason.strip()[:120]
    paper.save(update_fields=["state", "successor", "reason"])
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=action,
        subject=paper.number,
        facts={"reason": paper.reason, "successor": made.number if made else ""},
    )
