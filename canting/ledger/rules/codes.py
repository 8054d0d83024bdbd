"""How cooperatives write account codes: eleven styles, ours turned into each, each known again.

A code here is four to eight digits and never changes; a style only says how it is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from canting.kernel.texts import gettext_noop

LONGEST_SHOWN = 20
OWN_STYLE = "four"


@dataclass(frozen=True, slots=True)
class CodeStyle:
    """One way to write codes: an example of it, what it is called, how codes of it look.

    `parts` says how a code is cut: digits before the sign, the sign, digits behind it; 0 digits
    behind means all that are left. `front` stands before it, `whole` is the length it is filled to.
    """

    example: str
    label: str
    looks: re.Pattern[str]
    head: int = 0
    sign: str = ""
    tail: int = 0
    front: str = ""
    whole: int = 0


STYLES: Mapping[str, CodeStyle] = {
    "four": CodeStyle("3100", gettext_noop("four digits"), re.compile(r"[1-9]\d{3}")),
    "dots": CodeStyle(
        "1.1.1.2.5", gettext_noop("a dot after every digit"), re.compile(r"\d+(\.\d+){2,}"), 1, "."
    ),
    "four_four": CodeStyle(
        "1131.0010", gettext_noop("four digits, a dot, four digits"),
        re.compile(r"\d{4}\.\d{3,4}"), 4, ".", 4,
    ),
    "eight": CodeStyle(
        "11210010", gettext_noop("eight digits"), re.compile(r"[1-9]\d{7}"), whole=8
    ),
    "class_six": CodeStyle(
        "1-111001", gettext_noop("class, a dash, six digits"), re.compile(r"\d-\d{6}"), 1, "-", 6
    ),
    "class_three": CodeStyle(
        "3-202", gettext_noop("class, a dash, three digits"), re.compile(r"\d-\d{3}"), 1, "-"
    ),
    "two_four": CodeStyle(
        "31-2000", gettext_noop("two digits, a dash, four digits"), re.compile(r"\d{2}-\d{4}"),
        2, "-", 4,
    ),
    "four_two": CodeStyle(
        "3000.02", gettext_noop("four digits, a dot, two digits"), re.compile(r"\d{4}\.\d{1,2}"),
        4, ".", 2,
    ),
    "zeros": CodeStyle(
        "00120401", gettext_noop("eight digits with zeros in front"), re.compile(r"0\d{7}"),
        front="00", whole=8,
    ),
    "one_four": CodeStyle(
        "2.8000", gettext_noop("class, a dot, four digits"), re.compile(r"\d\.\d{4}"), 1, ".", 4
    ),
    "round": CodeStyle(
        "32000000", gettext_noop("eight digits that end in zeros"), re.compile(r"[1-9]\d{3}0{4}"),
        whole=8,
    ),
}  # fmt: skip


def styled(code: str, style: str) -> str:
    """A code of ours as a style writes it; "" for a style that is ours, or none at all.

    What a style has no room for is written behind it, so that two codes never look the same.
    """
    if style in {"", OWN_STYLE}:
        return ""
    how = STYLES[style]
    if style == "dots":
        return ".".join(code)
    if how.whole:
        return (how.front + code).ljust(how.whole, "0")
    head, tail = code[: how.head], code[how.head :]
    return head + how.sign + tail.ljust(how.tail, "0")


def style_of(codes: Iterable[str]) -> str:
    """The style that most of these codes are written in, the narrower one first; "" when none is."""
    counted: Counter[str] = Counter()
    for code in codes:
        for name, how in STYLES.items():
            counted[name] += bool(how.looks.fullmatch(code.strip()))
    best = max(counted.values(), default=0)
    if not best:
        return ""
    # Round codes are eight digits too: what fits as well and says more is taken.
    narrow = ("round", "four_two", "class_three", *STYLES)
    return next(name for name in narrow if counted[name] == best)


def doubled(codes: Mapping[str, str]) -> tuple[str, str] | None:
    """The first two codes that would be shown alike; none when all differ."""
    seen: dict[str, str] = {}
    for code, shown in codes.items():
        text = shown or code
        if text in seen:
            return seen[text], code
        seen[text] = code
    return None
