"""Whose money pays a round, beside deposits: promises, shares, a buyer, a lender, our own cash."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.kernel.money import format_rupiah
from canting.rounds import selectors
from canting.rounds.errors import BadAmount, FundUsed, MoreThanLeft, NoSuchPaper, PaperNeeded
from canting.rounds.models import Fund, Round
from canting.rounds.rules import FundKind, FundState
from canting.rounds.services.common import check_reason, check_state, told
from canting.rounds.services.deposits import TAKES_MONEY
from canting.sales import selectors as sales
from canting.sales.rules import PaperState as SalesState
from canting.sales.rules import PaymentKind
from canting.savings import services as savings
from canting.savings.rules import SavingsKind

if TYPE_CHECKING:
    from canting.cooperatives.models import Party, User
    from canting.members.models import Member


def _write(
    found: Round,
    *,
    kind: str,
    amount: int,
    on: date,
    actor: User,
    party: Party | None = None,
    paper: str = "",
    note: str = "",
) -> Fund:
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))
    made = Fund.objects.create(
        round=found,
        cooperative=found.cooperative,
        kind=kind,
        party=party,
        amount=amount,
        paper=paper[:40],
        note=note[:200],
        on=on,
        made_by=actor,
        made_at=timezone.now(),
    )
    facts = {"kind": str(kind), "amount": amount, "paper": paper}
    told(found, "money_noted", actor, on=on, for_party=party, **facts)
    return made


def _open(found: Round) -> Round:
    found = selectors.lock_round(found)
    check_state(found, TAKES_MONEY)
    return found


@transaction.atomic
def pledge(
    *, found: Round, member: Member, amount: int, on: date, actor: User, note: str = ""
) -> Fund:
    """Note what a member promises to bring; a promise, so nothing is posted.

    Raises WrongState, BadAmount.
    """
    found = _open(found)
    return _write(
        found,
        kind=FundKind.PLEDGE,
        party=member.party,
        amount=amount,
        on=on,
        actor=actor,
        note=note,
    )


@transaction.atomic
def take_extra_share(
    *, found: Round, member: Member, amount: int, cash_place: str, on: date, actor: User
) -> Fund:
    """Take a regular share (simpanan wajib) beyond the month's, meant for this round.

    It is her capital and stays it (UU 25/1992 art. 41), whatever becomes of the round; posted as
    `shares_in` by savings. Raises WrongState and what a deposit there raises.
    """
    found = _open(found)
    made = savings.deposit(
        cooperative=found.cooperative,
        member=member,
        kind=SavingsKind.REGULAR_SHARE,
        amount=amount,
        cash_place=cash_place,
        on=on,
        actor=actor,
    )
    return _write(
        found,
        kind=FundKind.EXTRA_SHARE,
        party=member.party,
        amount=amount,
        on=on,
        actor=actor,
        paper=made.number,
    )


@transaction.atomic
def link_down_payment(*, found: Round, number: str, on: date, actor: User, amount: int = 0) -> Fund:
    """Name a buyer's down payment as money of this round; the sales paper stays what it is.

    All of it that no other round names, or this amount. Raises WrongState, NoSuchPaper, MoreThanLeft.
    """
    found = _open(found)
    payment = sales.payment_by_number(cooperative=found.cooperative, number=number.strip())
    if (
        payment is None
        or payment.kind != PaymentKind.DOWN_PAYMENT
        or payment.state != SalesState.POSTED
    ):
        raise NoSuchPaper(number=number.strip() or "–")
    left = payment.amount - selectors.linked_to(cooperative=found.cooperative, paper=payment.number)
    if left <= 0 or amount > left:
        raise MoreThanLeft(
            name=payment.number, left=format_rupiah(left), amount=format_rupiah(amount or left)
        )
    return _write(
        found,
        kind=FundKind.DOWN_PAYMENT,
        party=payment.buyer.party,
        amount=amount or left,
        on=on,
        actor=actor,
        paper=payment.number,
    )


@transaction.atomic
def link_facility(
    *,
    found: Round,
    financier: Party | None,
    name: str,
    contract: str,
    amount: int,
    on: date,
    actor: User,
) -> Fund:
    """Name a lender's money for this round by its contract; the loan itself is booked where it is kept.

    Raises WrongState, PaperNeeded without a contract, BadAmount.
    """
    found = _open(found)
    if not contract.strip():
        raise PaperNeeded()
    return _write(
        found,
        kind=FundKind.FACILITY,
        party=financier,
        amount=amount,
        on=on,
        actor=actor,
        paper=contract.strip(),
        note=name.strip(),
    )


@transaction.atomic
def set_own_money(*, found: Round, amount: int, on: date, actor: User, note: str = "") -> Fund:
    """Set aside so much of the cooperative's own cash for this round; nothing is posted.

    Raises WrongState, BadAmount.
    """
    found = _open(found)
    return _write(found, kind=FundKind.OWN, amount=amount, on=on, actor=actor, note=note)


@transaction.atomic
def withdraw_fund(*, fund: Fund, reason: str, on: date, actor: User) -> Fund:
    """Take a promise or a link to money back; papers elsewhere stay as they are.

    A deposit has a receipt and is put right there (FundUsed). Raises ReasonNeeded, WrongState; a
    second time does nothing.
    """
    reason = check_reason(reason)
    found = _open(fund.round)
    fund = Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    if fund.state == FundState.WITHDRAWN:
        return fund
    if fund.kind == FundKind.DEPOSIT:
        raise FundUsed(used=format_rupiah(fund.amount), number=fund.paper)
    fund.state, fund.reason = FundState.WITHDRAWN.value, reason
    fund.save(update_fields=["state", "reason"])
    facts = {"kind": fund.kind, "reason": reason}
    told(found, "money_withdrawn", actor, on=on, for_party=fund.party, **facts)
    return fund
