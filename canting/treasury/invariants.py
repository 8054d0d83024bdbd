"""What must always hold of the bank's lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.kernel.dates import format_date
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.treasury import selectors

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def lines_are_their_entries(cooperative: Cooperative) -> Iterator[str]:
    """The entries of a matched line are on its account and add up to it."""
    for line in selectors.wrong_sums(cooperative=cooperative):
        yield _("The bank's line of %(day)s over %(amount)s is not what its entries say.") % {
            "day": format_date(line.on),
            "amount": format_rupiah(line.amount),
        }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "treasury.lines_are_their_entries",
        gettext_lazy("A matched line of the bank is as much as its entries"),
        lines_are_their_entries,
    ),
)
