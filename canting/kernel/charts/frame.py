"""The frame of every chart: x in percent, y in pixels: it fills any width, words never shrink.

Attributes and classes only, never `style=`: the page's policy forbids it and paper recolours it.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.translation import get_language
from markupsafe import Markup, escape

_numbers = itertools.count(1)
JUTA = 1_000_000


class Key(NamedTuple):
    """One word of the key under a chart: the ink's class, its name, its figure."""

    ink: str
    label: str
    value: str = ""


class Table(NamedTuple):
    """The numbers of a chart as text, ready for a table."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A picture and the same facts as a sentence, a description and a table."""

    title: str
    description: str
    svg: Markup
    table: Table
    keys: tuple[Key, ...] = ()


def figure(value: Decimal | int, places: int = 1) -> str:
    """Return a short number for a label: at most `places` decimals, no trailing zeros."""
    exact = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if not (get_language() or "id").startswith("en"):
        text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if exact < 0 else text


def juta(amount: int) -> str:
    """Return an amount of rupiah in millions with one decimal, for labels in charts only."""
    return figure(Decimal(amount) / JUTA)


def percent(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Return part of whole as a percentage with two decimals; 0 of nothing is 0."""
    if not whole:
        return Decimal(0)
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def plain(value: Decimal | int) -> str:
    """Return a number for an attribute: a point, no trailing zeros."""
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rect(
    x: Decimal | int, y: Decimal | int, width: Decimal | int, height: Decimal | int, css: str
) -> str:
    """Return a bar: x and width in percent, y and height in pixels."""
    return (
        f'<rect x="{plain(x)}%" y="{plain(y)}" width="{plain(width)}%" '
        f'height="{plain(height)}" class="{css}"/>'
    )


def line(
    x1: Decimal | int, y1: Decimal | int, x2: Decimal | int, y2: Decimal | int, css: str
) -> str:
    """Return a line: x in percent, y in pixels."""
    return (
        f'<line x1="{plain(x1)}%" y1="{plain(y1)}" x2="{plain(x2)}%" y2="{plain(y2)}" '
        f'class="{css}"/>'
    )


def words(x: Decimal | int, y: Decimal | int, text: str, css: str = "", shift: int = 0) -> str:
    """Return a label at x percent and y pixels, moved `shift` pixels to the right."""
    kind = f' class="{css}"' if css else ""
    moved = f' dx="{shift}"' if shift else ""
    return f'<text x="{plain(x)}%" y="{plain(y)}"{moved}{kind}>{escape(text)}</text>'


def dot(x: Decimal | int, y: Decimal | int, css: str) -> str:
    """Return a point at x percent and y pixels."""
    return f'<circle cx="{plain(x)}%" cy="{plain(y)}" r="5" class="{css}"/>'


def polyline(points: Sequence[tuple[Decimal, Decimal]], css: str, dashed_from: int = -1) -> str:
    """Return a line through the points as single lines: `points` takes no percent."""
    return "".join(
        line(*start, *end, f"{css} dash" if 0 <= dashed_from <= number else css)
        for number, (start, end) in enumerate(itertools.pairwise(points), 1)
    )


def drawing(
    title: str, description: str, height: int, parts: Iterable[str], css: str = ""
) -> Markup:
    """Return the parts as one picture with a name and a description for those who do not see it."""
    number = next(_numbers)
    return Markup(
        f'<svg class="chart{" " + css if css else ""}" width="100%" height="{height}" role="img" '
        f'aria-labelledby="g{number}t g{number}d"><title id="g{number}t">{escape(title)}</title>'
        f'<desc id="g{number}d">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Return "name value, name value" for a description."""
    return ", ".join(f"{name} {value}" for name, value in pairs)
