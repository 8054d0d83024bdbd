"""Money now for cloth that is bought back later (the Pekalongan model, architecture.md 3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cash.selectors import require_cash
from canting.cooperatives.services import next_number, record
from canting.ledger.rules import Draft, credit, debit
from canting.ledger.services import post_entries
from canting.members.rules.people import ACTIVE
from canting.members.selectors import require_staying
from canting.production import selectors
from canting.production.errors import (
    AdvanceInUse,
    AlreadyReversed,
    MakerNotActive,
    ReasonNeeded,
)
from canting.production.models import Advance
from canting.production.rules import PaperState, check_terms
from canting.production.services.posting import reverse_paper

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@transaction.atomic
def give_advance(
    *,
    cooperative: Cooperative,
    member: Member,
    product: Item,
    pieces: int,
    amount: int,
    agreed_price: int,
    share_percent: int,
    due_date: date,
    cash_place: str,
    on: date,
    actor: User,
) -> Advance:
    """Pay a production advance against the promise to buy back at an agreed price (whole rupiah).

    It is no sale of material, no loan and bears no interest. Raises BadTerms, MakerNotActive,
    NotEnoughCash.
    """
    check_terms(amount=amount, price=agreed_price, percent=share_percent, pieces=pieces)
    if member.status not in ACTIVE:
        raise MakerNotActive(maker=member.full_name)
    require_staying(member)
    require_cash(cooperative=cooperative, place=cash_place, amount=amount, on=on)
    number = next_number(cooperative=cooperative, series="KM", on=on)
    contract = Advance.objects.create(
        cooperative=cooperative,
        number=number,
        member=member,
        product=product,
        pieces=pieces,
        amount=amount,
        agreed_price=agreed_price,
        share_percent=share_percent,
        cash_place=cash_place,
        given_on=on,
        due_date=due_date,
    )
    draft = Draft(
        source=f"production.advance:{number}",
        entry_date=on,
        kind="advance_buyback",
        memo=_("Production advance to %(maker)s") % {"maker": member.party.name},
        lines=[debit("advance_maker", amount, member.party), credit(cash_place, amount)],
        own_date=on,
        paper=number,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="production.advance_given",
        subject=number,
        facts={"amount": amount, "price": agreed_price, "share": share_percent},
        for_party=member.party,
    )
    return contract


@transaction.atomic
def cancel_advance(*, advance: Advance, reason: str, on: date, actor: User) -> Advance:
    """Reverse a contract under which nothing was bought back: the money is in its cash place again.

    Raises ReasonNeeded, AlreadyReversed, AdvanceInUse.
    """
    if not reason.strip():
        raise ReasonNeeded()
    contract = selectors.lock_advance(advance.pk)
    if contract.state != PaperState.STANDING:
        raise AlreadyReversed(number=contract.number)
    if contract.brought:
        raise AdvanceInUse(number=contract.number)
    contract.state = PaperState.REVERSED
    contract.save(update_fields=["state"])
    reverse_paper(
        cooperative=contract.cooperative,
        sources=[f"production.advance:{contract.number}"],
        on=on,
        reason=reason,
        reason_source=f"production.corrected:{contract.number}",
        actor=actor,
    )
    record(
        cooperative_id=contract.cooperative_id,
        actor=actor,
        action="production.advance_corrected",
        subject=contract.number,
        facts={"reason": reason.strip()},
        for_party=contract.member.party,
    )
    return contract


@transaction.atomic
def correct_advance(
    *,
    advance: Advance,
    reason: str,
    pieces: int,
    amount: int,
    agreed_price: int,
    share_percent: int,
    due_date: date,
    cash_place: str,
    on: date,
    actor: User,
) -> Advance:
    """Reverse a contract and write it as it should be; the old one names the new one.

    Raises what `cancel_advance` and `give_advance` raise.
    """
    old = cancel_advance(advance=advance, reason=reason, on=on, actor=actor)
    made = give_advance(
        cooperative=old.cooperative,
        member=old.member,
        product=old.product,
        pieces=pieces,
        amount=amount,
        agreed_price=agreed_price,
        share_percent=share_percent,
        due_date=due_date,
        cash_place=cash_place,
        on=on,
        actor=actor,
    )
    old.successor = made
    old.save(update_fields=["successor"])
    return made
