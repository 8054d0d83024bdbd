"""Costs paid ahead for several months: written down, spread month by month, put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.kernel.dates import first_of_month, format_date, format_month, last_of_month
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Line, credit, debit
from canting.ledger.services import reverse_source
from canting.treasury import selectors
from canting.treasury.errors import (
    BadMonths,
    LaterRun,
    NothingToSpread,
    NotOver,
    NotThatMuchPrepaid,
)
from canting.treasury.models import PrepaidPart, Prepayment, SpreadRun
from canting.treasury.rules import (
    MOST_MONTHS,
    PREPAID_SERIES,
    PREPAYMENT,
    SPREAD,
    SPREAD_SERIES,
    UNSPREAD,
)
from canting.treasury.services.common import (
    check_amount,
    expense_account,
    lock,
    mark,
    post,
    reverse_on_its_day,
    tell,
    write,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def prepay(
    *,
    cooperative: Cooperative,
    account: str,
    amount: int,
    months: int,
    since: date,
    memo: str,
    on: date,
    actor: User,
    place: str = "",
    counterparty: str = "",
) -> Prepayment:
    """Pay a cost ahead for several months, or write down one that stands in the books already.

    Posts `prepaid_paid` (D prepaid / K cash; posting.md 2.8) where a cash place is given; without
    one the amount must stand on the account of prepaid costs and on no line of this list yet.
    Number DM. Raises BadAmount, BadMonths, NoExpense, NotThatMuchPrepaid, what the desk refuses.
    """
    check_amount(amount)
    if not 2 <= months <= MOST_MONTHS:
        raise BadMonths(months=months)
    held = expense_account(cooperative, account)
    selectors.lock_prepaid(cooperative=cooperative)
    if place:
        cash.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    else:
        _check_stands(cooperative, amount)
    paper = write(
        Prepayment,
        series=PREPAID_SERIES,
        actor=actor,
        cooperative=cooperative,
        account_id=held.pk,
        amount=amount,
        months=months,
        since=first_of_month(since),
        memo=memo,
        counterparty=counterparty,
        place=place,
        on=on,
    )
    if place:
        lines = [debit("prepaid", amount), credit(place, amount)]
        post(paper, source=PREPAYMENT, kind="prepaid_paid", memo=memo, lines=lines, actor=actor)
    tell(paper, act="prepaid", actor=actor, amount=amount, months=months)
    return paper


def _check_stands(cooperative: Cooperative, amount: int) -> None:
    standing = selectors.prepaid_standing(cooperative=cooperative)
    if amount > standing.unlisted:
        account = ledger.account_for(cooperative=cooperative, role="prepaid")
        raise NotThatMuchPrepaid(
            account=ledger.label(account),
            left=format_rupiah(max(standing.unlisted, 0)),
            amount=format_rupiah(amount),
        )


@transaction.atomic
def spread(*, cooperative: Cooperative, month: date, on: date, actor: User) -> SpreadRun:
    """Book what every prepaid cost gives to the months up to this one and is not booked yet.

    Months left out, or closed before, are caught up. The entry stands on the month's last day;
    posts `prepaid_used`, number SB. Raises NotOver, NothingToSpread, or a closed month.
    """
    until = last_of_month(month)
    if on < until:
        raise NotOver(month=format_month(until), day=format_date(until))
    selectors.lock_prepaid(cooperative=cooperative)
    parts = selectors.parts_due(cooperative=cooperative, until=until)
    if not parts:
        raise NothingToSpread(month=format_month(until))
    run = write(
        SpreadRun,
        series=SPREAD_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=until,
        until=until,
        total=sum(one.amount for one in parts),
    )
    PrepaidPart.objects.bulk_create(
        PrepaidPart(prepayment=one.prepayment, run=run, amount=one.amount) for one in parts
    )
    memo = _("Prepaid costs of %(month)s") % {"month": format_month(until)}
    post(run, source=SPREAD, kind="prepaid_used", memo=memo, lines=_lines(parts), actor=actor)
    tell(run, act="spread", actor=actor, amount=run.total, until=str(until))
    return run


def _lines(parts: list[selectors.PartDue]) -> list[Line]:
    """One debit for each account of costs, one credit for all."""
    sums: dict[str, int] = {}
    for one in parts:
        account = one.prepayment.account
        name = account.role or account.code
        sums[name] = sums.get(name, 0) + one.amount
    debits = [debit(name, amount) for name, amount in sums.items()]
    return [*debits, credit("prepaid", sum(sums.values()))]


@transaction.atomic
def cancel_spread(*, run: SpreadRun, reason: str, actor: User) -> None:
    """Take the newest month's parts back, in that month while it is open; booked anew on its page.

    Raises LaterRun while a later one, or a paper put right since, stands on it.
    """
    run = lock(run, reason=reason)
    selectors.lock_prepaid(cooperative=run.cooperative)
    if later := selectors.stands_on(run):
        raise LaterRun(number=run.number, later=later)
    reverse_on_its_day(run, SPREAD, reason=reason, actor=actor)
    run.parts.update(undone=True)
    mark(run, reason=reason, successor=None, actor=actor)


@transaction.atomic
def correct_prepayment(
    *,
    paper: Prepayment,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Prepayment | None:
    """Reverse a prepaid cost with the parts it gave so far, and write the right one beside it.

    Its parts come back on `on` (`prepaid_unspread`); the new paper catches up with the next month
    that is booked.
    """
    paper = lock(paper, reason=reason)
    house = paper.cooperative
    selectors.lock_prepaid(cooperative=house)
    given = selectors.given_by(paper)
    if given:
        name = paper.account.role or paper.account.code
        lines = [debit("prepaid", given), credit(name, given)]
        memo = _("Parts of %(number)s taken back") % {"number": paper.number}
        post(
            paper, source=UNSPREAD, kind="prepaid_unspread", memo=memo, lines=lines, actor=actor,
            on=on,
        )  # fmt: skip
        paper.parts.update(undone=True)
    if paper.place:
        reverse_source(
            cooperative=house,
            source=f"{PREPAYMENT}:{paper.number}",
            on=on,
            reason=reason,
            actor=actor,
        )
    # What the list held of the account is free again before the right one is written.
    Prepayment.objects.filter(pk=paper.pk).update(state="reversed")
    made = prepay(cooperative=house, actor=actor, **replacement) if replacement else None
    mark(paper, reason=reason, successor=made, actor=actor)
    return made
