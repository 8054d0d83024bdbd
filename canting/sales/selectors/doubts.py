"""What may not be paid: each buyer's ages, the allowance that stands, papers of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from canting.cooperatives.selectors import parameter
from canting.kernel.money import half_up
from canting.sales.models import Buyer, DoubtPaper, Invoice
from canting.sales.rules import AGES, DoubtKind, PaperState
from canting.sales.selectors.claims import invoices_with_open

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def doubts(*, cooperative: Cooperative) -> QuerySet[DoubtPaper]:
    """Papers about doubtful money, newest first."""
    return (
        DoubtPaper.objects.filter(cooperative=cooperative)
        .select_related("buyer__party", "invoice", "successor", "made_by")
        .order_by("-on", "-id")
    )


def doubt_by_number(*, cooperative: Cooperative, number: str) -> DoubtPaper | None:
    """The paper of this number, or nothing."""
    return doubts(cooperative=cooperative).filter(number=number).first()


def doubt_word(kind: str) -> str:
    """What such a paper did, in words."""
    names: dict[str, str] = {
        DoubtKind.ALLOWANCE: _("Allowance"),
        DoubtKind.WRITE_OFF: _("Written off"),
        DoubtKind.COLLECTED: _("Paid after all"),
    }
    return names[kind]


def standing_allowances(*, cooperative: Cooperative) -> dict[int, int]:
    """What stands aside for each buyer, whole rupiah, by the buyer's key; one query."""
    found = DoubtPaper.objects.filter(cooperative=cooperative, state=PaperState.POSTED)
    sums: dict[int, int] = {}
    for buyer, kind, amount, borne in found.values_list("buyer_id", "kind").annotate(
        Sum("amount"), Sum("from_allowance")
    ):
        change = amount if kind == DoubtKind.ALLOWANCE else 0
        sums[buyer] = sums.get(buyer, 0) + change - borne
    return {buyer: total for buyer, total in sums.items() if total}


def allowance_of(buyer: Buyer) -> int:
    """What stands aside for one buyer, whole rupiah."""
    return standing_allowances(cooperative=buyer.cooperative).get(buyer.pk, 0)


def written_off_left(invoice: Invoice) -> int:
    """What was written off of an invoice and did not come in after all, whole rupiah."""
    found = DoubtPaper.objects.filter(invoice=invoice, state=PaperState.POSTED)
    sums = dict(found.values_list("kind").annotate(Sum("amount")))
    return int(sums.get(DoubtKind.WRITE_OFF, 0) - sums.get(DoubtKind.COLLECTED, 0))


def later_doubt(paper: DoubtPaper) -> DoubtPaper | None:
    """A later paper about the same buyer that stands, or nothing."""
    found = DoubtPaper.objects.filter(buyer=paper.buyer, state=PaperState.POSTED, pk__gt=paper.pk)
    return found.order_by("-id").first()


@dataclass(slots=True)
class Judged:
    """One buyer: what is open by age, what the percents suggest, what stands aside."""

    buyer: Buyer
    allowance: int = 0
    ages: dict[int, int] = field(default_factory=lambda: {days: 0 for days, _label in AGES})
    suggested: int = 0

    @property
    def open(self) -> int:
        """All that is open, whole rupiah."""
        return sum(self.ages.values())


def age_from(*, due_on: date, on: date) -> int:
    """From how many days late the age of a debt counts."""
    late = (on - due_on).days
    return max(days for days, _label in AGES if days <= max(late, 0))


def judged(*, cooperative: Cooperative, on: date) -> list[Judged]:
    """Every buyer with something open or standing aside, by name; percents as of that day."""
    percents = {
        days: Decimal(
            str(parameter(cooperative=cooperative, name=f"sales.doubtful_percent_{days}", on=on))
        )
        for days, _label in AGES
    }
    rows: dict[int, Judged] = {}
    for invoice in invoices_with_open(cooperative=cooperative).filter(open__gt=0):
        row = rows.setdefault(invoice.buyer_id, Judged(invoice.buyer))
        row.ages[age_from(due_on=invoice.due_on, on=on)] += invoice.open
    _add_allowances(cooperative, rows)
    for row in rows.values():
        row.suggested = suggested(row.ages, percents)
    return sorted(rows.values(), key=lambda row: (row.buyer.name, row.buyer.pk))


def _add_allowances(cooperative: Cooperative, rows: dict[int, Judged]) -> None:
    standing = standing_allowances(cooperative=cooperative)
    others = Buyer.objects.filter(pk__in=set(standing) - set(rows)).select_related("party")
    rows.update({buyer.pk: Judged(buyer) for buyer in others})
    for buyer_id, total in standing.items():
        rows[buyer_id].allowance = total


def suggested(ages: Mapping[int, int], percents: Mapping[int, Decimal]) -> int:
    """The sum of each age by its percent, half up, whole rupiah."""
    return half_up(sum((ages[days] * percents[days] for days in ages), Decimal(0)) / 100)


def open_of_buyer(buyer: Buyer) -> int:
    """What a buyer has open on invoices, whole rupiah."""
    found = invoices_with_open(cooperative=buyer.cooperative).filter(buyer=buyer)
    return int(found.aggregate(total=Sum("open"))["total"] or 0)


def lock_doubt(paper: DoubtPaper) -> DoubtPaper:
    """The paper, locked until the transaction ends."""
    return DoubtPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
