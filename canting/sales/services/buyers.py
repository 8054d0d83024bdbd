"""Writes of buyers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import create_party, record, rename_party
from canting.kernel.identity import parse_npwp
from canting.kernel.phones import parse_phone
from canting.kernel.sealed import seal
from canting.members.rules import CounterpartyClass
from canting.sales.models import Buyer

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User


@transaction.atomic
def create_buyer(
    *,
    cooperative: Cooperative,
    name: str,
    on: date,
    actor: User,
    number: str = "",
    contact: str = "",
    phone: str = "",
    address: str = "",
    tax_number: str = "",
    counterparty_class: str = CounterpartyClass.NONMEMBER,
    withholds_tax: bool = False,
    **for_tax_invoices: str,
) -> Buyer:
    """Add a buyer; without a number the next free one is given. Raises BadPhone, BadNpwp.

    `email` and `vat_code` are asked of a VAT payer's buyers alone.
    """
    party = create_party(
        cooperative=cooperative, kind=PartyKind.BUYER, name=name, number=number, on=on
    )
    buyer = Buyer(cooperative=cooperative, party=party, name=name)
    _fill(buyer, contact, phone, address, tax_number, counterparty_class, withholds_tax)
    _fill_for_tax_invoices(buyer, **for_tax_invoices)
    buyer.save()
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="sales.buyer_added",
        subject=party.number,
        for_party=party,
    )
    return buyer


@transaction.atomic
def change_buyer(
    *,
    buyer: Buyer,
    actor: User,
    name: str,
    contact: str = "",
    phone: str = "",
    address: str = "",
    tax_number: str | None = None,
    counterparty_class: str = CounterpartyClass.NONMEMBER,
    withholds_tax: bool = False,
    active: bool = True,
    **for_tax_invoices: str,
) -> Buyer:
    """Change a buyer's facts; a tax number of None stays as it is. Papers keep what they said.

    `email` and `vat_code` stay as they are when they are not given.
    """
    before = buyer.name
    if name != before:
        rename_party(party=buyer.party, name=name)
        buyer.name = name
    buyer.active = active
    _fill(buyer, contact, phone, address, tax_number, counterparty_class, withholds_tax)
    _fill_for_tax_invoices(buyer, **for_tax_invoices)
    buyer.save()
    record(
        cooperative_id=buyer.cooperative_id,
        actor=actor,
        action="sales.buyer_changed",
        subject=buyer.party.number,
        facts={"name": [before, name], "active": active, "withholds_tax": withholds_tax},
        for_party=buyer.party,
    )
    return buyer


def _fill(
    buyer: Buyer,
    contact: str,
    phone: str,
    address: str,
    tax_number: str | None,
    counterparty_class: str,
    withholds_tax: bool,
) -> None:
    buyer.contact, buyer.address = contact, address
    buyer.phone = parse_phone(phone) if phone.strip() else ""
    buyer.counterparty_class = str(counterparty_class)
    buyer.withholds_tax = withholds_tax
    if tax_number is not None:
        plain = parse_npwp(tax_number)
        buyer.tax_number = seal(plain) if plain else b""


def _fill_for_tax_invoices(buyer: Buyer, email: str = "", vat_code: str = "") -> None:
    buyer.email = email or buyer.email
    buyer.vat_code = vat_code or buyer.vat_code
