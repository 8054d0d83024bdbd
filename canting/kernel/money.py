"""Whole rupiah: exact division, reading what people type, writing figures and words."""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from num2words import num2words

from canting.kernel.errors import DomainError
from canting.kernel.typed import clean, shown

LIMIT = 10**15
LONGEST_FIGURE = 40


class BadRupiah(DomainError):
    """The text is no amount of whole rupiah."""

    code = "kernel.bad_rupiah"
    message = _(
        "“%(typed)s” cannot be read as an amount of money. "
        "Write whole rupiah, for example 1250000 or 1.250.000."
    )


class PartRupiah(BadRupiah):
    """The amount holds a part of one rupiah."""

    code = "kernel.part_rupiah"
    message = _(
        "“%(typed)s” holds a part of a rupiah; amounts are whole rupiah. "
        "Write for example 2300 or 2.300."
    )


class AmbiguousRupiah(BadRupiah):
    """The amount reads differently in the Indonesian and in the English way."""

    code = "kernel.ambiguous_rupiah"
    message = _(
        "“%(typed)s” can be read in two ways. Write it with dots for thousands "
        "or without any sign, for example 1.250.000 or 1250000."
    )


class RupiahTooLarge(BadRupiah):
    """The amount is beyond a thousand trillion rupiah."""

    code = "kernel.rupiah_too_large"
    message = _(
        "“%(typed)s” is more than Rp1.000.000.000.000.000. Look for a digit too many and write "
        "the amount again."
    )


class BadShare(DomainError):
    """The weights cannot divide anything."""

    code = "kernel.bad_share"
    message = _(
        "%(total)s cannot be divided: the weights must be zero or more, and one of them must be "
        "above zero. Look at the figures it is divided by."
    )


def share(total: int, weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """Split whole rupiah by weight with the largest remainders, earlier places first at a tie.

    The parts add up to the total exactly; a negative total is the mirror of the positive one.
    """
    if not weights or any(not _is_weight(weight) for weight in weights):
        raise BadShare(total=format_rupiah(total))
    exact = _whole(weights)
    whole = sum(exact)
    if whole == 0:
        raise BadShare(total=format_rupiah(total))
    sign, amount = (-1, -total) if total < 0 else (1, total)
    quotas = [divmod(amount * weight, whole) for weight in exact]
    parts = [part for part, _remainder in quotas]
    left = amount - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda place: -quotas[place][1])
    for place in by_remainder[:left]:
        parts[place] += 1
    return [sign * part for part in parts]


def _whole(weights: Sequence[int | Decimal | Fraction]) -> list[int]:
    """The same weights as whole numbers, in exactly the same proportion."""
    ratios = [weight.as_integer_ratio() for weight in weights]
    common = math.lcm(*(below for _above, below in ratios))
    return [above * (common // below) for above, below in ratios]


def _is_weight(weight: object) -> bool:
    if isinstance(weight, Decimal) and not weight.is_finite():
        return False
    return isinstance(weight, int | Decimal | Fraction) and weight >= 0


def half_up(value: int | Decimal | Fraction) -> int:
    """The nearest whole number; an exact half goes away from zero (commercial rounding)."""
    above, below = value.as_integer_ratio()
    rounded = (2 * abs(above) + below) // (2 * below)
    return -rounded if above < 0 else rounded


def _grouped(amount: int) -> str:
    return f"{abs(amount):,}".replace(",", ".")


def format_rupiah(amount: int) -> str:
    """Rp1.250.000 and −Rp50.000, as official Indonesian style writes them."""
    return f"{'−' if amount < 0 else ''}Rp{_grouped(amount)}"


def format_statement(amount: int) -> str:
    """1.250.000 and (50.000), as financial statements write them."""
    return f"({_grouped(amount)})" if amount < 0 else _grouped(amount)


EMPTY = re.compile(r"(rp\.?|idr)? ?-*", re.IGNORECASE)
CURRENCY = re.compile(r"^(?:rp\.?|idr) ?", re.IGNORECASE)
TAIL = re.compile(r"(?:[.,]-{1,2}|,00?)$")
PLAIN = re.compile(r"\d+|[1-9]\d{0,2}(?:\.\d{3})+")
PART = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+),\d{1,2}")
LOOKS_NUMERIC = re.compile(r"\d[\d.,]*")
SCALES = {
    "rb": 10**3,
    "ribu": 10**3,
    "rebu": 10**3,
    "k": 10**3,
    "jt": 10**6,
    "juta": 10**6,
    "miliar": 10**9,
    "milyar": 10**9,
    "triliun": 10**12,
    "trilyun": 10**12,
}
SCALED = re.compile(rf"(\d+(?:[.,]\d+)?) ?({'|'.join(SCALES)})(?![a-z])", re.IGNORECASE)


def parse_rupiah(text: object, *, shorthand: bool = True) -> int | None:
    """Whole rupiah from what was typed or what a cell held; None for an empty cell and "-".

    Dots group thousands, as in Indonesia. What reads differently in the English way is refused
    (BadRupiah), never guessed. With `shorthand`, 250rb and 1,25jt are read too.
    """
    if isinstance(text, int | float | Decimal):
        return _within_limit(_from_number(text), text)
    typed = clean(text)
    if EMPTY.fullmatch(typed):
        return None
    sign, body = _without_sign(typed)
    digits = TAIL.sub("", body)
    if PLAIN.fullmatch(digits):
        amount = int(digits.replace(".", "")) if len(digits) < LONGEST_FIGURE else LIMIT + 1
    else:
        amount = _from_shorthand(body, typed, shorthand)
    return _within_limit(sign * amount, typed)


def _from_number(value: int | float | Decimal) -> int:
    if isinstance(value, bool) or (not isinstance(value, int) and not math.isfinite(value)):
        raise BadRupiah(typed=shown(value))
    if value != int(value):
        raise PartRupiah(typed=shown(value))
    return int(value)


def _within_limit(amount: int, typed: object) -> int:
    if abs(amount) > LIMIT:
        raise RupiahTooLarge(typed=shown(typed))
    return amount


def _without_sign(typed: str) -> tuple[int, str]:
    """Takes -, brackets and the currency off, in either order: -Rp50, Rp-50, (Rp50)."""
    body, sign = typed, 1
    if body.startswith("(") and body.endswith(")"):
        body, sign = body[1:-1].strip(), -1
    for _again in range(2):
        body = CURRENCY.sub("", body)
        if body.startswith("-") and sign == 1:
            body, sign = body[1:].strip(), -1
    return sign, body


def _from_shorthand(body: str, typed: str, shorthand: bool) -> int:
    parts = SCALED.findall(body) if shorthand else []
    if not parts or SCALED.sub("", body).strip():
        raise _refusal(body)(typed=shown(typed))
    amount, below = Fraction(0), LIMIT
    for number, unit in parts:
        scale = SCALES[unit.lower()]
        if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", number):
            raise AmbiguousRupiah(typed=shown(typed))
        if scale >= below:
            raise BadRupiah(typed=shown(typed))
        amount, below = amount + Fraction(number.replace(",", ".")) * scale, scale
    if amount.denominator != 1:
        raise PartRupiah(typed=shown(typed))
    return int(amount)


def _refusal(body: str) -> type[BadRupiah]:
    """Which refusal fits a text that no rule could read."""
    if PART.fullmatch(body):
        return PartRupiah
    return AmbiguousRupiah if LOOKS_NUMERIC.fullmatch(body) else BadRupiah


ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
GROUPS = ("", " ribu", " juta", " miliar", " triliun", " kuadriliun")


def _below_thousand(n: int) -> str:
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{ONES[hundreds]} ratus")
    if 0 < rest < len(ONES):
        words.append(ONES[rest])
    elif tens == 1:
        words.append(f"{ONES[ones]} belas")
    elif tens:
        words.append(f"{ONES[tens]} puluh")
        words.extend([ONES[ones]] if ones else [])
    return " ".join(words)


def terbilang(n: int) -> str:
    """The number in Indonesian words, without a unit: 1100 is "seribu seratus"; below 10^18."""
    if n < 0:
        return f"minus {terbilang(-n)}"
    if n >= 1000 ** len(GROUPS):
        raise RupiahTooLarge(typed=str(n))
    words: list[str] = []
    for place in range(len(GROUPS) - 1, -1, -1):
        group = n // 1000**place % 1000
        if group == 1 and place == 1:
            words.append("seribu")
        elif group:
            words.append(_below_thousand(group) + GROUPS[place])
    return " ".join(words) or ONES[0]


def in_words(n: int) -> str:
    """The amount in words with its currency, in the language of the reader."""
    if (get_language() or "").startswith("en"):
        return f"{num2words(n, lang='en')} rupiah"
    return f"{terbilang(n)} rupiah"
