"""What must always hold at the cash desk, and what it asks before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cash import selectors
from canting.cash.models import CashPaper, DrawerCount
from canting.cash.rules import DRAWERS, PAPER_SOURCE
from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date, last_of_month
from canting.kernel.invariants import CloseCheck, Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

# These stand on entries of several domains; every paper of them posts one.
SHARED_SERIES = ("KW", "BK")
AT_ONCE = 500


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
    papers = list(
        CashPaper.objects.filter(cooperative=cooperative)
        .order_by("id")
        .values_list("number", "state")
    )
    for start in range(0, len(papers), AT_ONCE):
        part = papers[start : start + AT_ONCE]
        standing = ledger.standing_of(
            cooperative=cooperative, sources=[f"{PAPER_SOURCE}:{number}" for number, _state in part]
        )
        for number, state in part:
            is_reversed = standing.get(f"{PAPER_SOURCE}:{number}")
            if is_reversed is None:
                yield _("%(number)s has no entry.") % {"number": number}
            elif is_reversed != (state == "reversed"):
                yield _("%(number)s and its entry do not agree on being reversed.") % {
                    "number": number
                }


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


def drawers_are_counted(cooperative: Cooperative, month: date) -> Iterator[str]:
    """Each drawer that moved in the month was counted by two on its last day of moves or later."""
    for account in selectors.place_accounts(cooperative=cooperative):
        if account.role not in DRAWERS:
            continue
        last = ledger.last_moved(
            cooperative=cooperative, account=account, since=month, until=last_of_month(month)
        )
        if last and not selectors.counted_since(
            cooperative=cooperative, place=account.role, day=last
        ):
            yield _("%(place)s moved on %(day)s and was not counted by two since.") % {
                "place": ledger.account_name(account.role, account.name),
                "day": format_date(last),
            }


def suspense_is_empty(cooperative: Cooperative, month: date) -> Iterator[str]:
    """Nothing stands in suspense at the month's end (posting.md 2.8)."""
    left = ledger.balance(cooperative=cooperative, role="suspense", as_of=last_of_month(month))
    if left:
        yield ledger.suspense_left(left)


def numbering_before_close(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """The numbers of cash papers follow each other."""
    yield from numbers_have_no_gap(cooperative)


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
    ),
)

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "cash.drawers_are_counted",
        gettext_lazy("The drawers are counted by two"),
        drawers_are_counted,
        "cash:count_list",
    ),
    CloseCheck(
        "cash.suspense_is_empty",
        gettext_lazy("Suspense is empty"),
        suspense_is_empty,
        "cash:suspense_list",
    ),
    CloseCheck(
        "cash.numbering_before_close",
        gettext_lazy("Cash papers are numbered without a gap"),
        numbering_before_close,
        "cash:cash_page",
    ),
)
