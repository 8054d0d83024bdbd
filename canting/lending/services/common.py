"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from canting.cooperatives.services import record
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger.services import hold_to_correct, mark_reversed, post, reverse_source, write
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

__all__ = [
    "approve",
    "check_amount",
    "check_terms",
    "lock_to_correct",
    "mark",
    "post",
    "reverse",
    "tell",
    "write",
]


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


def reverse(paper: Any, source: str, *, on: date, reason: str, actor: User) -> None:
    """Reverse the entry of a paper, if it has one, and let the paper stand no more."""
    name = f"{source}:{paper.number}"
    reverse_source(cooperative=paper.cooperative, source=name, on=on, reason=reason, actor=actor)
    paper.state = REVERSED
    paper.save(update_fields=["state"])


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


def lock_to_correct(paper: AnyPaper, *, reason: str) -> AnyPaper:
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
