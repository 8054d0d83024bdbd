"""What the audit trail noted of acts, for those who compare it with the rows themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When
from django.db.models.functions import TruncDate

from canting.cooperatives.models import AuditRecord, User

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


def acts_of(*, cooperative: Cooperative, actions: Sequence[str]) -> QuerySet[AuditRecord]:
    """Lines of the audit trail with one of these actions, each with its `day` here."""
    found = AuditRecord.objects.filter(cooperative=cooperative, action__in=list(actions))
    return found.annotate(day=TruncDate("made_at", tzinfo=ZoneInfo(cooperative.zone)))


def same_hand(*, cooperative: Cooperative, made_by: Mapping[str, str]) -> QuerySet[AuditRecord]:
    """Approvals by whoever made what is approved; `made_by` names the making of each approving."""
    making = Case(
        *(When(action=approved, then=Value(made)) for approved, made in made_by.items()),
        default=Value(""),
        output_field=CharField(),
    )
    own = AuditRecord.objects.filter(
        cooperative=OuterRef("cooperative"),
        subject=OuterRef("subject"),
        actor=OuterRef("actor"),
        action=OuterRef("making"),
        pk__lt=OuterRef("pk"),
    )
    approvals = acts_of(cooperative=cooperative, actions=list(made_by))
    return approvals.annotate(making=making).filter(Exists(own))


def names_of(*, user_ids: Collection[int]) -> dict[int, str]:
    """How these people are called, by their keys; one query."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=user_ids)}
