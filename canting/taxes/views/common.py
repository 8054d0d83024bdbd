"""What the pages of taxes share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cooperatives import selectors as house
from canting.cooperatives.rules import PartyKind
from canting.kernel.dates import first_of_month, next_month
from canting.kernel.errors import DomainError
from canting.taxes.errors import BadTaxAmount, FakturNeeded, FakturTwice, MoreThanWithheld

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative

FIELD_OF: dict[type[DomainError], str] = {
    BadTaxAmount: "amount",
    MoreThanWithheld: "amount",
    FakturNeeded: "faktur",
    FakturTwice: "faktur",
    NotEnoughCash: "place",
    UnknownPlace: "place",
}


def month_of(text: str, day: date) -> date:
    """The month asked for as 2026-11; else the last whole month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return next_month(first_of_month(day), -1)


def found_or_404(paper: Any) -> Any:
    """The paper, or 404 when this cooperative has none of that number."""
    if paper is None:
        raise Http404
    return paper


def back(cooperative: Cooperative, month: date) -> HttpResponse:
    """To the taxes of a month."""
    return redirect(f"{reverse('taxes:month_page', args=[cooperative.slug])}?bulan={month:%Y-%m}")


def payees(cooperative: Cooperative, *kinds: PartyKind) -> list[tuple[str, str]]:
    """Parties of these kinds as choices, by number."""
    found = house.parties(cooperative=cooperative).filter(kind__in=kinds)
    return [(str(party.pk), f"{party.number} {party.name}") for party in found]
