"""A line of the bank and the entries it is: matched, parted, or booked from the line itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash import services as cash
from canting.cash.rules import PAPER_SOURCE
from canting.cash.selectors import purpose as known_purpose
from canting.cooperatives.services import record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.treasury import selectors
from canting.treasury.errors import (
    AlreadyMatched,
    NotFree,
    NotMatched,
    SumDiffers,
    WrongDirection,
)
from canting.treasury.models import BankLine, BankMatch
from canting.treasury.rules import sure_pairs

if TYPE_CHECKING:
    from canting.cash.models import CashPaper
    from canting.cooperatives.models import Cooperative, User
    from canting.ledger.models import Account


@transaction.atomic
def match_line(*, line: BankLine, entries: Sequence[int], actor: User) -> BankLine:
    """Say which lines of the book (their keys) a line of the bank is; they must add up to it.

    Raises AlreadyMatched, NotFree, SumDiffers.
    """
    line = _free(line)
    free = selectors.open_entries(cooperative=line.cooperative, account=line.account)
    chosen = list(free.filter(pk__in=entries))
    if len(chosen) != len(set(entries)):
        raise NotFree
    moved = sum(selectors.signed(one) for one in chosen)
    if moved != line.amount:
        raise SumDiffers(bank=format_rupiah(line.amount), book=format_rupiah(moved))
    _tie([(line.pk, one.pk) for one in chosen], actor)
    papers = ", ".join(one.entry.paper or str(one.entry.position) for one in chosen)
    _tell(line, "treasury.matched", actor, papers)
    return line


@transaction.atomic
def match_sure(*, cooperative: Cooperative, account: Account, on: date, actor: User) -> int:
    """Match every line that can only be one entry, and the entry only that line; how many."""
    ledger.lock_account(cooperative=cooperative, role=account.role)
    waiting = selectors.lines(cooperative=cooperative, account=account).filter(is_matched=False)
    found = selectors.candidates(cooperative=cooperative, account=account, found=waiting, on=on)
    pairs = sure_pairs(found)
    if pairs:
        BankMatch.objects.filter(line__in=[line for line, _entry in pairs]).delete()
        _tie(pairs, actor)
        record(
            cooperative_id=cooperative.pk,
            actor=actor,
            action="treasury.matched_sure",
            subject=account.code,
            facts={"count": len(pairs)},
        )
    return len(pairs)


@transaction.atomic
def part_line(*, line: BankLine, actor: User) -> None:
    """Part a line of the bank from its entries; nothing in the books changes."""
    line = _locked(line)
    if not line.matches.exists():
        raise NotMatched
    line.matches.all().delete()
    _tell(line, "treasury.parted", actor)


@transaction.atomic
def book_line(
    *,
    line: BankLine,
    purpose: str,
    memo: str,
    actor: User,
    counterparty: str = "",
    on: date | None = None,
) -> CashPaper:
    """Book what the bank moved and nobody wrote down (a charge, interest), and match it at once.

    The paper, its number and its lines are those of the cash desk (posting.md 2.7), on the bank's
    day unless another is given: a closed month takes nothing. Raises WrongDirection,
    AlreadyMatched and what the desk refuses.
    """
    line = _free(line)
    what = known_purpose(purpose)
    if what.comes_in != (line.amount > 0):
        raise WrongDirection(purpose=_(what.label))
    act = cash.receive_cash if what.comes_in else cash.pay_cash
    paper = act(
        cooperative=line.cooperative,
        purpose=purpose,
        amount=abs(line.amount),
        place=line.account.role or line.account.code,
        memo=memo,
        on=on or line.on,
        actor=actor,
        counterparty=counterparty,
    )
    entry = ledger.entry_by_source(
        cooperative=line.cooperative, source=f"{PAPER_SOURCE}:{paper.number}"
    )
    made = selectors.open_entries(cooperative=line.cooperative, account=line.account)
    match_line(line=line, entries=[made.get(entry=entry).pk], actor=actor)
    return paper


def _locked(line: BankLine) -> BankLine:
    ledger.lock_account(cooperative=line.cooperative, role=line.account.role)
    return BankLine.objects.select_related("cooperative", "account").get(pk=line.pk)


def _free(line: BankLine) -> BankLine:
    """The line, without a match whose entry was reversed; AlreadyMatched when it has one."""
    line = _locked(line)
    if selectors.entries_of(line):
        raise AlreadyMatched
    line.matches.all().delete()
    return line


def _tie(pairs: Sequence[tuple[int, int]], actor: User) -> None:
    now = timezone.now()
    BankMatch.objects.bulk_create(
        BankMatch(line_id=line, journal_line_id=entry, made_by=actor, made_at=now)
        for line, entry in pairs
    )


def _tell(line: BankLine, action: str, actor: User, papers: str = "") -> None:
    record(
        cooperative_id=line.cooperative_id,
        actor=actor,
        action=action,
        subject=line.account.code,
        facts={"amount": line.amount, "on": line.on.isoformat()}
        | ({"papers": papers} if papers else {}),
    )
