"""Advances to staff (kas bon): given, and accounted for with receipts and money returned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cash import selectors
from canting.cash.errors import MoreThanAdvance, NothingReturned
from canting.cash.models import AdvanceNota, CashPaper
from canting.cash.rules import Nota
from canting.cash.services.papers import check_amount, write
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import credit, debit, nonzero

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def give_advance(
    *,
    cooperative: Cooperative,
    staff: Party,
    amount: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> CashPaper:
    """Hand cash to a member of staff, to be accounted for; posts `staff_advance`, number BK."""
    check_amount(amount)
    selectors.require_cash(cooperative=cooperative, place=place, amount=amount, on=on)
    return write(
        cooperative=cooperative,
        series="BK",
        kind="staff_advance",
        lines=[debit("staff_advance", amount, staff), credit(place, amount)],
        actor=actor,
        photo=photo,
        facts={
            "kind": "advance",
            "amount": amount,
            "place": place,
            "memo": memo,
            "on": on,
            "party": staff,
            "counterparty": staff.name,
        },
    )


@transaction.atomic
def settle_advance(
    *,
    cooperative: Cooperative,
    staff: Party,
    notas: Sequence[Nota],
    returned: int,
    place: str,
    memo: str,
    on: date,
    actor: User,
    photo: UploadedFile[Any] | None = None,
) -> CashPaper:
    """Account for an advance: each receipt to its purpose, the rest back into a place.

    Never more than is open; what is not brought yet stays open. Posts `staff_advance_settled`,
    number PJ.
    """
    selectors.place_name(cooperative=cooperative, place=place)
    purposes = [selectors.purpose(nota.purpose) for nota in notas]
    for nota in notas:
        check_amount(nota.amount)
    total = sum(nota.amount for nota in notas) + returned
    if total <= 0 or returned < 0:
        raise NothingReturned()
    ledger.lock_account(cooperative=cooperative, role="staff_advance")
    left = ledger.party_balance(cooperative=cooperative, role="staff_advance", party=staff)
    if total > left:
        raise MoreThanAdvance(
            name=staff.name, left=format_rupiah(left), amount=format_rupiah(total)
        )
    lines = nonzero(
        *(
            debit(what.role, nota.amount, business=what.business)
            for what, nota in zip(purposes, notas, strict=True)
        ),
        debit(place, returned),
        credit("staff_advance", total, staff),
    )
    paper = write(
        cooperative=cooperative,
        series="PJ",
        kind="staff_advance_settled",
        lines=lines,
        actor=actor,
        photo=photo,
        facts={
            "kind": "settlement",
            "amount": total,
            "returned": returned,
            "place": place,
            "memo": memo,
            "on": on,
            "party": staff,
            "counterparty": staff.name,
        },
    )
    _keep(paper, notas)
    return paper


def _keep(paper: CashPaper, notas: Sequence[Nota]) -> None:
    AdvanceNota.objects.bulk_create(
        AdvanceNota(
            paper=paper, position=position, purpose=nota.purpose, amount=nota.amount, memo=nota.memo
        )
        for position, nota in enumerate(notas, 1)
    )
