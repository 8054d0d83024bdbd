"""Kinds and states of members, and how their names are written and found."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum


class MemberKind(StrEnum):
    """Anggota biasa and anggota luar biasa (UU 25/1992 art. 18): a fact, not read off holdings."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"


class MemberState(StrEnum):
    """From asking to join until gone; `leaving` is still a member until the end date."""

    APPLICANT = "applicant"
    MEMBER = "member"
    LEAVING = "leaving"
    LEFT = "left"


class CounterpartyClass(StrEnum):
    """With whom a deal is made; members' business and others' are told apart in every report."""

    MEMBER = "member"
    NONMEMBER = "nonmember"


# Those who may pay shares and be handed work; someone who left may not.
ACTIVE = (MemberState.MEMBER, MemberState.LEAVING)
LEAVERS = (MemberState.LEAVING, MemberState.LEFT)
HONORIFICS = {"bu", "ibu", "pak", "bapak", "mbak", "mas", "nyai", "kiai", "haji", "hj", "h"}


def paper_name(*, full_name: str, title_before: str = "", title_after: str = "") -> str:
    """The name as papers carry it: titles before it, titles behind it after a comma."""
    name = " ".join(part for part in (title_before, full_name) if part)
    return f"{name}, {title_after}" if title_after else name


def spoken_name(*, full_name: str, called_name: str = "") -> str:
    """The name in talk: the called name, else the full one; a single name is never split."""
    return called_name or full_name


def initials(name: str) -> str:
    """One or two letters for the round picture of someone without a portrait."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in HONORIFICS]
    return "".join(word[0].upper() for word in words[:2]) or "?"


def folded(text: str) -> str:
    """Small letters without accents and apostrophes, single spaces: what a search compares."""
    plain = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(s for s in plain if not unicodedata.combining(s) and s not in "'’`‘\"")
    return " ".join(bare.split())


def search_text(*, words: Iterable[str], phones: Iterable[str]) -> str:
    """One line that holds everything a member is found by; phones as digits with 0 in front."""
    digits = ["0" + phone.removeprefix("+62") for phone in phones if phone]
    return folded(" ".join([*words, *digits]))[:500]


ADDRESS_DUSUN = re.compile(
    r"\b(?:dsn|dusun|dukuh|dk)\b\.?\s*([^,/\d]+?)(?=\s*(?:,|rt\b|rw\b|$))", re.I
)
ADDRESS_RT = re.compile(r"\brt\b\.?\s*0*(\d{1,3})", re.I)
ADDRESS_RW = re.compile(r"\brw\b\.?\s*0*(\d{1,3})", re.I)
LONGEST_LANDMARK = 120


def address_parts(text: str) -> dict[str, str]:
    """Dusun, RT and RW out of "Dsn. Krajan RT 003/RW 002"; what is left is the landmark."""
    parts = {}
    rest = text
    for name, pattern in (("dusun", ADDRESS_DUSUN), ("rt", ADDRESS_RT), ("rw", ADDRESS_RW)):
        if match := pattern.search(rest):
            found = match[1].strip()
            parts[name] = found.zfill(2) if name != "dusun" else found[:60]
            rest = rest[: match.start()] + " " + rest[match.end() :]
    landmark = " ".join(re.sub(r"(?<![\w])[/,;.]+|[/,;]+(?![\w])", " ", rest).split())
    if landmark:
        parts["landmark"] = landmark[:LONGEST_LANDMARK]
    return parts


# 16 digits with a day and a month at their places (koperasi.md 8.1).
NIK_IN_TEXT = re.compile(r"(?<!\d)\d{6}(?:[0-6]\d|7[01])(?:0[1-9]|1[0-2])\d{6}(?!\d)")


def holds_nik(text: str) -> bool:
    """True when a text that is not sealed holds what looks like a NIK."""
    return bool(NIK_IN_TEXT.search(text))
