"""The time line of a round: what was done, by whom and for whom, by the day of the books."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date, local_day

if TYPE_CHECKING:
    from canting.cooperatives.models import AuditRecord
    from canting.rounds.models import Round

LATEST = 40


def timeline(found: Round) -> list[tuple[str, str]]:
    """The latest acts on a round by business day, the newest first; moments are in the audit page."""
    cooperative = found.cooperative
    acts = house.audit_trail(cooperative=cooperative, subject=found.number)[:LATEST]
    dated = [(_business_day(act, cooperative.zone), act) for act in acts]
    dated.sort(key=lambda one: (one[0], one[1].pk), reverse=True)
    return [(format_date(day), _words(act)) for day, act in dated]


def _business_day(act: AuditRecord, zone: str) -> date:
    """The day an act belongs to; for one that names none, the day on which it was written."""
    named = act.facts.get("on")
    return date.fromisoformat(named) if named else local_day(act.made_at, zone)


def _words(act: AuditRecord) -> str:
    parts = (
        house.act_words(act.action),
        act.for_party.name if act.for_party else "",
        str(act.actor),
        str(act.facts.get("reason", "")),
    )
    return " · ".join(part for part in parts if part)
