"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from canting.assets.errors import AlreadyReversed
from canting.cooperatives.services import next_number, record
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, Line
from canting.ledger.services import post_entry, reverse_source

if TYPE_CHECKING:
    from canting.assets.models import AssetPaper
    from canting.cooperatives.models import User

AnyPaper = TypeVar("AnyPaper", bound="AssetPaper")


def write(kind: type[AnyPaper], *, series: str, actor: User, **facts: Any) -> AnyPaper:
    """Number a paper and keep it."""
    number = next_number(cooperative=facts["cooperative"], series=series, on=facts["on"])
    return kind._default_manager.create(
        number=number, made_by=actor, made_at=timezone.now(), **facts
    )


def post(
    paper: AssetPaper,
    *,
    source: str,
    kind: str,
    memo: str,
    lines: Sequence[Line],
    actor: User,
    on: date | None = None,
) -> None:
    """Post one entry of a paper, on its own day unless another is given."""
    draft = Draft(
        source=f"{source}:{paper.number}",
        entry_date=on or paper.on,
        kind=kind,
        memo=memo,
        lines=lines,
        paper=paper.number,
    )
    post_entry(cooperative=paper.cooperative, draft=draft, actor=actor)


def tell(paper: AssetPaper, *, act: str, actor: User, **facts: Any) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"assets.{act}",
        subject=paper.number,
        facts=facts,
    )


def lock(paper: AnyPaper, *, reason: str) -> AnyPaper:
    """Hold a paper that is to be put right; refused without a reason, and the second time."""
    if not reason.strip():
        raise ReasonNeeded()
    manager = type(paper)._default_manager
    held = manager.select_for_update(of=("self",)).select_related("cooperative").get(pk=paper.pk)
    if held.state == "reversed":
        raise AlreadyReversed(number=held.number)
    return held


def reverse_sources(
    paper: AssetPaper, sources: Sequence[str], *, on: date, reason: str, actor: User
) -> None:
    """Reverse those entries of a paper that were posted, the last first."""
    for source in sources:
        name = f"{source}:{paper.number}"
        reverse_source(
            cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor
        )


def mark(paper: Any, *, reason: str, successor: Any, actor: User) -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    paper.state = "reversed"
    paper.reason = reason.strip()[:120]
    fields = ["state", "reason"]
    if successor is not None:  # a month's depreciation knows no successor
        paper.successor = successor
        fields.append("successor")
    paper.save(update_fields=fields)
    tell(
        paper,
        act="corrected",
        actor=actor,
        reason=paper.reason,
        successor=successor.number if successor else "",
    )
