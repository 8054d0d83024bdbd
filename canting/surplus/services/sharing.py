"""A decision of the meeting about a year: prepared by one, signed and booked by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cooperatives.services import next_number
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.errors import ReasonNeeded
from canting.ledger.rules import Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entry, reverse_source
from canting.surplus import selectors
from canting.surplus.errors import (
    AlreadyReversed,
    AlreadyShared,
    CoverNothing,
    CoverTooMuch,
    DecisionNeeded,
    FiguresChanged,
    MeetingTooEarly,
    NoLoss,
    NotPrepared,
    ReserveTooSmall,
    SamePerson,
    SomethingFollows,
    YearNotClosed,
)
from canting.surplus.models import Part, Pool, Sharing
from canting.surplus.rules import (
    COVER_KIND,
    LOSS,
    MEMBERS_POOLS,
    PAYABLE,
    POOL_ROLES,
    POSTED,
    PREPARED,
    RESERVES,
    REVERSED,
    SERIES,
    SHARE,
    SHARING,
    SPLIT_KIND,
    UNSHARED,
    WITHDRAWN,
)
from canting.surplus.services.common import tell
from canting.surplus.statements import reckoning

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@dataclass(frozen=True, slots=True)
class Decision:
    """What the minutes of the meeting say: their number and the day."""

    number: str
    day: date


@transaction.atomic
def prepare_sharing(
    *,
    cooperative: Cooperative,
    year: int,
    decision: Decision,
    on: date,
    actor: User,
    percents: Mapping[str, Decimal] | None = None,
    patronage: Mapping[int, int] | None = None,
    others_surplus: int = 0,
) -> Sharing:
    """Write down how the meeting shares a closed year's surplus; someone of the board signs it.

    Percentages are those in force unless the meeting chose its own; nothing is posted yet. Raises
    all that `reckoning` raises, and DecisionNeeded or MeetingTooEarly.
    """
    ledger.lock_book(cooperative=cooperative)
    _check_decision(decision, year, on)
    found = reckoning(
        cooperative=cooperative,
        year=year,
        percents=percents,
        patronage=patronage,
        others_surplus=others_surplus,
    )
    made = _write(
        cooperative,
        SHARE,
        year,
        found.surplus,
        decision,
        on,
        actor,
        others_surplus=found.others_surplus,
        others_to=found.others_to,
        from_old_book=found.from_old_book,
    )
    Pool.objects.bulk_create(
        Pool(sharing=made, place=place, key=key, percent=found.percents[key], amount=amount)
        for place, (key, amount) in enumerate(found.proposal.pools.items())
    )
    Part.objects.bulk_create(
        Part(
            sharing=made,
            party_id=party,
            capital=part.capital,
            patronage=part.patronage,
            by_capital=part.by_capital,
            by_patronage=part.by_patronage,
        )
        for party, part in found.proposal.members.items()
    )
    return made


@transaction.atomic
def prepare_cover(
    *,
    cooperative: Cooperative,
    year: int,
    amounts: Mapping[str, int],
    decision: Decision,
    on: date,
    actor: User,
) -> Sharing:
    """Write down what the meeting covers of a year's loss from the reserves; the rest is carried.

    `amounts` by reserve, whole rupiah (posting.md 2.8: general reserve, then risk reserve). Raises
    YearNotClosed, NoLoss, AlreadyShared, CoverNothing, CoverTooMuch, ReserveTooSmall.
    """
    ledger.lock_book(cooperative=cooperative)
    _check_decision(decision, year, on)
    _check_cover(cooperative, year, amounts)
    made = _write(cooperative, LOSS, year, sum(amounts.values()), decision, on, actor)
    Pool.objects.bulk_create(
        Pool(sharing=made, place=place, key=role, amount=amounts.get(role, 0))
        for place, role in enumerate(RESERVES)
    )
    return made


def _check_cover(cooperative: Cooperative, year: int, amounts: Mapping[str, int]) -> None:
    standing = selectors.standing_of_year(cooperative=cooperative, year=year)
    if not standing.is_closed:
        raise YearNotClosed(year=year)
    if standing.surplus >= 0:
        raise NoLoss(year=year)
    if standing.waiting is not None:
        raise AlreadyShared(year=year, number=standing.waiting.number)
    _check_amounts(cooperative, year, amounts, standing.loss_left)


def _check_amounts(
    cooperative: Cooperative, year: int, amounts: Mapping[str, int], loss: int
) -> None:
    total = sum(amounts.values())
    if total <= 0 or any(amount < 0 for amount in amounts.values()):
        raise CoverNothing()
    if total > loss:
        raise CoverTooMuch(year=year, loss=format_rupiah(loss), amount=format_rupiah(total))
    there = selectors.reserves(cooperative=cooperative)
    for role, amount in amounts.items():
        if amount > there[role]:
            raise ReserveTooSmall(
                reserve=_(RESERVES[role]),
                left=format_rupiah(there[role]),
                amount=format_rupiah(amount),
            )


def _check_decision(decision: Decision, year: int, on: date) -> None:
    if not decision.number.strip():
        raise DecisionNeeded()
    if not year < decision.day.year or decision.day > on:
        raise MeetingTooEarly(day=format_date(decision.day), year=year)


def _write(
    cooperative: Cooperative,
    kind: str,
    year: int,
    amount: int,
    decision: Decision,
    on: date,
    actor: User,
    *,
    others_surplus: int = 0,
    others_to: str = "",
    from_old_book: bool = False,
) -> Sharing:
    made = Sharing.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=SERIES, on=on),
        kind=kind,
        year=year,
        surplus=amount,
        others_surplus=others_surplus,
        others_to=others_to,
        from_old_book=from_old_book,
        decision=decision.number.strip()[:80],
        meeting_date=decision.day,
        made_by=actor,
        made_at=timezone.now(),
    )
    tell(made, act="prepared", actor=actor, year=year, amount=amount, decision=made.decision)
    return made


@transaction.atomic
def approve_sharing(*, sharing: Sharing, on: date, actor: User) -> Sharing:
    """Sign a prepared decision as the second person and book it in one entry; twice books once.

    Posts `surplus_split` or `shu_loss_covered` (posting.md 2.8). Raises SamePerson, NotPrepared,
    FiguresChanged when the year was opened again since, ReserveTooSmall.
    """
    cooperative = sharing.cooperative
    ledger.lock_book(cooperative=cooperative)
    held = selectors.lock_sharing(sharing=sharing)
    if held.state == POSTED:
        return held
    if held.state != PREPARED:
        raise NotPrepared(number=held.number)
    if held.made_by_id == actor.pk:
        raise SamePerson(name=str(actor), number=held.number)
    _check_unchanged(held)
    held.state, held.on = POSTED, on
    held.approved_by, held.approved_at = actor, timezone.now()
    held.save(update_fields=["state", "on", "approved_by", "approved_at"])
    tell(held, act="approved", actor=actor, year=held.year, amount=held.surplus)
    post_entry(cooperative=cooperative, draft=_draft(held, on), actor=actor)
    return held


def _check_unchanged(held: Sharing) -> None:
    cooperative = held.cooperative
    standing = selectors.standing_of_year(cooperative=cooperative, year=held.year)
    if not standing.is_closed:
        raise YearNotClosed(year=held.year)
    if held.kind == LOSS:
        amounts = {pool.key: pool.amount for pool in selectors.pools(sharing=held)}
        _check_amounts(cooperative, held.year, amounts, standing.loss_left)
        return
    now = min(standing.surplus, selectors.unshared(cooperative=cooperative))
    if now != held.surplus:
        raise FiguresChanged(
            year=held.year,
            now=format_rupiah(now),
            then=format_rupiah(held.surplus),
            number=held.number,
        )


def _draft(held: Sharing, on: date) -> Draft:
    shared = held.kind == SHARE
    memo = (
        _("Surplus of %(year)s shared: %(decision)s")
        if shared
        else _("Loss of %(year)s covered: %(decision)s")
    )
    return Draft(
        source=f"{SHARING}:{held.number}",
        entry_date=on,
        own_date=held.meeting_date,
        kind=SPLIT_KIND if shared else COVER_KIND,
        memo=memo % {"year": held.year, "decision": held.decision},
        lines=_shared_lines(held) if shared else _covered_lines(held),
        paper=held.number,
    )


def _shared_lines(held: Sharing) -> list[Line]:
    """D the unshared surplus / K each pool; the members' pools as each one's own payable."""
    lines = [debit(UNSHARED, held.surplus)]
    for pool in selectors.pools(sharing=held):
        if pool.key not in MEMBERS_POOLS:
            lines.append(credit(POOL_ROLES[pool.key], pool.amount))
    lines += [credit(PAYABLE, part.total, part.party) for part in selectors.parts(sharing=held)]
    return nonzero(*lines)


def _covered_lines(held: Sharing) -> list[Line]:
    """D each reserve / K the loss of past years."""
    lines = [debit(pool.key, pool.amount) for pool in selectors.pools(sharing=held)]
    return [*nonzero(*lines), credit(UNSHARED, held.surplus)]


@transaction.atomic
def withdraw_sharing(*, sharing: Sharing, reason: str, actor: User) -> Sharing:
    """Take a decision back that nobody signed yet; nothing was posted. Raises NotPrepared."""
    if not reason.strip():
        raise ReasonNeeded()
    held = selectors.lock_sharing(sharing=sharing)
    if held.state != PREPARED:
        raise NotPrepared(number=held.number)
    held.state, held.reason = WITHDRAWN, reason.strip()[:200]
    held.save(update_fields=["state", "reason"])
    tell(held, act="withdrawn", actor=actor, reason=held.reason)
    return held


@transaction.atomic
def correct_sharing(*, sharing: Sharing, reason: str, on: date, actor: User) -> Sharing:
    """Undo a booked decision: its entry is reversed, and the year can be decided about anew.

    Raises AlreadyReversed, NotPrepared, and SomethingFollows while a part is paid or a fund spent.
    """
    if not reason.strip():
        raise ReasonNeeded()
    # Who pays a part or spends a fund holds these first, and the book last.
    for role in (PAYABLE, *POOL_ROLES.values()):
        ledger.lock_account(cooperative=sharing.cooperative, role=role)
    held = selectors.lock_sharing(sharing=sharing)
    if held.state in (REVERSED, WITHDRAWN):
        raise AlreadyReversed(number=held.number)
    if held.state != POSTED:
        raise NotPrepared(number=held.number)
    if held.kind == SHARE:
        _check_still_there(held)
    held.state, held.reason = REVERSED, reason.strip()[:200]
    held.save(update_fields=["state", "reason"])
    tell(held, act="corrected", actor=actor, reason=held.reason)
    source = f"{SHARING}:{held.number}"
    reverse_source(cooperative=held.cooperative, source=source, on=on, reason=reason, actor=actor)
    return held


def _check_still_there(held: Sharing) -> None:
    """Every part and every pool is still there whole: nobody was paid, nothing was spent."""
    cooperative = held.cooperative
    parts = [part for part in selectors.parts(sharing=held) if part.total]
    ids = [part.party_id for part in parts]
    rows = selectors.open_parts(cooperative=cooperative, party_ids=ids)
    left = {row.party_id: row.amount for row in rows}
    for part in parts:
        if left.get(part.party_id, 0) < part.total:
            _refuse(held, part.party.name, left.get(part.party_id, 0), part.total)
    pools = [pool for pool in selectors.pools(sharing=held) if pool.key in POOL_ROLES]
    stand = ledger.balances_now(
        cooperative=cooperative, roles=[POOL_ROLES[pool.key] for pool in pools]
    )
    for pool in pools:
        role = POOL_ROLES[pool.key]
        if stand[role] < pool.amount:
            account = ledger.account_for(cooperative=cooperative, role=role)
            _refuse(held, ledger.label(account), stand[role], pool.amount)


def _refuse(held: Sharing, what: str, left: int, amount: int) -> None:
    raise SomethingFollows(
        number=held.number, what=what, left=format_rupiah(left), amount=format_rupiah(amount)
    )
