"""A supplier's bill laid beside what was ordered and what came, before anything is booked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.cooperatives import selectors as house
from canting.kernel.money import format_rupiah, half_up
from canting.kernel.quantities import format_quantity, quantize
from canting.purchasing import selectors
from canting.purchasing.errors import (
    BadAmount,
    DifferenceNeedsReason,
    DifferenceTooLarge,
    MoreThanReceived,
    NoLines,
    NotOfOrder,
)
from canting.purchasing.models import SupplierOrderLine
from canting.purchasing.rules import beyond, part_of
from canting.purchasing.selectors import FreightLeft, OrderRow

if TYPE_CHECKING:
    from canting.purchasing.models import SupplierOrder


@dataclass(frozen=True, slots=True)
class Billed:
    """What a bill says of one line: whole packs (int) or base units (Decimal), price of one pack."""

    quantity: int | Decimal
    price: int


@dataclass(frozen=True, slots=True)
class BillDraft:
    """A bill as it is typed; `freight_done`: no more freight of this order will be billed.

    `accept`: whoever enters it may take a difference beyond the tolerance, with the reason.
    """

    lines: Mapping[SupplierOrderLine, Billed]
    nota: str
    freight: int = 0
    freight_done: bool = False
    own_date: date | None = None
    due_on: date | None = None
    reason: str = ""
    accept: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """One billed line beside what was expected of it; whole rupiah."""

    row: OrderRow
    quantity: Decimal
    price: int
    amount: int
    released: int

    @property
    def difference(self) -> int:
        """How much more (below zero: less) the bill says than was ordered."""
        return self.amount - self.released


@dataclass(frozen=True, slots=True)
class Matched:
    """A bill worked out before it is booked: the same figures are shown and then posted."""

    lines: tuple[MatchedLine, ...]
    freight: int
    freight_released: int
    too_far: tuple[MatchedLine, ...]
    freight_too_far: bool

    @property
    def goods(self) -> int:
        """Goods as billed."""
        return sum(line.amount for line in self.lines)

    @property
    def total(self) -> int:
        """What the bill comes to."""
        return self.goods + self.freight

    @property
    def released(self) -> int:
        """What was expected, goods and freight."""
        return sum(line.released for line in self.lines) + self.freight_released

    @property
    def freight_difference(self) -> int:
        """How much more freight was billed than was expected."""
        return self.freight - self.freight_released


def match_bill(order: SupplierOrder, draft: BillDraft, on: date) -> Matched:
    """Lay a bill beside what was ordered and what came.

    Raises NoLines, NotOfOrder, BadAmount, MoreThanReceived (billed is never above received).
    """
    if draft.freight < 0 or any(line.price < 0 for line in draft.lines.values()):
        raise BadAmount(amount=format_rupiah(min(draft.freight, -1)))
    rows = {row.line.pk: row for row in selectors.order_rows(order)}
    lines: list[MatchedLine] = []
    for line, billed in draft.lines.items():
        if line.pk not in rows:
            raise NotOfOrder(item=line.item.name, number=order.number)
        if billed.quantity:
            lines.append(_matched(order, rows[line.pk], billed))
    if not lines and not draft.freight and not draft.freight_done:
        raise NoLines()
    freight = selectors.freight_left(order)
    released = _freight_released(draft, freight)
    percent, rupiah = _tolerance(order, on)
    return Matched(
        tuple(lines),
        draft.freight,
        released,
        tuple(
            line
            for line in lines
            if beyond(expected=line.released, actual=line.amount, percent=percent, rupiah=rupiah)
        ),
        beyond(expected=released, actual=draft.freight, percent=percent, rupiah=rupiah),
    )


def _matched(order: SupplierOrder, row: OrderRow, billed: Billed) -> MatchedLine:
    line = row.line
    packs = billed.quantity
    quantity = line.pack * packs if isinstance(packs, int) else quantize(packs)
    if quantity < 0 or quantity > row.unbilled:
        raise MoreThanReceived(
            quantity=format_quantity(quantity, line.item.unit),
            item=line.item.name,
            number=order.number,
            left=format_quantity(row.unbilled, line.item.unit),
        )
    return MatchedLine(
        row,
        quantity,
        billed.price,
        half_up(billed.price * quantity / line.pack),
        part_of(row.unbilled_amount, quantity, row.unbilled),
    )


def _freight_released(draft: BillDraft, freight: FreightLeft) -> int:
    """How much of the expected freight this bill settles."""
    if draft.freight_done:
        return freight.unbilled
    return min(draft.freight, freight.unbilled)


def _tolerance(order: SupplierOrder, on: date) -> tuple[Decimal, int]:
    """How far a bill may differ without a question: percent of what was expected, and rupiah."""

    def value(name: str) -> str:
        return str(house.parameter(cooperative=order.cooperative, name=name, on=on))

    return Decimal(value("purchasing.bill_tolerance_percent")), int(
        value("purchasing.bill_tolerance")
    )


def refuse_unless_accepted(matched: Matched, draft: BillDraft) -> None:
    """A difference beyond the tolerance needs the manager's right and a reason."""
    if not matched.too_far and not matched.freight_too_far:
        return
    if matched.too_far:
        line = matched.too_far[0]
        name, expected, billed = line.row.line.item.name, line.released, line.amount
    else:
        name, expected = selectors.freight_word(), matched.freight_released
        billed = matched.freight
    facts = {
        "item": name,
        "expected": format_rupiah(expected),
        "billed": format_rupiah(billed),
        "difference": format_rupiah(abs(billed - expected)),
    }
    if not draft.accept:
        raise DifferenceTooLarge(**facts)
    if not draft.reason.strip():
        raise DifferenceNeedsReason(**facts)
