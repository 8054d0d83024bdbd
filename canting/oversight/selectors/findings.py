"""Findings with where they stand: the latest act of each rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from canting.cooperatives import selectors as house
from canting.oversight.models import Finding, FindingAct
from canting.oversight.rules import ADDRESSEES, Act, State, state_after

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

OF_STATE: Mapping[State, Q] = {
    State.OPEN: Q(latest__isnull=True) | Q(latest=Act.REOPENED),
    State.ANSWERED: Q(latest=Act.ANSWERED),
    State.CLOSED: Q(latest=Act.CLOSED),
}


def findings(*, cooperative: Cooperative, state: State | None = None) -> QuerySet[Any]:
    """Findings, newest first, each with its `latest` act and the day it is `due`."""
    acts = FindingAct.objects.filter(finding=OuterRef("pk")).order_by("-pk")
    due = acts.filter(due_on__isnull=False).values("due_on")[:1]
    found: QuerySet[Any] = (
        Finding.objects.filter(cooperative=cooperative)
        .annotate(
            latest=Subquery(acts.values("act")[:1]),
            due=Coalesce(Subquery(due), F("due_on")),
        )
        .select_related("made_by")
        .order_by("-pk")
    )
    return found.filter(OF_STATE[state]) if state else found


def finding(*, cooperative: Cooperative, number: str) -> Finding | None:
    """A finding by its number, with `latest` and `due`."""
    return findings(cooperative=cooperative).filter(number=number).first()


def state_of(found: Finding) -> State:
    """Where a finding stands; it must carry `latest`."""
    return state_after(getattr(found, "latest", None))


def is_overdue(found: Finding, on: date) -> bool:
    """Whether an answer should have come before this day."""
    due: date = getattr(found, "due", found.due_on)
    return state_of(found) == State.OPEN and due < on


def acts_of(found: Finding) -> list[FindingAct]:
    """What followed on a finding, oldest first."""
    return list(found.acts.select_related("made_by").order_by("pk"))


def counts(*, cooperative: Cooperative) -> dict[State, int]:
    """How many findings stand where."""
    rows = (
        findings(cooperative=cooperative).order_by().values_list("latest").annotate(n=Count("pk"))
    )
    found = dict.fromkeys(State, 0)
    for latest, count in rows:
        found[state_after(latest)] += count
    return found


def about(*, cooperative: Cooperative, subjects: Collection[str]) -> QuerySet[Any]:
    """Findings about these papers, newest first."""
    return findings(cooperative=cooperative).filter(subject__in=list(subjects))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person sees on Hari ini: findings that wait for her, the soonest due first."""

    rows: tuple[Finding, ...]
    total: int
    overdue: int


def waiting_for(
    *, cooperative: Cooperative, roles: Collection[str], on: date, most: int
) -> Waiting:
    """Findings that these roles must answer."""
    mine = findings(cooperative=cooperative, state=State.OPEN).filter(addressed_to__in=list(roles))
    return _waiting(mine, on, most)


def waiting_for_supervisors(*, cooperative: Cooperative, on: date, most: int) -> Waiting:
    """Findings whose answer is overdue, and those answered that wait to be closed."""
    found = findings(cooperative=cooperative)
    mine = found.filter(OF_STATE[State.ANSWERED] | OF_STATE[State.OPEN] & Q(due__lt=on))
    return _waiting(mine, on, most)


def _waiting(found: QuerySet[Any], on: date, most: int) -> Waiting:
    rows = tuple(found.order_by("due", "pk")[:most])
    total = found.count() if len(rows) == most else len(rows)
    overdue = found.filter(OF_STATE[State.OPEN], due__lt=on).count() if rows else 0
    return Waiting(rows, total, overdue)


def addressees(*, cooperative: Cooperative) -> dict[str, list[str]]:
    """Who may be written to: the names that hold each role here."""
    found: dict[str, list[str]] = {role.value: [] for role in ADDRESSEES}
    for access in house.staff_people(cooperative=cooperative):
        if access.role in found:
            found[access.role].append(str(access.user))
    return found
