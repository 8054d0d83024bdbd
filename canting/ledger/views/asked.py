"""What an address of the books asks for: days, spans, and how an answer is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from canting.cooperatives.doors import Request
from canting.kernel.addresses import address as address_of
from canting.kernel.dates import today
from canting.kernel.inputs import asked_day
from canting.ledger import selectors
from canting.ledger.statements import first_of_year

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class Span:
    """A time from one day to another."""

    since: date
    until: date


def span(request: Request, cooperative: Cooperative) -> Span:
    """The days `dari` and `sampai`: this year until today, unless the address says otherwise."""
    until = asked_day(request.GET.get("sampai"), today(cooperative.zone))
    since = asked_day(request.GET.get("dari"), first_of_year(until))
    return Span(min(since, until), until)


def is_provisional(cooperative: Cooperative, as_of: date) -> bool:
    """True when the month of that day is still open: its figures may change."""
    closed = selectors.head(cooperative=cooperative).closed_through
    return closed is None or as_of > closed


def file_name(title: str, cooperative: Cooperative, as_of: date) -> str:
    """A name people find again, without its ending: what, whose, which day."""
    return f"{title}-{cooperative.slug}-{as_of.isoformat()}"


def address(name: str, cooperative: Cooperative, *parts: object, **asked: object) -> str:
    """The address of a page of this cooperative with what is asked behind it."""
    words = {key: value for key, value in asked.items() if value not in (None, "")}
    base = address_of(name, cooperative.slug, *parts)
    return f"{base}?{urlencode(words)}" if words else base
