"""What a paper would come to: the same figures are shown and then booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from canting.catalogue import selectors as catalogue
from canting.catalogue.rules import PriceList
from canting.kernel.money import half_up, share
from canting.purchasing.rules import Mode
from canting.stock.rules import BatchIn, Reference

if TYPE_CHECKING:
    from canting.catalogue.models import Item
    from canting.cooperatives.models import Cooperative


@dataclass(frozen=True, slots=True)
class OutLine:
    """A material to hand out: how much in which unit ("" is the item's own), and a price seen elsewhere.

    `batch` is the code chosen of a material kept by batch; "" takes the earliest expiry.
    """

    item: Item
    quantity: Decimal
    unit: str = ""
    reference: Reference | None = None
    batch: str = ""


@dataclass(frozen=True, slots=True)
class BuyLine:
    """A material or cloth bought: how much in which unit, whole rupiah for one; cloth has a grade.

    A material kept by batch names its batch.
    """

    item: Item
    quantity: Decimal
    unit: str
    price: int
    reference: Reference | None = None
    grade: str = ""
    batch: BatchIn | None = None


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A line worked out: base quantity, factor, price of a base unit (or a bought unit), amount."""

    item: Item
    quantity: Decimal
    unit: str
    factor: Decimal
    base_quantity: Decimal
    price: int
    amount: int
    freight: int = 0
    reference: Reference = field(default_factory=Reference)
    grade: str = ""
    batch: BatchIn | None = None

    @property
    def landed(self) -> int:
        """The amount with its share of the freight."""
        return self.amount + self.freight


@dataclass(frozen=True, slots=True)
class Quote:
    """What a paper would come to; the same figures are shown and then booked."""

    lines: tuple[QuotedLine, ...]

    @property
    def total(self) -> int:
        """The sum of the lines without freight."""
        return sum(line.amount for line in self.lines)

    @property
    def freight(self) -> int:
        """The freight on all lines."""
        return sum(line.freight for line in self.lines)


def market_reference(*, cooperative: Cooperative, item: Item, on: date) -> Reference:
    """The market price of an item known on a day with place and date, or "not known"."""
    row = catalogue.price_row(
        cooperative=cooperative, item=item, price_list=PriceList.MARKET, on=on
    )
    if row is None:
        return Reference()
    return Reference(row.amount, row.place or row.source[:80], row.valid_from.isoformat())


def freight_shares(*, freight: int, amounts: Sequence[int]) -> list[int]:
    """Freight divided over lines by their value (posting.md 2.2: landed cost)."""
    return share(freight, amounts) if freight and any(amounts) else [0] * len(amounts)


def quote_purchase(
    *, cooperative: Cooperative, lines: Sequence[BuyLine], freight: int, on: date
) -> Quote:
    """Work out a purchase: amounts half up, freight divided by value (landed cost)."""
    amounts = [half_up(line.price * line.quantity) for line in lines]
    parts = freight_shares(freight=freight, amounts=amounts)
    return Quote(
        tuple(
            QuotedLine(
                line.item,
                line.quantity,
                line.unit or line.item.unit,
                catalogue.factor_of(line.item, line.unit),
                catalogue.to_base(line.item, line.quantity, line.unit),
                line.price,
                amount,
                part,
                line.reference or market_reference(cooperative=cooperative, item=line.item, on=on),
                line.grade,
                line.batch,
            )
            for line, amount, part in zip(lines, amounts, parts, strict=True)
        )
    )


def quote_hand_out(
    *, cooperative: Cooperative, lines: Sequence[OutLine], mode: str, on: date, to_member: bool
) -> Quote:
    """Work out a hand-out at the list price of the day (0 in trust): amounts half up. May raise NoPrice."""
    price_list = PriceList.MEMBER if to_member else PriceList.PUBLIC
    worked: list[QuotedLine] = []
    for line in lines:
        base = catalogue.to_base(line.item, line.quantity, line.unit)
        price = 0
        if mode != Mode.CUSTODY:
            price = catalogue.price_of(
                cooperative=cooperative, item=line.item, price_list=price_list, on=on
            )
        worked.append(
            QuotedLine(
                line.item,
                line.quantity,
                line.unit or line.item.unit,
                catalogue.factor_of(line.item, line.unit),
                base,
                price,
                half_up(price * base),
                0,
                line.reference or market_reference(cooperative=cooperative, item=line.item, on=on),
                batch=BatchIn(line.batch) if line.batch else None,
            )
        )
    return Quote(tuple(worked))


def bundle(*, product: Item, pieces: int) -> list[OutLine]:
    """The usual bundle: the norm of a product times so many pieces."""
    return [OutLine(item, norm * pieces) for item, norm in catalogue.norms(product=product)]


def to_base(item: Item, quantity: Decimal, unit: str) -> Decimal:
    """The quantity of an item in its base unit."""
    return catalogue.to_base(item, quantity, unit)
