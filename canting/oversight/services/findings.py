"""Findings: written by supervisors, answered by the addressed, closed and opened again; never edited."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.cooperatives import selectors as house
from canting.cooperatives.rules import Role
from canting.cooperatives.services import attach, next_number, record
from canting.kernel.dates import format_date
from canting.oversight.errors import (
    DueInThePast,
    NotAddressed,
    NotClosed,
    NotOpen,
    WordsNeeded,
)
from canting.oversight.models import Finding, FindingAct
from canting.oversight.rules import FINDING_SERIES, Act, State
from canting.oversight.selectors import findings
from canting.oversight.selectors.words import role_name

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def write_finding(
    *,
    cooperative: Cooperative,
    text: str,
    addressed_to: Role,
    on: date,
    actor: User,
    asked: str = "",
    due_on: date | None = None,
    subject: str = "",
    page: str = "",
    photo: UploadedFile[Any] | None = None,
) -> Finding:
    """Write a finding, about a paper or free, to be answered by a day. Number TP.

    Without a day it is the usual time (`oversight.answer_days`). Raises WordsNeeded, DueInThePast.
    """
    if not text.strip():
        raise WordsNeeded()
    if due_on is None:
        days = int(house.parameter(cooperative=cooperative, name="oversight.answer_days", on=on))
        due_on = on + timedelta(days=days)
    _not_over(due_on, on)
    found = Finding.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=FINDING_SERIES, on=on),
        subject=subject,
        page=page,
        text=text.strip(),
        asked=asked.strip(),
        addressed_to=addressed_to.value,
        due_on=due_on,
        on=on,
        made_by=actor,
        made_at=timezone.now(),
    )
    if photo:
        attach(cooperative=cooperative, subject=found.number, upload=photo, actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="oversight.finding_written",
        subject=found.number,
        facts={"about": subject, "addressed_to": addressed_to.value, "due_on": due_on},
    )
    return found


def _not_over(due_on: date, on: date) -> None:
    if due_on < on:
        raise DueInThePast(day=format_date(due_on))


@transaction.atomic
def answer_finding(
    *,
    finding: Finding,
    text: str,
    on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> FindingAct:
    """Answer a finding, as one of those it is addressed to; more may be added until it is closed.

    Raises NotAddressed, NotOpen, WordsNeeded.
    """
    roles = house.roles_of(cooperative=finding.cooperative, user=actor)
    if finding.addressed_to not in roles:
        who = role_name(finding.addressed_to)
        raise NotAddressed(number=finding.number, who=who)
    if _state(finding) == State.CLOSED:
        raise NotOpen(number=finding.number)
    if photo:
        attach(cooperative=finding.cooperative, subject=finding.number, upload=photo, actor=actor)
    made = _act(finding, Act.ANSWERED, text, on, actor)
    record(
        cooperative_id=finding.cooperative_id,
        actor=actor,
        action="oversight.finding_answered",
        subject=finding.number,
    )
    return made


@transaction.atomic
def close_finding(*, finding: Finding, text: str, on: date, actor: User) -> FindingAct:
    """Be done with a finding. Raises NotOpen when it is closed, WordsNeeded."""
    if _state(finding) == State.CLOSED:
        raise NotOpen(number=finding.number)
    made = _act(finding, Act.CLOSED, text, on, actor)
    record(
        cooperative_id=finding.cooperative_id,
        actor=actor,
        action="oversight.finding_closed",
        subject=finding.number,
    )
    return made


@transaction.atomic
def reopen_finding(
    *, finding: Finding, text: str, due_on: date | None, on: date, actor: User
) -> FindingAct:
    """Ask again, to be answered by a new day: after an answer that does not do, or after the closing.

    Raises NotClosed while it waits for its first answer anyway, DueInThePast, WordsNeeded.
    """
    if _state(finding) == State.OPEN:
        raise NotClosed(number=finding.number)
    if due_on is None:
        name = "oversight.answer_days"
        days = int(house.parameter(cooperative=finding.cooperative, name=name, on=on))
        due_on = on + timedelta(days=days)
    _not_over(due_on, on)
    made = _act(finding, Act.REOPENED, text, on, actor, due_on)
    record(
        cooperative_id=finding.cooperative_id,
        actor=actor,
        action="oversight.finding_reopened",
        subject=finding.number,
        facts={"due_on": due_on},
    )
    return made


def _state(finding: Finding) -> State:
    """Where it stands now, read under a lock, so that two at once do not pass each other."""
    Finding.objects.select_for_update().get(pk=finding.pk)
    found = findings.finding(cooperative=finding.cooperative, number=finding.number)
    return findings.state_of(found or finding)


def _act(
    finding: Finding, act: Act, text: str, on: date, actor: User, due_on: date | None = None
) -> FindingAct:
    if not text.strip():
        raise WordsNeeded()
    return FindingAct.objects.create(
        finding=finding,
        act=act.value,
        text=text.strip(),
        due_on=due_on,
        on=on,
        made_by=actor,
        made_at=timezone.now(),
    )


@transaction.atomic
def mark_seen(*, cooperative: Cooperative, actor: User) -> None:
    """Note that everything out of the ordinary was looked through up to now."""
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="oversight.exceptions_seen",
        subject=actor.username,
    )
