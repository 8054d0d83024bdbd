"""Costs of a month whose bill has not come yet: booked, taken back by themselves, or paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.services import pay_cash
from canting.kernel.dates import first_of_month, format_date, format_month, last_of_month
from canting.kernel.dates import next_month as month_after
from canting.kernel.money import format_rupiah
from canting.ledger.rules import credit, debit
from canting.treasury import selectors
from canting.treasury.errors import BilledOtherwise, NotOver, PaidAlready, TurnsByItself
from canting.treasury.models import Accrual
from canting.treasury.rules import ACCRUAL, ACCRUAL_SERIES, TURNED
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
    from canting.cash.models import CashPaper
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def accrue(
    *,
    cooperative: Cooperative,
    account: str,
    amount: int,
    month: date,
    memo: str,
    on: date,
    actor: User,
    counterparty: str = "",
) -> Accrual:
    """Book a cost of a month that is over and not billed yet, and take it back the day after.

    Posts `accrual` on the month's last day and its mirror `accrual_turned` on the first day of the
    next (posting.md 2.8), so that the bill, when it comes, is an ordinary cost of its own month and
    nobody can forget to turn it. Number AK. Raises NotOver, NoExpense, BadAmount, a closed month.
    """
    last = last_of_month(month)
    if on < last:
        raise NotOver(month=format_month(last), day=format_date(last))
    turns_on = month_after(first_of_month(last))
    facts = {"account": account, "amount": amount, "memo": memo, "counterparty": counterparty}
    paper = _write(cooperative, on=last, turns_on=turns_on, actor=actor, facts=facts)
    role = paper.account.role or paper.account.code
    turned = [debit("accrued", amount), credit(role, amount)]
    told = _("Taken back: %(memo)s") % {"memo": memo}
    post(
        paper, source=TURNED, kind="accrual_turned", memo=told, lines=turned, actor=actor,
        on=turns_on,
    )  # fmt: skip
    return paper


@transaction.atomic
def owe(
    *,
    cooperative: Cooperative,
    account: str,
    amount: int,
    memo: str,
    on: date,
    actor: User,
    counterparty: str = "",
    own_date: date | None = None,
) -> Accrual:
    """Book a cost that is owed until it is paid (a bill known before); posts `accrual`, number AK."""
    facts = {"account": account, "amount": amount, "memo": memo, "counterparty": counterparty}
    return _write(cooperative, on=on, turns_on=None, actor=actor, facts=facts, own_date=own_date)


def _write(
    cooperative: Cooperative,
    *,
    on: date,
    turns_on: date | None,
    actor: User,
    facts: Mapping[str, Any],
    own_date: date | None = None,
) -> Accrual:
    check_amount(facts["amount"])
    account = expense_account(cooperative, facts["account"])
    paper = write(
        Accrual,
        series=ACCRUAL_SERIES,
        actor=actor,
        cooperative=cooperative,
        account_id=account.pk,
        amount=facts["amount"],
        memo=facts["memo"],
        counterparty=facts["counterparty"],
        on=on,
        turns_on=turns_on,
    )
    role = account.role or account.code
    lines = [debit(role, paper.amount), credit("accrued", paper.amount)]
    post(
        paper, source=ACCRUAL, kind="accrual", memo=paper.memo, lines=lines, actor=actor,
        own_date=own_date,
    )  # fmt: skip
    tell(paper, act="accrued", actor=actor, amount=paper.amount, on=str(on))
    return paper


@transaction.atomic
def pay_accrual(*, paper: Accrual, place: str, on: date, actor: User, amount: int) -> CashPaper:
    """Pay a bill that was booked before; a voucher BK of the desk, posts `accrued_paid`.

    Raises TurnsByItself, PaidAlready, BilledOtherwise and what the desk refuses.
    """
    paper = _held(paper)
    if paper.turns_on:
        raise TurnsByItself(number=paper.number, day=format_date(paper.turns_on))
    if amount != paper.amount:
        raise BilledOtherwise(
            number=paper.number,
            booked=format_rupiah(paper.amount),
            amount=format_rupiah(amount),
        )
    paid = pay_cash(
        cooperative=paper.cooperative,
        purpose="accrued_bill",
        amount=paper.amount,
        place=place,
        memo=f"{paper.memo} ({paper.number})"[:160],
        on=on,
        actor=actor,
        counterparty=paper.counterparty,
    )
    paper.payment = paid
    paper.save(update_fields=["payment"])
    return paid


@transaction.atomic
def correct_accrual(
    *,
    paper: Accrual,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Accrual | None:
    """Take an accrual and its turning back, each in its own month while that is open, and write anew.

    Raises PaidAlready while a payment stands on it.
    """
    paper = lock(paper, reason=reason)
    paper = _held(paper)
    house = paper.cooperative
    reverse_on_its_day(paper, TURNED, reason=reason, actor=actor)
    reverse_on_its_day(paper, ACCRUAL, reason=reason, actor=actor)
    made = None
    if replacement is not None and paper.turns_on:
        made = accrue(cooperative=house, on=on, actor=actor, **replacement)
    elif replacement is not None:
        day = selectors.open_day(cooperative=house, day=paper.on)
        made = owe(cooperative=house, on=day, actor=actor, **replacement)
    mark(paper, reason=reason, successor=made, actor=actor)
    return made


def _held(paper: Accrual) -> Accrual:
    """The paper, locked; PaidAlready while its payment stands."""
    held = (
        Accrual.objects.select_for_update(of=("self",))
        .select_related("cooperative", "account", "payment")
        .get(pk=paper.pk)
    )
    if held.payment and held.payment.state == "posted":
        raise PaidAlready(number=held.number, paper=held.payment.number)
    return held
