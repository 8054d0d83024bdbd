"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded, UnknownAccount
from canting.ledger.rules import Draft, Line
from canting.ledger.services import post_entry, reverse_entry
from canting.treasury import selectors
from canting.treasury.errors import AlreadyPutRight, BadAmount, NoExpense

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.selectors import AccountRef
    from canting.treasury.models import DailyPaper

AnyPaper = TypeVar("AnyPaper", bound="DailyPaper")


def check_amount(amount: int) -> None:
    """Refuse an amount of zero or less."""
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))


def expense_account(cooperative: Cooperative, name: str) -> AccountRef:
    """The open account of costs with this code or role; NoExpense when there is none."""
    try:
        account = ledger.account_named(cooperative=cooperative, name=name)
    except UnknownAccount as unknown:
        raise NoExpense(account=name) from unknown
    if not selectors.is_expense(account):
        raise NoExpense(account=name)
    return account


def write(kind: type[AnyPaper], *, series: str, actor: User, **facts: Any) -> AnyPaper:
    """Number a paper and keep it."""
    number = next_number(cooperative=facts["cooperative"], series=series, on=facts["on"])
    return kind._default_manager.create(
        number=number, made_by=actor, made_at=timezone.now(), **facts
    )


def post(
    paper: DailyPaper,
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


def tell(paper: DailyPaper, *, act: str, actor: User, **facts: Any) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"treasury.{act}",
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
        raise AlreadyPutRight(number=held.number)
    return held


def reverse_on_its_day(paper: DailyPaper, source: str, *, reason: str, actor: User) -> None:
    """Reverse an entry of a paper on its own day, or on the first day that is still open.

    What belongs to a month is taken back in that month, so that no month keeps what was wrong.
    """
    house = paper.cooperative
    entry = ledger.entry_by_source(cooperative=house, source=f"{source}:{paper.number}")
    if entry is not None:
        on = max(entry.entry_date, ledger.earliest_open_day(cooperative=house))
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)


def mark(paper: Any, *, reason: str, successor: Any, actor: User) -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    paper.state = "reversed"
    paper.reason = reason.strip()[:120]
    fields = ["state", "reason"]
    if successor is not None:  # a month's parts know no successor
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
