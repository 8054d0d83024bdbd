"""National identity numbers (NIK) and tax numbers (NPWP): checked as text, shown masked."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from lokal.provinces import PROVINCES
from stdnum import luhn

from canting.kernel.errors import DomainError
from canting.kernel.typed import clean

NIK_LENGTH = 16
FEMALE_DAY_OFFSET = 40
HIDDEN = "•"


class BadNik(DomainError):
    """The number is no NIK; it is shown masked."""

    code = "kernel.bad_nik"
    message = _(
        "%(masked)s is no NIK: place, birth date or serial are wrong. "
        "Type the 16 digits again from the card."
    )


class NikLength(BadNik):
    """The number has not 16 digits."""

    code = "kernel.nik_length"
    message = _(
        "%(masked)s has %(count)s digits; a NIK has 16. Type it again from the card, "
        "with the zeros in front."
    )


class NikDigitsLost(BadNik):
    """A spreadsheet kept the NIK as a number and lost digits."""

    code = "kernel.nik_digits_lost"
    message = _(
        "The spreadsheet kept the NIK as a number (%(masked)s) and its last digits are lost. "
        "Make the column text and type the 16 digits again."
    )


class BadNpwp(DomainError):
    """The number is no NPWP; it is shown masked."""

    code = "kernel.bad_npwp"
    message = _(
        "%(masked)s is no NPWP. It has 16 digits, or 15 in the old form "
        "01.234.567.8-901.000. Type it again from the card."
    )


@dataclass(frozen=True, slots=True)
class NikFacts:
    """What a NIK says; the century of the birth is not in it."""

    birth_day: int
    birth_month: int
    birth_year_short: int
    is_woman: bool
    province: str
    regency: str
    district: str

    def agrees_with(self, birth_date: date) -> bool:
        """Whether the birth part fits the given date."""
        return (self.birth_day, self.birth_month, self.birth_year_short) == (
            birth_date.day,
            birth_date.month,
            birth_date.year % 100,
        )


def parse_nik(text: object) -> str | None:
    """The 16 digits, or None where a person has no NIK (an empty cell, "-", "0"); else BadNik.

    A number of a spreadsheet is refused even when it has 16 digits: only 15 of them are kept.
    Structure: province, regency, district, DDMMYY (a woman's day + 40), serial.
    """
    typed = clean(text).lstrip("'")
    if re.fullmatch(r"-?|0+(?:\.0)?", typed):
        return None
    if not isinstance(text, str) or re.fullmatch(r"[\d.,]+e[+-]?\d+", typed, re.IGNORECASE):
        raise NikDigitsLost(masked=mask_nik(typed))
    # A program that wrote a number as text leaves ".0"; a last digit 0 may be a lost one.
    if typed.endswith("0.0"):
        raise NikDigitsLost(masked=mask_nik(typed))
    digits = re.sub(r"[ .-]", "", typed.removesuffix(".0"))
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadNik(masked=mask_nik(typed))
    if len(digits) != NIK_LENGTH:
        raise NikLength(masked=mask_nik(digits), count=len(digits))
    if not _is_well_formed(digits):
        raise BadNik(masked=mask_nik(digits))
    return digits


def _is_well_formed(nik: str) -> bool:
    facts = nik_facts(nik)
    places = facts.province in PROVINCES and "00" not in (nik[2:4], nik[4:6])
    return places and nik[12:] != "0000" and _is_real_day(facts)


def _is_real_day(facts: NikFacts) -> bool:
    """A day that exists in 19YY or 20YY: 29 February of 00 was one in 2000."""
    for century in (1900, 2000):
        try:
            date(century + facts.birth_year_short, facts.birth_month, facts.birth_day)
        except ValueError:
            continue
        return True
    return False


def nik_facts(nik: str) -> NikFacts:
    """The parts of 16 digits: place codes as in 35, 35.13, 35.13.14 and the birth part."""
    day = int(nik[6:8])
    is_woman = day > FEMALE_DAY_OFFSET
    return NikFacts(
        birth_day=day - FEMALE_DAY_OFFSET if is_woman else day,
        birth_month=int(nik[8:10]),
        birth_year_short=int(nik[10:12]),
        is_woman=is_woman,
        province=nik[:2],
        regency=f"{nik[:2]}.{nik[2:4]}",
        district=f"{nik[:2]}.{nik[2:4]}.{nik[4:6]}",
    )


def mask_nik(nik: str) -> str:
    """3513••••••••0004: the first and last four; of anything shorter only the first two signs."""
    if len(nik) >= NIK_LENGTH:
        return f"{nik[:4]}{HIDDEN * 8}{nik[-4:]}"
    return f"{nik[:2]}{HIDDEN * max(len(nik) - 2, 0)}"


def parse_npwp(text: object) -> str | None:
    """The 16 digits of a tax number, or None for an empty cell and "-"; else BadNpwp.

    An old number of 15 digits gets its 0 in front; one that begins with another digit is the NIK
    of a person (PMK 112/2022).
    """
    typed = clean(text).lstrip("'")
    if typed in ("", "-"):
        return None
    digits = re.sub(r"[ .-]", "", typed)
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{15,16}", digits):
        raise BadNpwp(masked=mask_nik(typed))
    full = digits.rjust(NIK_LENGTH, "0")
    if full[0] != "0" and not _is_well_formed(full):
        raise BadNpwp(masked=mask_nik(full))
    return full


def npwp_check_digit_fits(npwp: str) -> bool:
    """Whether the ninth digit of an organisation's number is right: warn, do not refuse."""
    return npwp[0] != "0" or bool(luhn.is_valid(npwp[:10]))


def format_npwp(npwp: str) -> str:
    """An organisation's number in the printed form 01.234.567.8-901.000; a person's masked."""
    if npwp[0] != "0":
        return mask_nik(npwp)
    old = npwp[1:]
    return f"{old[:2]}.{old[2:5]}.{old[5:8]}.{old[8]}-{old[9:12]}.{old[12:]}"
