"""What both sides of a posting speak: lines, drafts, balance, reversal, the digest of an entry."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from canting.cooperatives.rules import PartyLike
from canting.ledger.errors import EmptyLine, UnbalancedEntry

LARGEST_AMOUNT = 10**15


class Side(StrEnum):
    DEBIT = "D"
    CREDIT = "K"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.CREDIT if self is Side.DEBIT else Side.DEBIT


class BusinessClass(StrEnum):
    """Whose business a line of revenue or cost is (koperasi.md 3.3): members' or others'."""

    MEMBER = "member"
    NONMEMBER = "nonmember"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry: account by role (or by code), whole rupiah above zero, whom it concerns."""

    account: str
    side: Side
    amount: int
    party: PartyLike | None = None
    business: BusinessClass = BusinessClass.NONE


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry to be posted. `source` names its paper and posts once; `kind` is its event."""

    source: str
    entry_date: date
    kind: str
    memo: str
    lines: Sequence[Line]
    own_date: date | None = None
    paper: str = ""
    reverses: int | None = None
    facts: dict[str, str] = field(default_factory=dict)


def debit(
    account: str,
    amount: int,
    party: PartyLike | None = None,
    business: BusinessClass = BusinessClass.NONE,
) -> Line:
    """A debit line."""
    return Line(account, Side.DEBIT, amount, party, business)


def credit(
    account: str,
    amount: int,
    party: PartyLike | None = None,
    business: BusinessClass = BusinessClass.NONE,
) -> Line:
    """A credit line."""
    return Line(account, Side.CREDIT, amount, party, business)


def signed(
    account: str,
    amount: int,
    party: PartyLike | None = None,
    business: BusinessClass = BusinessClass.NONE,
) -> Line:
    """A debit for an amount above zero, a credit for one below; the caller drops zero."""
    return Line(account, Side.DEBIT if amount > 0 else Side.CREDIT, abs(amount), party, business)


def nonzero(*lines: Line) -> list[Line]:
    """These lines without those of amount zero: an entry never carries an empty line."""
    return [line for line in lines if line.amount]


def check_balanced(lines: Sequence[Line]) -> None:
    """Refuse an entry whose debits and credits differ, or with a line of zero or less."""
    debits = credits = 0
    for line in lines:
        if not 0 < line.amount <= LARGEST_AMOUNT:
            raise EmptyLine(account=line.account, amount=line.amount)
        if line.side == Side.DEBIT:
            debits += line.amount
        else:
            credits += line.amount
    if not debits or debits != credits:
        raise UnbalancedEntry(debits=debits, credits=credits)


def digest_of(
    *,
    previous: str,
    position: int,
    source: str,
    entry_date: date,
    own_date: date,
    kind: str,
    memo: str,
    paper: str,
    posted_at: datetime,
    lines: Sequence[Sequence[object]],
) -> str:
    """The digest of an entry: SHA-256 over the digest before it and its content as compact JSON.

    A line is [account code, side, amount, "kind:number" of the party or "", business class].
    """
    content = json.dumps(
        [
            position,
            source,
            entry_date.isoformat(),
            own_date.isoformat(),
            kind,
            memo,
            paper,
            posted_at.isoformat(timespec="microseconds"),
            lines,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


GENESIS = "0" * 64
