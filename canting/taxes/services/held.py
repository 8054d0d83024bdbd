"""Tax that buyers keep from what they pay us, and their slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cooperatives.services import attach, record
from canting.taxes import selectors
from canting.taxes.errors import SlipNeeded
from canting.taxes.models import HeldByBuyer

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import Cooperative, Party, User


@dataclass(frozen=True, slots=True)
class HeldFromUs:
    """Tax of one kind that a buyer kept from one payment; whole rupiah."""

    kind: str
    party: Party
    on: date
    tax: int
    source: str
    paper: str
    slip_number: str = ""
    slip_on: date | None = None


def note_held(*, cooperative: Cooperative, held: Sequence[HeldFromUs]) -> None:
    """Keep what a buyer withheld; rows without tax are left out. Inside the caller's act."""
    HeldByBuyer.objects.bulk_create(
        HeldByBuyer(
            cooperative=cooperative,
            kind=one.kind,
            party=one.party,
            on=one.on,
            tax=one.tax,
            source=one.source,
            paper=one.paper,
            slip_number=one.slip_number.strip()[:60],
            slip_on=one.slip_on if one.slip_number.strip() else None,
        )
        for one in held
        if one.tax
    )


def forget_held(*, cooperative: Cooperative, source: str) -> None:
    """The payment is being reversed: what was kept from it no longer counts."""
    HeldByBuyer.objects.filter(cooperative=cooperative, source=source, active=True).update(
        active=False
    )


@transaction.atomic
def write_buyer_slip(
    *,
    held: HeldByBuyer,
    number: str,
    slip_on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> HeldByBuyer:
    """Write down the buyer's slip of what he withheld, with its photo; a later one replaces it.

    Raises SlipNeeded without a number, BadUpload.
    """
    if not number.strip():
        raise SlipNeeded()
    held = selectors.lock_held(held)
    before, held.slip_number, held.slip_on = held.slip_number, number.strip()[:60], slip_on
    held.save(update_fields=["slip_number", "slip_on"])
    record(
        cooperative_id=held.cooperative_id,
        actor=actor,
        action="taxes.buyer_slip_written",
        subject=held.paper,
        facts={"tax": held.kind, "before": before, "reference": held.slip_number},
        for_party=held.party,
    )
    if photo is not None:
        attach(cooperative=held.cooperative, subject=held.paper, upload=photo, actor=actor)
    return held
