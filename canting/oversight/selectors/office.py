"""What the office sees of the cooperatives of its region: figures and states, never people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as cooperatives
from canting.kernel.dates import local_day
from canting.kernel.pagination import Page, page_of
from canting.ledger import selectors as ledger
from canting.members import selectors as members
from canting.oversight.rules.office import Flag, Standing, flags, months_behind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from canting.cooperatives.models import Cooperative

ROWS = 50


@dataclass(frozen=True, slots=True)
class HouseRow:
    """One cooperative as the office lists it; money in whole rupiah."""

    cooperative: Cooperative
    members: int
    opened_on: date
    closed_through: date | None
    months_behind: int
    last_posted: date | None
    turnover: int
    assets: int
    surplus: int
    suspense: int
    flags: tuple[Flag, ...]

    @property
    def provisional(self) -> bool:
        """True while the opening balances are not signed."""
        return self.cooperative.signed_at is None


def in_region(*, region_code: str, words: str = "") -> QuerySet[Cooperative]:
    """The cooperatives an office oversees by name, all or those with these words in name or place."""
    found = cooperatives.cooperatives_of_region(region_code=region_code)
    for word in words.split():
        found = found.filter(name__icontains=word) | found.filter(place__icontains=word)
    return found


def page_of_region(
    *, region_code: str, on: date, words: str = "", after: str | None = None
) -> tuple[Page[Cooperative], list[HouseRow]]:
    """A page of the region by name with every figure; six queries whatever its length."""
    page = page_of(
        in_region(region_code=region_code, words=words), order=["name"], after=after, size=ROWS
    )
    return page, house_rows(found=page.rows, on=on)


def every_row(*, region_code: str, on: date) -> Iterator[HouseRow]:
    """All cooperatives of the region for a sheet, read page by page."""
    after: str | None = None
    while True:
        page, rows = page_of_region(region_code=region_code, on=on, after=after)
        yield from rows
        after = page.next
        if after is None:
            return


def house_in_region(*, region_code: str, slug: str) -> Cooperative | None:
    """A cooperative of the region by its short name; nothing when it is another office's."""
    return cooperatives.cooperatives_of_region(region_code=region_code).filter(slug=slug).first()


def house_rows(*, found: Sequence[Cooperative], on: date) -> list[HouseRow]:
    """Rows for these cooperatives; the sums are the database's."""
    ids = [one.pk for one in found]
    counts = members.active_counts(cooperative_ids=ids)
    figures = ledger.house_figures(cooperative_ids=ids, on=on)
    return [
        _row(one, counts.get(one.pk, 0), figures[one.pk], on) for one in found if one.pk in figures
    ]


def _row(cooperative: Cooperative, count: int, figures: ledger.HouseFigures, on: date) -> HouseRow:
    posted = figures.last_posted
    last_posted = local_day(posted, cooperative.zone) if posted else None
    standing = Standing(
        signed=cooperative.signed_at is not None,
        opened_on=figures.opened_on,
        closed_through=figures.closed_through,
        last_posted=last_posted,
        suspense=figures.suspense,
    )
    return HouseRow(
        cooperative=cooperative,
        members=count,
        opened_on=figures.opened_on,
        closed_through=figures.closed_through,
        months_behind=months_behind(standing, on),
        last_posted=last_posted,
        turnover=figures.turnover,
        assets=figures.assets,
        surplus=figures.surplus,
        suspense=figures.suspense,
        flags=tuple(flags(standing, on)),
    )
