"""What the books prove of one paper: that it is in them, since when, and that it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case, F, Sum, When

from canting.ledger.models import FiscalPeriod, JournalEntry, JournalLine
from canting.ledger.rules import Side
from canting.ledger.selectors.chain import content_fits

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Proof:
    """One paper as its entry shows it, without anybody's name: whole rupiah, place in the chain."""

    number: str
    on: date
    amount: int
    position: int
    posted_at: datetime
    digest: str
    fits: bool
    replaced_on: date | None
    checkpoint: FiscalPeriod | None


def proof_of(*, cooperative: Cooperative, paper: str) -> Proof | None:
    """What the books say of a paper, or nothing when it posted no entry.

    The amount is the money that moved; without any (a sale on credit) what is owed for it.
    """
    entries = list(
        JournalEntry.objects.filter(cooperative=cooperative, paper=paper, reverses__isnull=True)
        .order_by("position")
        .prefetch_related("reversed_by")
    )
    if not entries:
        return None
    first, last = entries[0], entries[-1]
    back = [mirror for entry in entries for mirror in entry.reversed_by.all()]
    return Proof(
        number=paper,
        on=first.own_date,
        amount=_moved([entry.pk for entry in entries]),
        position=last.position,
        posted_at=last.posted_at,
        digest=last.digest,
        fits=all(content_fits(entry) for entry in entries),
        replaced_on=max((mirror.entry_date for mirror in back), default=None),
        checkpoint=FiscalPeriod.objects.filter(
            cooperative=cooperative, act="close", position__gte=last.position
        )
        .order_by("id")
        .first(),
    )


def _moved(entry_ids: list[int]) -> int:
    signed = Case(When(side=Side.DEBIT, then=F("amount")), default=-F("amount"))
    sums: dict[str, int] = dict(
        JournalLine.objects.filter(entry_id__in=entry_ids)
        .values_list("account__statement")
        .annotate(total=Sum(signed))
        .order_by()
    )
    return abs(sums.get("cash", 0) or sums.get("receivables", 0))
