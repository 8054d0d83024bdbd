"""The pieces a paper names: found by code, fit to be sold, with the facts each sold line keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from canting.kernel.quantities import format_quantity
from canting.ledger import selectors as ledger
from canting.sales import rules, selectors
from canting.sales.errors import (
    BadQuantityHere,
    NoLines,
    NotReleased,
    PieceTwice,
    UnknownPiece,
)
from canting.sales.models import OrderLine
from canting.sales.rules import Piece, Sold
from canting.stock import selectors as stock
from canting.stock.rules import Basis

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.stock.models import Lot, Place


def found_pieces(
    *, cooperative: Cooperative, pieces: Sequence[Piece], on: date
) -> list[tuple[Lot, Piece]]:
    """The lots of these pieces: each released by that day, named once, more than none of it."""
    if not pieces:
        raise NoLines()
    found: dict[int, tuple[Lot, Piece]] = {}
    for piece in pieces:
        lot = stock.lot_by_code(cooperative, piece.code)
        if lot is None:
            raise UnknownPiece(piece=piece.code)
        if lot.pk in found:
            raise PieceTwice(piece=lot.label)
        if lot.released_at is None or lot.released_at > on:
            raise NotReleased(piece=lot.label)
        if piece.quantity <= 0:
            raise BadQuantityHere(what=lot.label, quantity=format_quantity(piece.quantity))
        found[lot.pk] = (lot, piece)
    return list(found.values())


def place_of(lot: Lot) -> Place:
    """Where cloth is sold from: the store, or its owner's consigned cloth."""
    if lot.basis == Basis.CONSIGNMENT and lot.maker is not None:
        return stock.consigned(lot.cooperative, lot.maker)
    return stock.store(lot.cooperative)


def facts_of(lot: Lot, line: OrderLine | None = None) -> dict[str, Any]:
    """What a sold line keeps of its lot: basis, origin, and a price seen elsewhere or none."""
    facts: dict[str, Any] = {
        "basis": lot.basis,
        "origin": lot.origin,
        "released_on": lot.released_at,
    }
    if line is not None and line.reference_price:
        return facts | {
            "reference_price": line.reference_price,
            "reference_place": line.reference_place,
            "reference_date": line.reference_date,
        }
    if not lot.reference_price:
        return facts
    seen = date.fromisoformat(lot.reference_date) if lot.reference_date else None
    return facts | {
        "reference_price": lot.reference_price,
        "reference_place": lot.reference_place,
        "reference_date": seen,
    }


def maker_share(lot: Lot, *, quantity: Decimal, net: int) -> int:
    """What this sale changes of the share booked for the maker of a buy-back lot, in rupiah."""
    if not lot.maker_share_percent:
        return 0
    before = selectors.lot_sales(lot)
    return rules.true_up(
        made=lot.quantity_made,
        sold_before=before.quantity,
        quantity=quantity,
        got_before=before.got,
        net=net,
        trued_before=before.trued,
        advance=lot.advance_amount,
        booked=lot.share_booked,
        percent=Decimal(lot.maker_share_percent),
    )


def payable_of(cooperative: Cooperative, sold: Sequence[Sold]) -> Mapping[int, int]:
    """What each maker whose share goes down still has on pay_maker, by party."""
    ids = [line.owner.id for line in sold if line.owner and line.true_up < 0]
    if not ids:
        return {}
    rows = ledger.party_balances(cooperative=cooperative, role="pay_maker", party_ids=ids)
    return {row.party_id: row.balance for row in rows}
