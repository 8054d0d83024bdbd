"""Reading what members ask for in a WhatsApp text: who, what, how much; nothing is guessed silently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from canting.catalogue.rules import UNIT_WORDS, UNITS, unit_of
from canting.kernel.errors import DomainError
from canting.kernel.quantities import parse_quantity

# Two ways in which a phone writes the head of a message it hands on, then a name with a colon.
_STAMP = re.compile(
    r"^\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\]?\s*-?\s*"
)
_SENDER = re.compile(r"^(?P<name>[^:;,\d][^:;,]{0,59}):\s*(?P<rest>.*)$")
_KNOWN_UNITS = sorted({*UNITS, *UNIT_WORDS}, key=len, reverse=True)
_UNIT = "|".join(re.escape(unit) for unit in _KNOWN_UNITS)
_FIGURE = r"\d[\d.,]*"
_AFTER = re.compile(
    rf"^(?P<what>.*?\D)\s*[:=x]?\s*(?P<figure>{_FIGURE})\s*(?P<unit>{_UNIT})?\.?$", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"^(?P<figure>{_FIGURE})\s*(?P<unit>(?:{_UNIT})\b)?\.?\s*(?P<what>\D.*)$", re.IGNORECASE
)
_HALF = re.compile(r"^(?P<what>.*?)\b(?:setengah|½)\s*(?P<unit>\w+)$", re.IGNORECASE)
# A comma between two figures belongs to a number; any other comma parts two wishes.
_BETWEEN = re.compile(r"\s*(?:;|\+|\bdan\b|\n|,(?!\d)|(?<!\d),)\s*", re.IGNORECASE)
_NOTHING_ASKED = frozenset({"saya", "aku", "pesan", "minta", "butuh", "mau", "tolong", "bu", "mas"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish as it was read: who wrote it, of what, how much in which unit ("" is the item's own).

    Without a quantity it could not be read, and a person must say what is meant.
    """

    sender: str
    what: str
    quantity: Decimal | None
    unit: str
    raw: str


def read_asked(text: str) -> list[Asked]:
    """Every wish in a text pasted from WhatsApp, in its order; a line without a name is the last one's."""
    found: list[Asked] = []
    for sender, body in _messages(text):
        found += [_wish(sender, part) for part in _parts(body)]
    return found


def _messages(text: str) -> Iterator[tuple[str, str]]:
    sender = ""
    for line in text.splitlines():
        plain = _STAMP.sub("", line.replace("\u200e", "").replace("\u202f", " ").strip())
        plain = plain.lstrip("*-• ").rstrip()
        if not plain:
            continue
        head = _SENDER.match(plain)
        if head and not _is_item_line(head):
            sender, plain = head["name"].strip(), head["rest"].strip()
        if plain:
            yield sender, plain


def _is_item_line(head: re.Match[str]) -> bool:
    """True of "mori prima: 5 m", which names a material and no person."""
    return re.fullmatch(rf"{_FIGURE}\s*(?:{_UNIT})?\.?", head["rest"], re.IGNORECASE) is not None


def _parts(body: str) -> list[str]:
    return [part for part in _BETWEEN.split(body) if part.strip(" .!")]


def _wish(sender: str, part: str) -> Asked:
    raw = part.strip()
    plain = _without_courtesy(raw.strip(" .!*"))
    half = _HALF.match(plain)
    if half and unit_of(half["unit"]) in UNITS:
        return Asked(sender, half["what"].strip(), Decimal("0.5"), unit_of(half["unit"]), raw)
    for pattern in (_AFTER, _BEFORE):
        match = pattern.match(plain)
        what = match["what"].strip(" :=x*-") if match else ""
        quantity = _quantity(match["figure"]) if match else None
        if match and what and quantity:
            return Asked(sender, what, quantity, unit_of(match["unit"] or ""), raw)
    return Asked(sender, plain, None, "", raw)


def _without_courtesy(text: str) -> str:
    words = text.split()
    while words and words[0].lower().strip(",") in _NOTHING_ASKED:
        words = words[1:]
    return " ".join(words) or text


def _quantity(figure: str) -> Decimal | None:
    try:
        value = parse_quantity(figure.rstrip(".,"), convention="id")
    except DomainError:
        return None
    return value if value > 0 else None


def words_of(name: str) -> frozenset[str]:
    """The words by which a material is known, small letters, without numbers and signs."""
    return frozenset(re.findall(r"[a-z]{2,}", name.lower()))


def best_match(what: str, names: dict[str, str]) -> str:
    """The code whose name shares most words with what was written; "" when none or two do equally.

    `names` maps a code to its name (and other words for it); a code written as it is wins.
    """
    written = words_of(what)
    for code in names:
        if code.lower() == what.strip().lower():
            return code
    scored = sorted(
        (
            (len(written & words_of(name)), -len(words_of(name) - written), code)
            for code, name in names.items()
            if written & words_of(name)
        ),
        reverse=True,
    )
    if not scored or (len(scored) > 1 and scored[0][:2] == scored[1][:2]):
        return ""
    return scored[0][2]
