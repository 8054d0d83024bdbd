"""What the papers of this domain share: number, row, entry, audit, and being put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import UnknownAccount
from canting.ledger.services import hold_to_correct, mark_reversed, post, reverse_entry, write
from canting.treasury import selectors
from canting.treasury.errors import AlreadyPutRight, BadAmount, NoExpense

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.selectors import AccountRef
    from canting.treasury.models import DailyPaper

AnyPaper = TypeVar("AnyPaper", bound="DailyPaper")

__all__ = [
    "check_amount",
    "expense_account",
    "lock",
    "mark",
    "post",
    "reverse_on_its_day",
    "tell",
    "write",
]


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


def tell(paper: DailyPaper, *, act: str, actor: User, **facts: Any) -> None:
    """Write an act into the audit trail."""
    record(
        cooperative_id=paper.cooperative_id,
        actor=actor,
        action=f"treasury.{act}",
        subject=paper.number,
        facts=facts,
    )


def reverse_on_its_day(paper: DailyPaper, source: str, *, reason: str, actor: User) -> None:
    """Reverse an entry of a paper on its own day, or on the first day that is still open.

    What belongs to a month is taken back in that month, so that no month keeps what was wrong.
    """
    house = paper.cooperative
    entry = ledger.entry_by_source(cooperative=house, source=f"{source}:{paper.number}")
    if entry is not None:
        on = max(entry.entry_date, ledger.earliest_open_day(cooperative=house))
        reverse_entry(entry=entry, on=on, reason=reason, actor=actor)


def lock(paper: AnyPaper, *, reason: str) -> AnyPaper:
    """Hold a paper that is to be put right; refused without a reason, and the second time."""
    return hold_to_correct(paper, reason=reason, again=AlreadyPutRight)


def mark(paper: Any, *, reason: str, successor: Any, actor: User) -> None:
    """Write that a paper was put right, why, and what stands in its place."""
    tell(
        paper,
        act="corrected",
        actor=actor,
        **mark_reversed(paper, reason=reason, successor=successor),
    )
