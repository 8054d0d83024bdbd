"""The audit trail and the gapless numbers of papers: what nearly every deed writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection
from django.utils import timezone

from canting.cooperatives.rules import PartyLike, paper_number
from canting.kernel.database import insert_rows

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


def now_adapted() -> Any:
    """The moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


_SERIES_SQL = (
    "INSERT INTO cooperatives_series (cooperative_id, series, year, last) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (cooperative_id, series, year)"
    " DO UPDATE SET last = cooperatives_series.last + excluded.last RETURNING last"
)
_AUDIT_COLUMNS = (
    "cooperative_id", "made_at", "actor_id", "for_party_id", "action", "subject", "facts",
)  # fmt: skip


def record(
    *,
    cooperative_id: int,
    actor: User,
    action: str,
    subject: str,
    facts: Mapping[str, Any] | None = None,
    for_party: PartyLike | None = None,
) -> None:
    """Write one line of the audit trail; called inside the service's own transaction."""
    act = Act(subject, facts or {}, for_party)
    record_many(cooperative_id=cooperative_id, actor=actor, action=action, acts=[act])


class Act(NamedTuple):
    """One line of the audit trail among many of one deed: on what, its facts, for whom."""

    subject: str
    facts: Mapping[str, Any]
    for_party: PartyLike | None = None


def record_many(*, cooperative_id: int, actor: User, action: str, acts: Sequence[Act]) -> None:
    """Write a line of the audit trail for each of these; inside the service's own transaction."""
    now = now_adapted()
    rows = [
        (
            cooperative_id,
            now,
            actor.pk,
            act.for_party.id if act.for_party else None,
            action,
            act.subject,
            json.dumps(act.facts, default=str, ensure_ascii=False),
        )
        for act in acts
    ]
    with connection.cursor() as cursor:
        insert_rows(cursor, "cooperatives_auditrecord", _AUDIT_COLUMNS, rows)


def next_number(*, cooperative: Cooperative, series: str, on: date) -> str:
    """The next gapless number of a series, such as KW/2026/11/0042; taken back if the deed fails."""
    (number,) = next_numbers(cooperative=cooperative, series=series, on=on, count=1)
    return number


def next_numbers(*, cooperative: Cooperative, series: str, on: date, count: int) -> list[str]:
    """The next so many gapless numbers of a series, in their order; taken back if the deed fails."""
    if count <= 0:
        return []
    last = count_up(cooperative=cooperative, series=series, year=on.year, by=count)
    return [paper_number(series, on, place) for place in range(last - count + 1, last + 1)]


def count_up(*, cooperative: Cooperative, series: str, year: int, by: int = 1) -> int:
    """Count a series of a year up and answer where it stands now; taken back if the deed fails."""
    with connection.cursor() as cursor:
        cursor.execute(_SERIES_SQL, [cooperative.pk, series, year, by])
        return int(cursor.fetchone()[0])
