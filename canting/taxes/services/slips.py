"""Tax that entries kept from payees, and its slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from canting.cooperatives.services import next_number, record
from canting.kernel.dates import first_of_month, format_month
from canting.ledger import selectors as ledger
from canting.taxes import selectors
from canting.taxes.errors import (
    NothingWithheld,
    SlipGivenOut,
)
from canting.taxes.models import TaxSlip, Withheld
from canting.taxes.rules import (
    SLIP_SERIES,
)
from canting.taxes.services.common import locked, mark

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@dataclass(frozen=True, slots=True)
class Kept:
    """Tax that one entry keeps from one payee; whole rupiah."""

    kind: str
    party: Party
    on: date
    base: int
    tax: int
    source: str
    paper: str


def note_withheld(*, cooperative: Cooperative, kept: Sequence[Kept]) -> None:
    """Keep from whom an entry withheld tax; rows without tax are left out. Inside the caller's act."""
    Withheld.objects.bulk_create(
        Withheld(
            cooperative=cooperative,
            kind=one.kind,
            party=one.party,
            on=one.on,
            base=one.base,
            tax=one.tax,
            source=one.source,
            paper=one.paper,
        )
        for one in kept
        if one.tax
    )


def forget_withheld(*, cooperative: Cooperative, source: str) -> None:
    """The entry is being reversed: its tax no longer counts. Raises SlipGivenOut."""
    found = Withheld.objects.filter(cooperative=cooperative, source=source, active=True)
    given = found.exclude(slip=None).select_related("slip").first()
    if given is not None and given.slip is not None:
        raise SlipGivenOut(number=given.slip.number)
    found.update(active=False)


@transaction.atomic
def issue_slips(*, cooperative: Cooperative, month: date, on: date, actor: User) -> list[TaxSlip]:
    """Give every payee of a month one numbered slip per tax, of what no slip shows yet.

    Raises NothingWithheld.
    """
    month = first_of_month(month)
    ledger.lock_account(cooperative=cooperative, role="pph21_payable")
    waiting: dict[tuple[str, int], list[Withheld]] = defaultdict(list)
    for row in selectors.withheld(cooperative=cooperative, month=month).filter(slip=None):
        waiting[row.kind, row.party_id].append(row)
    if not waiting:
        raise NothingWithheld(month=format_month(month))
    made = [
        _slip(cooperative, kind, month, on, rows, actor) for (kind, _p), rows in waiting.items()
    ]
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.slips_issued",
        subject=f"{month:%Y-%m}",
        facts={"slips": len(made), "tax": sum(slip.tax for slip in made)},
    )
    return made


def _slip(
    cooperative: Cooperative,
    kind: str,
    month: date,
    on: date,
    rows: Sequence[Withheld],
    actor: User,
) -> TaxSlip:
    slip = TaxSlip.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=SLIP_SERIES, on=on),
        on=on,
        kind=kind,
        party=rows[0].party,
        month=month,
        base=sum(row.base for row in rows),
        tax=sum(row.tax for row in rows),
        made_by=actor,
        made_at=timezone.now(),
    )
    Withheld.objects.filter(pk__in=[row.pk for row in rows]).update(slip=slip)
    return slip


@transaction.atomic
def correct_slip(
    *, slip: TaxSlip, reason: str, on: date, actor: User, again: bool = True
) -> TaxSlip | None:
    """Take a slip back and, with `again`, give one of what was withheld as it stands now.

    Raises ReasonNeeded, NoLongerStands, NothingWithheld.
    """
    slip = locked(slip, reason)
    Withheld.objects.filter(slip=slip).update(slip=None)
    made = None
    if again:
        waiting = selectors.withheld(cooperative=slip.cooperative, month=slip.month)
        rows = list(waiting.filter(slip=None, kind=slip.kind, party=slip.party_id))
        if not rows:
            raise NothingWithheld(month=format_month(slip.month))
        made = _slip(slip.cooperative, slip.kind, slip.month, on, rows, actor)
    mark(slip, made, reason, "taxes.slip_corrected", actor)
    return made
