"""What the audit trail noted of acts, for those who compare it with the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from canting.cooperatives.models import AuditRecord

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def acts_noted(*, cooperative: Cooperative, actions: Sequence[str]) -> list[AuditRecord]:
    """Every line of the audit trail with one of these actions, oldest first."""
    found = AuditRecord.objects.filter(cooperative=cooperative, action__in=list(actions))
    return list(found.order_by("id"))


def facts_noted(*, cooperative: Cooperative, actions: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The facts noted of each subject under these actions; a later line rules over an earlier."""
    found: dict[str, dict[str, Any]] = {}
    for row in acts_noted(cooperative=cooperative, actions=actions):
        found.setdefault(row.subject, {}).update(row.facts)
    return found


def actors_noted(
    *, cooperative: Cooperative, action: str, subjects: Sequence[str]
) -> dict[str, int]:
    """Who did an action on each of these subjects, by the subject."""
    rows = AuditRecord.objects.filter(
        cooperative=cooperative, action=action, subject__in=list(subjects)
    )
    return dict(rows.values_list("subject", "actor_id"))
