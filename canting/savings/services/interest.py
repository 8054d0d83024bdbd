"""Interest on voluntary savings: booked once a month for all, its tax kept back for each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.selectors import require_licence
from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_month, last_of_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import BusinessClass, Draft, credit, debit, nonzero
from canting.ledger.services import post_entries, reverse_source
from canting.savings import selectors
from canting.savings.errors import (
    AlreadyReversed,
    InterestTwice,
    LaterPaper,
    MonthRuns,
    NoInterest,
    ReasonNeeded,
)
from canting.savings.models import InterestLine, InterestRun
from canting.savings.rules import (
    ACCOUNT_ROLE,
    INTEREST_MEMO,
    INTEREST_SERIES,
    INTEREST_SOURCE,
    DepositState,
    SavingsKind,
)
from canting.taxes.services import Kept, forget_withheld, note_withheld

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.savings.selectors import InterestPlan

ROLE = ACCOUNT_ROLE[SavingsKind.VOLUNTARY]


@transaction.atomic
def book_interest(*, cooperative: Cooperative, month: date, on: date, actor: User) -> InterestRun:
    """Add a month's interest to every member's voluntary savings in one entry, less its tax.

    Above the monthly limit the whole interest bears tax (PP 15/2009; posting.md 2.7). Raises
    LicenceNeeded, MonthRuns, InterestTwice, NoInterest.
    """
    require_licence(cooperative=cooperative, on=on, act=INTEREST_MEMO)
    ledger.lock_account(cooperative=cooperative, role=ROLE)
    month = first_of_month(month)
    if on < last_of_month(month):
        raise MonthRuns(month=format_month(month))
    known = selectors.interest_of_month(cooperative=cooperative, month=month)
    if known is not None:
        raise InterestTwice(month=format_month(month), number=known.number)
    plan = selectors.interest_plan(cooperative=cooperative, month=month)
    if not plan.lines:
        raise NoInterest(month=format_month(month))
    run = _write(cooperative, plan, on, actor)
    post_entries(cooperative=cooperative, drafts=[_draft(run, plan)], actor=actor)
    return run


def _write(cooperative: Cooperative, plan: InterestPlan, on: date, actor: User) -> InterestRun:
    run = InterestRun.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=INTEREST_SERIES, on=on),
        month=plan.month,
        booked_on=on,
        percent=plan.percent,
        gross=plan.gross,
        tax=plan.tax,
        made_by=actor,
        made_at=timezone.now(),
    )
    InterestLine.objects.bulk_create(
        InterestLine(run=run, member=one.member, base=one.base, gross=one.gross, tax=one.tax)
        for one in plan.lines
    )
    source = f"{INTEREST_SOURCE}:{run.number}"
    note_withheld(
        cooperative=cooperative,
        kept=[
            Kept("pph42", one.member.party, on, one.gross, one.tax, source, run.number)
            for one in plan.lines
        ],
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="savings.interest_booked",
        subject=run.number,
        facts={"month": f"{plan.month:%Y-%m}", "amount": plan.gross, "tax": plan.tax},
    )
    return run


def _draft(run: InterestRun, plan: InterestPlan) -> Draft:
    return Draft(
        source=f"{INTEREST_SOURCE}:{run.number}",
        entry_date=run.booked_on,
        kind="savings_interest_taxed" if plan.tax else "savings_interest",
        memo=f"{INTEREST_MEMO} {plan.month:%Y-%m}",
        lines=nonzero(
            debit("savings_interest", plan.gross, None, BusinessClass.MEMBER),
            *(credit(ROLE, one.net, one.member.party) for one in plan.lines),
            credit("pph42_withheld", plan.tax),
        ),
        paper=run.number,
    )


@transaction.atomic
def correct_interest(
    *, run: InterestRun, reason: str, on: date, actor: User, again: bool = True
) -> InterestRun | None:
    """Take a month's interest back and, with `again`, book it anew as the books stand.

    Refused while its tax stands on a slip (SlipGivenOut) or a member has taken it out (LaterPaper).
    """
    if not reason.strip():
        raise ReasonNeeded()
    run = selectors.lock_interest(run)
    if run.state == DepositState.REVERSED:
        raise AlreadyReversed(number=run.number)
    _check_still_there(run)
    source = f"{INTEREST_SOURCE}:{run.number}"
    forget_withheld(cooperative=run.cooperative, source=source)
    run.state, run.reversal_reason = DepositState.REVERSED.value, reason.strip()[:200]
    run.save(update_fields=["state", "reversal_reason"])
    record(
        cooperative_id=run.cooperative_id,
        actor=actor,
        action="savings.interest_reversed",
        subject=run.number,
        facts={"reason": run.reversal_reason, "again": again},
    )
    reverse_source(cooperative=run.cooperative, source=source, on=on, reason=reason, actor=actor)
    if not again:
        return None
    run.successor = book_interest(cooperative=run.cooperative, month=run.month, on=on, actor=actor)
    run.save(update_fields=["successor"])
    return run.successor


def _check_still_there(run: InterestRun) -> None:
    lines = list(selectors.interest_lines(run))
    parties = [line.member.party_id for line in lines]
    rows = ledger.party_balances(cooperative=run.cooperative, role=ROLE, party_ids=parties)
    left = {row.party_id: row.balance for row in rows}
    for line in lines:
        has = left.get(line.member.party_id, 0)
        if has < line.net:
            raise LaterPaper(
                number=run.number,
                name=line.member.full_name,
                left=format_rupiah(has),
                later=ledger.last_taken(
                    cooperative=run.cooperative, role=ROLE, party_id=line.member.party_id
                ),
            )
