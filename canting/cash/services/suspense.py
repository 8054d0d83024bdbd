"""Money whose owner is not known yet, and finding out whose it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import NotInSuspense, NotOwedByParty, PartyMissing
from canting.cash.models import CashPaper
from canting.cash.rules import RETURNED, SUSPENSE_TARGETS
from canting.cash.services.papers import check_amount, write
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Line, credit, debit

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def receive_unknown(
    *,
    cooperative: Cooperative,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> CashPaper:
    """Take in money that nobody recognises; posts `suspense` (posting.md 2.8), number KW."""
    check_amount(amount)
    selectors.place_name(cooperative=cooperative, place=place)
    return write(
        cooperative=cooperative,
        series="KW",
        kind="suspense",
        lines=[debit(place, amount), credit("suspense", amount)],
        actor=actor,
        photo=photo,
        facts={"kind": "suspense", "amount": amount, "place": place, "memo": memo, "on": on},
    )


@transaction.atomic
def clear_suspense(
    *,
    paper: CashPaper,
    target: str,
    amount: int,
    memo: str,
    on: date,
    actor: User,
    party: Party | None = None,
) -> CashPaper:
    """Say whose money in suspense was: a purpose, someone's debt, or given back.

    Posts `suspense_cleared`, number PJ; a debt takes no more than is open.
    """
    check_amount(amount)
    paper = selectors.lock_paper(cooperative=paper.cooperative, number=paper.number)
    left = selectors.left_in_suspense(paper=paper)
    if paper.kind != "suspense" or amount > left:
        raise NotInSuspense(
            number=paper.number, left=format_rupiah(left), amount=format_rupiah(amount)
        )
    line = _credit_line(paper, target, amount, on, party)
    return write(
        cooperative=paper.cooperative,
        series="PJ",
        kind="suspense_cleared",
        lines=[debit("suspense", amount), line],
        actor=actor,
        facts={
            "kind": "clearing",
            "amount": amount,
            "place": paper.place,
            "purpose": target,
            "memo": memo,
            "on": on,
            "party": line.party,
            "refers_to": paper,
        },
    )


def _credit_line(paper: CashPaper, target: str, amount: int, on: date, party: Party | None) -> Line:
    cooperative = paper.cooperative
    if target == RETURNED:
        selectors.require_cash(cooperative=cooperative, place=paper.place, amount=amount, on=on)
        return credit(paper.place, amount)
    if target not in SUSPENSE_TARGETS:
        what = selectors.purpose(target)
        return credit(what.role, amount, business=what.business)
    if party is None:
        raise PartyMissing()
    _name, must_be_open = SUSPENSE_TARGETS[target]
    if must_be_open:
        ledger.lock_account(cooperative=cooperative, role=target)
        left = ledger.party_balance(cooperative=cooperative, role=target, party=party)
        if amount > left:
            account = ledger.account_for(cooperative=cooperative, role=target)
            raise NotOwedByParty(
                name=party.name, left=format_rupiah(left), account=ledger.label(account)
            )
    return credit(target, amount, party)
