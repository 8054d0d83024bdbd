"""What a person typed or a file held, cleaned for reading and shortened for showing."""

import re
import unicodedata

INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2060\ufeff\u00ad]")
SPACES = re.compile(r"\s+")
MINUS_SIGNS = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
LONGEST_SHOWN = 40


def clean(value: object) -> str:
    """Text without invisible signs, with ordinary spaces and hyphens, ends trimmed."""
    text = unicodedata.normalize("NFC", "" if value is None else str(value))
    return SPACES.sub(" ", MINUS_SIGNS.sub("-", INVISIBLE.sub("", text))).strip()


def shown(value: object) -> str:
    """The typed value as a refusal may repeat it: one line, at most 40 signs."""
    text = clean(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
