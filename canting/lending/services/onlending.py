"""Partner funds passed on to members: agreed, approved, handed over, paid back, put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cash import selectors as cash
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger.rules import BusinessClass, Line, credit, debit, nonzero
from canting.lending import selectors
from canting.lending.errors import (
    AlreadyHandedOver,
    AlreadyReversed,
    FeeTooHigh,
    MoreThanApproved,
    MoreThanDrawn,
    NotAMember,
    NotApproved,
    NothingPaid,
    NotInTheBooks,
    PaidOff,
    PaidTooEarly,
    PassesThrough,
    SomethingFollows,
    TooMuchInterest,
    TooMuchPrincipal,
)
from canting.lending.models import Deducted, Facility, Onlend, OnlendInstalment
from canting.lending.rules import (
    AGENT,
    APPROVED,
    INSTALMENT,
    INSTALMENT_SERIES,
    ONLEND,
    ONLEND_SERIES,
    PAID,
    PASSED_ON,
    PREPARED,
    REVERSED,
    Terms,
)
from canting.lending.services.common import (
    approve,
    check_amount,
    check_terms,
    lock_to_correct,
    mark,
    post,
    reverse,
    tell,
    write,
)
from canting.members import selectors as members

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User
    from canting.lending.selectors import OnlendStand
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is agreed with a member; amounts in whole rupiah, the fee kept at the handing over."""

    amount: int
    terms: Terms
    fee: int = 0
    agreement: str = ""


@transaction.atomic
def prepare_onlend(
    *, facility: Facility, member: Member, deal: Agreement, on: date, actor: User
) -> Onlend:
    """Write an agreement to pass funds on to a member; number PD. It waits for the board.

    Raises NotApproved, NotAMember, IsLeaving, MoreThanDrawn, BadAmount, BadTerms, FeeTooHigh.
    """
    check_amount(deal.amount)
    check_terms(deal.terms, on=on)
    _check_fee(deal.fee, deal.amount)
    facility = selectors.lock(facility)
    if facility.state != APPROVED:
        raise NotApproved(number=facility.number)
    active = members.active_members(cooperative=facility.cooperative)
    if not active.filter(pk=member.pk).exists():
        raise NotAMember(name=member.party.name)
    members.require_staying(member)
    _require_free(facility, deal.amount)
    made = write(
        Onlend,
        series=ONLEND_SERIES,
        actor=actor,
        cooperative=facility.cooperative,
        on=on,
        facility=facility,
        member=member,
        amount=deal.amount,
        fee=deal.fee,
        agreement=deal.agreement.strip()[:60],
        **deal.terms._asdict(),
    )
    tell(
        made,
        act="onlend_prepared",
        actor=actor,
        for_party=member.party,
        amount=made.amount,
        contract=facility.contract,
    )
    return made


def _check_fee(fee: int, amount: int) -> None:
    if not 0 <= fee < amount:
        raise FeeTooHigh(fee=format_rupiah(fee), amount=format_rupiah(amount))


def _require_free(facility: Facility, amount: int) -> None:
    """Refuse to pass on more than is drawn and not passed on (MoreThanDrawn)."""
    free = selectors.facility_stand(facility).free
    if amount > free:
        raise MoreThanDrawn(
            number=facility.number, left=format_rupiah(free), amount=format_rupiah(amount)
        )


@transaction.atomic
def approve_onlend(*, onlend: Onlend, on: date, actor: User, decision: str = "") -> Onlend:
    """Approve a prepared agreement; only then money leaves. Raises SamePerson, AlreadyApproved."""
    onlend = approve(selectors.lock(onlend), on=on, actor=actor, decision=decision)
    party = onlend.member.party
    tell(onlend, act="onlend_approved", actor=actor, for_party=party, decision=onlend.decision)
    return onlend


@transaction.atomic
def pay_out(*, onlend: Onlend, on: date, actor: User, place: str = "") -> Onlend:
    """Hand the money of an approved agreement to the member out of a cash place.

    Posts `onlend`: D what she owes, K the place, K service fee kept (posting.md 2.7); where it only
    passes through `onlend_agent_out`: D what is held for the partner, K the place. Without a place
    she had it already when these books began. Raises NotApproved, AlreadyHandedOver, IsLeaving,
    MoreThanDrawn, NotInTheBooks, NotEnoughCash.
    """
    facility = selectors.lock(onlend.facility)
    onlend = selectors.lock(onlend)
    _check_pay_out(onlend, on)
    members.require_staying(onlend.member)
    _require_free(facility, onlend.amount)
    if place:
        cash.require_cash(cooperative=onlend.cooperative, place=place, amount=onlend.handed, on=on)
    else:
        _require_unwritten(onlend, facility)
    onlend.state, onlend.paid_on, onlend.place = PAID, on, place
    onlend.save(update_fields=["state", "paid_on", "place"])
    member = onlend.member.party
    if place:
        post(
            onlend,
            source=ONLEND,
            kind="onlend_agent_out" if facility.mode == AGENT else "onlend",
            memo=f"{member.name} {facility.contract}",
            lines=_pay_out_lines(onlend, facility),
            actor=actor,
            on=on,
        )
    tell(onlend, act="passed_on", actor=actor, for_party=member, amount=onlend.amount)
    return onlend


def _check_pay_out(onlend: Onlend, on: date) -> None:
    if onlend.state == REVERSED:
        raise AlreadyReversed(number=onlend.number)
    if onlend.state == PREPARED:
        raise NotApproved(number=onlend.number)
    if onlend.paid_on is not None:
        raise AlreadyHandedOver(number=onlend.number, on=format_date(onlend.paid_on))
    check_terms(onlend.terms, on=on)


def _require_unwritten(onlend: Onlend, facility: Facility) -> None:
    party = onlend.member.party
    left = selectors.unwritten_of(cooperative=onlend.cooperative, role=PASSED_ON, party=party)
    if facility.mode == AGENT or onlend.amount > left:
        raise NotInTheBooks(
            left=format_rupiah(max(left, 0)),
            name=party.name,
            amount=format_rupiah(onlend.amount),
        )


def _pay_out_lines(onlend: Onlend, facility: Facility) -> list[Line]:
    member = onlend.member.party
    owed = (
        debit(facility.role, onlend.amount, facility.financier.party)
        if facility.mode == AGENT
        else debit(PASSED_ON, onlend.amount, member)
    )
    fee = credit("service_member", onlend.fee, business=BusinessClass.MEMBER)
    return nonzero(owed, credit(onlend.place, onlend.handed), fee)


@transaction.atomic
def correct_onlend(
    *,
    onlend: Onlend,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Onlend | None:
    """Put an agreement right before anything is paid back of it.

    `replacement` holds amount, fee, agreement and, when it was handed over, the day and the cash
    place. What the board approved stays approved up to its amount. Raises SomethingFollows,
    MoreThanApproved.
    """
    onlend = lock_to_correct(onlend, reason=reason)
    if follower := selectors.follower_of_onlend(onlend):
        raise SomethingFollows(number=onlend.number, follower=follower)
    before, handed = onlend.state, onlend.place
    reverse(onlend, ONLEND, on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        made = _write_again(onlend, before, actor, dict(replacement))
    if handed:
        cash.require_cash(cooperative=onlend.cooperative, place=handed, amount=0, on=on)
    mark(onlend, reason=reason, successor=made, actor=actor)
    return made


def _write_again(onlend: Onlend, state: str, actor: User, facts: dict[str, Any]) -> Onlend:
    """The same agreement with another amount, fee or number; approved and handed over as it was."""
    amount = facts["amount"]
    if state != PREPARED and amount > onlend.amount:
        raise MoreThanApproved(approved=format_rupiah(onlend.amount), amount=format_rupiah(amount))
    made = prepare_onlend(
        facility=onlend.facility,
        member=onlend.member,
        deal=Agreement(amount, onlend.terms, facts["fee"], facts["agreement"]),
        on=onlend.on,
        actor=actor,
    )
    if state == PREPARED:
        return made
    made.state = APPROVED
    made.approved_by, made.approved_on = onlend.approved_by, onlend.approved_on
    made.decision = onlend.decision
    made.save(update_fields=["state", "approved_by", "approved_on", "decision"])
    if state != PAID:
        return made
    return pay_out(onlend=made, on=facts["on"], place=facts["place"], actor=actor)


@transaction.atomic
def receive_instalment(
    *, onlend: Onlend, principal: int, fee: int, place: str, on: date, actor: User
) -> OnlendInstalment:
    """Receive what a member pays back, into a cash place; number AP.

    Posts `onlend_repaid`: D the place, K what she owes, K service fee (posting.md 2.7). Early is
    welcome: with all the principal it is paid off, and the fee of later instalments is not owed.
    Raises PaidOff, TooMuchPrincipal, TooMuchInterest, NothingPaid, PaidTooEarly, PassesThrough.
    """
    if principal < 0 or fee < 0 or not principal + fee:
        raise NothingPaid()
    onlend = selectors.lock(onlend)
    _check_instalment(selectors.onlend_stand(onlend), principal, fee, on)
    cash.place_name(cooperative=onlend.cooperative, place=place)
    paper = write(
        OnlendInstalment,
        series=INSTALMENT_SERIES,
        actor=actor,
        cooperative=onlend.cooperative,
        on=on,
        onlend=onlend,
        principal=principal,
        fee=fee,
        place=place,
    )
    member = onlend.member.party
    post(
        paper,
        source=INSTALMENT,
        kind="onlend_repaid",
        memo=f"{member.name} {onlend.number}",
        lines=nonzero(
            debit(place, paper.total),
            credit(PASSED_ON, principal, member),
            credit("service_member", fee, business=BusinessClass.MEMBER),
        ),
        actor=actor,
    )
    tell(paper, act="received", actor=actor, for_party=member, amount=paper.total)
    return paper


def _check_instalment(stand: OnlendStand, principal: int, fee: int, on: date) -> None:
    onlend = stand.onlend
    number = {"number": onlend.number}
    if onlend.facility.mode == AGENT:
        raise PassesThrough(number=onlend.facility.number)
    if onlend.state != PAID:
        raise NotApproved(**number)
    since = onlend.paid_on or onlend.on
    if on < since:
        raise PaidTooEarly(**number, since=format_date(since), on=format_date(on))
    if not stand.left:
        raise PaidOff(**number)
    if principal > stand.left:
        left = format_rupiah(stand.left)
        raise TooMuchPrincipal(**number, left=left, amount=format_rupiah(principal))
    if fee > stand.charge_left:
        left = format_rupiah(stand.charge_left)
        raise TooMuchInterest(**number, left=left, amount=format_rupiah(fee))


@transaction.atomic
def correct_instalment(
    *,
    paper: OnlendInstalment,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> OnlendInstalment | None:
    """Put a payment of a member right: it is reversed, and the right one written."""
    paper = lock_to_correct(paper, reason=reason)
    onlend = selectors.lock(paper.onlend)
    reverse(paper, INSTALMENT, on=on, reason=reason, actor=actor)
    made = None
    if replacement is not None:
        made = receive_instalment(onlend=onlend, actor=actor, **replacement)
    cash.require_cash(
        cooperative=paper.cooperative, place=paper.place, amount=0, on=min(on, paper.on)
    )
    mark(paper, reason=reason, successor=made, actor=actor)
    return made


def note_deducted(
    *,
    cooperative: Cooperative,
    party: Party,
    amount: int,
    source: str,
    paper: str,
    on: date,
) -> None:
    """Note principal that was kept from a maker's pay: on her oldest agreement first.

    The slip posted it already; what belongs to no agreement (from the old book) is noted nowhere.
    """
    found = sorted(
        selectors.onlends_of(cooperative=cooperative, party_id=party.pk),
        key=lambda one: (one.since or on, one.onlend.pk),
    )
    for one in found:
        part = min(one.left, amount)
        if part <= 0:
            continue
        Deducted.objects.create(
            cooperative=cooperative,
            onlend=one.onlend,
            source=source,
            paper=paper,
            on=on,
            amount=part,
        )
        amount -= part


def forget_deducted(*, cooperative: Cooperative, source: str) -> None:
    """The slip that kept it was put right: it is open again."""
    found = Deducted.objects.filter(cooperative=cooperative, source=source, undone=False)
    found.update(undone=True)
