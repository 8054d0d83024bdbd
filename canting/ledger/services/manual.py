"""Entries written by hand: accruals, taxes, depreciation, loans of partners; and their correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors
from canting.ledger.errors import KeptByPapers, PaperHasItsOwn, WrongSide
from canting.ledger.models import JournalEntry
from canting.ledger.rules import (
    KEPT_BY_PAPERS,
    MANUAL_SERIES,
    BusinessClass,
    Draft,
    Line,
    check_balanced,
)
from canting.ledger.selectors import Posted
from canting.ledger.services.posting import post_entry, reverse_entry

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

MANUAL = "ledger.manual:"
BY_STATEMENT = {
    "member_revenue": BusinessClass.MEMBER,
    "member_cost": BusinessClass.MEMBER,
    "other_revenue": BusinessClass.NONMEMBER,
    "other_cost": BusinessClass.NONMEMBER,
}


@transaction.atomic
def post_manual(
    *,
    cooperative: Cooperative,
    lines: Sequence[Line],
    memo: str,
    on: date,
    actor: User,
    own_date: date | None = None,
) -> tuple[str, Posted]:
    """Post an entry written by hand under a number BM; accounts kept by papers are refused.

    A line of revenue or cost without a business class gets that of its account.
    """
    check_balanced(lines)
    complete = _complete(cooperative, lines)
    number = next_number(cooperative=cooperative, series=MANUAL_SERIES, on=on)
    draft = Draft(
        source=f"{MANUAL}{number}",
        entry_date=on,
        kind="manual",
        memo=memo,
        lines=complete,
        own_date=own_date,
        paper=number,
    )
    posted = post_entry(cooperative=cooperative, draft=draft, actor=actor)
    _check_sides(cooperative, complete)
    record(
        cooperative_id=cooperative.pk, actor=actor, action="ledger.manual_posted", subject=number
    )
    return number, posted


@transaction.atomic
def correct_manual(
    *,
    entry: JournalEntry,
    reason: str,
    on: date,
    actor: User,
    lines: Sequence[Line] | None = None,
    memo: str = "",
) -> str:
    """Reverse a manual entry and, where lines are given, post the right one beside it."""
    if not entry.source.startswith(MANUAL):
        raise PaperHasItsOwn(position=entry.position)
    mirrored = [
        Line(ref.account, ref.side.other, ref.amount, ref.party, ref.business)
        for ref in selectors.lines_of(entry=entry)
    ]
    reverse_entry(entry=entry, on=on, reason=reason, actor=actor)
    number = ""
    if lines:
        number, _posted = post_manual(
            cooperative=entry.cooperative, lines=lines, memo=memo or entry.memo, on=on, actor=actor
        )
    _check_sides(entry.cooperative, mirrored)
    record(
        cooperative_id=entry.cooperative_id,
        actor=actor,
        action="ledger.manual_corrected",
        subject=entry.paper,
        facts={"reason": reason, "successor": number},
    )
    return number


def _complete(cooperative: Cooperative, lines: Sequence[Line]) -> list[Line]:
    chart = {}
    for account in selectors.accounts(cooperative=cooperative):
        chart[account.code] = account
        if account.role:
            chart[account.role] = account
    complete = []
    for line in lines:
        found = chart.get(line.account)
        if found is not None and found.role in KEPT_BY_PAPERS:
            raise KeptByPapers(account=selectors.label(found))
        if found is not None and not line.business:
            usual = BY_STATEMENT.get(found.statement, BusinessClass.NONE)
            complete.append(replace(line, business=usual))
        else:
            complete.append(line)
    return complete


def _check_sides(cooperative: Cooperative, lines: Sequence[Line]) -> None:
    """No party may be left on the wrong side of an account kept by party."""
    for line in lines:
        if line.party is None:
            continue
        account = selectors.account_named(cooperative=cooperative, name=line.account)
        left = selectors.balance_of_party_on(
            cooperative=cooperative, account=account, party_id=line.party.id
        )
        if account.party_kind and left < 0:
            raise WrongSide(
                party=line.party.number,
                left=format_rupiah(left),
                account=selectors.label(account),
            )
