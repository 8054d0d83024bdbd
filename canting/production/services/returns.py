"""Cloth goes back to the member who made it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.services import next_number, record
from canting.ledger import selectors as ledger
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.members import selectors as members
from canting.production import selectors
from canting.production.errors import AlreadyReversed, NoPieces, NotHerCloth, ReasonNeeded
from canting.production.models import ClothReturn
from canting.production.rules import PaperState
from canting.production.services.posting import reverse_paper
from canting.stock import selectors as stock
from canting.stock.rules import Basis
from canting.stock.services import issue

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.stock.models import Lot


def _maker_of(cooperative: Cooperative, lot: Lot) -> Member:
    member = members.member_of_party(cooperative=cooperative, party_id=lot.maker_id)
    can_go_back = lot.basis in {Basis.PURCHASE, Basis.CONSIGNMENT} and not lot.advance_amount
    if member is None or not can_go_back:
        raise NotHerCloth(number=lot.label)
    return member


@transaction.atomic
def return_to_maker(
    *, cooperative: Cooperative, lot: Lot, quantity: int, reason: str, on: date, actor: User
) -> ClothReturn:
    """Give cloth back to its maker: bought cloth at its own lot's cost off what she has to get,
    consigned cloth by quantity only.

    What she was already paid becomes a claim on her, so that nobody stands on the wrong side.
    Raises ReasonNeeded, NoPieces, NotHerCloth, NotEnoughStock.
    """
    if not reason.strip():
        raise ReasonNeeded()
    if quantity < 1:
        raise NoPieces()
    member = _maker_of(cooperative, lot)
    party = member.party
    is_ours = lot.basis == Basis.PURCHASE
    number = next_number(cooperative=cooperative, series="RK", on=on)
    source = f"production.return:{number}"
    moved = issue(
        cooperative=cooperative,
        place=stock.store(cooperative) if is_ours else stock.consigned(cooperative, party),
        lot=lot,
        quantity=Decimal(quantity),
        on=on,
        source=source,
        paper=number,
        actor=actor,
    )
    paper = ClothReturn.objects.create(
        cooperative=cooperative,
        number=number,
        member=member,
        lot=lot,
        quantity=quantity,
        basis=lot.basis,
        value=moved.value,
        reason=reason.strip()[:200],
        returned_on=on,
    )
    if moved.value:
        draft = _draft_of(paper, source, moved.role)
        post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="production.return_to_maker" if is_ours else "production.consignment_returned",
        subject=number,
        facts={"cloth": lot.label, "pieces": quantity, "value": moved.value},
        for_party=party,
    )
    return paper


def _draft_of(paper: ClothReturn, source: str, role: str) -> Draft:
    party = paper.member.party
    due = ledger.party_balance(cooperative=paper.cooperative, role="pay_maker", party=party)
    from_pay = max(0, min(due, paper.value))
    return Draft(
        source=source,
        entry_date=paper.returned_on,
        kind="return_to_maker",
        memo=_("%(count)s pieces back to %(maker)s: %(reason)s")
        % {"count": paper.quantity, "maker": party.name, "reason": paper.reason[:80]},
        lines=nonzero(
            debit("pay_maker", from_pay, party),
            debit("recv_member", paper.value - from_pay, party),
            credit(role, paper.value),
        ),
        own_date=paper.returned_on,
        paper=paper.number,
    )


@transaction.atomic
def correct_return(
    *, paper: ClothReturn, reason: str, on: date, actor: User, quantity: int = 0
) -> ClothReturn:
    """Reverse a return of cloth; with a quantity, write the right one in its place.

    Raises ReasonNeeded, AlreadyReversed, NotEnoughStock.
    """
    if not reason.strip():
        raise ReasonNeeded()
    held = ClothReturn.objects.select_for_update().get(pk=paper.pk)
    if held.state == PaperState.REVERSED:
        raise AlreadyReversed(number=held.number)
    old = selectors.cloth_return(cooperative=held.cooperative, number=held.number) or held
    reverse_paper(
        cooperative=old.cooperative,
        sources=[f"production.return:{old.number}"],
        on=on,
        reason=reason,
        reason_source=f"production.corrected:{old.number}",
        actor=actor,
    )
    made = None
    if quantity:
        made = return_to_maker(
            cooperative=old.cooperative,
            lot=old.lot,
            quantity=quantity,
            reason=old.reason,
            on=on,
            actor=actor,
        )
    old.state = PaperState.REVERSED
    old.successor = made
    old.save(update_fields=["state", "successor"])
    record(
        cooperative_id=old.cooperative_id,
        actor=actor,
        action="production.return_corrected",
        subject=old.number,
        facts={"reason": reason.strip(), "successor": made.number if made else ""},
        for_party=old.member.party,
    )
    return made or old
