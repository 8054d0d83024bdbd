"""Material handed out to many members in one go, at amounts that were worked out before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from canting.kernel.money import half_up
from canting.purchasing import selectors
from canting.purchasing.rules import Mode
from canting.purchasing.selectors import OutLine, Quote, QuotedLine
from canting.purchasing.services.common import check_materials
from canting.purchasing.services.handouts import check_hand_out
from canting.purchasing.services.writing import Wanted, write_papers
from canting.stock.rules import Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative, User
    from canting.members.models import Member
    from canting.purchasing.models import HandOut


ONE = Decimal(1)


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


class _Figures:
    """The given amounts of a sheet as a quote; the market price of an item is looked up once."""

    def __init__(self, cooperative: Cooperative, on: date) -> None:
        self.cooperative, self.on = cooperative, on
        self._seen: dict[int, Reference] = {}

    def _market(self, item: Item) -> Reference:
        if item.pk not in self._seen:
            self._seen[item.pk] = selectors.market_reference(
                cooperative=self.cooperative, item=item, on=self.on
            )
        return self._seen[item.pk]

    def quote(self, sheet: Sheet) -> Quote:
        """What the sheet comes to; material in trust has no price."""
        in_trust = sheet.mode == Mode.CUSTODY
        return Quote(
            tuple(
                QuotedLine(
                    line.item,
                    line.base_quantity,
                    line.item.unit,
                    ONE,
                    line.base_quantity,
                    0 if in_trust else half_up(line.amount / line.base_quantity),
                    0 if in_trust else line.amount,
                    0,
                    self._market(line.item),
                )
                for line in sheet.lines
            )
        )


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
    figures = _Figures(cooperative, on)
    wanted = []
    for sheet in sheets:
        check_materials(
            [OutLine(line.item, line.base_quantity) for line in sheet.lines], dealt_on=on
        )
        quote = figures.quote(sheet)
        check_hand_out(sheet.mode, sheet.basis, sheet.member, cash_place or "", quote.total)
        wanted.append(
            Wanted(
                quote,
                sheet.member,
                sheet.mode,
                sheet.basis,
                cash_place=cash_place or "",
                work_order=work_order,
                note=note,
                of_source=of_source,
            )
        )
    return write_papers(cooperative=cooperative, wanted=wanted, on=on, actor=actor)
