"""What an address of the statements asks for: the time, what it is compared with, the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from canting.cooperatives.doors import Request
from canting.kernel.addresses import address as address_of
from canting.kernel.dates import last_of_month, next_month, today
from canting.kernel.inputs import asked_day
from canting.ledger import selectors as ledger
from canting.reports.statements import Period, month_end_kept, year_to

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

YEAR, MONTH = "tahun", "bulan"


def address(name: str, cooperative: Cooperative, *parts: object, **asked: object) -> str:
    """The address of a page of this cooperative with what is asked behind it."""
    words = {key: value for key, value in asked.items() if value not in (None, "")}
    base = address_of(name, cooperative.slug, *parts)
    return f"{base}?{urlencode(words)}" if words else base


@dataclass(frozen=True, slots=True)
class Asked:
    """The time of a statement and the one beside it."""

    period: Period
    earlier: Period
    compare: str

    @property
    def words(self) -> dict[str, str]:
        """The same as the words of an address."""
        return {
            "dari": self.period.since.isoformat(),
            "sampai": self.period.until.isoformat(),
            "banding": self.compare,
        }


def asked_time(request: Request, cooperative: Cooperative) -> Asked:
    """The days `dari` and `sampai` (this year until today) and `banding`: last year or last month."""
    until = asked_day(request.GET.get("sampai"), today(cooperative.zone))
    since = asked_day(request.GET.get("dari"), year_to(until).since)
    period = Period(min(since, until), until)
    compare = MONTH if request.GET.get("banding") == MONTH else YEAR
    return Asked(period, period.earlier(1 if compare == MONTH else 12), compare)


def asked_position(request: Request, cooperative: Cooperative) -> Asked:
    """The day `sampai`, beside the year's start, the same day last year or the end of last month."""
    day = request.GET.get("sampai") or request.GET.get("tanggal")
    until = asked_day(day, today(cooperative.zone))
    compare = request.GET.get("banding", "")
    if compare == YEAR:
        other = month_end_kept(until, -12)
    elif compare == MONTH:
        other = last_of_month(next_month(until.replace(day=1), -1))
    else:
        other, compare = date(until.year - 1, 12, 31), ""
    return Asked(year_to(until), Period(other.replace(month=1, day=1), other), compare)


def comparisons(name: str, cooperative: Cooperative, asked: Asked) -> list[tuple[str, str, bool]]:
    """The choices of what to compare with: label, address, whether it is chosen."""
    choices = [(_("Same time last year"), YEAR), (_("A month before"), MONTH)]
    return [
        (
            label,
            address(name, cooperative, **{**asked.words, "banding": key}),
            asked.compare == key,
        )
        for label, key in choices
    ]


def position_comparisons(
    name: str, cooperative: Cooperative, asked: Asked
) -> list[tuple[str, str, bool]]:
    """The same for the position: the start of the year, a year before, the end of last month."""
    until = asked.period.until
    choices = [
        (_("Start of the year"), ""),
        (_("Same day last year"), YEAR),
        (_("End of last month"), MONTH),
    ]
    return [
        (label, address(name, cooperative, sampai=until, banding=key), asked.compare == key)
        for label, key in choices
    ]


def is_provisional(cooperative: Cooperative, as_of: date) -> bool:
    """True while the month of that day is open: its figures may still change."""
    closed = ledger.head(cooperative=cooperative).closed_through
    return closed is None or as_of > closed
