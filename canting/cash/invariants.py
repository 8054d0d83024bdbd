"""What must always hold at the cash desk; what it asks before a close stands in closing.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cash import selectors
from canting.cash.closing import CLOSE_CHECKS
from canting.cash.models import CashPaper, DrawerCount
from canting.cash.rules import DRAWERS, PAPER_SOURCE
from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date
from canting.kernel.invariants import Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# These stand on entries of several domains; every paper of them posts one.
SHARED_SERIES = ("KW", "BK")


def drawers_never_below_zero(cooperative: Cooperative) -> Iterator[str]:
    """No drawer held less than nothing at the end of any day."""
    opened = ledger.book(cooperative=cooperative).opened_on
    for account in selectors.place_accounts(cooperative=cooperative):
        if account.role not in DRAWERS:
            continue
        day, left = ledger.least_from(cooperative=cooperative, role=account.role, since=opened)
        if left < 0:
            yield _("%(place)s stood at %(left)s on %(day)s.") % {
                "place": ledger.account_name(account.role, account.name),
                "left": format_rupiah(left),
                "day": format_date(day),
            }


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every paper has its entry, and a reversed paper a reversed one."""
    papers = CashPaper.objects.filter(cooperative=cooperative).order_by("id")
    states = {
        f"{PAPER_SOURCE}:{number}": state == "reversed"
        for number, state in papers.values_list("number", "state")
    }
    yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of cash papers follow each other."""
    for series in SHARED_SERIES:
        numbers = ledger.papers_of_series(cooperative=cooperative, series=series)
        yield from house.numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)
    for series in ("PK", "PJ"):
        own = CashPaper.objects.filter(cooperative=cooperative, number__startswith=f"{series}/")
        yield from house.numbering_gaps(
            cooperative=cooperative, series=series, numbers=own.values_list("number", flat=True)
        )
    counts = DrawerCount.objects.filter(cooperative=cooperative).values_list("number", flat=True)
    yield from house.numbering_gaps(cooperative=cooperative, series="HL", numbers=counts)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "cash.drawers_never_below_zero",
        gettext_lazy("No drawer ever held less than nothing"),
        drawers_never_below_zero,
    ),
    Invariant(
        "cash.papers_stand_in_the_books",
        gettext_lazy("Every cash paper stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "cash.numbers_have_no_gap",
        gettext_lazy("Cash papers are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "cash:cash_page",
    ),
)

__all__ = ["CLOSE_CHECKS", "INVARIANTS"]
