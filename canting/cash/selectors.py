"""Reads of the cash desk: where money lies and how much is there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from canting.cash.errors import NotEnoughCash, UnknownPlace
from canting.cash.rules import DRAWERS, PLACES
from canting.kernel.dates import format_date
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative


def places(cooperative: Cooperative) -> list[tuple[str, str]]:
    """Where money can come in and go out: account role and the name people read."""
    named = {ref.role: ref for ref in ledger.cash_accounts(cooperative=cooperative)}
    return [(role, ledger.account_name(role, named[role].name)) for role in PLACES if role in named]


def place_name(*, cooperative: Cooperative, place: str) -> str:
    """The name of a cash place; UnknownPlace when it is none."""
    found = dict(places(cooperative)).get(place)
    if found is None:
        raise UnknownPlace(place=place)
    return found


def require_cash(*, cooperative: Cooperative, place: str, amount: int, on: date) -> None:
    """Refuse a payment that a drawer cannot make on that day, or that would empty a later day.

    Call it inside the service's transaction before anything is moved: it holds the drawer until
    the end, so that two cashiers cannot take the same money. The bank is not refused here.
    """
    name = place_name(cooperative=cooperative, place=place)
    if place not in DRAWERS:
        return
    ledger.lock_account(cooperative=cooperative, role=place)
    day, left = ledger.least_from(cooperative=cooperative, role=place, since=on)
    if left < amount:
        raise NotEnoughCash(
            place=name,
            left=format_rupiah(left),
            date=format_date(day),
            amount=format_rupiah(amount),
        )
