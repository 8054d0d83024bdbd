"""Reading one cell of a sheet of members; nothing is repaired in silence."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from canting.kernel.dates import format_date, parse_date
from canting.kernel.errors import DomainError
from canting.kernel.identity import mask_nik, parse_nik
from canting.kernel.money import format_rupiah, parse_rupiah
from canting.kernel.phones import format_phone, parse_phones
from canting.kernel.tables_in import Cell
from canting.kernel.typed import clean, shown
from canting.members.rules import MemberKind, MemberState, address_parts

LONGEST_NUMBER = 20
LONGEST = {
    "full_name": 120, "called_name": 60, "birth_place": 60, "dusun": 60, "village": 60,
    "district": 60, "regency": 60, "workshop": 80, "occupation": 60, "note": 200,
}  # fmt: skip
EXACT_BELOW = 10**15
SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)


class BadCell(DomainError):
    """The base of what only a cell of a sheet can be wrong in."""

    code = "members.bad_cell"
    message = _("“%(typed)s” cannot be read.")


class NoName(BadCell):
    code = "members.no_name"
    message = _("The name is missing. Write it, or leave the row out.")


class TooLong(BadCell):
    code = "members.too_long"
    message = _("“%(typed)s” is too long: at most %(most)s signs.")


class NumberDigitsLost(BadCell):
    code = "members.number_digits_lost"
    message = _(
        "The spreadsheet shortened the number to “%(typed)s” and its digits are lost. Make the "
        "column text and type the number again."
    )


class UnknownWord(BadCell):
    code = "members.unknown_word"
    message = _("“%(typed)s” is not known here. Write one of: %(words)s.")


class InFuture(BadCell):
    code = "members.in_future"
    message = _("%(typed)s lies in the future. Look at the year.")


class NegativeShare(BadCell):
    code = "members.negative_share"
    message = _("%(typed)s is below zero. Write what she has, for example 1.150.000.")


class BadEmail(BadCell):
    code = "members.bad_email"
    message = _("“%(typed)s” is no email address. Example: nama@contoh.id, or leave it empty.")


STATES = {
    **dict.fromkeys(["aktif", "active", "anggota", "ya", "y"], MemberState.MEMBER),
    **dict.fromkeys(["calon", "calon anggota", "applicant"], MemberState.APPLICANT),
    **dict.fromkeys(
        ["keluar", "berhenti", "nonaktif", "non aktif", "tidak aktif", "meninggal", "left"],
        MemberState.LEFT,
    ),
}
KINDS = {
    **dict.fromkeys(["biasa", "anggota biasa", "ordinary"], MemberKind.ORDINARY),
    **dict.fromkeys(["luar biasa", "anggota luar biasa", "alb"], MemberKind.EXTRAORDINARY),
}


def _text(cell: Cell) -> str:
    """A cell as the text that its author saw; "-" is an empty cell."""
    text = (
        clean(str(cell)) if not isinstance(cell, float) or not cell.is_integer() else str(int(cell))
    )
    return "" if text == "-" else text


def _limited(field: str) -> Callable[[Cell, date], str]:
    def read(cell: Cell, _today: date) -> str:
        text = _text(cell)
        if len(text) > LONGEST[field]:
            raise TooLong(typed=shown(text), most=LONGEST[field])
        return text

    return read


def _name(cell: Cell, today: date) -> str:
    text = _limited("full_name")(cell, today)
    if not any(sign.isalpha() for sign in text):
        raise NoName()
    return text


def _number(cell: Cell, _today: date) -> str:
    """A number of a member as text; one that a spreadsheet cut or shortened is refused."""
    text = _text(cell)
    is_cut = isinstance(cell, int | float) and abs(cell) >= EXACT_BELOW
    if is_cut or SCIENTIFIC.fullmatch(text):
        raise NumberDigitsLost(typed=shown(text if not is_cut else f"{cell:.5E}"))
    if len(text) > LONGEST_NUMBER:
        raise TooLong(typed=shown(text), most=LONGEST_NUMBER)
    return text


def _day(cell: Cell, today: date) -> date | None:
    found = parse_date(cell, today=today)
    if found and found > today:
        raise InFuture(typed=format_date(found))
    return found


def _phones(cell: Cell, _today: date) -> list[str]:
    return parse_phones(cell)[:2]


def _email(cell: Cell, _today: date) -> str:
    text = _text(cell)
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise BadEmail(typed=shown(text)) from None
    return text


def _word(words: Mapping[str, Any], cell: Cell) -> Any:
    text = " ".join(_text(cell).lower().replace("-", " ").replace("_", " ").split())
    if text and text not in words:
        raise UnknownWord(typed=shown(cell), words=", ".join(sorted(words)[:6]))
    return words.get(text, "")


def _rt(cell: Cell, _today: date) -> str:
    digits = re.sub(r"\D", "", _text(cell))
    return digits[-3:].zfill(2) if digits else ""


def _money(cell: Cell, _today: date) -> int | None:
    amount = parse_rupiah(cell)
    if amount is not None and amount < 0:
        raise NegativeShare(typed=format_rupiah(amount))
    return amount


READERS: Mapping[str, Callable[[Cell, date], Any]] = {
    "name": _name,
    "number": _number,
    "nik": lambda cell, _today: parse_nik(cell),
    "date": _day,
    "phone": _phones,
    "email": _email,
    "address": lambda cell, _today: address_parts(_text(cell)),
    "rt": _rt,
    "kind": lambda cell, _today: _word(KINDS, cell),
    "status": lambda cell, _today: _word(STATES, cell),
    "money": _money,
}


def read_cell(field: str, kind: str, cell: Cell, today: date) -> Any:
    """The value of a cell, or a DomainError with what is wrong, what was typed, what would be right."""
    reader = READERS.get(kind) or _limited(field)
    return reader(cell, today)


def seen(kind: str, cell: Cell) -> str:
    """A cell as the preview shows it: a NIK masked, days and amounts as people write them."""
    if kind == "nik":
        return mask_nik(_text(cell).lstrip("'"))
    if isinstance(cell, datetime | date):
        return format_date(cell.date() if isinstance(cell, datetime) else cell)
    return shown(_text(cell))


def value_shown(kind: str, value: Any) -> str:
    """A value that was read, as the preview shows it."""
    if value in (None, ""):
        return ""
    if kind == "money":
        return format_rupiah(value)
    if kind == "phone":
        return " / ".join(format_phone(phone) for phone in value)
    if kind == "nik":
        return mask_nik(value)
    return format_date(value) if isinstance(value, date) else str(value)


def cell_out(cell: Cell) -> str:
    """A cell as text for the file that is handed back: digits stay digits, days as 24/11/2026."""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    return _text(cell) or str(cell).strip()
