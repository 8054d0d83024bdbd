"""Money in and out for what is on the list, and moved between places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.cash import selectors
from canting.cash.errors import BadAmount, NotThatMuchOwed, SamePlace, TooMuchWithheld
from canting.cash.models import CashPaper
from canting.cash.rules import PAPER_SOURCE, Purpose
from canting.cooperatives.services import attach, next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, Line, credit, debit, nonzero
from canting.ledger.services import post_entry

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def receive_cash(
    *,
    cooperative: Cooperative,
    purpose: str,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
    counterparty: str = "",
    withheld: int = 0,
    photo: UploadedFile[Any] | None = None,
) -> CashPaper:
    """Take money in for something on the list; of bank interest the tax the bank kept is apart.

    Posts `bank_interest`, `service_nonmember`, `other_income` (posting.md 2.7), number KW.
    """
    what = selectors.purpose(purpose)
    check_amount(amount)
    selectors.place_name(cooperative=cooperative, place=place)
    if not 0 <= withheld < amount:
        raise TooMuchWithheld(withheld=format_rupiah(withheld), amount=format_rupiah(amount))
    lines = nonzero(
        debit(place, amount - withheld),
        debit("tax_other", withheld),
        credit(what.role, amount, business=what.business),
    )
    return write(
        cooperative=cooperative,
        series="KW",
        kind=what.kind,
        lines=lines,
        actor=actor,
        photo=photo,
        facts={
            "kind": "receipt",
            "purpose": what.key,
            "amount": amount,
            "withheld": withheld,
            "place": place,
            "memo": memo,
            "on": on,
            "counterparty": counterparty,
        },
    )


@transaction.atomic
def pay_cash(
    *,
    cooperative: Cooperative,
    purpose: str,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
    counterparty: str = "",
    photo: UploadedFile[Any] | None = None,
    own_date: date | None = None,
) -> CashPaper:
    """Pay for something on the list out of a place that holds enough.

    `own_date` is the day it belongs to, where that month is closed already. Posts `overhead`,
    `tax_paid`, `fund_spending`, `accrued_paid` (posting.md 2.7, 2.8), number BK.
    """
    what = selectors.purpose(purpose)
    check_amount(amount)
    selectors.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    _check_owed(cooperative, what, amount)
    return write(
        cooperative=cooperative,
        series="BK",
        kind=what.kind,
        lines=[debit(what.role, amount, business=what.business), credit(place, amount)],
        actor=actor,
        photo=photo,
        own_date=own_date,
        facts={
            "kind": "payment",
            "purpose": what.key,
            "amount": amount,
            "place": place,
            "memo": memo,
            "on": on,
            "counterparty": counterparty,
        },
    )


def _check_owed(cooperative: Cooperative, what: Purpose, amount: int) -> None:
    if not what.owed:
        return
    ledger.lock_account(cooperative=cooperative, role=what.role)
    left = ledger.balance(cooperative=cooperative, role=what.role)
    if left < amount:
        account = ledger.account_for(cooperative=cooperative, role=what.role)
        raise NotThatMuchOwed(
            left=format_rupiah(left), account=ledger.label(account), amount=format_rupiah(amount)
        )


@transaction.atomic
def move_cash(
    *,
    cooperative: Cooperative,
    amount: int,
    place: str,
    to_place: str,
    memo: str,
    on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> CashPaper:
    """Carry money from one place to another; posts `cash_transfer` (posting.md 2.1), number PK."""
    check_amount(amount)
    selectors.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    name = selectors.place_name(cooperative=cooperative, place=to_place)
    if place == to_place:
        raise SamePlace(place=name)
    return write(
        cooperative=cooperative,
        series="PK",
        kind="cash_transfer",
        lines=[debit(to_place, amount), credit(place, amount)],
        actor=actor,
        photo=photo,
        facts={
            "kind": "transfer",
            "amount": amount,
            "place": place,
            "other_place": to_place,
            "memo": memo,
            "on": on,
        },
    )


def check_amount(amount: int) -> None:
    """Refuse an amount of zero or less."""
    if amount <= 0:
        raise BadAmount(amount=format_rupiah(amount))


def write(
    *,
    cooperative: Cooperative,
    series: str,
    kind: str,
    lines: list[Line],
    actor: User,
    facts: dict[str, Any],
    photo: UploadedFile[Any] | None = None,
    own_date: date | None = None,
) -> CashPaper:
    """Number the paper, keep it with its photo, post its entry, record the act; in one piece."""
    number = next_number(cooperative=cooperative, series=series, on=facts["on"])
    paper = CashPaper.objects.create(
        cooperative=cooperative, number=number, made_by=actor, made_at=timezone.now(), **facts
    )
    if photo:
        attach(cooperative=cooperative, subject=number, upload=photo, actor=actor)
    draft = Draft(
        source=f"{PAPER_SOURCE}:{number}",
        entry_date=paper.on,
        kind=kind,
        memo=paper.memo,
        lines=lines,
        own_date=own_date,
        paper=number,
    )
    post_entry(cooperative=cooperative, draft=draft, actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action=f"cash.{paper.kind}",
        subject=number,
        facts={"amount": paper.amount, "place": paper.place},
        for_party=paper.party,
    )
    return paper
