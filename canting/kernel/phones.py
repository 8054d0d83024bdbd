"""Phone numbers: read any common way of writing, stored as +62…, shown as 0812-3456-7890."""

import re
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _
from lokal.phone import parse_phone as read_indonesian

from canting.kernel.errors import DomainError
from canting.kernel.typed import clean, shown


class BadPhone(DomainError):
    """The text is no phone number."""

    code = "kernel.bad_phone"
    message = _(
        "“%(typed)s” is no phone number. Write it with its area or operator digits, "
        "for example 0812-3456-7890."
    )


class PhoneDigitsLost(BadPhone):
    """A spreadsheet wrote the number in scientific notation and lost digits."""

    code = "kernel.phone_digits_lost"
    message = _(
        "The spreadsheet shortened the phone number to “%(typed)s” and its digits are lost. "
        "Make the column text and type the number again."
    )


class NotMobile(BadPhone):
    """WhatsApp needs a mobile number."""

    code = "kernel.not_mobile"
    message = _("“%(typed)s” is no mobile number. Add one, for example 0812-3456-7890.")


SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
FOREIGN = re.compile(r"\+(?!62|0)\d{8,15}")
BETWEEN = re.compile(r"[/;,|\n]|\s(?:atau|dan|or|and|&)\s", re.IGNORECASE)
LONGEST_EXACT = 10**15


def parse_phone(text: object) -> str:
    """The number as +62… (another country's as it stands, with its plus), else BadPhone."""
    if isinstance(text, float) and text.is_integer() and 0 < text < LONGEST_EXACT:
        text = int(text)
    typed = clean(text).lstrip("'").removesuffix(".0")
    if SCIENTIFIC.fullmatch(typed):
        raise PhoneDigitsLost(typed=shown(typed))
    found = read_indonesian(typed).e164
    if found:
        return found
    digits = re.sub(r"[ ().-]", "", typed)
    if FOREIGN.fullmatch(digits):
        return digits
    raise BadPhone(typed=shown(typed))


def parse_phones(text: object) -> list[str]:
    """Every number of one cell, in order and without repeats; none for an empty cell and "-"."""
    pieces = BETWEEN.split(text) if isinstance(text, str) else [text]
    filled = [piece for piece in pieces if clean(piece) not in ("", "-")]
    return list(dict.fromkeys(parse_phone(piece) for piece in filled))


def format_phone(phone: str) -> str:
    """A stored number for reading: 0812-3456-7890, (031) 86405515; others as they are."""
    return read_indonesian(phone).national or phone


def wa_link(phone: str, text: str) -> str:
    """The address that opens a WhatsApp draft to a stored mobile number; it sends nothing."""
    info = read_indonesian(phone)
    if info.type == "landline" or not phone.startswith("+"):
        raise NotMobile(typed=shown(phone))
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(text, safe='')}"
