"""Cloth that makers own comes in: bought at the price of its grade, bought back, or consigned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from canting.cooperatives.services import record
from canting.ledger.rules import Draft, credit, debit, nonzero
from canting.ledger.services import post_entries
from canting.production import selectors
from canting.production.errors import AdvanceSpent, AlreadyReversed, NoPieces
from canting.production.models import Advance, BuyBack
from canting.production.rules import (
    PaperState,
    Pieces,
    lots_of,
    margin_share,
    part_of,
    rate_for,
    wage_of,
)
from canting.production.services.pieces import Taken, TakenLot
from canting.stock import selectors as stock
from canting.stock.rules import Basis, Origin, Terms
from canting.stock.services import make_lot, receive

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.stock.models import Lot, Place


def _bring_in(
    *,
    cooperative: Cooperative,
    place: Place,
    member: Member,
    product: Item,
    basis: Basis,
    part: Pieces,
    value: int,
    paper: str,
    source: str,
    on: date,
    actor: User,
    terms: Terms | None = None,
) -> Lot:
    lot = make_lot(
        cooperative=cooperative,
        item=product,
        basis=basis,
        origin=Origin.MEMBER,
        grade=part.grade,
        maker=member.party,
        on=on,
        source=source,
        code=part.code,
        quantity=Decimal(part.quantity),
        terms=terms,
        reference=selectors.reference_on(
            cooperative=cooperative, product=product, grade=part.grade, on=on
        ),
    )
    receive(
        cooperative=cooperative,
        place=place,
        lot=lot,
        quantity=Decimal(part.quantity),
        value=value,
        on=on,
        source=source,
        paper=paper,
        actor=actor,
    )
    return lot


@transaction.atomic
def buy_cloth(
    *,
    cooperative: Cooperative,
    member: Member,
    product: Item,
    pieces: Sequence[Pieces],
    prices: Mapping[str, int],
    paper: str,
    source: str,
    on: date,
    actor: User,
) -> Taken:
    """Buy a member's cloth at the price of each grade; every grade is a lot of its own.

    Her material debt is not touched here, only on the slip. Raises NoPieces, NoRateForGrade.
    """
    parts = lots_of(product.technique, pieces)
    if not parts:
        raise NoPieces()
    total = wage_of(prices, parts)
    place = stock.store(cooperative)
    lots = []
    for part in parts:
        price = rate_for(prices, part.grade)
        value = price * part.quantity
        lot = _bring_in(
            cooperative=cooperative,
            place=place,
            member=member,
            product=product,
            basis=Basis.PURCHASE,
            part=part,
            value=value,
            paper=paper,
            source=source,
            on=on,
            actor=actor,
        )
        lots.append(TakenLot(lot, part.grade, part.quantity, price, value))
    count = sum(part.quantity for part in parts)
    draft = Draft(
        source=source,
        entry_date=on,
        kind="purchase_delivery",
        memo=_("%(count)s pieces bought from %(maker)s")
        % {"count": count, "maker": member.party.name},
        lines=[debit("fg", total), credit("pay_maker", total, member.party)],
        own_date=on,
        paper=paper,
    )
    post_entries(cooperative=cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="production.cloth_bought",
        subject=paper,
        facts={"pieces": count, "amount": total},
        for_party=member.party,
    )
    return Taken(tuple(lots), 0, total)


@transaction.atomic
def buy_back(
    *, advance: Advance, piece: Pieces, paper: str, source: str, on: date, actor: User
) -> Taken:
    """Buy back cloth under a contract as one lot: stock at the advance and the maker's share.

    The cooperative's margin is not booked before the sale, and the maker's share is payable only
    then. Part deliveries carry their part of all amounts by pieces. Raises AdvanceSpent, NoPieces.
    """
    contract = _contract_with_room(advance, piece.quantity)
    terms = _terms_of(contract, piece.quantity)
    cost = terms.advance_amount + terms.share_booked
    party = contract.member.party
    lot = _bring_in(
        cooperative=contract.cooperative,
        place=stock.store(contract.cooperative),
        member=contract.member,
        product=contract.product,
        basis=Basis.PURCHASE,
        part=piece,
        value=cost,
        paper=paper,
        source=source,
        on=on,
        actor=actor,
        terms=terms,
    )
    _note_buy_back(contract, lot, source, piece.quantity, terms)
    contract.brought += piece.quantity
    contract.save(update_fields=["brought"])
    draft = Draft(
        source=source,
        entry_date=on,
        kind="buyback",
        memo=_("%(count)s pieces bought back under %(number)s")
        % {"count": piece.quantity, "number": contract.number},
        lines=nonzero(
            debit("fg", cost),
            credit("advance_maker", terms.advance_amount, party),
            credit("pay_maker", terms.share_booked, party),
        ),
        own_date=on,
        paper=paper,
    )
    post_entries(cooperative=contract.cooperative, drafts=[draft], actor=actor)
    record(
        cooperative_id=contract.cooperative_id,
        actor=actor,
        action="production.bought_back",
        subject=paper,
        facts={"contract": contract.number, "pieces": piece.quantity, "cost": cost},
        for_party=party,
    )
    taken = TakenLot(lot, piece.grade, piece.quantity, 0, cost)
    return Taken((taken,), 0, terms.share_booked)


def _contract_with_room(advance: Advance, pieces: int) -> Advance:
    contract = selectors.lock_advance(advance.pk)
    if contract.state != PaperState.STANDING:
        raise AlreadyReversed(number=contract.number)
    left = contract.pieces - contract.brought
    if pieces < 1:
        raise NoPieces()
    if pieces > left:
        raise AdvanceSpent(number=contract.number, left=left, given=pieces)
    return contract


def _terms_of(contract: Advance, now: int) -> Terms:
    share_in_all = margin_share(contract.agreed_price, contract.amount, contract.share_percent)
    amounts = [
        part_of(total, pieces=contract.pieces, before=contract.brought, now=now)
        for total in (contract.amount, contract.agreed_price, share_in_all)
    ]
    return Terms(amounts[0], amounts[1], contract.share_percent, amounts[2])


def _note_buy_back(contract: Advance, lot: Lot, source: str, pieces: int, terms: Terms) -> None:
    sign = 1 if pieces > 0 else -1
    BuyBack.objects.create(
        cooperative_id=contract.cooperative_id,
        advance=contract,
        lot=lot,
        source=source,
        pieces=pieces,
        advance_amount=sign * terms.advance_amount,
        price=sign * terms.agreed_price,
        share_booked=sign * terms.share_booked,
    )


def undo_buy_back(*, cooperative: Cooperative, source: str) -> None:
    """Count what a receipt bought back as not brought; called when that receipt is put right."""
    for row in selectors.buy_backs(cooperative=cooperative, source=source):
        contract = selectors.lock_advance(row.advance_id)
        terms = Terms(row.advance_amount, row.price, contract.share_percent, row.share_booked)
        _note_buy_back(contract, row.lot, source, -row.pieces, terms)
        contract.brought -= row.pieces
        contract.save(update_fields=["brought"])


@transaction.atomic
def take_consigned(
    *,
    cooperative: Cooperative,
    member: Member,
    product: Item,
    pieces: Sequence[Pieces],
    paper: str,
    source: str,
    on: date,
    actor: User,
) -> Taken:
    """Take in a member's cloth to sell for her: quantity only, no entry, nothing owed before a sale.

    Raises NoPieces.
    """
    parts = lots_of(product.technique, pieces)
    if not parts:
        raise NoPieces()
    place = stock.consigned(cooperative, member.party)
    lots = []
    for part in parts:
        lot = _bring_in(
            cooperative=cooperative,
            place=place,
            member=member,
            product=product,
            basis=Basis.CONSIGNMENT,
            part=part,
            value=0,
            paper=paper,
            source=source,
            on=on,
            actor=actor,
        )
        lots.append(TakenLot(lot, part.grade, part.quantity, 0, 0))
    record(
        cooperative_id=cooperative.pk,
        actor=actor,
        action="production.consigned_in",
        subject=paper,
        facts={"pieces": sum(part.quantity for part in parts)},
        for_party=member.party,
    )
    return Taken(tuple(lots))
