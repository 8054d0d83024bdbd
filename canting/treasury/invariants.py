"""What must always hold of the treasurer's work, and what is asked before a month is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.cooperatives import selectors as house
from canting.kernel.dates import format_date, last_of_month
from canting.kernel.invariants import CloseCheck, Fault, Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.statements import surplus
from canting.treasury import selectors
from canting.treasury.models import Accrual, DailyPaper, Prepayment, SpreadRun
from canting.treasury.rules import (
    ACCRUAL,
    ACCRUAL_SERIES,
    PREPAID_SERIES,
    PREPAYMENT,
    SPREAD,
    SPREAD_SERIES,
    TURNED,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative


def lines_are_their_entries(cooperative: Cooperative) -> Iterator[str]:
    """The entries of a matched line are on its account and add up to it."""
    for line in selectors.wrong_sums(cooperative=cooperative):
        yield _("The bank's line of %(day)s over %(amount)s is not what its entries say.") % {
            "day": format_date(line.on),
            "amount": format_rupiah(line.amount),
        }


PAPERS: tuple[tuple[type[DailyPaper], str, str], ...] = (
    (Accrual, ACCRUAL, ACCRUAL_SERIES),
    (Prepayment, PREPAYMENT, PREPAID_SERIES),
    (SpreadRun, SPREAD, SPREAD_SERIES),
)


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every paper has its entry, a reversed one a reversed entry; a turning accrual has two."""
    for model, source, _series in PAPERS:
        found: QuerySet[Any] = model._default_manager.filter(cooperative=cooperative)
        if model is Prepayment:
            found = found.exclude(place="")
        yield from _standing(cooperative, source, found.values_list("number", "state"))
    turning = Accrual.objects.filter(cooperative=cooperative, turns_on__isnull=False)
    yield from _standing(cooperative, TURNED, turning.values_list("number", "state"))


def _standing(
    cooperative: Cooperative, source: str, found: Iterable[tuple[str, str]]
) -> Iterator[str]:
    states = {f"{source}:{number}": state == "reversed" for number, state in found}
    yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of accruals, prepaid costs and the months of them follow each other."""
    rows = [
        model._default_manager.filter(cooperative=cooperative).values_list("number", flat=True)
        for model, _source, _series in PAPERS
    ]
    by_series: dict[str, list[str]] = {series: [] for _model, _source, series in PAPERS}
    for number in rows[0].union(*rows[1:], all=True):
        by_series.setdefault(number.partition("/")[0], []).append(number)
    for series, numbers in by_series.items():
        yield from house.numbering_gaps(cooperative=cooperative, series=series, numbers=numbers)


def prepaid_gives_what_it_is(cooperative: Cooperative) -> Iterator[str]:
    """No prepaid cost gave more than it is, and a booked month is the sum of its parts."""
    for one in selectors.broken_prepayments(cooperative=cooperative):
        yield _("%(number)s is %(amount)s, but gave %(given)s.") % {
            "number": one.number,
            "amount": format_rupiah(one.amount),
            "given": format_rupiah(one.given),
        }
    for one in selectors.unlike_runs(cooperative=cooperative):
        yield _("%(number)s is %(total)s, but its parts are %(parts)s.") % {
            "number": one.number,
            "total": format_rupiah(one.total),
            "parts": format_rupiah(one.sum_of_parts),
        }


def prepaid_is_spread(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """What prepaid costs give to the months up to this one is booked."""
    parts = selectors.parts_due(cooperative=cooperative, until=last_of_month(month))
    if parts:
        text = _("%(amount)s of prepaid costs belongs to this month and is not booked.")
        total = format_rupiah(sum(one.amount for one in parts))
        yield Fault(text % {"amount": total}, "treasury:costs_page")


def recurring_is_booked(cooperative: Cooperative, month: date) -> Iterator[Fault]:
    """What recurred up to the month's end is booked or passed over."""
    for one in selectors.due_until(cooperative=cooperative, until=last_of_month(month)):
        text = _("%(name)s of %(day)s is not booked.") % {
            "name": one.recurring.name,
            "day": format_date(one.due),
        }
        yield Fault(text, "treasury:recurring_page")


def units_make_the_whole(cooperative: Cooperative) -> Iterator[str]:
    """The results of the business units and what stays apart are the surplus of the last year."""
    last = ledger.last_entry_date(cooperative=cooperative)
    if last is None or not selectors.units(cooperative=cooperative).exists():
        return
    time = {"since": last.replace(month=1, day=1), "until": last}
    told = selectors.unit_results(cooperative=cooperative, **time)
    whole = surplus(cooperative=cooperative, **time).after_tax
    stated = whole.member + whole.nonmember
    if sum(told.results) + told.apart != stated:
        yield _("The business units make %(units)s, the statement of result %(stated)s.") % {
            "units": format_rupiah(sum(told.results) + told.apart),
            "stated": format_rupiah(stated),
        }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "treasury.lines_are_their_entries",
        gettext_lazy("A matched line of the bank is as much as its entries"),
        lines_are_their_entries,
    ),
    Invariant(
        "treasury.papers_stand_in_the_books",
        gettext_lazy("Every accrual and prepaid cost stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "treasury.numbers_have_no_gap",
        gettext_lazy("Accruals and prepaid costs are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "treasury.prepaid_gives_what_it_is",
        gettext_lazy("No prepaid cost gives more than it is"),
        prepaid_gives_what_it_is,
    ),
    Invariant(
        "treasury.units_make_the_whole",
        gettext_lazy("The results of the business units make the surplus"),
        units_make_the_whole,
    ),
)

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "treasury.prepaid_is_spread",
        gettext_lazy("Prepaid costs are booked"),
        prepaid_is_spread,
        "treasury:costs_page",
        "depreciation",
    ),
    CloseCheck(
        "treasury.recurring_is_booked",
        gettext_lazy("What recurs is booked"),
        recurring_is_booked,
        "treasury:recurring_page",
        "drafts",
    ),
)
