"""Plain rules of booking an old book: what becomes of its rows, and what is posted for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from canting.ledger.rules import Line
from canting.portal.rules.opening import OpeningLine, Step


class BookState(StrEnum):
    """A file is read, booked, or booked and taken back."""

    READ = "read"
    BOOKED = "booked"
    UNDONE = "undone"


class Effect(StrEnum):
    """What became of one row of an old book."""

    OPENING = "opening"
    ENTRY = "entry"
    RECEIPT = "receipt"
    ELSEWHERE = "elsewhere"
    LATER = "later"
    SETTLED = "settled"
    OUT = "out"


SAVINGS, CASHBOOK, LEDGER, EXIT, SURPLUS, DUMP = (
    "savings", "cashbook", "ledger", "member_exit", "shu", "dump",
)  # fmt: skip
# Which step of the opening a kind of book fills.
STEP_OF_KIND: Mapping[str, Step] = {
    SAVINGS: Step.SAVINGS,
    DUMP: Step.SAVINGS,
    CASHBOOK: Step.CASH,
    LEDGER: Step.BALANCES,
    EXIT: Step.DUES,
    SURPLUS: Step.DUES,
}
KIND_OF_LAYOUT: Mapping[str, str] = {
    **dict.fromkeys(("S1", "S2", "S3", "S4", "S5"), SAVINGS),
    "K1": CASHBOOK,
    "K2": LEDGER,
    "X1": EXIT,
    **dict.fromkeys(("U1", "U2"), SURPLUS),
    "Q1": DUMP,
}
# Savings as old books name them; "sibuhar" is voluntary savings with daily interest.
PRODUCT_KIND: Mapping[str, str] = {
    "pokok": "entry_share",
    "wajib": "regular_share",
    "sukarela": "voluntary",
    "sibuhar": "voluntary",
}
# Answers that are no number and no account.
NEW, OUT, ELSEWHERE = "new", "out", "elsewhere"
_AMOUNTS = re.compile(r"\(?\b\d[\d.,/]*\)?\s*(?:kg|gr?|m|lt|ltr|liter|lembar|lbr|pcs|buah|bh)?\b")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One row as it is kept to be looked at."""

    row: int
    what: str
    amount: int
    effect: Effect
    on: date | None = None
    text: str = ""
    member_id: int | None = None


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """One movement of a cash book on its own day."""

    row: int
    on: date
    text: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Receipt:
    """Savings paid in (above zero) or drawn after the books began here, in whole rupiah."""

    row: int
    member: Any
    kind: str
    amount: int
    on: date


@dataclass(slots=True)
class Booking:
    """All that one old book becomes here; `total` is what is compared with its control total."""

    opening: list[OpeningLine] = field(default_factory=list)
    savings: list[tuple[Any, str, int]] = field(default_factory=list)
    entries: list[DatedEntry] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    history: list[HistoryRow] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    cash_place: str = ""
    total: int = 0

    @property
    def is_opening(self) -> bool:
        """True when something of it belongs to the opening balances."""
        return bool(self.opening or self.savings)


def name_key(text: str) -> str:
    """An old name without figures and signs, so that "Beli malam 10 kg" is one name with 5 kg."""
    plain = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[^\W\d_]+", _AMOUNTS.sub(" ", bare))
    return " ".join(words)[:120]
