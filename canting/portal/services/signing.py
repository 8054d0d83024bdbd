"""The end of the opening: compared with the old book, prepared by one, signed by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.services import change_cooperative, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.portal import selectors
from canting.portal.errors import (
    DraftWaiting,
    NothingOpened,
    NotPrepared,
    OldBookDiffers,
    OldBookMissing,
    OpeningDiffers,
    SameSigner,
)
from canting.portal.rules.opening import OldTotal, Step
from canting.portal.services.start import begin_change, refuse_when_signed

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def set_old_totals(*, cooperative: Cooperative, totals: Mapping[str, int], actor: User) -> None:
    """Note the sums of the old book (whole rupiah by OldTotal), to be compared before signing."""
    begin_change(cooperative, Step.SIGN)
    opening = selectors.lock_opening(cooperative=cooperative)
    opening.old_totals = dict(totals)
    opening.save(update_fields=["old_totals"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.old_totals_set",
        subject="opening",
        facts=dict(totals),
    )


@transaction.atomic
def prepare_opening(*, cooperative: Cooperative, actor: User, now: datetime) -> None:
    """Say that the opening is whole and may be signed by somebody else; refused while it is not."""
    opening = selectors.lock_opening(cooperative=cooperative)
    refuse_when_signed(cooperative)
    if opening.prepared_by_id == actor.pk:
        return
    _check_whole(cooperative, opening.old_totals)
    opening.prepared_by, opening.prepared_at = actor, now
    opening.save(update_fields=["prepared_by", "prepared_at"])
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.opening_prepared",
        subject="opening",
        facts=dict(opening.old_totals),
    )


@transaction.atomic
def sign_opening(*, cooperative: Cooperative, actor: User, now: datetime) -> None:
    """Sign the opening as the second person; it posts nothing, and from now on nothing changes."""
    opening = selectors.lock_opening(cooperative=cooperative)
    cooperative.refresh_from_db(fields=["signed_at", "signed_by"])
    if cooperative.signed_at and cooperative.signed_by_id == actor.pk:
        return
    refuse_when_signed(cooperative)
    if opening.prepared_by is None:
        raise NotPrepared()
    if opening.prepared_by_id == actor.pk:
        raise SameSigner(name=str(actor))
    _check_whole(cooperative, opening.old_totals)
    change_cooperative(cooperative=cooperative, actor=actor, signed_at=now, signed_by=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="portal.opening_signed",
        subject="opening",
        facts={
            "prepared_by": opening.prepared_by.username,
            "checkpoint": ledger.book(cooperative=cooperative).digest,
            "old_totals": opening.old_totals,
        },
    )


def _check_whole(cooperative: Cooperative, old: dict[str, int]) -> None:
    trial = selectors.opening_trial(cooperative=cooperative)
    if not trial:
        raise NothingOpened()
    if waiting := selectors.drafts(cooperative=cooperative):
        raise DraftWaiting(step=selectors.step_name(Step(waiting[0].step)))
    if left := selectors.difference_of(trial):
        raise OpeningDiffers(amount=format_rupiah(abs(left)))
    if OldTotal.ASSETS not in old:
        raise OldBookMissing()
    for row in selectors.comparison(trial=trial, old=old):
        if row.difference:
            raise OldBookDiffers(
                what=selectors.total_name(row.name),
                here=format_rupiah(row.here),
                old=format_rupiah(row.old or 0),
            )
