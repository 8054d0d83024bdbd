"""VAT by DPP nilai lain: each figure half up to two decimals, VAT of the rounded base."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from canting.kernel.money import half_up

Number = int | Decimal
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class VatRule:
    """The rate in percent, and how many twelfths of the price bear it (PMK 131/2024: 11)."""

    percent: Decimal
    twelfths: int


@dataclass(frozen=True, slots=True)
class VatLine:
    """One line of a tax invoice as the tax office reckons it; rupiah with two decimals."""

    base: Decimal
    other_base: Decimal
    vat: Decimal
    luxury: Decimal = ZERO


def cents(value: Number | Fraction) -> Decimal:
    """An amount with two decimals, half up."""
    return Decimal(half_up(Fraction(value) * 100)).scaleb(-2)


def vat_line(
    *, price: Number, quantity: Number, discount: Number, rule: VatRule, luxury: Number = 0
) -> VatLine:
    """What one line bears: base, 11/12 of it, and the rate of that; `luxury` in percent.

    Each figure is rounded before the next is taken from it, as the office's own sample does.
    """
    base = cents(Fraction(price) * Fraction(quantity) - Fraction(discount))
    other = cents(Fraction(base) * rule.twelfths / 12)
    vat = cents(Fraction(other) * Fraction(rule.percent) / 100)
    return VatLine(base, other, vat, cents(Fraction(other) * Fraction(luxury) / 100))


def vat_total(lines: Iterable[VatLine]) -> int:
    """The VAT of a whole invoice as it is booked: its lines added up, whole rupiah, half up."""
    return half_up(sum((line.vat for line in lines), ZERO))
