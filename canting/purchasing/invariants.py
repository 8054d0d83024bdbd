"""What must always hold in buying and handing out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.purchasing import selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

SERIES = ("PB", "TB", "KB", "RB")


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """Every number given in PB, TB, KB and RB stands on exactly one paper."""
    for series in SERIES:
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=selectors.series_numbers(cooperative=cooperative, series=series),
        )


def no_supplier_owes_us(cooperative: Cooperative) -> Iterator[str]:
    """What is owed to a supplier is never below zero."""
    for row in ledger.party_balances(cooperative=cooperative, role="pay_supplier"):
        if row.balance < 0:
            yield _("%(name)s was paid %(amount)s too much.") % {
                "name": row.name,
                "amount": format_rupiah(-row.balance),
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "purchasing.numbers_have_no_gap",
        gettext_lazy("Purchases, receipts, hand-outs and returns are numbered without a gap."),
        numbers_have_no_gap,
    ),
    Invariant(
        "purchasing.no_supplier_owes_us",
        gettext_lazy("No supplier was paid more than was owed."),
        no_supplier_owes_us,
    ),
)
