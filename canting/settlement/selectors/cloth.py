"""The cloth behind a slip: which pieces at which price, and who gets what of the sale price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from canting.catalogue import selectors as catalogue
from canting.catalogue.errors import NoPrice
from canting.kernel.money import half_up
from canting.sales import selectors as sales
from canting.settlement.selectors.slips import settled_lines
from canting.stock import selectors as stock

if TYPE_CHECKING:
    from canting.cooperatives.models import Cooperative
    from canting.settlement.models import Slip
    from canting.stock.models import Lot


@dataclass(frozen=True)
class ClothLine:
    """What one paper earned her: its cloth, pieces, the price of one where all cost the same."""

    name: str
    pieces: int
    price: int
    amount: int
    on: date
    paper: str
    source: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class PriceShare:
    """One piece: what the buyer pays, and what of it goes to maker, material and cooperative."""

    name: str
    price: int
    maker: int
    material: int
    cooperative: int
    is_sold: bool


def cloth_lines(slip: Slip) -> list[ClothLine]:
    """What a slip paid, paper by paper, oldest first."""
    rows = list(settled_lines(slip))
    sources = {row.line.entry.source for row in rows}
    lots = lots_of_sources(slip.cooperative, sources)
    return [_line(row.amount, row.line.entry, lots.get(row.line.entry.source, [])) for row in rows]


def _line(amount: int, entry: object, lots: Sequence[Lot]) -> ClothLine:
    pieces = sum(int(lot.quantity_made) for lot in lots)
    return ClothLine(
        name=_named(lots) or entry.memo,  # type: ignore[attr-defined]
        pieces=pieces,
        price=amount // pieces if pieces and amount % pieces == 0 else 0,
        amount=amount,
        on=entry.own_date,  # type: ignore[attr-defined]
        paper=entry.paper,  # type: ignore[attr-defined]
        source=entry.source,  # type: ignore[attr-defined]
        codes=tuple(
            f"{lot.code[:3]}-{lot.code[3:]} {lot.grade}".strip() for lot in lots if lot.code
        ),
    )


def _named(lots: Sequence[Lot]) -> str:
    names: dict[str, list[str]] = defaultdict(list)
    for lot in lots:
        if lot.grade and lot.grade not in names[lot.item.name]:
            names[lot.item.name].append(lot.grade)
        names.setdefault(lot.item.name, [])
    return "; ".join(
        f"{name}, {'/'.join(sorted(grades))}" if grades else name for name, grades in names.items()
    )


def lots_of_sources(cooperative: Cooperative, sources: Iterable[str]) -> dict[str, list[Lot]]:
    """The lots that these papers brought in, by paper."""
    found: dict[str, list[Lot]] = defaultdict(list)
    for lot in stock.lots(cooperative).filter(source__in=set(sources)):
        found[lot.source].append(lot)
    return found


def price_share(slip: Slip, lines: Sequence[ClothLine]) -> PriceShare | None:
    """Of the line with most pieces: what the price of one piece is made of, where it is known."""
    known = [line for line in lines if line.price]
    if not known:
        return None
    line = max(known, key=lambda one: one.pieces)
    lot = lots_of_sources(slip.cooperative, [line.source])[line.source][0]
    price, is_sold = _sale_price(slip, lot)
    material = _material(lot, line.price) if slip.payable == "wages_payable" else 0
    rest = price - line.price - material
    if not price or rest < 0:
        return None
    return PriceShare(line.name, price, line.price, material, rest, is_sold)


def _sale_price(slip: Slip, lot: Lot) -> tuple[int, bool]:
    sold = sales.lot_sales(lot)
    if sold.quantity:
        return half_up(Fraction(sold.got) / Fraction(sold.quantity)), True
    try:
        listed = catalogue.price_of(
            cooperative=slip.cooperative,
            item=lot.item,
            price_list="sale",
            on=slip.paid_date,
            grade=lot.grade,
        )
    except NoPrice:
        return 0, False
    return listed, False


def _material(lot: Lot, wage: int) -> int:
    """Material in one piece of commission cloth: what the piece cost less the pay for it."""
    first = next((m for m in stock.history(lot) if m.quantity > 0 and m.value > 0), None)
    return max(half_up(Fraction(first.value) / Fraction(first.quantity)) - wage, 0) if first else 0
