"""Material handed out to many members in one go, at amounts that were worked out before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import half_up
from canting.ledger.rules import Draft, nonzero
from canting.ledger.services import post_entries
from canting.purchasing import selectors
from canting.purchasing.models import HandOut
from canting.purchasing.rules import MODE_KINDS, Mode
from canting.purchasing.selectors import OutLine, Quote, QuotedLine
from canting.purchasing.services.common import (
    PaperHand,
    check_materials,
    stock_credits,
    stock_debits,
)
from canting.purchasing.services.handouts import check_hand_out, move_out, sale_lines, write_paper
from canting.stock import selectors as stock_selectors
from canting.stock import services as stock

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member


@dataclass(frozen=True, slots=True)
class ShareLine:
    """So much of a material in base units, and what it costs her together, whole rupiah."""

    item: Item
    base_quantity: Decimal
    amount: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one member gets in one way; it becomes one hand-out."""

    member: Member
    lines: Sequence[ShareLine]
    mode: str
    basis: str


def _quote(cooperative: Cooperative, sheet: Sheet, on: date) -> Quote:
    in_trust = sheet.mode == Mode.CUSTODY
    return Quote(
        tuple(
            QuotedLine(
                line.item,
                line.base_quantity,
                line.item.unit,
                Decimal(1),
                line.base_quantity,
                0 if in_trust else half_up(line.amount / line.base_quantity),
                0 if in_trust else line.amount,
                0,
                selectors.market_reference(cooperative=cooperative, item=line.item, on=on),
            )
            for line in sheet.lines
        )
    )


def _lock(cooperative: Cooperative, sheets: Sequence[Sheet]) -> None:
    store = stock_selectors.store(cooperative)
    pairs = [(store, stock.pool_lot(line.item)) for sheet in sheets for line in sheet.lines]
    for sheet in sheets:
        if sheet.mode == Mode.CUSTODY:
            hers = stock_selectors.custody_of(cooperative, sheet.member.party)
            pairs += [(hers, stock.pool_lot(line.item)) for line in sheet.lines]
    stock.lock_stock(pairs)


@transaction.atomic
def hand_out_many(
    *,
    cooperative: Cooperative,
    sheets: Sequence[Sheet],
    on: date,
    actor: User,
    cash_place: str | None = None,
    work_order: str = "",
    note: str = "",
    of_source: str = "",
) -> list[HandOut]:
    """Hand material out to many members, a paper each, at the amounts given on the sheets.

    All or nothing; posting.md 2.3 by each sheet's way. Raises NoLines, UnknownMode, WrongBasis,
    CashPlaceNeeded, NotActive, NotEnoughStock.
    """
    for sheet in sheets:
        check_materials(
            [OutLine(line.item, line.base_quantity) for line in sheet.lines], dealt_on=on
        )
    _lock(cooperative, sheets)
    papers: list[HandOut] = []
    drafts: list[Draft] = []
    for sheet in sheets:
        quote = _quote(cooperative, sheet, on)
        check_hand_out(sheet.mode, sheet.basis, sheet.member, cash_place or "", quote.total)
        paper = write_paper(
            cooperative,
            quote,
            member=sheet.member,
            buyer_name="",
            mode=sheet.mode,
            basis=sheet.basis,
            cash_place=cash_place or "",
            work_order=work_order,
            on=on,
            own_date=None,
            note=note,
            of_source=of_source,
            replaces="",
            actor=actor,
        )
        papers.append(paper)
        drafts += _draft(PaperHand(paper, f"purchasing.hand_out:{paper.number}", actor), quote)
    if drafts:
        post_entries(cooperative=cooperative, drafts=drafts, actor=actor)
    return papers


def _draft(hand: PaperHand[HandOut], quote: Quote) -> list[Draft]:
    """Move the stock of one paper and answer its entry; a paper worth nothing has none."""
    paper = hand.paper
    outs, ins = move_out(hand, paper, quote)
    in_trust = paper.mode == Mode.CUSTODY
    both = [*stock_debits(ins), *stock_credits(outs)]
    lines = nonzero(*(both if in_trust else sale_lines(paper, outs)))
    if not lines:
        return []
    return [
        Draft(
            source=hand.source,
            entry_date=paper.on,
            own_date=paper.own_date,
            kind=MODE_KINDS[paper.mode],
            memo=selectors.hand_out_memo(paper),
            lines=lines,
            paper=paper.number,
        )
    ]
