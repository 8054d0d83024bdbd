"""Money from and to partners: drawn, paid back, interest booked as a debt; and put right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger.rules import credit, debit, nonzero
from canting.lending import selectors
from canting.lending.errors import (
    DrawnTooLate,
    NotApproved,
    NothingPaid,
    NothingToAccrue,
    NotInTheBooks,
    NotOver,
    OverLimit,
    PaidOff,
    PaidTooEarly,
    PassesThrough,
    SomethingFollows,
    TooMuchPrincipal,
)
from canting.lending.models import Accrual, Draw, Facility, Repayment
from canting.lending.rules import (
    ACCRUAL,
    ACCRUAL_SERIES,
    AGENT,
    APPROVED,
    DRAW,
    DRAW_SERIES,
    REPAYMENT,
    REPAYMENT_SERIES,
)
from canting.lending.services.common import (
    check_amount,
    lock_to_correct,
    mark,
    post,
    reverse,
    tell,
    write,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.lending.selectors import FacilityStand


@transaction.atomic
def draw(
    *,
    facility: Facility,
    amount: int,
    on: date,
    actor: User,
    place: str = "",
    reference: str = "",
) -> Draw:
    """Receive money of an approved contract into a cash place; number CM.

    Posts `facility_draw`: D the place, K what the partner is owed; where it only passes through
    `onlend_agent_in` (posting.md 2.7). Without a place it was owed already when these books began:
    nothing is posted, and the books must hold it. Raises NotApproved, OverLimit, DrawnTooLate,
    NotInTheBooks, UnknownPlace.
    """
    check_amount(amount)
    facility = selectors.lock(facility)
    _check_draw(facility, amount, on)
    if place:
        cash.place_name(cooperative=facility.cooperative, place=place)
    else:
        _require_unwritten(facility, amount)
    paper = write(
        Draw,
        series=DRAW_SERIES,
        actor=actor,
        cooperative=facility.cooperative,
        on=on,
        facility=facility,
        amount=amount,
        place=place,
        reference=reference.strip()[:80],
    )
    partner = facility.financier.party
    if place:
        post(
            paper,
            source=DRAW,
            kind="onlend_agent_in" if facility.mode == AGENT else "facility_draw",
            memo=f"{partner.name} {facility.contract}",
            lines=[debit(place, amount), credit(facility.role, amount, partner)],
            actor=actor,
        )
    tell(paper, act="drawn", actor=actor, amount=amount, contract=facility.contract)
    return paper


def _check_draw(facility: Facility, amount: int, on: date) -> None:
    if facility.state != APPROVED:
        raise NotApproved(number=facility.number)
    last = facility.terms.last_due
    if on >= last:
        last_day = format_date(last)
        raise DrawnTooLate(number=facility.number, last=last_day, on=format_date(on))
    left = selectors.facility_stand(facility).undrawn
    if amount > left:
        raise OverLimit(
            number=facility.number, left=format_rupiah(left), amount=format_rupiah(amount)
        )


def _require_unwritten(facility: Facility, amount: int) -> None:
    party = facility.financier.party
    left = selectors.unwritten_of(cooperative=facility.cooperative, role=facility.role, party=party)
    if amount > left:
        raise NotInTheBooks(
            left=format_rupiah(max(left, 0)), name=party.name, amount=format_rupiah(amount)
        )


@transaction.atomic
def correct_draw(
    *,
    paper: Draw,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Draw | None:
    """Put a draw right. Raises SomethingFollows when what is left is repaid or passed on."""
    paper = lock_to_correct(paper, reason=reason)
    facility = selectors.lock(paper.facility)
    reverse(paper, DRAW, on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        made = draw(facility=facility, actor=actor, **replacement)
    stand = selectors.facility_stand(facility)
    if stand.owed < 0 or stand.free < 0:
        follower = _last_user(facility)
        raise SomethingFollows(number=paper.number, follower=follower)
    if paper.place:
        cash.require_cash(
            cooperative=paper.cooperative, place=paper.place, amount=0, on=min(on, paper.on)
        )
    mark(paper, reason=reason, successor=made, actor=actor)
    return made


def _last_user(facility: Facility) -> str:
    """The newest paper that used the money of a contract."""
    paid = selectors.repayments_of(facility).filter(state="posted").last()
    given = selectors.onlends(cooperative=facility.cooperative, facility=facility)
    passed = given.filter(state="paid").first()
    found = [one.number for one in (passed, paid) if one is not None]
    return found[0] if found else facility.number


@transaction.atomic
def repay(
    *,
    facility: Facility,
    principal: int,
    interest: int,
    place: str,
    on: date,
    actor: User,
    reference: str = "",
) -> Repayment:
    """Pay a partner out of a cash place that holds enough; number AM.

    Posts `facility_repaid`: D what is owed, D interest (first what was booked as a debt before),
    K the place (posting.md 2.7). Raises PaidOff, TooMuchPrincipal, NothingPaid, PaidTooEarly,
    PassesThrough, NotEnoughCash.
    """
    if principal < 0 or interest < 0 or not principal + interest:
        raise NothingPaid()
    facility = selectors.lock(facility)
    stand = selectors.facility_stand(facility)
    _check_repayment(stand, principal, on)
    cash.require_cash(
        cooperative=facility.cooperative, place=place, amount=principal + interest, on=on
    )
    paper = write(
        Repayment,
        series=REPAYMENT_SERIES,
        actor=actor,
        cooperative=facility.cooperative,
        on=on,
        facility=facility,
        principal=principal,
        interest=interest,
        accrued=min(interest, stand.accrued),
        place=place,
        reference=reference.strip()[:80],
    )
    partner = facility.financier.party
    post(
        paper,
        source=REPAYMENT,
        kind="facility_repaid",
        memo=f"{partner.name} {facility.contract}",
        lines=nonzero(
            debit(facility.role, principal, partner),
            debit("interest_payable", paper.accrued),
            debit("interest_expense", interest - paper.accrued),
            credit(place, paper.total),
        ),
        actor=actor,
    )
    tell(paper, act="repaid", actor=actor, amount=paper.total, contract=facility.contract)
    return paper


def _check_repayment(stand: FacilityStand, principal: int, on: date) -> None:
    facility = stand.facility
    if facility.mode == AGENT:
        raise PassesThrough(number=facility.number)
    if stand.since is None or on < stand.since:
        since = format_date(stand.since or facility.on)
        raise PaidTooEarly(number=facility.number, since=since, on=format_date(on))
    if not stand.owed and not stand.accrued:
        raise PaidOff(number=facility.number)
    if principal > stand.owed:
        raise TooMuchPrincipal(
            number=facility.number,
            left=format_rupiah(stand.owed),
            amount=format_rupiah(principal),
        )


@transaction.atomic
def correct_repayment(
    *,
    paper: Repayment,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Repayment | None:
    """Put a payment to a partner right: it is reversed, and the right one written."""
    paper = lock_to_correct(paper, reason=reason)
    facility = selectors.lock(paper.facility)
    reverse(paper, REPAYMENT, on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        made = repay(facility=facility, actor=actor, **replacement)
    mark(paper, reason=reason, successor=made, actor=actor)
    return made


@transaction.atomic
def accrue(*, cooperative: Cooperative, until: date, on: date, actor: User) -> list[Accrual]:
    """Book the interest that every facility earned by a day and that is not paid; number BT each.

    Posts `interest_accrued`: D interest, K interest payable (posting.md 2.7), on that day; the
    payment that follows takes it back. Raises NotOver, NothingToAccrue.
    """
    if until > on:
        raise NotOver(until=format_date(until))
    made = []
    for found in selectors.running_facilities(cooperative=cooperative):
        facility = selectors.lock(found.facility)
        amount = selectors.to_accrue(selectors.facility_stand(facility), until=until)
        if amount:
            made.append(_accrue_one(facility, amount, until, actor))
    if not made:
        raise NothingToAccrue(until=format_date(until))
    return made


def _accrue_one(facility: Facility, amount: int, until: date, actor: User) -> Accrual:
    paper = write(
        Accrual,
        series=ACCRUAL_SERIES,
        actor=actor,
        cooperative=facility.cooperative,
        on=until,
        facility=facility,
        amount=amount,
    )
    memo = _("Interest of %(name)s up to %(until)s") % {
        "name": facility.financier.party.name,
        "until": format_date(until),
    }
    post(
        paper,
        source=ACCRUAL,
        kind="interest_accrued",
        memo=memo,
        lines=[debit("interest_expense", amount), credit("interest_payable", amount)],
        actor=actor,
    )
    tell(paper, act="accrued", actor=actor, amount=amount, until=str(until))
    return paper


@transaction.atomic
def cancel_accrual(*, paper: Accrual, reason: str, on: date, actor: User) -> None:
    """Take interest booked as a debt back. Raises SomethingFollows once a payment took it."""
    paper = lock_to_correct(paper, reason=reason)
    facility = selectors.lock(paper.facility)
    reverse(paper, ACCRUAL, on=on, reason=reason, actor=actor)
    if selectors.facility_stand(facility).accrued < 0:
        raise SomethingFollows(number=paper.number, follower=_last_user(facility))
    mark(paper, reason=reason, successor=None, actor=actor)
