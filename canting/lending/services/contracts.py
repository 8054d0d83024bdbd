"""Partners and the contracts with them: written down, approved by another, put right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction

from canting.cooperatives.rules import PartyKind
from canting.cooperatives.services import create_party, record
from canting.kernel.typed import clean
from canting.lending import selectors
from canting.lending.errors import ContractKnown, SomethingFollows
from canting.lending.models import Facility, Financier
from canting.lending.rules import (
    FACILITY_SERIES,
    INTEREST,
    PRINCIPAL,
    Terms,
    owed_role,
)
from canting.lending.services.common import (
    approve,
    check_amount,
    check_terms,
    lock_to_correct,
    mark,
    tell,
    write,
)

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, Party, User


@dataclass(frozen=True, slots=True)
class Deal:
    """What a contract with a partner says; the limit in whole rupiah."""

    contract: str
    signed_on: date
    limit: int
    terms: Terms
    mode: str = PRINCIPAL
    charge: str = INTEREST
    purpose: str = ""


@transaction.atomic
def add_financier(
    *,
    cooperative: Cooperative,
    name: str,
    kind: str,
    on: date,
    actor: User,
    number: str = "",
    contact: str = "",
    party: Party | None = None,
) -> Financier:
    """Write a financing partner down, or the kind of one that the old book brought (`party`)."""
    party = party or create_party(
        cooperative=cooperative,
        kind=PartyKind.FINANCIER,
        name=clean(name)[:120],
        number=number,
        on=on,
    )
    made = Financier.objects.create(
        cooperative=cooperative, party=party, kind=kind, contact=contact.strip()[:120]
    )
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="lending.financier_added",
        subject=party.number,
        facts={"name": party.name, "kind": kind},
    )
    return made


@transaction.atomic
def prepare_facility(
    *, cooperative: Cooperative, financier: Financier, deal: Deal, on: date, actor: User
) -> Facility:
    """Write down a contract with a partner; number FP. It posts nothing and waits for the board.

    Raises BadAmount, BadTerms, BadRate, FirstDueTooEarly, ContractKnown.
    """
    check_amount(deal.limit)
    check_terms(deal.terms, on=deal.signed_on)
    contract = clean(deal.contract)[:60]
    known = selectors.same_contract(financier=financier, contract=contract)
    if known is not None:
        name = financier.party.name
        raise ContractKnown(contract=contract, name=name, number=known.number)
    made = write(
        Facility,
        series=FACILITY_SERIES,
        actor=actor,
        cooperative=cooperative,
        on=on,
        financier=financier,
        contract=contract,
        signed_on=deal.signed_on,
        mode=deal.mode,
        charge=deal.charge,
        limit=deal.limit,
        purpose=deal.purpose.strip()[:160],
        role=owed_role(financier.kind, deal.mode),
        **deal.terms._asdict(),
    )
    tell(made, act="facility_prepared", actor=actor, amount=made.limit, contract=contract)
    return made


@transaction.atomic
def approve_facility(*, facility: Facility, on: date, actor: User, decision: str = "") -> Facility:
    """Approve a prepared contract; only then money is drawn. Raises SamePerson, AlreadyApproved."""
    facility = approve(selectors.lock(facility), on=on, actor=actor, decision=decision)
    tell(facility, act="facility_approved", actor=actor, decision=facility.decision)
    return facility


@transaction.atomic
def correct_facility(
    *,
    facility: Facility,
    reason: str,
    on: date,
    actor: User,
    replacement: Mapping[str, Any] | None = None,
) -> Facility | None:
    """Put a contract right before anything stands on it; the new one waits for the board again.

    Raises SomethingFollows once money was drawn or an agreement with a member written.
    """
    facility = lock_to_correct(facility, reason=reason)
    if follower := selectors.follower_of_facility(facility):
        raise SomethingFollows(number=facility.number, follower=follower)
    facility.state = "reversed"
    facility.save(update_fields=["state"])
    made = None
    if replacement is not None:
        made = prepare_facility(cooperative=facility.cooperative, on=on, actor=actor, **replacement)
    mark(facility, reason=reason, successor=made, actor=actor)
    return made
