"""What must always hold of fixed assets and grants, and what is asked before a month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from canting.assets import selectors
from canting.assets.models import Asset, DepreciationRun, Disposal, Grant
from canting.assets.rules import (
    ASSET,
    ASSET_SERIES,
    BOUGHT,
    CLASSES,
    DISPOSAL,
    DISPOSAL_SERIES,
    GRANT,
    GRANT_SERIES,
    RUN,
    RUN_SERIES,
)
from canting.cooperatives import selectors as house
from canting.kernel.dates import last_of_month
from canting.kernel.invariants import CloseCheck, Invariant
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative

PAPERS = (
    (Asset, ASSET, ASSET_SERIES),
    (DepreciationRun, RUN, RUN_SERIES),
    (Disposal, DISPOSAL, DISPOSAL_SERIES),
    (Grant, GRANT, GRANT_SERIES),
)


def papers_stand_in_the_books(cooperative: Cooperative) -> Iterator[str]:
    """Every paper has its entry, and a reversed paper a reversed one."""
    for model, source, _series in PAPERS:
        found: QuerySet[Any] = model.objects.filter(cooperative=cooperative)
        if model is Asset:
            found = found.filter(origin=BOUGHT)
        states = {
            f"{source}:{number}": state == "reversed"
            for number, state in found.values_list("number", "state")
        }
        yield from ledger.standing_faults(cooperative=cooperative, papers=states)


def numbers_have_no_gap(cooperative: Cooperative) -> Iterator[str]:
    """The numbers of assets, runs, disposals and grants follow each other."""
    for model, _source, series in PAPERS:
        numbers = model.objects.filter(cooperative=cooperative)
        yield from house.numbering_gaps(
            cooperative=cooperative,
            series=series,
            numbers=numbers.values_list("number", flat=True),
        )


def no_asset_lost_more_than_it_can(cooperative: Cooperative) -> Iterator[str]:
    """No asset lost more than its cost less what it is worth at the end (posting.md 2.7)."""
    for number, lost in selectors.lost_too_much(cooperative=cooperative):
        yield _("%(number)s lost %(lost)s, more than it can.") % {
            "number": number,
            "lost": format_rupiah(lost),
        }


def months_add_up(cooperative: Cooperative) -> Iterator[str]:
    """A booked month is the sum of what its assets lost."""
    runs = DepreciationRun.objects.filter(cooperative=cooperative).annotate(
        parts=Coalesce(Sum("charges__amount"), 0)
    )
    for run in runs.exclude(parts=F("total")):
        yield _("%(number)s is %(total)s, but its assets lost %(parts)s.") % {
            "number": run.number,
            "total": format_rupiah(run.total),
            "parts": format_rupiah(run.parts),
        }


def depreciation_is_booked(cooperative: Cooperative, month: date) -> Iterator[str]:
    """What the assets lost by the end of the month is booked."""
    left = sum(
        due.amount for due in selectors.dues(cooperative=cooperative, until=last_of_month(month))
    )
    if left:
        yield _("%(amount)s of depreciation is not booked.") % {"amount": format_rupiah(left)}


def assets_in_words(cooperative: Cooperative, _month: date) -> str:
    """How many assets there are and what is left of them."""
    sums = selectors.class_sums(cooperative=cooperative)
    count = sum(one.count for one in sums)
    if not count:
        return _("no fixed assets")
    left = format_rupiah(sum(one.left for one in sums))
    return _("%(count)s assets, %(left)s left of them") % {"count": count, "left": left}


def register_is_the_book(cooperative: Cooperative, _month: date) -> Iterator[str]:
    """The register of assets says what the books say, class by class."""
    for one in selectors.class_sums(cooperative=cooperative):
        if one.differs:
            yield _("%(kind)s: the books hold %(booked)s, the register %(left)s.") % {
                "kind": _(CLASSES[one.key].label),
                "booked": format_rupiah(one.booked_cost - one.booked_lost),
                "left": format_rupiah(one.left),
            }


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        "assets.papers_stand_in_the_books",
        gettext_lazy("Every paper of assets and grants stands in the books"),
        papers_stand_in_the_books,
    ),
    Invariant(
        "assets.numbers_have_no_gap",
        gettext_lazy("Papers of assets and grants are numbered without a gap"),
        numbers_have_no_gap,
        "numbering",
        "portal:verify_page",
    ),
    Invariant(
        "assets.no_asset_lost_more_than_it_can",
        gettext_lazy("No asset lost more than its cost less what it is worth at the end"),
        no_asset_lost_more_than_it_can,
    ),
    Invariant(
        "assets.months_add_up",
        gettext_lazy("A month's depreciation is the sum of its assets"),
        months_add_up,
    ),
)

CLOSE_CHECKS: tuple[CloseCheck, ...] = (
    CloseCheck(
        "assets.depreciation_is_booked",
        gettext_lazy("Depreciation is booked"),
        depreciation_is_booked,
        "assets:run_list",
        "depreciation",
        assets_in_words,
    ),
    CloseCheck(
        "assets.register_is_the_book",
        gettext_lazy("The register of assets says what the books say"),
        register_is_the_book,
        "assets:asset_list",
    ),
)
