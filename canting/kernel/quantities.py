"""Quantities with four places: metres, kilograms, pieces."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from canting.kernel.errors import DomainError
from canting.kernel.typed import clean, shown

QUANTUM = Decimal("0.0001")
LIMIT = Decimal(10) ** 10
LONGEST_FIGURE = 40
Convention = Literal["id", "en", "unknown"]


class BadQuantity(DomainError):
    """The text is no quantity."""

    code = "kernel.bad_quantity"
    message = _("“%(typed)s” cannot be read as a quantity. Write for example 2,5 or 12.")


class AmbiguousQuantity(BadQuantity):
    """The quantity reads differently in the Indonesian and in the English way."""

    code = "kernel.ambiguous_quantity"
    message = _(
        "“%(typed)s” can be read in two ways. Say how this file writes numbers, "
        "or write it again as 1500 or 1,5."
    )


class QuantityTooFine(BadQuantity):
    """The quantity has more than four places."""

    code = "kernel.quantity_too_fine"
    message = _("“%(typed)s” has more than four places after the comma. Write for example 2,3333.")


class QuantityTooLarge(BadQuantity):
    """The quantity has more than ten places before the comma."""

    code = "kernel.quantity_too_large"
    message = _("“%(typed)s” is too large for a quantity. Look for a digit too many.")


def quantize(value: Decimal) -> Decimal:
    """The quantity with exactly four places; an exact half goes away from zero."""
    return value.quantize(QUANTUM, rounding=ROUND_HALF_UP)


def parse_quantity(text: object, *, convention: Convention = "id") -> Decimal:
    """A quantity of four places from what was typed or what a cell held, else BadQuantity.

    The convention says which sign is the decimal one. A number that can only be read one way is
    read in that way (12.5 in an Indonesian file); with "unknown", 1.500 and 1,500 are refused.
    """
    if isinstance(text, int | float | Decimal):
        return _checked(_from_number(text), text)
    typed = clean(text)
    body = typed.lstrip("+-")
    if (
        not re.fullmatch(r"\d[\d.,]*", body)
        or len(body) > LONGEST_FIGURE
        or len(typed) - len(body) > 1
    ):
        raise BadQuantity(typed=shown(typed))
    value = Decimal(_plain(body, typed, convention))
    return _checked(-value if typed.startswith("-") else value, typed)


def _from_number(value: int | float | Decimal) -> Decimal:
    exact = (
        value if isinstance(value, Decimal) else Decimal(repr(value)) if _is_real(value) else None
    )
    if exact is None or not exact.is_finite():
        raise BadQuantity(typed=shown(value))
    # A spreadsheet keeps binary fractions: 0.1 + 0.2 arrives as 0.30000000000000004.
    near = quantize(exact) if abs(exact) < LIMIT else exact
    is_noise = isinstance(value, float) and abs(exact - near) < Decimal("1e-9")
    return near if is_noise else exact


def _is_real(value: int | float) -> bool:
    return not isinstance(value, bool) and math.isfinite(value)


def _plain(body: str, typed: str, convention: Convention) -> str:
    """The digits with a dot as the only decimal sign."""
    both_ways = re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", body)
    if both_ways and convention == "unknown":
        raise AmbiguousQuantity(typed=shown(typed))
    group, decimal = (",", ".") if convention == "en" else (".", ",")
    if (both_ways and group in body) or _is_grouped(body, group, decimal):
        return body.replace(group, "").replace(decimal, ".")
    if convention == "unknown" and _is_grouped(body, decimal, group):
        return body.replace(decimal, "")
    if re.fullmatch(r"\d+(?:[.,]\d+)?", body):
        return body.replace(",", ".")
    raise BadQuantity(typed=shown(typed))


def _is_grouped(body: str, group: str, decimal: str) -> bool:
    pattern = rf"[1-9]\d{{0,2}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"
    return (body.count(group) > 1 or decimal in body) and re.fullmatch(pattern, body) is not None


def _checked(value: Decimal, typed: object) -> Decimal:
    if abs(value) >= LIMIT:
        raise QuantityTooLarge(typed=shown(typed))
    exact = value.quantize(QUANTUM, rounding=ROUND_HALF_UP)
    if exact != value:
        raise QuantityTooFine(typed=shown(typed))
    return exact if exact else exact.copy_abs()


def format_quantity(value: Decimal, unit: str = "") -> str:
    """The quantity for reading, without trailing zeros: "2,5 m"; in English "2.5 m"."""
    figure = f"{quantize(abs(value)):,f}".rstrip("0").rstrip(".")
    if not (get_language() or "").startswith("en"):
        figure = figure.translate(str.maketrans(",.", ".,"))
    sign = "−" if value < 0 and figure != "0" else ""
    return f"{sign}{figure} {unit}".rstrip()
