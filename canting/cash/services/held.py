"""Money of members that is held for buying together: taken with a receipt, given back with one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import HeldTooLittle
from canting.cash.models import CashPaper
from canting.cash.services.papers import check_amount, write
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User

ROLE = "round_deposit"


@transaction.atomic
def take_held(
    *,
    cooperative: Cooperative,
    party: Party,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
) -> CashPaper:
    """Take a member's money for buying together: a debt to her, no capital and no revenue.

    Posts `round_deposit`: D cash / K money held [member]; number KW. Raises BadAmount, UnknownPlace.
    """
    check_amount(amount)
    selectors.place_name(cooperative=cooperative, place=place)
    return write(
        cooperative=cooperative,
        series="KW",
        kind="round_deposit",
        lines=[debit(place, amount), credit(ROLE, amount, party)],
        actor=actor,
        facts={
            "kind": "deposit",
            "amount": amount,
            "place": place,
            "memo": memo,
            "on": on,
            "counterparty": party.name,
            "party": party,
        },
    )


@transaction.atomic
def give_back_held(
    *,
    cooperative: Cooperative,
    party: Party,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
) -> CashPaper:
    """Give a member back what is held of hers, out of a place that holds enough.

    Posts `round_deposit_returned`: D money held [member] / K cash; number BK. Raises BadAmount,
    HeldTooLittle with what is held, NotEnoughCash.
    """
    check_amount(amount)
    ledger.lock_account(cooperative=cooperative, role=ROLE)
    left = ledger.party_balance(cooperative=cooperative, role=ROLE, party=party)
    if left < amount:
        raise HeldTooLittle(name=party.name, left=format_rupiah(left), amount=format_rupiah(amount))
    selectors.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    return write(
        cooperative=cooperative,
        series="BK",
        kind="round_deposit_returned",
        lines=[debit(ROLE, amount, party), credit(place, amount)],
        actor=actor,
        facts={
            "kind": "refund",
            "amount": amount,
            "place": place,
            "memo": memo,
            "on": on,
            "counterparty": party.name,
            "party": party,
        },
    )
