"""The life of a round up to its orders: opened, changed, planned, taken back, cancelled."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import next_number
from canting.kernel.dates import format_date
from canting.kernel.quantities import format_quantity
from canting.purchasing.rules import OrderState
from canting.rounds import selectors
from canting.rounds.errors import (
    BadPercent,
    DeadlinePast,
    NeededTooEarly,
    NothingAsked,
    NothingPlanned,
    OrdersStand,
    TitleNeeded,
)
from canting.rounds.models import Round
from canting.rounds.rules import PriceRule, RoundState, ShareRule
from canting.rounds.services.common import check_reason, check_state, move_to, told
from canting.rounds.services.deposits import keep_rests

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """What a round is opened with: until when, for when, how it is shared and charged."""

    title: str
    deadline: date
    needed_by: date
    tolerance_percent: int = 5
    share_rule: str = ShareRule.ACTIVE
    price_rule: str = PriceRule.LANDED
    margin_percent: Decimal = Decimal(0)
    note: str = ""


def _check(terms: RoundTerms, on: date) -> None:
    if not terms.title.strip():
        raise TitleNeeded()
    if terms.deadline < on:
        raise DeadlinePast(deadline=format_date(terms.deadline))
    if terms.needed_by < terms.deadline:
        raise NeededTooEarly(
            needed=format_date(terms.needed_by), deadline=format_date(terms.deadline)
        )
    for percent in (Decimal(terms.tolerance_percent), terms.margin_percent):
        if not 0 <= percent <= MOST_PERCENT:
            raise BadPercent(percent=format_quantity(percent))


@transaction.atomic
def open_round(*, cooperative: Cooperative, terms: RoundTerms, on: date, actor: User) -> Round:
    """Open a round (BB) in which members may ask until its deadline.

    Raises TitleNeeded, DeadlinePast, NeededTooEarly, BadPercent.
    """
    _check(terms, on)
    made = Round.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series="BB", on=on),
        opened_on=on,
        made_by=actor,
        made_at=timezone.now(),
        **asdict(terms),
    )
    told(made, "opened", actor, on=on, title=made.title, deadline=made.deadline.isoformat())
    return made


@transaction.atomic
def change_round(*, found: Round, terms: RoundTerms, on: date, actor: User) -> Round:
    """Change what a round was opened with, while needs still come in; needs stay as they are.

    Raises WrongState and what `open_round` raises.
    """
    found = selectors.lock_round(found)
    check_state(found, {RoundState.COLLECTING, RoundState.PLANNED})
    _check(terms, min(on, terms.deadline) if terms.deadline == found.deadline else on)
    facts = asdict(terms)
    if all(getattr(found, name) == value for name, value in facts.items()):
        return found
    for name, value in facts.items():
        setattr(found, name, value)
    found.save(update_fields=list(facts))
    told(found, "changed", actor, on=on, title=found.title, deadline=found.deadline.isoformat())
    return found


@transaction.atomic
def mark_planned(*, found: Round, on: date, actor: User) -> Round:
    """The plan is agreed: no more needs are taken; the next step is to order.

    Called by whoever writes the plan's lines, in the same transaction. Raises NothingAsked,
    NothingPlanned, WrongState; a second time does nothing.
    """
    found = selectors.lock_round(found)
    if found.state == RoundState.PLANNED:
        return found
    check_state(found, {RoundState.COLLECTING})
    if not selectors.standing_needs(found).exists():
        raise NothingAsked(number=found.number)
    if not found.plan_lines.exists():
        raise NothingPlanned(number=found.number)
    move_to(found, RoundState.PLANNED)
    told(found, "planned", actor, on=on)
    return found


@transaction.atomic
def collect_again(*, found: Round, reason: str, on: date, actor: User) -> Round:
    """Take the plan back before anything is ordered: needs are taken again.

    Raises ReasonNeeded, WrongState; a second time does nothing.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(found)
    if found.state == RoundState.COLLECTING:
        return found
    check_state(found, {RoundState.PLANNED})
    found.plan_lines.all().delete()
    move_to(found, RoundState.COLLECTING)
    told(found, "collecting_again", actor, on=on, reason=reason)
    return found


@transaction.atomic
def note_travellers(*, found: Round, travellers: int | None, on: date, actor: User) -> Round:
    """Note how many members would have travelled to buy alone (none: not known)."""
    found = selectors.lock_round(found)
    if found.travellers != travellers:
        found.travellers = travellers
        found.save(update_fields=["travellers"])
        told(found, "travellers_noted", actor, on=on, travellers=travellers)
    return found


@transaction.atomic
def cancel_round(*, found: Round, reason: str, on: date, actor: User) -> Round:
    """Call a round off; what members left for it is kept for another round or to be fetched.

    Refused once goods were shared out or while an order stands with a supplier. Raises
    ReasonNeeded, WrongState, OrdersStand; a second time does nothing.
    """
    reason = check_reason(reason)
    found = selectors.lock_round(found)
    if found.state == RoundState.CANCELLED:
        return found
    check_state(found, {RoundState.COLLECTING, RoundState.PLANNED, RoundState.ORDERED})
    orders = selectors.orders_of(found)
    standing = [one.number for one in orders if one.state != OrderState.CLOSED]
    if standing:
        raise OrdersStand(orders=", ".join(standing))
    keep_rests(found=found, on=on)
    move_to(found, RoundState.CANCELLED, reason=reason)
    told(found, "cancelled", actor, on=on, reason=reason)
    return found
