"""What comes again and again: written down, booked when it is due, let rest, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from canting.cash import selectors as cash
from canting.cash.services import pay_cash
from canting.cooperatives.services import record
from canting.kernel.dates import format_date, format_month
from canting.kernel.money import format_rupiah
from canting.ledger.errors import ReasonNeeded
from canting.treasury import selectors
from canting.treasury.errors import (
    AmountIsFixed,
    AmountNeeded,
    BadRhythm,
    EndsBeforeFirst,
    IsPaused,
    NotDue,
    NothingChosen,
    NotPaused,
    RecurringIsOver,
)
from canting.treasury.models import Recurring, RecurringDue
from canting.treasury.rules import LAST_DAY, LONGEST_RHYTHM, PAID
from canting.treasury.services.accruals import owe
from canting.treasury.services.common import check_amount, expense_account

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User

CHANGEABLE = (
    "name", "amount", "purpose", "account_id", "place", "counterparty", "until", "times",
)  # fmt: skip


class Chosen(NamedTuple):
    """A due day that is to be booked, with its amount where it is asked each time."""

    recurring: int
    due: date
    amount: int | None = None


class What(NamedTuple):
    """What a recurring entry books: paid for a purpose from a place, or owed on an account."""

    name: str
    way: str
    amount: int | None
    purpose: str = ""
    place: str = ""
    account: str = ""
    counterparty: str = ""


@transaction.atomic
def add_recurring(
    *,
    cooperative: Cooperative,
    what: What,
    every: int,
    day: int,
    first: date,
    actor: User,
    until: date | None = None,
    times: int | None = None,
) -> Recurring:
    """Write down what comes again and again. It books nothing until it is due and chosen.

    Raises BadRhythm, EndsBeforeFirst, BadAmount, NoExpense, UnknownPurpose, UnknownPlace.
    """
    if not (1 <= every <= LONGEST_RHYTHM and 1 <= day <= LAST_DAY):
        raise BadRhythm(every=every, day=day)
    if until and until < first:
        raise EndsBeforeFirst(until=format_date(until), first=format_date(first))
    made = Recurring.objects.create(
        cooperative=cooperative,
        way=what.way,
        every=every,
        day=day,
        first=first,
        until=until,
        times=times,
        made_by=actor,
        made_at=timezone.now(),
        **_facts(cooperative, what),
    )
    _tell_recurring(made, "recurring_added", actor, amount=made.amount or 0, months=every)
    return made


def _facts(cooperative: Cooperative, what: What) -> dict[str, Any]:
    if what.amount is not None:
        check_amount(what.amount)
    facts: dict[str, Any] = {
        "name": what.name,
        "amount": what.amount,
        "counterparty": what.counterparty,
        "purpose": "",
        "place": "",
        "account_id": None,
    }
    if what.way == PAID:
        cash.purpose(what.purpose)
        cash.place_name(cooperative=cooperative, place=what.place)
        return facts | {"purpose": what.purpose, "place": what.place}
    return facts | {"account_id": expense_account(cooperative, what.account).pk}


@transaction.atomic
def change_recurring(
    *,
    recurring: Recurring,
    what: What,
    actor: User,
    until: date | None = None,
    times: int | None = None,
) -> Recurring:
    """Change what it books or when it ends; its rhythm stays, what was booked stays.

    Raises RecurringIsOver, EndsBeforeFirst and what add_recurring refuses.
    """
    held = _running(recurring)
    if until and until < held.first:
        raise EndsBeforeFirst(until=format_date(until), first=format_date(held.first))
    facts = _facts(held.cooperative, what._replace(way=held.way)) | {
        "until": until,
        "times": times,
    }
    changes = {
        name: [_plain(getattr(held, name)), _plain(value)]
        for name, value in facts.items()
        if getattr(held, name) != value
    }
    for name, value in facts.items():
        setattr(held, name, value)
    held.save(update_fields=list(CHANGEABLE))
    if changes:
        _tell_recurring(held, "recurring_changed", actor, changes=changes)
    return held


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def post_dues(
    *,
    cooperative: Cooperative,
    chosen: Sequence[Chosen],
    on: date,
    actor: User,
    paid_on: date | None = None,
) -> list[RecurringDue]:
    """Book the due days that were chosen, each by one paper: a voucher BK, or an accrual AK.

    On the day it was due, or `paid_on`; in a closed month on the first open day, with its own day
    kept beside. A day that was met before gets no second paper. Raises NothingChosen, NotDue,
    AmountNeeded, AmountIsFixed, IsPaused and what the desk refuses; then none of them is booked.
    """
    if not chosen:
        raise NothingChosen
    found = []
    for one in chosen:
        recurring = _held(one.recurring, cooperative)
        if recurring.paused_on:
            raise IsPaused(name=recurring.name, day=format_date(recurring.paused_on))
        found.append(_post(recurring, one, on, actor, paid_on))
    return found


def _post(
    recurring: Recurring, one: Chosen, on: date, actor: User, paid_on: date | None
) -> RecurringDue:
    met = RecurringDue.objects.filter(recurring=recurring, due=one.due).first()
    if met is not None and selectors.is_met(met):
        return met
    if one.due not in {due.due for due in selectors.due_of(recurring, on)}:
        raise NotDue(name=recurring.name, day=format_date(one.due))
    amount = _amount(recurring, one.amount)
    house = recurring.cooperative
    day = selectors.open_day(cooperative=house, day=min(paid_on or one.due, on))
    memo = _("%(name)s, %(month)s") % {"name": recurring.name, "month": format_month(one.due)}
    facts: dict[str, Any] = {
        "cooperative": house,
        "amount": amount,
        "memo": memo,
        "on": day,
        "actor": actor,
        "counterparty": recurring.counterparty,
        "own_date": one.due if one.due != day else None,
    }
    made: dict[str, Any] = {"paper": None, "accrual": None}
    if recurring.way == PAID:
        made["paper"] = pay_cash(purpose=recurring.purpose, place=recurring.place, **facts)
    else:
        account = recurring.account
        made["accrual"] = owe(account=account.code if account else "", **facts)
    row, _new = RecurringDue.objects.update_or_create(
        recurring=recurring,
        due=one.due,
        defaults={**made, "passed": "", "made_by": actor, "made_at": timezone.now()},
    )
    paper = made["paper"] or made["accrual"]
    _tell_recurring(
        recurring, "recurring_posted", actor, number=paper.number, due=one.due.isoformat()
    )
    return row


def _amount(recurring: Recurring, typed: int | None) -> int:
    """The fixed amount, or the one that was typed where it is asked each time."""
    if recurring.amount is None:
        if typed is None:
            raise AmountNeeded(name=recurring.name)
        check_amount(typed)
        return typed
    if typed not in (None, recurring.amount):
        raise AmountIsFixed(
            name=recurring.name,
            fixed=format_rupiah(recurring.amount),
            amount=format_rupiah(typed or 0),
        )
    return recurring.amount


@transaction.atomic
def pass_over(
    *, recurring: Recurring, due: date, reason: str, on: date, actor: User
) -> RecurringDue:
    """Say why nothing is booked for a due day; it is no longer due. Raises NotDue, ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded()
    held = _held(recurring.pk, recurring.cooperative)
    if due not in {one.due for one in selectors.due_of(held, on)}:
        raise NotDue(name=held.name, day=format_date(due))
    row = _passed(held, due, reason.strip()[:120], actor)
    _tell_recurring(held, "recurring_passed", actor, due=due.isoformat(), reason=row.passed)
    return row


def _passed(held: Recurring, due: date, reason: str, actor: User) -> RecurringDue:
    row, _new = RecurringDue.objects.update_or_create(
        recurring=held,
        due=due,
        defaults={
            "paper": None,
            "accrual": None,
            "passed": reason,
            "made_by": actor,
            "made_at": timezone.now(),
        },
    )
    return row


@transaction.atomic
def pause(*, recurring: Recurring, on: date, actor: User) -> Recurring:
    """Let it rest from a day on: nothing of it is due until it goes on. Resting twice is once."""
    held = _running(recurring)
    if held.paused_on is None:
        held.paused_on = on
        held.save(update_fields=["paused_on"])
        _tell_recurring(held, "recurring_paused", actor, on=on.isoformat())
    return held


@transaction.atomic
def go_on(*, recurring: Recurring, on: date, actor: User) -> Recurring:
    """Let it go on: days that fell into the rest are passed over, earlier ones stay due.

    Raises NotPaused.
    """
    held = _running(recurring)
    if held.paused_on is None:
        raise NotPaused(name=held.name)
    reason = _("rested from %(day)s") % {"day": format_date(held.paused_on)}
    for one in selectors.due_of(held, on):
        if held.paused_on <= one.due < on:
            _passed(held, one.due, reason, actor)
    held.paused_on = None
    held.save(update_fields=["paused_on"])
    _tell_recurring(held, "recurring_resumed", actor, on=on.isoformat())
    return held


@transaction.atomic
def end_recurring(*, recurring: Recurring, on: date, reason: str, actor: User) -> Recurring:
    """End it: nothing is due after this day; what was due before stays due. Raises ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded()
    held = _running(recurring)
    held.ended_on = on
    held.save(update_fields=["ended_on"])
    _tell_recurring(held, "recurring_ended", actor, on=on.isoformat(), reason=reason.strip()[:120])
    return held


def _held(pk: int, cooperative: Cooperative) -> Recurring:
    found = (
        Recurring.objects.select_for_update(of=("self",))
        .select_related("cooperative", "account")
        .filter(pk=pk, cooperative=cooperative)
        .first()
    )
    if found is None:
        raise NotDue(name=str(pk), day="–")
    return found


def _running(recurring: Recurring) -> Recurring:
    held = _held(recurring.pk, recurring.cooperative)
    if held.ended_on:
        raise RecurringIsOver(name=held.name, day=format_date(held.ended_on))
    return held


def _tell_recurring(recurring: Recurring, act: str, actor: User, **facts: Any) -> None:
    record(
        cooperative_id=recurring.cooperative_id,
        actor=actor,
        action=f"treasury.{act}",
        subject=recurring.name,
        facts=facts,
    )
