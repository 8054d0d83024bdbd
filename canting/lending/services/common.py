"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from canting.cooperatives.services import next_number, record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, Line
from canting.ledger.services import post_entry, reverse_source
from canting.lending.errors import (
    AlreadyApproved,
    AlreadyReversed,
    BadAmount,
    BadRate,
    BadTerms,
    FirstDueTooEarly,
    SamePerson,
)
from canting.lending.rules import (
    APPROVED,
    METHODS,
    MOST_INSTALMENTS,
    PREPARED,
    REVERSED,
    RHYTHMS,
    Terms,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Party, User
    from canting.lending.models import Contract, LendingPaper

AnyPaper = TypeVar("AnyPaper", bound="LendingPaper")
AnyContract = TypeVar("AnyContract", bound="Contract")


def write(kind: type[AnyPaper], *, series: str, actor: User, **facts: Any) -> AnyPaper:
    """Number a paper and keep it."""
    number = next_number(cooperative=facts["cooperative"], series=series, on=facts["on"])
    return kind._default_manager.create(
        number=number, made_by=actor, made_at=timezone.now(), **facts
    )


def post(
    paper: LendingPaper,
    *,
    source: str,
    kind: str,
    memo: str,
    lines: Sequence[Line],
    actor: User,
    on: date | None = None,
) -> None:
    """Post the entry of a paper, on its own day unless another is given."""
    draft = Draft(
        source=f"{source}:{paper.number}",
        entry_date=on or paper.on,
        kind=kind,
        memo=memo,
        lines=lines,
        paper=paper.number,
    )
    post_entry(cooperative=paper.cooperative, draft=draft, actor=actor)


def tell(
    paper: LendingPaper, *, act: str, actor: User, for_party: Party | None = None, **facts: Any
) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"lending.{act}",
        subject=paper.number,
        facts=facts,
        for_party=for_party,
    )


def lock_to_correct(paper: AnyPaper, *, reason: str) -> AnyPaper:
    """Hold a paper that is to be put right; refused without a reason, and the second time."""
    if not reason.strip():
        raise ReasonNeeded()
    manager = type(paper)._default_manager
    held = manager.select_for_update(of=("self",)).select_related("cooperative").get(pk=paper.pk)
    if getattr(held, "state", "") == REVERSED:
        raise AlreadyReversed(number=held.number)
    return held


def reverse(paper: Any, source: str, *, on: date, reason: str, actor: User) -> None:
    """Reverse the entry of a paper, if it has one, and let the paper stand no more."""
    name = f"{source}:{paper.number}"
    reverse_source(cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor)
    paper.state = REVERSED
    paper.save(update_fields=["state"])


def mark(paper: Any, *, reason: str, successor: Any, actor: User) -> None:
    """Write why a paper was put right, and what stands in its place."""
    paper.state = REVERSED
    paper.reason = reason.strip()[:120]
    fields = ["state", "reason"]
    if successor is not None:
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


def check_amount(amount: int) -> None:
    """Refuse an amount that is nothing (BadAmount)."""
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))


def check_terms(terms: Terms, *, on: date) -> None:
    """Refuse terms that cannot be (BadTerms, BadRate, FirstDueTooEarly)."""
    known = terms.months in RHYTHMS and terms.method in METHODS
    if not known or not 0 <= terms.grace < terms.instalments <= MOST_INSTALMENTS:
        raise BadTerms(count=terms.instalments, grace=terms.grace)
    if not 0 <= terms.rate <= 100:
        raise BadRate(rate=terms.rate)
    if terms.first_due <= on:
        raise FirstDueTooEarly(due=format_date(terms.first_due), on=format_date(on))


def approve(contract: AnyContract, *, on: date, actor: User, decision: str) -> AnyContract:
    """Let another person than its maker approve a held contract (SamePerson, AlreadyApproved)."""
    if contract.state == REVERSED:
        raise AlreadyReversed(number=contract.number)
    if contract.state != PREPARED:
        since = contract.approved_on or contract.on
        raise AlreadyApproved(number=contract.number, on=format_date(since))
    if contract.made_by_id == actor.pk:
        raise SamePerson(number=contract.number, name=str(actor))
    contract.state = APPROVED
    contract.approved_by, contract.approved_on = actor, on
    contract.decision = decision.strip()[:120]
    contract.save(update_fields=["state", "approved_by", "approved_on", "decision"])
    return contract
