"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from canting.assets.errors import AlreadyReversed
from canting.cooperatives.services import record
from canting.ledger.services import hold_to_correct, mark_reversed, post, reverse_source, write

if TYPE_CHECKING:
    from canting.assets.models import AssetPaper
    from canting.cooperatives.models import User

AnyPaper = TypeVar("AnyPaper", bound="AssetPaper")

__all__ = [
    "lock",
    "mark",
    "post",
    "reverse_sources",
    "tell",
    "write",
]


def tell(paper: AssetPaper, *, act: str, actor: User, **facts: Any) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"assets.{act}",
        subject=paper.number,
        facts=facts,
    )


def reverse_sources(
    paper: AssetPaper, sources: Sequence[str], *, on: date, reason: str, actor: User
) -> None:
    """Reverse those entries of a paper that were posted, the last first."""
    for source in sources:
        name = f"{source}:{paper.number}"
        reverse_source(
            cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor
        )


def lock(paper: AnyPaper, *, reason: str) -> AnyPaper:
    """Hold a paper that is to be put right; refused without a reason, and the second time."""
    return hold_to_correct(paper, reason=reason, again=AlreadyReversed)


def mark(paper: Any, *, reason: str, successor: Any, actor: User) -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    tell(
        paper,
        act="corrected",
        actor=actor,
        **mark_reversed(paper, reason=reason, successor=successor),
    )
