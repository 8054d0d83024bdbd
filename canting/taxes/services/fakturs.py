"""Input VAT: what suppliers charged with a tax invoice, on top of a purchase or bill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.kernel.money import format_rupiah
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.taxes import selectors
from canting.taxes.errors import (
    BadTaxAmount,
    FakturNeeded,
    FakturTwice,
    InputVatUsed,
    NotVatPayer,
    PaidToSupplier,
)
from canting.taxes.models import InputVat
from canting.taxes.rules import FAKTUR, FAKTUR_SERIES, VAT_IN
from canting.taxes.services.common import locked, mark, reverse

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@transaction.atomic
def write_input_vat(
    *,
    cooperative: Cooperative,
    party: Party,
    faktur: str,
    faktur_on: date,
    base: int,
    vat: int,
    on: date,
    actor: User,
    paper: str = "",
    place: str = "",
) -> InputVat:
    """Write down VAT that a supplier's tax invoice charges (D input VAT; K supplier, or money).

    Without a cash place we owe it with the goods (posting.md 2.2 ppn_purchase). Raises
    NotVatPayer, BadTaxAmount, FakturNeeded, FakturTwice, NotEnoughCash.
    """
    ledger.lock_account(cooperative=cooperative, role=VAT_IN)
    _check(cooperative, party, faktur.strip(), base, vat, on)
    if place:
        require_cash(cooperative=cooperative, place=place, amount=vat, on=on)
    made = InputVat.objects.create(
        cooperative=cooperative,
        number=next_number(cooperative=cooperative, series=FAKTUR_SERIES, on=on),
        on=on,
        party=party,
        faktur=faktur.strip()[:40],
        faktur_on=faktur_on,
        base=base,
        vat=vat,
        bought=paper.strip()[:30],
        place=place,
        made_by=actor,
        made_at=timezone.now(),
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="taxes.input_vat_written",
        subject=made.number,
        facts={"amount": vat, "reference": made.faktur},
        for_party=party,
    )
    owed = credit(place, vat) if place else credit("pay_supplier", vat, party)
    draft = Draft(
        source=f"{FAKTUR}:{made.number}",
        entry_date=on,
        kind="ppn_purchase",
        memo=f"{party.name}: {made.faktur}",
        lines=[debit(VAT_IN, vat), owed],
        paper=made.number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    return made


def _check(
    cooperative: Cooperative, party: Party, faktur: str, base: int, vat: int, on: date
) -> None:
    if selectors.pkp(cooperative=cooperative, on=on) is None:
        raise NotVatPayer(day=ledger.day(on), amount=format_rupiah(vat))
    if not 0 < vat <= base:
        raise BadTaxAmount(amount=format_rupiah(vat))
    if not faktur:
        raise FakturNeeded(amount=format_rupiah(vat))
    known = selectors.faktur_by(cooperative=cooperative, party=party, faktur=faktur)
    if known is not None:
        raise FakturTwice(faktur=faktur, party=party.name, number=known.number)


@transaction.atomic
def correct_input_vat(
    *,
    paper: InputVat,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> InputVat | None:
    """Reverse input VAT and, with a replacement, write it anew.

    Raises InputVatUsed once a payment has set it off, PaidToSupplier once the supplier has it.
    """
    paper = locked(paper, reason)
    cooperative = paper.cooperative
    again = replacement["vat"] if replacement else 0
    if ledger.balance(cooperative=cooperative, role=VAT_IN) + again < paper.vat:
        raise InputVatUsed(number=paper.number)
    if not paper.place:
        owed = ledger.party_balance(cooperative=cooperative, role="pay_supplier", party=paper.party)
        same = replacement and not replacement["place"] and replacement["party"] == paper.party
        if owed + (again if same else 0) < paper.vat:
            raise PaidToSupplier(number=paper.number, party=paper.party.name)
    mark(paper, None, reason, "taxes.corrected", actor)
    reverse(paper, FAKTUR, on, reason, actor)
    if replacement is None:
        return None
    made = write_input_vat(cooperative=cooperative, on=on, actor=actor, **replacement)
    InputVat.objects.filter(pk=paper.pk).update(successor=made)
    return made
